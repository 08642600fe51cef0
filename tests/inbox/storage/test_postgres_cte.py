"""A command's writes as one statement of PostgreSQL: whole or not at all, and nobody else's are lost with them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step, execute_all
from inbox.storage.engine.store import Store
from tests.services.stores import fresh_store, store_at

ROW = {"authority": "V1", "year": 2026, "value": 1}
NOBODYS_SEAT = Step(
    insert(s.seat),
    [{"case_id": "none", "party": "reporter", "person_id": "none", "since": datetime(2026, 1, 1, tzinfo=UTC)}],
)
COUNTED = (
    update(s.counter)
    .where(s.counter.c.authority == bindparam("of"), s.counter.c.value == bindparam("before"))
    .values(value=bindparam("after"))
)


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    """An empty store in PostgreSQL."""
    store = store_at(await fresh_store(Path(), postgres_url))
    store.start()
    yield store
    await store.close()


async def counters(store: Store) -> list[int]:
    async with store.reading() as connection:
        return sorted(await connection.scalars(select(s.counter.c.value)))


def counting(before: int, after: int) -> Step:
    return Step(COUNTED, [{"of": "V1", "before": before, "after": after}], must=True)


async def test_a_statement_that_fails_is_undone_alone_and_the_others_of_its_batch_are_kept(store: Store) -> None:
    async def writes(connection: AsyncConnection, authority: str) -> bool:
        return await execute_all(connection, [Step(insert(s.counter), [{**ROW, "authority": authority}])])

    async def fails(connection: AsyncConnection) -> bool:
        return await execute_all(connection, [Step(insert(s.counter), [{**ROW, "authority": "lost"}]), NOBODYS_SEAT])

    results = await asyncio.gather(
        store.writer.do(lambda c: writes(c, "first"), savepoint=False),
        store.writer.do(fails, savepoint=False),
        store.writer.do(lambda c: writes(c, "last"), savepoint=False),
        return_exceptions=True,
    )
    assert [results[0], results[2]] == [True, True]
    assert isinstance(results[1], Exception)
    assert await counters(store) == [1, 1]


async def test_where_something_must_be_touched_and_is_not_nothing_else_is_done(store: Store) -> None:
    await store.writer.do(lambda c: execute_all(c, [Step(insert(s.counter), [ROW])]), savepoint=False)
    other = Step(insert(s.counter), [{**ROW, "authority": "V2", "value": 7}, {**ROW, "authority": "V3", "value": 8}])
    done = await store.writer.do(lambda c: execute_all(c, [counting(5, 6), other]), savepoint=False)
    assert (done, await counters(store)) == (False, [1])
    done = await store.writer.do(lambda c: execute_all(c, [counting(1, 2), other]), savepoint=False)
    assert (done, await counters(store)) == (True, [2, 7, 8])
