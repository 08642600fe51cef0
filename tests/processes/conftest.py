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


def started(folder: Path, database_url: str, redis_url: str) -> "Started":
    """Two processes for as long as they are needed."""
    return Started(folder, {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET": "s" * 40})


class Started:
    """Starts both at once, and stops both."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self._folder = folder
        self._settings = settings
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Pair:
        goal = self._settings["DATABASE_URL"]
        await migrate(url_of(Path(), goal))
        folders = self._folder / "first", self._folder / "second"
        for folder in folders:
            folder.mkdir()
        both = [Process(folder, self._settings) for folder in folders]
        for process in both:
            self._stack.push_async_callback(process.end)
        await asyncio.gather(*(process.start() for process in both))
        return Pair((both[0].url, both[1].url), (both[0].pid, both[1].pid), folders[0], goal)

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
