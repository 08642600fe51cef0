"""Texts of commands, whichever way they come in."""

from typing import TypeVar, cast

from msgspec import Struct, structs

from dialogs.answers.typed import with_line_ends

_Given = TypeVar("_Given")


def as_typed(given: _Given) -> _Given:
    """The command, or a part of one, with its texts as people typed them: a line ends where they ended it."""
    match given:
        case str():
            return cast(_Given, with_line_ends(given))
        case tuple():
            return cast(_Given, tuple(as_typed(each) for each in given))
        case Struct():
            was = structs.asdict(given)
            now = {name: as_typed(value) for name, value in was.items()}
            return structs.replace(given, **{name: value for name, value in now.items() if value != was[name]})
        case _:
            return given
