"""Encrypting and decrypting on a connection: it knows the keys, the database says which of them is current."""

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s
from inbox.storage.encryption.keyring import KeyId, Keyring


def keyring_of(connection: AsyncConnection) -> Keyring:
    """The keys that the connection was opened with; LookupError without any."""
    sync = connection.sync_connection
    found: Keyring | None = None if sync is None else sync.get_execution_options().get("keyring")
    if found is None:
        raise LookupError("opened without keys")
    return found


async def current_key(connection: AsyncConnection) -> KeyId:
    """With which key whatever is written now is encrypted. It stays current until the transaction ends."""
    # Shared by all who write, so that no row under the old key can come once another one is current.
    query = select(s.encryption_key.c.id).where(s.encryption_key.c.current).with_for_update(read=True)
    # Asked twice: while it waited another one may have become current.
    id: KeyId | None = await connection.scalar(query) or await connection.scalar(query)
    return id if id is not None else await first_key(connection)


async def first_key(connection: AsyncConnection) -> KeyId:
    """Take the newest key of the file as current, in a database that has none yet; the one that is current then."""
    newest = keyring_of(connection).newest()
    try:
        async with connection.begin_nested():
            await connection.execute(insert(s.encryption_key).values(id=newest, current=True))
    except IntegrityError:
        # Another process was first.
        pass
    found: KeyId = (
        await connection.execute(select(s.encryption_key.c.id).where(s.encryption_key.c.current))
    ).scalar_one()
    return found


async def keys_in_use(connection: AsyncConnection) -> dict[KeyId, bool]:
    """The keys that something in the database may be encrypted with, and whether each is the current one."""
    rows = await connection.execute(select(s.encryption_key.c.id, s.encryption_key.c.current))
    return {row.id: row.current for row in rows}


async def make_current(connection: AsyncConnection, id: KeyId) -> None:
    """From now on everybody encrypts with that key."""
    # Waits for those who are writing with the one that was.
    await connection.execute(update(s.encryption_key).where(s.encryption_key.c.current).values(current=False))
    changed = await connection.execute(update(s.encryption_key).where(s.encryption_key.c.id == id).values(current=True))
    if not changed.rowcount:
        await connection.execute(insert(s.encryption_key).values(id=id, current=True))


async def encrypt(connection: AsyncConnection, text: str, place: str) -> str:
    """The text as it lies at that place, under the current key."""
    return keyring_of(connection).encrypt(await current_key(connection), text, place)


def decrypt(connection: AsyncConnection, field: str, place: str) -> str:
    """What lies encrypted at that place."""
    return keyring_of(connection).decrypt(field, place)


def name_of(connection: AsyncConnection, person: str | None, field: str | None) -> str:
    """Somebody's name; empty where it was removed."""
    return keyring_of(connection).remembered(field, f"person.name:{person}") if field else ""
