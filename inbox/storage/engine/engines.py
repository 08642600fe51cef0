"""How the database is opened: one engine that writes, one that reads. SQLite in a file, or PostgreSQL."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from inbox.storage.encryption.keyring import Keyring
from inbox.storage.engine.driver import connect

_PATIENCE = "5s"
"""How long a statement waits for what another process holds."""
_WRITING = {
    # An acknowledgement means that it is on disk, whatever the server was set to.
    "synchronous_commit": "on",
    "lock_timeout": _PATIENCE,
    # A process that is frozen in the middle of a batch must not hold its cases for ever.
    "idle_in_transaction_session_timeout": "15s",
}
_READING = {"default_transaction_read_only": "on"}
_IN_A_FILE = {"async_creator_fn": connect}


def sqlite_url(path: Path) -> str:
    """The address of a database file."""
    return f"sqlite+aiosqlite:///{path}"


def url_of(database: Path, database_url: str) -> str:
    """The address of the store: PostgreSQL's where one is given, else the file."""
    if not database_url:
        return sqlite_url(database)
    url = make_url(database_url).set(drivername="postgresql+asyncpg")
    # The driver calls it `ssl`; hosts hand out addresses with the name that psql knows.
    if "sslmode" in url.query:
        url = url.update_query_dict({"ssl": url.query["sslmode"]}).difference_update_query(["sslmode"])
    return url.render_as_string(hide_password=False)


def open_writer(url: str, keyring: Keyring | None = None) -> AsyncEngine:
    """An engine with a single connection. In SQLite its transactions take the write lock at once.

    Without keys everything but encrypted fields can be read and written.
    """
    if is_sqlite(url):
        return _prepared(_engine(url, 1, keyring, connect_args=_IN_A_FILE), "BEGIN IMMEDIATE")
    # Each statement sees what is committed: `UPDATE … WHERE version = seen` is what guards a case.
    return _postgres(url, 1, keyring, "READ COMMITTED", _WRITING)


def open_readers(url: str, size: int = 4, keyring: Keyring | None = None) -> AsyncEngine:
    """An engine for looking, on connections of its own. What is read on one of them is of one moment."""
    if is_sqlite(url):
        return _prepared(_engine(url, size, keyring, connect_args=_IN_A_FILE), "BEGIN")
    return _postgres(url, size, keyring, "REPEATABLE READ", _READING)


def is_sqlite(url: str) -> bool:
    """Whether the address is that of a file."""
    return url.startswith("sqlite")


def _engine(url: str, size: int, keyring: Keyring | None, **more: Any) -> AsyncEngine:
    options = {"keyring": keyring}
    return create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=size, max_overflow=0, execution_options=options, **more
    )


def _postgres(url: str, size: int, keyring: Keyring | None, isolation: str, settings: Mapping[str, str]) -> AsyncEngine:
    # Asked before use: after a restart of the database the first request finds a connection that works.
    settings = {"application_name": "gensvar", **settings}
    arguments = {"server_settings": settings, "timeout": 10}
    return _engine(url, size, keyring, isolation_level=isolation, pool_pre_ping=True, connect_args=arguments)


def _prepared(engine: AsyncEngine, begin: str) -> AsyncEngine:
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
            # Five connections: what is not in here is in the system's own memory of the file.
            "cache_size=-1000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
