"""Encrypting what there is anew, under the current key: some rows at a time, as often as it takes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Column, Row, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s
from inbox.storage.encryption.fields import current_key, keyring_of
from inbox.storage.encryption.keyring import FINGERPRINT, KeyId, Keyring

BLOCK = 200
"""Rows in one transaction: others write in between."""


class Encrypted(Struct, frozen=True):
    """A table with the columns in it that are encrypted. Empty, they hold nothing; drafts without answers are `{}`."""

    table: Table
    columns: tuple[str, ...]


EVERY = (
    Encrypted(s.person, ("name", "details")),
    Encrypted(s.draft, ("answers",)),
    Encrypted(s.private_detail, ("body",)),
)


class StillNeeded(Exception):
    """Something is encrypted with the key yet, or would be."""


async def rows_by_key(connection: AsyncConnection) -> Counter[KeyId]:
    """How many fields lie encrypted under each key."""
    found = Counter[KeyId]()
    for each in EVERY:
        for column in _columns(each):
            of_key = _key_in(column)
            query = select(of_key, func.count()).where(_holds_some(column)).group_by(of_key)
            found.update({str(key): count for key, count in await connection.execute(query)})
    return found


async def re_encrypt(connection: AsyncConnection) -> int:
    """Encrypt some rows under the current key; how many. None is left when that is 0."""
    current, keyring = await current_key(connection), keyring_of(connection)
    for each in EVERY:
        old = [_holds_some(column) & (_key_in(column) != current) for column in _columns(each)]
        query = select(each.table).where(or_(*old)).order_by(each.table.c.id).limit(BLOCK).with_for_update()
        rows = (await connection.execute(query)).all()
        for row in rows:
            values = dict(_anew(each, row, keyring, current))
            await connection.execute(update(each.table).where(each.table.c.id == row.id).values(values))
        if rows:
            return len(rows)
    return 0


async def retire(connection: AsyncConnection, id: KeyId) -> None:
    """Note that nothing needs the key any more. Raises StillNeeded."""
    # Whoever writes holds the current key, which this one then is not.
    if id == await current_key(connection) or (await rows_by_key(connection))[id]:
        raise StillNeeded
    await connection.execute(delete(s.encryption_key).where(s.encryption_key.c.id == id))


def _anew(each: Encrypted, row: Row[Any], keyring: Keyring, current: KeyId) -> Iterator[tuple[str, str]]:
    for column in _columns(each):
        field = getattr(row, column.name)
        if not field or field == "{}":
            continue
        place = f"{each.table.name}.{column.name}:{row.id}"
        text = keyring.decrypt(field, place)
        yield column.name, keyring.encrypt(current, text, place)
        number = msgspec.json.decode(text).get("personal_number") if column is s.person.c.details else None
        if number:
            yield "number_index", keyring.index_of(current, number)


def _columns(each: Encrypted) -> Iterable[Column[Any]]:
    return [each.table.c[name] for name in each.columns]


def _key_in(column: Column[Any]) -> Any:
    return func.substr(column, 1, FINGERPRINT)


def _holds_some(column: Column[Any]) -> Any:
    return column.is_not(None) & column.not_in(["", "{}"])
