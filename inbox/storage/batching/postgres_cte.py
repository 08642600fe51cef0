"""The steps of a command as one statement of PostgreSQL: one trip instead of a dozen, and whole or not at all.

Each step is a `WITH` of its own, which does something only if what must be done is done.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import Delete, Dialect, Insert, Update
from sqlalchemy.ext.asyncio import AsyncConnection

Statement = Insert | Update | Delete
_MARK = re.compile(r"\$(\d+)")


class Shape(Struct, frozen=True):
    """A step without its values: the same for every command of its kind."""

    statement: Statement
    names: tuple[str, ...]
    rows: int
    must: bool


class _Part(Struct, frozen=True):
    """A step's text for one row, and in the order of its marks the names of its values and how each is kept."""

    sql: str
    columns: tuple[tuple[str, Any], ...]

    def moved(self, by: int) -> str:
        """The text with its marks counted from further on."""
        return _MARK.sub(lambda mark: f"${int(mark.group(1)) + by}", self.sql)


async def do_together(
    connection: AsyncConnection, shapes: tuple[Shape, ...], rows: Sequence[Sequence[Mapping[str, object]]]
) -> bool:
    """Do every step with its rows. False, with nothing done, if one touched no row that had to."""
    sql, parts = _woven(shapes, connection.dialect)
    values = tuple(
        row[name] if kept is None else kept(row[name])
        for part, of_step in zip(parts, rows, strict=True)
        for row in of_step
        for name, kept in part.columns
    )
    return bool((await connection.exec_driver_sql(sql, values)).scalar())


@cache
def _woven(shapes: tuple[Shape, ...], dialect: Dialect) -> tuple[str, tuple[_Part, ...]]:
    """The whole text. What is written only if it is new is a source of its own: whether it is new is asked first."""
    parts = tuple(_part(shape, dialect) for shape in shapes)
    texts, marks = [], 0
    for shape, part in zip(shapes, parts, strict=True):
        texts.append([part.moved(marks + row * len(part.columns)) for row in range(shape.rows)])
        marks += shape.rows * len(part.columns)
    sources = {
        at: f"source{at}" for at, shape in enumerate(shapes) if shape.must and isinstance(shape.statement, Insert)
    }
    musts = {at: f"must{at}" for at, shape in enumerate(shapes) if shape.must and at not in sources}
    first, guard = _if_all(sources.values()), _if_all((musts or sources).values())
    withs = [f"{name} AS ({_source(texts[at][0])})" for at, name in sources.items()]
    withs += [f"{name} AS ({texts[at][0]} AND {first} RETURNING 1)" for at, name in musts.items()]
    for at, name in sources.items():
        withs.append(f"step{at} AS ({_head(texts[at][0])} SELECT * FROM {name} WHERE {guard})")  # noqa: S608 - made of our own statements
    for at, shape in enumerate(shapes):
        if not shape.must:
            withs += [f"step{at}_{n} AS ({text})" for n, text in enumerate(_guarded(shape, texts[at], guard))]
    return f"WITH {', '.join(withs)} SELECT {guard}", parts


def _guarded(shape: Shape, texts: list[str], guard: str) -> list[str]:
    if not isinstance(shape.statement, Insert):
        return [f"{text} AND {guard}" for text in texts]
    values = ", ".join(text.partition(" VALUES ")[2] for text in texts)
    return [f"{texts[0].partition(' VALUES ')[0]} SELECT * FROM (VALUES {values}) AS new WHERE {guard}"]  # noqa: S608 - the same


def _part(shape: Shape, dialect: Dialect) -> _Part:
    statement = shape.statement
    # Inline: nobody asks for the numbers that the rows get.
    inline = statement.inline() if isinstance(statement, Insert) else statement
    compiled = inline.compile(dialect=dialect, column_keys=list(shape.names))
    columns = tuple(
        (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in compiled.positiontup or ()
    )
    return _Part(" ".join(str(compiled).split()), columns)


def _head(insert: str) -> str:
    return insert.partition(" SELECT ")[0]


def _source(insert: str) -> str:
    return "SELECT " + insert.partition(" SELECT ")[2]


def _if_all(names: Iterable[str]) -> str:
    return " AND ".join(f"EXISTS (SELECT 1 FROM {name})" for name in names) or "true"  # noqa: S608 - the same
