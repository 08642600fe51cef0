"""Commands from outside: JSON, or the fields of a form, become a struct at once or are refused."""

from collections.abc import Mapping
from typing import Any, cast

import msgspec

from inbox.commands import AnyCommand, Command
from inbox.errors import Malformed, Refused

KINDS: dict[str, type[Command]] = {str(kind.__struct_config__.tag): kind for kind in AnyCommand.__args__}
"""Every command by its tag."""


class UnknownCommand(Refused):
    """There is no command with that tag."""

    code = "unknown_command"


def command_of_json(tag: str, body: bytes) -> AnyCommand:
    """The command in a JSON body; Malformed says which field is wrong."""
    try:
        return cast(AnyCommand, msgspec.json.decode(body, type=_kind(tag)))
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise Malformed(where=_where(problem)) from None


def command_of(tag: str, fields: Mapping[str, Any]) -> AnyCommand:
    """The command in already decoded values: a socket's, or a form's."""
    try:
        return cast(AnyCommand, msgspec.convert({**fields, "command": tag}, _kind(tag)))
    except msgspec.ValidationError as problem:
        raise Malformed(where=_where(problem)) from None


def _kind(tag: str) -> type[Command]:
    try:
        return KINDS[tag]
    except KeyError:
        raise UnknownCommand from None


def _where(problem: Exception) -> str:
    """The field that is wrong, as `$.text`; never what was in it."""
    _, found, where = str(problem).partition(" - at `")
    return where.rstrip("`") if found else "$"
