"""Makes a projection anew from the events: what is missing is put in, what differs put right, what is too much removed.

Row by row, so that what follows from something else (when an answer was read) stays, and nobody who looks meanwhile
finds the table empty.
"""

from typing import Any

from sqlalchemy import Delete, Insert, Update, and_, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import CaseId
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Row
from inbox.storage.engine.engines import open_writer
from inbox.storage.projections import tables
from inbox.storage.projections.tables import PROJECTIONS, Broken, Projection, Rows
from inbox.storage.projections.verify import BLOCK, Tell, unequal


class CannotRebuild(Exception):
    """The events of a case cannot be read; the text says which."""


async def rebuild(url: str, name: str, tell: Tell) -> int:
    """How many rows were not as they should be. Block by block in transactions of their own; it can be done anew.

    Raises CannotRebuild at the first case whose history is broken.
    """
    engine, projection, last, done, mended = open_writer(url), PROJECTIONS[name], "", 0, 0
    try:
        async with engine.connect() as connection:
            whole = await tables.count_cases(connection)
        while True:
            async with engine.begin() as connection:
                ids = await tables.ids_after(connection, last, BLOCK)
                mended += await _block(connection, name, projection, ids)
            if not ids:
                return mended
            last, done = ids[-1], done + len(ids)
            tell(done, max(done, whole))
    finally:
        await engine.dispose()


async def _block(connection: AsyncConnection, name: str, projection: Projection, ids: list[CaseId]) -> int:
    # Nobody changes them between what is read and what is written.
    await connection.execute(select(s.case.c.id).where(s.case.c.id.in_(ids)).order_by(s.case.c.id).with_for_update())
    histories = await tables.histories(connection, ids)
    there = await tables.stored(connection, projection, ids)
    mended = 0
    for id in ids:
        history = histories[id]
        try:
            if isinstance(history, Broken):
                raise history
            expected = tables.expected(tables.case_of(history), history)[name]
        except Broken as broken:
            raise CannotRebuild(f"{id} {broken}") from None
        mended += await _mend(connection, name, projection, id, expected, there.get(id, {}))
    return mended


async def _mend(
    connection: AsyncConnection, name: str, projection: Projection, id: CaseId, expected: Rows, stored: Rows
) -> int:
    extra = [key for key in stored if key not in expected]
    missing = [key for key in expected if key not in stored]
    wrong = [
        key
        for key in expected
        if key in stored and any(unequal(name, projection, {key: expected[key]}, {key: stored[key]}))
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
    return and_(*(columns[name] == bindparam(f"the_{name}") for name in (projection.of_case, *projection.key)))


def _key(projection: Projection, id: CaseId, key: tables.Key) -> dict[str, object]:
    return {f"the_{name}": value for name, value in _row(projection, id, key).items()}


def _row(projection: Projection, id: CaseId, key: tables.Key) -> dict[str, object]:
    return dict(zip((projection.of_case, *projection.key), (id, *key), strict=True))


def _new(values: dict[str, object]) -> dict[str, object]:
    return {f"new_{name}": value for name, value in values.items()}
