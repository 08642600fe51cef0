"""Several statements in one go, all or none of them.

Through the driver each statement alone takes four trips to the database's own thread and back; a command is some eight
statements. In one go they take one trip.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from sqlite3 import Connection
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BindParameter,
    Column,
    Delete,
    Dialect,
    Insert,
    Table,
    Update,
    bindparam,
    exists,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.batching.postgres_cte import Shape, do_together

Row = Mapping[str, object]
FEW = 20
"""Rows of a step up to which everything goes as one statement of PostgreSQL: nobody types more than that."""


class Step(Struct, frozen=True):
    """A statement, made once for each module, with the rows of values for it."""

    statement: Insert | Update | Delete
    rows: Sequence[Row]
    must: bool = False
    """Whether nothing at all is done when this touches no row."""


def inserting_new(table: Table, *key: Column[Any]) -> Insert:
    """A row, unless there is one with the same key already: then it touches none."""
    columns = [column for column in table.columns if column is not table.autoincrement_column]
    new = select(*map(_given, columns)).where(~exists().where(*(column == _given(column) for column in key)))
    return insert(table).from_select([column.name for column in columns], new)


def _given(column: Column[Any]) -> BindParameter[Any]:
    return bindparam(column.name, type_=column.type)


async def execute_all(connection: AsyncConnection, steps: Sequence[Step]) -> bool:
    """Do every step. False, with nothing done, if one touched no row that had to."""
    steps = [step for step in steps if step.rows]
    if not steps:
        return True
    if connection.dialect.driver != "aiosqlite":
        few = all(len(step.rows) <= FEW for step in steps)
        return await (_together(connection, steps) if few else _one_by_one(connection, steps))
    written = [_written(step, connection.dialect) for step in steps]
    raw = (await connection.get_raw_connection()).driver_connection
    done: bool = await raw._execute(_all_or_none, raw._conn, written)  # type: ignore[union-attr] # noqa: SLF001 - its only way to do several things in its thread
    return done


async def _together(connection: AsyncConnection, steps: Sequence[Step]) -> bool:
    shapes = tuple(Shape(step.statement, tuple(step.rows[0]), len(step.rows), step.must) for step in steps)
    return await do_together(connection, shapes, [step.rows for step in steps])


async def _one_by_one(connection: AsyncConnection, steps: Sequence[Step]) -> bool:
    async with connection.begin_nested() as savepoint:
        for step in steps:
            # A list, even of one, would not tell how many rows it touched.
            rows = step.rows[0] if len(step.rows) == 1 else list(step.rows)
            result = await connection.execute(step.statement, rows)
            if step.must and result.rowcount == 0:
                await savepoint.rollback()
                return False
    return True


class _Written(Struct, frozen=True):
    """A step in the driver's own terms."""

    sql: str
    rows: list[list[object]]
    must: bool


def _written(step: Step, dialect: Dialect) -> _Written:
    sql, columns = _compiled(step.statement, tuple(step.rows[0]), dialect)
    rows = [[row[name] if kept is None else kept(row[name]) for name, kept in columns] for row in step.rows]
    return _Written(sql, rows, step.must)


@cache
def _compiled(
    statement: Insert | Update | Delete, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[tuple[str, Any]]]:
    """The statement's text, and in the order of its marks the names of its values and how each is kept."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    columns = [
        (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in compiled.positiontup or ()
    ]
    return str(compiled), columns


def _all_or_none(connection: Connection, steps: Sequence[_Written]) -> bool:
    """In the database's thread. The outer transaction goes on, whatever becomes of this."""
    cursor = connection.cursor()
    cursor.execute("SAVEPOINT steps")
    try:
        done = all(_touched(cursor.executemany(step.sql, step.rows).rowcount, step) for step in steps)
    except BaseException:
        # SQLite ends the transaction by itself when, for one, the disk is full.
        if connection.in_transaction:
            cursor.execute("ROLLBACK TO steps")
            cursor.execute("RELEASE steps")
        raise
    if not done:
        cursor.execute("ROLLBACK TO steps")
    cursor.execute("RELEASE steps")
    return done


def _touched(rows: int, step: _Written) -> bool:
    return rows > 0 or not step.must
