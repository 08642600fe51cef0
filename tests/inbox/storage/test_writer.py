"""One writer, many pieces of work in a commit."""

import asyncio
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.errors import EmptyText, NotKept, NotRead
from inbox.storage import schema as s
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.store import Store
from tests.services.postgres import Postgres
from tests.services.stores import fresh_store, store_at


async def open_store(folder: Path, database_url: str = "") -> Store:
    """A started store on a database of its own."""
    store = store_at(await fresh_store(folder / "writer.db", database_url))
    store.start()
    return store


async def values(store: Store) -> list[str]:
    """The authorities that counters were kept for."""
    async with store.reading() as connection:
        return list(await connection.scalars(select(s.counter.c.authority).order_by(s.counter.c.authority)))


async def test_what_waits_together_is_committed_together(tmp_path: Path, database_url: str) -> None:
    store = await open_store(tmp_path, database_url)
    commits: list[int] = []

    async def work(connection: AsyncConnection, name: str) -> str:
        await connection.execute(insert(s.counter).values(authority=name, year=2026, value=1))
        commits.append(await connection.scalar(text("SELECT count(*) FROM counter")) or 0)
        return name

    done = await asyncio.gather(*(store.writer.do(partial(work, name=f"{i:03}")) for i in range(100)))
    assert done == await values(store) == [f"{i:03}" for i in range(100)]
    await store.close()


async def test_a_refusal_undoes_its_own_work_and_no_other(tmp_path: Path, database_url: str) -> None:
    store = await open_store(tmp_path, database_url)

    async def work(connection: AsyncConnection, name: str) -> None:
        await connection.execute(insert(s.counter).values(authority=name, year=2026, value=1))
        if name == "b":
            raise EmptyText

    results = await asyncio.gather(
        *(store.writer.do(partial(work, name=name)) for name in "abc"), return_exceptions=True
    )
    assert isinstance(results[1], EmptyText)
    assert await values(store) == ["a", "c"]
    await store.close()


async def test_a_fault_in_one_piece_of_work_does_not_take_the_others_along(tmp_path: Path, database_url: str) -> None:
    store = await open_store(tmp_path, database_url)

    async def work(connection: AsyncConnection, name: str) -> None:
        await connection.execute(insert(s.counter).values(authority=name, year=2026, value=1))
        if name == "b":
            await connection.execute(text("SELECT nothing FROM nowhere"))

    results = await asyncio.gather(
        *(store.writer.do(partial(work, name=name)) for name in "abc"), return_exceptions=True
    )
    assert isinstance(results[1], Exception)
    assert await values(store) == ["a", "c"]
    await store.close()


async def test_a_lost_commit_refuses_every_waiter_and_forgets_what_was_remembered(
    tmp_path: Path, database_url: str
) -> None:
    store = await open_store(tmp_path, database_url)
    forgotten: list[bool] = []
    store.writer.on_failure(lambda: forgotten.append(True))

    async def work(connection: AsyncConnection, name: str) -> None:
        await connection.execute(insert(s.counter).values(authority=name, year=2026, value=1))
        # The transaction ends under the writer's feet, as when the disk is full.
        if name == "b":
            await connection.exec_driver_sql("ROLLBACK")

    results = await asyncio.gather(
        *(store.writer.do(partial(work, name=name)) for name in "abc"), return_exceptions=True
    )
    assert all(isinstance(result, NotKept) for result in results)
    assert forgotten == [True]
    assert await values(store) == []
    await store.writer.do(partial(work, name="d"))
    assert await values(store) == ["d"]
    await store.close()


async def test_a_closed_writer_refuses(tmp_path: Path, database_url: str) -> None:
    store = await open_store(tmp_path, database_url)
    await store.close()

    async def nothing(_: AsyncConnection) -> None:
        return None

    with pytest.raises(NotKept):
        await store.writer.do(nothing)


async def test_commits_are_synced_before_they_are_acknowledged(tmp_path: Path) -> None:
    store = await open_store(tmp_path)

    async def settings(connection: AsyncConnection) -> tuple[object, object]:
        synchronous = await connection.scalar(text("PRAGMA synchronous"))
        journal = await connection.scalar(text("PRAGMA journal_mode"))
        return synchronous, journal

    assert await store.writer.do(settings) == (2, "wal")
    await store.close()


async def test_commits_are_synced_in_postgresql_too_whatever_the_server_was_set_to(
    tmp_path: Path, postgres_url: str
) -> None:
    store = await open_store(tmp_path, postgres_url)
    assert await store.writer.do(lambda connection: connection.scalar(text("SHOW synchronous_commit"))) == "on"
    await store.close()


async def test_what_the_database_has_no_room_for_is_refused_clearly_and_takes_nothing_along(
    tmp_path: Path, postgres_url: str
) -> None:
    store = await open_store(tmp_path, postgres_url)

    async def work(connection: AsyncConnection, name: str) -> None:
        await connection.execute(insert(s.counter).values(authority=name, year=2026, value=1))
        # As PostgreSQL says it when a table cannot grow.
        if name == "b":
            await connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$")

    results = await asyncio.gather(
        *(store.writer.do(partial(work, name=name)) for name in "abc"), return_exceptions=True
    )
    assert [type(result) for result in results] == [type(None), NotKept, type(None)]
    assert await values(store) == ["a", "c"]
    await store.close()


async def test_a_mistake_of_ours_is_not_told_as_a_lack_of_room(tmp_path: Path, database_url: str) -> None:
    store = await open_store(tmp_path, database_url)

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(insert(s.counter).values(authority=None, year=2026, value=1))

    with pytest.raises(IntegrityError):
        await store.writer.do(work)
    await store.close()


async def test_where_the_database_does_not_answer_reading_is_refused_clearly_and_goes_on_when_it_does(
    tmp_path: Path, postgres: Postgres
) -> None:
    name = postgres.make()
    store = store_at(url_of(Path(), postgres.url(name)))
    await store.ping()
    postgres.tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres.tell(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608 - a name of our own
    with pytest.raises(NotRead):
        await store.ping()
    postgres.tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await store.ping()
    await store.close()
