"""A database that holds nothing yet, on either engine, and the store that reads it with the keys of tests."""

import atexit
import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

from inbox.storage.encryption.keyring import Keyring
from inbox.storage.engine.engines import is_sqlite, url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.engine.store import Store
from inbox.storage.schema import metadata

KEYS = Path(__file__).with_name("keys")
KEYRING = Keyring(KEYS, os.urandom)
# For whatever is started from here on, on whichever database.
os.environ.setdefault("KEYS", str(KEYS))


def store_at(url: str) -> Store:
    """The store at that address."""
    return Store(url, KEYRING)


async def fresh_store(database: Path, database_url: str = "") -> str:
    """The address of an empty store with its tables: the file made anew, or the PostgreSQL database emptied."""
    url = url_of(database, database_url)
    if is_sqlite(url):
        await _copied(database)
    else:
        await _empty(url)
    return url


async def _copied(database: Path) -> None:
    """A copy of a file that was migrated once in this process."""
    made = _folder() / "empty.db"
    if not made.exists():
        await migrate(url_of(made, ""))
    shutil.copyfile(made, database)


@cache
def _folder() -> Path:
    folder = Path(mkdtemp(prefix="gensvar-store-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


async def _empty(url: str) -> None:
    """Faster than a database for each test, and in one go. It has its tables already."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    try:
        await connection.execute(";".join(str(table.delete()) for table in reversed(metadata.sorted_tables)))
    finally:
        await connection.close()
