"""Makes a projection anew from the events: what is missing is put in, what differs put right, what is too much removed.

Row by row, so that what follows from something else (when an answer was read) stays, and nobody who looks meanwhile
finds the table empty.
"""

from typing import Any

from sqlalchemy import Delete, Insert, Update, and_, bindparam, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.batching.atomic import Row
from inbox.storage.engine.engines import open_writer
from inbox.storage.projections.sources import SOURCE_OF
from inbox.storage.projections.tables import Broken, Key, OwnerId, Projection, Rows, Source, stored
from inbox.storage.projections.verify import BLOCK, Tell, unequal


class CannotRebuild(Exception):
    """The events of an owner cannot be read; the text says which."""


async def rebuild(url: str, name: str, tell: Tell) -> int:
    """How many rows were not as they should be. Block by block in transactions of their own; it can be done anew.

    Raises CannotRebuild at the first case, or other owner, whose history is broken.
    """
    engine, source, last, done, mended = open_writer(url), SOURCE_OF[name], "", 0, 0
    try:
        async with engine.connect() as connection:
            whole = await source.count(connection)
        while True:
            async with engine.begin() as connection:
                ids = await source.ids_after(connection, last, BLOCK)
                mended += await _block(connection, source, name, ids) if ids else 0
            if not ids:
                return mended
            last, done = ids[-1], done + len(ids)
            tell(source.name, done, max(done, whole))
    finally:
        await engine.dispose()


async def _block(connection: AsyncConnection, source: Source, name: str, ids: list[OwnerId]) -> int:
    # Nobody changes them between what is read and what is written.
    await source.hold(connection, ids)
    projection, expected = source.projections[name], await source.expected(connection, ids)
    there, mended = await stored(connection, projection, ids), 0
    for id in ids:
        should = expected[id]
        if isinstance(should, Broken):
            raise CannotRebuild(f"{id} {should}")
        mended += await _mend(connection, name, projection, id, should[name], there.get(id, {}))
    return mended


async def _mend(
    connection: AsyncConnection, name: str, projection: Projection, id: OwnerId, expected: Rows, there: Rows
) -> int:
    extra = [key for key in there if key not in expected]
    missing = [key for key in expected if key not in there]
    wrong = [
        key
        for key in expected
        if key in there and any(unequal(name, projection, {key: expected[key]}, {key: there[key]}))
    ]
    await _do(connection, _removing(projection), [_key(projection, id, key) for key in extra])
    await _do(connection, _changing(projection), [_key(projection, id, key) | _new(expected[key]) for key in wrong])
    await _do(connection, insert(projection.table), [_row(projection, id, key) | expected[key] for key in missing])
    return len(extra) + len(missing) + len(wrong)


async def _do(connection: AsyncConnection, statement: Insert | Update | Delete, rows: list[Row]) -> None:
    if rows:
        await connection.execute(statement, rows)


def _removing(projection: Projection) -> Delete:
    return delete(projection.table).where(_this(projection))


def _changing(projection: Projection) -> Update:
    return (
        update(projection.table).where(_this(projection)).values({n: bindparam(f"new_{n}") for n in projection.columns})
    )


def _this(projection: Projection) -> Any:
    columns = projection.table.c
    return and_(*(columns[name] == bindparam(f"the_{name}") for name in _names(projection)))


def _key(projection: Projection, id: OwnerId, key: Key) -> dict[str, object]:
    return {f"the_{name}": value for name, value in _row(projection, id, key).items()}


def _row(projection: Projection, id: OwnerId, key: Key) -> dict[str, object]:
    return dict(zip(_names(projection), (id, *key) if projection.owner else key, strict=True))


def _names(projection: Projection) -> tuple[str, ...]:
    return (projection.owner, *projection.key) if projection.owner else projection.key


def _new(values: dict[str, object]) -> dict[str, object]:
    return {f"new_{name}": value for name, value in values.items()}
