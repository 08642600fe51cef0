"""A database that holds nothing yet, on either engine, and the store that reads it with the keys of tests."""

import atexit
import os
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.administration import roles
from inbox.storage.encryption.keyring import Keyring
from inbox.storage.engine.engines import is_sqlite, url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.engine.store import Store
from inbox.storage.schema import metadata
from tests.compiled import share_statements
from tests.people import EVERYBODY, GRANTS

KEYS = Path(__file__).with_name("keys")
SINCE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""When everybody is there with their roles: the moment at which the clocks of worlds and houses stand still."""
KEYRING = Keyring(KEYS, os.urandom)
# For whatever is started from here on, on whichever database.
os.environ.setdefault("KEYS", str(KEYS))
share_statements()


def store_at(url: str) -> Store:
    """The store at that address."""
    return Store(url, KEYRING)


async def fresh_store(database: Path, database_url: str = "") -> str:
    """The address of an empty store with its tables: the file made anew, or the PostgreSQL database emptied."""
    url = url_of(database, database_url)
    if is_sqlite(url):
        shutil.copyfile(await _empty_file(), database)
    else:
        await _tell(url, _NOTHING_LEFT)
    return url


async def peopled_store(database: Path, database_url: str = "") -> str:
    """The same with everybody in it. They are added once in this process, and copied from then on."""
    url = url_of(database, database_url)
    if is_sqlite(url):
        shutil.copyfile(await _peopled_file(), database)
    elif url in _kept:
        await _tell(url, f"{_NOTHING_LEFT};{_kept[url]}")
    else:
        await _settle(await fresh_store(database, database_url))
        _kept[url] = await _keep(url)
    return url


async def _empty_file() -> Path:
    """A file that was migrated once in this process."""
    made = _folder() / "empty.db"
    if not made.exists():
        await migrate(url_of(made, ""))
    return made


async def _peopled_file() -> Path:
    made = _folder() / "peopled.db"
    if not made.exists():
        shutil.copyfile(await _empty_file(), made)
        await _settle(url_of(made, ""))
    return made


async def _settle(url: str) -> None:
    async def settle(connection: AsyncConnection) -> None:
        for person in EVERYBODY:
            await roles.add_with_roles(connection, person, GRANTS.get(person.id, ()), SINCE)

    store = store_at(url)
    store.start()
    try:
        await store.writer.do(settle)
    finally:
        await store.close()


async def _keep(url: str) -> str:
    """Put what is in the database aside, in a schema that nobody looks into; what brings it back."""
    names = [table.name for table in metadata.sorted_tables]
    copies = [f'CREATE TABLE kept."{name}" AS TABLE "{name}"' for name in names]
    await _tell(url, ";".join(["DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept", *copies]))
    return ";".join(f'INSERT INTO "{name}" TABLE kept."{name}"' for name in names)


_NOTHING_LEFT = ";".join(str(table.delete()) for table in reversed(metadata.sorted_tables))
"""Faster than a database for each test, and in one go."""
_kept: dict[str, str] = {}
"""By address: the statements by which everybody is there again."""


@cache
def _folder() -> Path:
    folder = Path(mkdtemp(prefix="gensvar-store-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


async def _tell(url: str, statements: str) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()
