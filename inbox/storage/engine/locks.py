"""What only one process does at a time. SQLite needs none of it: there one process has the file to itself."""

from enum import IntEnum

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


class Lock(IntEnum):
    """Held until the transaction ends. The numbers are ours alone in the database, and never change."""

    MIGRATIONS = 7_346_001
    NUMBERS = 7_346_002
    """Register numbers. Taken before any row, so that two batches cannot wait for each other."""
    DIRECTORY = 7_346_003
    """The directory: one event after the other."""


async def hold(connection: AsyncConnection, lock: Lock) -> None:
    """Wait until no other process holds it, then hold it until the transaction ends. Twice is as good as once."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock.value})
