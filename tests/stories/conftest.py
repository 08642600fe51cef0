"""Stories: people in real browsers before the real server."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from inbox.storage.moving.move import move
from tests.services.once import made_once
from tests.services.postgres import Postgres
from tests.stories.tools.people import Browsers, Town
from tests.stories.tools.served import Served, make_sample
from tests.stories.tools.stages import MARKED, USUAL, Stage


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every story is told on the usual stage; by its marks also on others."""
    others = [stage for mark, stage in MARKED.items() if metafunc.definition.get_closest_marker(mark)]
    if "stage" in metafunc.fixturenames and others:
        metafunc.parametrize("stage", [USUAL, *others], ids=str)


@pytest.fixture
def stage() -> Stage:
    """Which browser and which database."""
    return USUAL


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in a database file."""
    return made_once(tmp_path_factory, "sample", lambda folder: make_sample(Served(folder)))


@pytest.fixture(scope="session")
def sample_in_postgres(tmp_path_factory: pytest.TempPathFactory, sample_once: Path, postgres: Postgres) -> str:
    """The same in PostgreSQL, moved there: a database to be copied."""
    name = postgres.make()
    # A file is moved by whoever has it alone.
    served = Served(shutil.copytree(sample_once, tmp_path_factory.mktemp("moved") / "house"), postgres.url(name))
    asyncio.run(move(served.database, served.store_url, lambda *_: None))
    return name


@pytest.fixture
def house(stage: Stage, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server that is not started yet, with the sample people and cases."""
    folder: Path = request.getfixturevalue("sample_once")
    if stage.engine == "sqlite":
        house = Served(shutil.copytree(folder, tmp_path / "house"))
        yield house
        assert not house.errors, "a line of level error is a fault of ours"
        return
    template: str = request.getfixturevalue("sample_in_postgres")
    postgres: Postgres = request.getfixturevalue("postgres")
    name = postgres.make(template)
    house = Served(shutil.copytree(folder, tmp_path / "house"), postgres.url(name))
    yield house
    postgres.drop(name)
    assert not house.errors, "a line of level error is a fault of ours"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browsers() -> AsyncIterator[Browsers]:
    """The browsers of this worker."""
    async with async_playwright() as playwright:
        browsers = Browsers(playwright)
        yield browsers
        await browsers.end()


@pytest_asyncio.fixture(loop_scope="session")
async def served(house: Served) -> AsyncIterator[Served]:
    """The server, with the sample people and cases."""
    await house.start()
    try:
        yield house
    finally:
        await house.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def town(served: Served, stage: Stage, browsers: Browsers) -> AsyncIterator[Town]:
    """Everybody at their browsers."""
    async with browsers.before(served.url, stage) as town:
        yield town


def messages_in(database: Path, case: str) -> list[str]:
    """Every message of a case in the order in which it was kept: straight from the database."""
    query = """
        SELECT json_extract(payload.body, '$.text') FROM event JOIN payload ON payload.event_id = event.id
        WHERE event.case_id = ? AND event.kind = 'message_posted' ORDER BY event.seq
    """
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [text for (text,) in connection.execute(query, (case,))]
