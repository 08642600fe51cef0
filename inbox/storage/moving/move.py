"""Moves everything from a database file into an empty PostgreSQL: in one transaction, checked before it ends."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.engine.engines import open_writer
from inbox.storage.engine.locks import Lock, hold
from inbox.storage.engine.migrate import newest, revision_of, upgrade
from inbox.storage.moving.digest import Digest, digest_of, driver_of, rows_in_file, rows_in_postgres
from inbox.storage.schema import metadata

Tell = Callable[[str, int, int], None]
"""Hears a table's name, how many of its rows are copied, and how many there are."""


class CannotMove(Exception):
    """Nothing was moved, and nothing is left behind; the text says why and what to do."""


async def move(database: Path, url: str, tell: Tell) -> dict[str, tuple[Digest, Digest]]:
    """Copy every table; by its name what the file holds and what PostgreSQL holds, which are equal.

    Nobody else may use the file meanwhile. Raises CannotMove; interrupted, it can be done anew.
    """
    with closing(sqlite3.connect(database, check_same_thread=False)) as file:
        _looked_at(file, database)
        engine = open_writer(url)
        try:
            async with engine.begin() as connection:
                return await _moved(file, connection, tell)
        except (SQLAlchemyError, OSError, TimeoutError) as problem:
            # The kind alone: what a database says can quote what people typed.
            raise CannotMove(f"PostgreSQL did not take it: {_kind_of(problem)}. Nothing was moved.") from None
        finally:
            await engine.dispose()


def _looked_at(file: sqlite3.Connection, database: Path) -> None:
    """Raise CannotMove unless the file has the shape that this program expects."""
    try:
        found = file.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found is None or found[0] != newest():
        how = "with DATABASE_URL empty: python -m server migrate"
        raise CannotMove(f"{database} has not the shape of this version. Run first, {how}")


async def _moved(file: sqlite3.Connection, connection: AsyncConnection, tell: Tell) -> dict[str, tuple[Digest, Digest]]:
    await hold(connection, Lock.MIGRATIONS)
    # While we look at the file the connection rests, and large tables take their time.
    await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    await _made_ready(connection)
    for table in metadata.sorted_tables:
        await _copy(file, connection, table, tell)
        await _go_on_counting(connection, table)
    found = {table.name: await _both(file, connection, table) for table in metadata.sorted_tables}
    if unequal := [name for name, (here, there) in found.items() if here != there]:
        raise CannotMove(f"What arrived is not what was sent, in: {', '.join(unequal)}. Nothing was moved.")
    return found


async def _made_ready(connection: AsyncConnection) -> None:
    """Make the tables; raise CannotMove where somebody has made others, or something lies in them."""
    if await connection.run_sync(revision_of) not in {None, newest()}:
        raise CannotMove("The PostgreSQL database belongs to another version. Make a new one: createdb gensvar")
    await connection.run_sync(upgrade)
    names = ", ".join(connection.dialect.identifier_preparer.format_table(t) for t in metadata.sorted_tables)
    # Against a service that is about to begin there: what it wrote now would be missed by the check.
    await connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
    for table in metadata.sorted_tables:
        if (await connection.execute(select(table).limit(1))).first() is not None:
            raise CannotMove("The PostgreSQL database is not empty. Make a new one for the move: createdb gensvar")


async def _copy(file: sqlite3.Connection, connection: AsyncConnection, table: Table, tell: Tell) -> None:
    raw = await driver_of(connection)
    whole = await asyncio.to_thread(_count, file, table)
    columns, done = [column.name for column in table.columns], 0
    async for block in rows_in_file(file, table):
        try:
            await raw.copy_records_to_table(table.name, records=block, columns=columns)
        except Exception as problem:  # noqa: BLE001 - whatever the driver says of a row, nothing is moved
            kind = type(problem).__name__
            raise CannotMove(f"PostgreSQL did not take a row of {table.name}: {kind}. Nothing was moved.") from None
        done += len(block)
        tell(table.name, done, whole)


def _count(file: sqlite3.Connection, table: Table) -> int:
    found: int = file.execute(str(select(func.count()).select_from(table))).fetchone()[0]
    return found


async def _go_on_counting(connection: AsyncConnection, table: Table) -> None:
    """The next row that is written gets a number after the last that was copied."""
    column = table.autoincrement_column
    if column is not None:
        series = func.pg_get_serial_sequence(table.name, column.name)
        last = select(func.max(column)).scalar_subquery()
        # Nothing copied: the series begins as in a new table.
        await connection.execute(select(func.setval(series, func.coalesce(last, 1), last.is_not(None))))


async def _both(file: sqlite3.Connection, connection: AsyncConnection, table: Table) -> tuple[Digest, Digest]:
    return await digest_of(rows_in_file(file, table)), await digest_of(rows_in_postgres(connection, table))


def _kind_of(problem: Exception) -> str:
    return type(getattr(problem, "orig", None) or problem).__name__
