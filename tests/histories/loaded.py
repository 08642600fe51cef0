"""A database file of a release before, as that release would have had it in PostgreSQL."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Boolean, Connection, MetaData, Table, text

from inbox.storage.engine.engines import open_writer
from inbox.storage.engine.migrate import FOLDER
from inbox.storage.moving.digest import driver_of


async def load(database: Path, url: str) -> None:
    """Make the tables in an empty PostgreSQL as they were at the file's migration, and copy every row."""
    engine, shape = open_writer(url), MetaData()
    with closing(sqlite3.connect(database)) as file:
        revision = file.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        async with engine.begin() as connection:
            await connection.run_sync(_make, revision)
            await connection.run_sync(shape.reflect)
            raw = await driver_of(connection)
            for table in shape.sorted_tables:
                if table.name == "alembic_version":
                    continue
                names = [column.name for column in table.columns]
                await raw.copy_records_to_table(table.name, records=_rows(file, table, names), columns=names)
                if "row" in names:
                    series = f"pg_get_serial_sequence('{table.name}', 'row')"
                    last = f'(SELECT coalesce(max("row"), 1) FROM {table.name})'  # noqa: S608 - names of our own tables
                    await connection.execute(text(f"SELECT setval({series}, {last})"))
    await engine.dispose()


def _make(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _rows(file: sqlite3.Connection, table: Table, names: list[str]) -> list[tuple[object, ...]]:
    truths = {column.name for column in table.columns if isinstance(column.type, Boolean)}
    columns = ", ".join(f'"{name}"' for name in names)
    found = file.execute(f'SELECT {columns} FROM "{table.name}"')  # noqa: S608 - the same
    return [
        tuple(bool(value) if name in truths else value for name, value in zip(names, row, strict=True)) for row in found
    ]
