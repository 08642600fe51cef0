"""Two processes of the service, with one PostgreSQL and one Redis."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from tests.processes.pair import Pair
from tests.processes.restarts import Process
from tests.services.postgres import Postgres
from tests.services.redis import running_redis


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis for all tests of this worker. Where it is not installed the test fails: nothing is left out."""
    with running_redis() as url:
        yield url


@pytest.fixture
async def pair(tmp_path: Path, postgres: Postgres, redis_url: str) -> AsyncIterator[Pair]:
    """Two that are ready, on a database of their own."""
    async with started(tmp_path, postgres.url(postgres.make()), redis_url) as running:
        yield running


def started(folder: Path, database_url: str, redis_url: str, count: int = 2) -> "Started":
    """Two processes, or more, for as long as they are needed."""
    return Started(folder, {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET": "s" * 40}, count)


class Started:
    """Starts all at once, and stops them."""

    def __init__(self, folder: Path, settings: dict[str, str], count: int) -> None:
        self._folder = folder
        self._settings = settings
        self._count = count
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Pair:
        goal = self._settings["DATABASE_URL"]
        await migrate(url_of(Path(), goal))
        folders = [self._folder / f"process-{number}" for number in range(self._count)]
        for folder in folders:
            folder.mkdir()
        every = [Process(folder, self._settings) for folder in folders]
        for process in every:
            self._stack.push_async_callback(process.end)
        await asyncio.gather(*(process.start() for process in every))
        urls, pids = tuple(process.url for process in every), tuple(process.pid for process in every)
        return Pair(urls, pids, folders[0], goal)

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
