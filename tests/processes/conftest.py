"""Two processes of the service, with one PostgreSQL and one Redis."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.benchmarks.served import prepare, serving
from tests.compiled import share_compiled
from tests.processes.pair import Pair
from tests.services.ports import free_port
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
        first, second = self._folder / "first", self._folder / "second"
        for folder in (first, second):
            folder.mkdir()
            share_compiled(folder)
        environment = await prepare(first, self._settings)
        other = {**environment, "PORT": str(free_port()), "DATABASE": str(second / "bench.db")}
        both = await asyncio.gather(
            self._stack.enter_async_context(serving(first, environment)),
            self._stack.enter_async_context(serving(second, other)),
        )
        return Pair(
            (both[0].url, both[1].url), (both[0].process, both[1].process), first, self._settings["DATABASE_URL"]
        )

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
