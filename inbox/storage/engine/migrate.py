"""Brings the database to the shape that this program expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from inbox.storage.encryption.keyring import Keyring
from inbox.storage.engine.engines import is_sqlite, open_writer
from inbox.storage.engine.locks import Lock, hold

FOLDER = Path(__file__).parents[1] / "migrations"


MOVED = "0020"
"""The migration after which nothing private may be left of what lay where: also not in what the file has freed."""


async def migrate(url: str, keyring: Keyring | None = None) -> None:
    """Run every migration that the database has not seen, in one transaction. Several processes may ask at once.

    The keys are needed where what is there has to be encrypted.
    """
    engine = open_writer(url, keyring)
    try:
        async with engine.begin() as connection:
            await hold(connection, Lock.MIGRATIONS)
            before = await connection.run_sync(revision_of)
            await connection.run_sync(upgrade)
        if before is not None and before < MOVED:
            await _clear_out(engine, url)
    finally:
        await engine.dispose()


async def _clear_out(engine: AsyncEngine, url: str) -> None:
    """Write the tables anew, so that no byte stays of what was changed in them."""
    commands = ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
    if not is_sqlite(url):
        commands = [f"VACUUM FULL {name}" for name in ("payload", "draft", "person")]
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        for command in commands:
            # Outside of any transaction.
            await raw.driver_connection.execute(command)  # type: ignore[union-attr]


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database has the shape that this program expects."""
    async with engine.connect() as connection:
        return await connection.run_sync(revision_of) == newest()


def newest() -> str | None:
    """The last migration there is."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """The last migration that the database has seen; None if it has seen none."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection) -> None:
    """Run what it has not seen, within the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    config.attributes["keyring"] = connection.get_execution_options().get("keyring")
    command.upgrade(config, "head")
