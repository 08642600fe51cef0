"""Brings the database to the shape that this program expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from inbox.storage.engine.engines import open_writer
from inbox.storage.engine.locks import Lock, hold

FOLDER = Path(__file__).parents[1] / "migrations"


async def migrate(url: str) -> None:
    """Run every migration that the database has not seen, in one transaction. Several processes may ask at once."""
    engine = open_writer(url)
    try:
        async with engine.begin() as connection:
            await hold(connection, Lock.MIGRATIONS)
            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


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
    command.upgrade(config, "head")
