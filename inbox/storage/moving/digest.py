"""A table's rows as they lie in either engine, block by block, and one digest for both."""

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Boolean, Dialect, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

BLOCK = 5_000
"""Rows that are in memory at once: a database may be larger than that."""
_WHOLE = 1 << 256
_FILE: Dialect = sqlite.dialect()
_POSTGRES: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]

Row = Sequence[Any]


class Digest(Struct, frozen=True):
    """How many rows, and the sum of their SHA-256. Rows have no order, and two engines sort text differently."""

    rows: int
    sum: str


async def rows_in_file(file: sqlite3.Connection, table: Table) -> AsyncIterator[list[Row]]:
    """Every row of a table in a database file."""
    query = str(select(*table.columns).compile(dialect=_FILE))
    truths = [at for at, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    cursor = await asyncio.to_thread(file.execute, query)
    while block := await asyncio.to_thread(cursor.fetchmany, BLOCK):
        yield _with_truths(block, truths) if truths else block


async def rows_in_postgres(connection: AsyncConnection, table: Table) -> AsyncIterator[list[Row]]:
    """The same in PostgreSQL, within the connection's transaction."""
    query = str(select(*table.columns).compile(dialect=_POSTGRES))
    raw = await driver_of(connection)
    cursor = await raw.cursor(query)
    while block := await cursor.fetch(BLOCK):
        yield block


async def digest_of(blocks: AsyncIterator[list[Row]]) -> Digest:
    """The same for the same rows, whichever engine holds them."""
    count, total = 0, 0
    async for block in blocks:
        count += len(block)
        total = (total + await asyncio.to_thread(_sum, block)) % _WHOLE
    return Digest(count, f"{total:064x}")


async def driver_of(connection: AsyncConnection) -> Any:
    """PostgreSQL's own connection, in whose terms many rows go at once."""
    return (await connection.get_raw_connection()).driver_connection


def _with_truths(block: Iterable[Row], truths: list[int]) -> list[Row]:
    """A file holds 0 and 1 where PostgreSQL has a truth."""
    found: list[Row] = []
    for row in block:
        values = list(row)
        for at in truths:
            values[at] = None if values[at] is None else bool(values[at])
        found.append(values)
    return found


def _sum(block: list[Row]) -> int:
    rendered = (msgspec.json.encode(list(row)) for row in block)
    return sum(int.from_bytes(hashlib.sha256(row).digest()) for row in rendered)
