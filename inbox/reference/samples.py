"""The least that a command can be given with: for going through what nobody has told a story of."""

from collections.abc import Mapping

from msgspec import inspect

from inbox.cases.commands import Command

SIMPLE: Mapping[type[inspect.Type], object] = {
    inspect.StrType: "words",
    inspect.IntType: 1,
    inspect.BoolType: True,
    inspect.DateType: "2026-01-02",
    inspect.ListType: [],
    inspect.VarTupleType: [],
}


def sample_of(kind: type[Command]) -> dict[str, object]:
    """Fields that make sense by their types alone, without the case and the client's id. An id is nobody's."""
    return {name: value for name, value in _least(kind).items() if name not in Command.__struct_fields__}


def _least(kind: type) -> dict[str, object]:
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.StructType):
        raise TypeError(kind)
    return {field.name: _value(field.type) for field in info.fields if field.required}


def _value(type_: inspect.Type) -> object:
    match type_:
        case inspect.StructType(cls=kind):
            return _least(kind)
        case inspect.EnumType(cls=kind):
            return next(iter(kind)).value
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.UnionType(types=types):
            return _value(types[0])
        case inspect.StrType(pattern=pattern) if pattern is not None:
            return _matching(pattern)
        case _:
            return SIMPLE[type(type_)]


def _matching(pattern: str) -> str:
    """A text of a pattern that is a choice of words, as `^(yes|no)$`; any other is for a story to say."""
    return pattern.removeprefix("^(").removesuffix(")$").partition("|")[0]
