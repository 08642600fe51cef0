"""Commands from outside: JSON, or the fields of a form, become a struct at once or are refused."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import msgspec

from dialogs.errors import Refused
from inbox.cases.commands import KINDS, AnyCommand, Command
from inbox.cases.errors import Malformed


def tag_of(command: Command) -> str:
    """What a command is called outside."""
    return str(type(command).__struct_config__.tag)


class UnknownCommand(Refused):
    """There is no command with that tag."""

    code = "unknown_command"


def command_of_json(tag: str, body: bytes) -> AnyCommand:
    """The command in a JSON body; Malformed says which field is wrong."""
    try:
        return _storable(msgspec.json.decode(body, type=_kind(tag)))
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeError) as problem:
        raise Malformed(where=_where(problem)) from None


def command_of(tag: str, fields: Mapping[str, Any]) -> AnyCommand:
    """The command in already decoded values: a socket's, or a form's."""
    try:
        return _storable(msgspec.convert({**fields, "command": tag}, _kind(tag)))
    except (msgspec.ValidationError, UnicodeError) as problem:
        raise Malformed(where=_where(problem)) from None


def _storable(command: Command) -> AnyCommand:
    """The command, if every text in it can be kept; Malformed if one holds what no database takes."""
    for where, text in _texts("$", msgspec.to_builtins(command)):
        if not keepable(text):
            raise Malformed(where=where)
    return cast(AnyCommand, command)


def keepable(text: str) -> bool:
    """Whether a text can be kept: neither a null character nor half of a character is in it."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _texts(where: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield where, value
        case dict():
            for name, inner in value.items():
                yield from _texts(f"{where}.{name}", inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(f"{where}[...]", inner)


def _kind(tag: str) -> type[Command]:
    try:
        return KINDS[tag]
    except KeyError:
        raise UnknownCommand from None


def _where(problem: Exception) -> str:
    """The field that is wrong, as `$.text`; never what was in it."""
    _, found, where = str(problem).partition(" - at `")
    return where.rstrip("`") if found else "$"
