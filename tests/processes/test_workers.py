"""What comes back by itself is done once, however many workers there are and however they end."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.apply import apply
from inbox.cases.events import CaseAnswered, Recorded
from inbox.cases.model import State
from inbox.storage import cases, schema
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.engine.store import Store
from server.app import real_clock, real_id
from server.jobs.leases import SHARE, STAND_IN, JobLease, TurnLost
from server.jobs.runner import Job
from tests.benchmarks.threads import Thread, make_threads
from tests.house import Clock
from tests.patience import PATIENCE, until
from tests.processes.feeds import is_whole
from tests.processes.restarts import Process
from tests.processes.test_rolling import SECRET
from tests.server.test_running import run, surroundings
from tests.services.postgres import Postgres
from tests.services.stores import fresh_store, store_at

CASES, KILLS = 600, 6


@pytest.mark.slow
async def test_of_two_workers_that_are_killed_again_and_again_each_thread_is_closed_once(
    tmp_path: Path, postgres: Postgres, redis_url: str
) -> None:
    goal, effects = postgres.url(postgres.make()), random.Random(20261121)
    await migrate(url_of(Path(), goal))
    threads = await make_threads(Path(), CASES, goal)
    store = store_at(url_of(Path(), goal))
    store.start()
    settings = {"DATABASE_URL": goal, "REDIS_URL": redis_url, "SECRET": SECRET}
    workers = [Process(tmp_path, settings, "worker", module="tests.processes.launch") for _ in "ab"]
    try:
        await asyncio.gather(*(worker.start() for worker in workers))
        for at in range(0, CASES, CASES // KILLS):
            wave = threads[at : at + CASES // KILLS]
            await store.writer.do(partial(answered_long_ago, threads=wave))
            await reached(store, at + 3)
            await effects.choice(workers).kill()
            for worker in workers:
                if not worker.alive:
                    await worker.start()
        await reached(store, CASES)
        # As many rounds again: what is done stays done.
        await asyncio.sleep(2)
        assert await closings(store) == Counter({thread.case: 1 for thread in threads})
        async with store.reading() as connection:
            for thread in threads:
                assert await is_whole(connection, thread.case)
    finally:
        for worker in workers:
            await worker.kill()
        await store.close()


async def reached(store: Store, count: int) -> None:
    """Return when so many threads are closed."""
    for _ in range(3000):
        if sum((await closings(store)).values()) >= count:
            return
        await asyncio.sleep(0.02)
    raise TimeoutError(count)


async def closings(store: Store) -> Counter[str]:
    """How often each case was closed."""
    event = schema.event.c
    query = select(event.case_id, func.count()).where(event.kind == "thread_closed").group_by(event.case_id)
    async with store.reading() as connection:
        return Counter(dict(tuple(row) for row in await connection.execute(query)))


async def answered_long_ago(connection: AsyncConnection, threads: list[Thread]) -> None:
    """Each has its final answer, and the time for asking on is over."""
    over = real_clock() - timedelta(days=1)
    for thread in threads:
        before = await cases.load_case(connection, thread.case)
        assert before is not None
        last = (await cases.load_history(connection, thread.case))[-1].envelope
        given = CaseAnswered(
            registration="r1", explanation="Det här hände.", measures=(), no_measures="", regret="", reply_until=over
        )
        states = {"r1": State.ANSWERED}
        envelope = replace(last, id=real_id(), seq=before.version + 1, kind="case_answered", states=states)
        item = Recorded(envelope, given)
        await cases.keep(connection, before, apply(before, item), [item])


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    """An empty store that several may use."""
    store = store_at(await fresh_store(Path(), postgres_url))
    store.start()
    yield store
    await store.close()


class Work:
    """A job that lasts as long as one wishes."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.has_begun, self.may_end = asyncio.Event(), asyncio.Event()
        self.job = Job("threads", timedelta(seconds=0.4), self.do, once=True)

    async def do(self) -> None:
        self.begun += 1
        self.has_begun.set()
        await self.may_end.wait()
        self.ended += 1


async def test_a_job_that_lasts_longer_than_its_round_is_begun_by_nobody_else(store: Store) -> None:
    work, clock = Work(), Clock()
    here, there = JobLease(store, clock, 0), JobLease(store, clock, 0)
    does = asyncio.create_task(here.do(work.job))
    await asyncio.wait_for(work.has_begun.wait(), PATIENCE)

    async def is_prolonged() -> bool:
        async with store.reading() as connection:
            return await connection.scalar(select(schema.lease.c.until)) == clock.now + work.job.every * SHARE

    for _ in range(3):
        clock.passes(work.job.every / 2)
        await until(is_prolonged)
        assert await there.do(work.job) is False
    work.may_end.set()
    assert await does is True
    assert (work.begun, work.ended) == (1, 1)


async def test_whoever_was_frozen_until_another_took_over_does_not_go_on(store: Store) -> None:
    work, clock = Work(), Clock()
    does = asyncio.create_task(JobLease(store, clock, 0).do(work.job))
    await asyncio.wait_for(work.has_begun.wait(), PATIENCE)
    other = Work()
    other.may_end.set()
    assert await JobLease(store, lambda: clock.now + timedelta(seconds=1), 0).do(other.job) is True
    with pytest.raises(TurnLost):
        await asyncio.wait_for(does, PATIENCE)
    assert (work.begun, work.ended) == (1, 0)


async def test_a_web_process_leaves_jobs_to_the_worker_and_stands_in_when_there_is_none(store: Store) -> None:
    work, clock = Work(), Clock()
    work.may_end.set()
    web, worker = JobLease(store, clock, STAND_IN), JobLease(store, clock, 0)
    assert await web.do(work.job) is False, "perhaps a worker is about to start"
    assert await worker.do(work.job) is True
    clock.passes(work.job.every)
    assert await web.do(work.job) is False
    clock.passes(work.job.every * STAND_IN)
    assert await web.do(work.job) is True
    assert await worker.do(work.job) is False


def test_a_worker_beside_a_database_file_is_refused_in_one_line(tmp_path: Path) -> None:
    done = run("worker", surroundings(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "DATABASE_URL" in done.stderr
