"""The keys that personal details are encrypted with, on the terminal; also while the service runs."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

from inbox.cases.errors import NotKept
from inbox.storage.encryption.fields import keys_in_use, make_current
from inbox.storage.encryption.keyring import BrokenKeyFile, KeyId, MissingKey
from inbox.storage.encryption.rotation import StillNeeded, re_encrypt, retire, rows_by_key
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.engine.store import Store
from server.app import keyring_of, store_of
from server.config import Settings
from server.process.lifespan import Locked, NotMigrated, unlock
from server.startup_error import StartupError

T = TypeVar("T")
PATIENCE = 20
"""Tries of some rows at which others were in the way."""


class NotRetired(StartupError):
    """The key is needed yet."""


def show(settings: Settings, _: KeyId) -> None:
    """Print each key, with how many fields lie under it."""

    async def told(store: Store) -> None:
        async with store.reading() as connection:
            known, rows = await keys_in_use(connection), await rows_by_key(connection)
        for id in (*known, *(id for id in rows if id not in known)):
            print(f"{id}  {rows[id]:>10,} fields{'  current' if known.get(id) else ''}")

    _with(settings, told)


def add(settings: Settings, _: KeyId) -> None:
    """Add a key to the file, which nothing is encrypted with until `rotate`. Needs no database."""
    print(f"{keyring_of(settings).add()} is in {settings.key_file}. Copy the file to where the service runs elsewhere,")
    print("and keep a copy apart from the backups of the database: without it personal details are lost.")


def rotate(settings: Settings, _: KeyId) -> None:
    """Make the newest key current, or a new one where it is that already, and encrypt everything under it.

    Stopped in the middle it goes on where it was.
    """

    async def done(store: Store) -> None:
        keyring = keyring_of(settings)
        newest = keyring.newest()
        async with store.reading() as connection:
            known, rows = await keys_in_use(connection), await rows_by_key(connection)
        current = next(id for id, is_current in known.items() if is_current)
        if any(id != current for id in rows):
            print(f"Going on with {current}.", flush=True)
        else:
            current = newest if newest not in known else keyring.add()
            await _tried(store, lambda connection: make_current(connection, current))
            print(f"Current is {current} now.", flush=True)
        total = 0
        while count := await _tried(store, re_encrypt):
            total += count
            print(f"{total:,} of {sum(rows.values()):,}", file=sys.stderr, flush=True)
        print(f"{total:,} rows are encrypted anew. Keep a copy of {settings.key_file} apart from the backups.")

    _with(settings, done)


def retire_one(settings: Settings, key: KeyId) -> None:
    """Say that the service needs a key no more. Raises NotRetired."""

    async def done(store: Store) -> None:
        await _tried(store, lambda connection: retire(connection, key))

    try:
        _with(settings, done)
    except StillNeeded:
        raise NotRetired(f"{key} is current, or fields lie under it. First: python -m server keys rotate") from None
    print(f"The service needs {key} no more: its line can be taken out of {settings.key_file}.")
    print("Older backups need it: keep it with what is kept apart from them.")


CHANGES: dict[str, Callable[[Settings, KeyId], None]] = {
    "": show,
    "add": add,
    "rotate": rotate,
    "retire": retire_one,
}


def migrate_with_keys(settings: Settings) -> None:
    """Bring the database to the shape that this program expects. Raises Locked."""
    url = url_of(settings.database, settings.database_url)
    try:
        asyncio.run(migrate(url, keyring_of(settings)))
    except (MissingKey, BrokenKeyFile) as problem:
        raise Locked(str(problem)) from None


def _with(settings: Settings, do: Callable[[Store], Awaitable[None]]) -> None:
    async def done() -> None:
        store = store_of(settings)
        try:
            if not await store.is_current():
                raise NotMigrated
            store.start()
            await unlock(store)
            await do(store)
        finally:
            await store.close()

    asyncio.run(done())


async def _tried(store: Store, work: Callable[..., Awaitable[T]]) -> T:
    """What the work gives; again where those who write were in the way."""
    for _ in range(PATIENCE):
        try:
            return await store.writer.do(work)
        except NotKept:
            await asyncio.sleep(0)
    raise NotKept
