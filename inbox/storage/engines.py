"""How the database is opened: one engine that writes, one that reads."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool


def sqlite_url(path: Path) -> str:
    """The address of a database file."""
    return f"sqlite+aiosqlite:///{path}"


def open_writer(url: str) -> AsyncEngine:
    """An engine with a single connection, whose transactions take the write lock at once."""
    engine = create_async_engine(url, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0)
    if engine.dialect.name == "sqlite":
        _prepare(engine, "BEGIN IMMEDIATE")
    return engine


def open_readers(url: str, size: int = 4) -> AsyncEngine:
    """An engine for looking, on connections of its own: readers never wait for the writer (WAL)."""
    engine = create_async_engine(url, poolclass=AsyncAdaptedQueuePool, pool_size=size, max_overflow=0)
    if engine.dialect.name == "sqlite":
        _prepare(engine, "BEGIN")
    return engine


def _prepare(engine: AsyncEngine, begin: str) -> None:
    """Turn off the driver's own transactions, and set what makes an acknowledgement true."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            # FULL: the log is synced before a commit returns. With NORMAL an acknowledgement could lie.
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "secure_delete=ON",
            "cache_size=-32000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
