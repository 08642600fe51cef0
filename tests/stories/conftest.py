"""Stories: people in real browsers before the real server."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.people import Town, town_before
from tests.stories.served import Served, make_sample


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, made once."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder)
    return folder


@pytest.fixture
async def served(tmp_path: Path, sample_once: Path) -> AsyncIterator[Served]:
    """The server, with the sample people and cases."""
    house: Path = shutil.copytree(sample_once, tmp_path / "house")
    server = Served(house)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@pytest.fixture
async def town(served: Served) -> AsyncIterator[Town]:
    """Everybody at their browsers."""
    async with town_before(served.url) as town:
        yield town


def messages_in(database: Path, case: str) -> list[str]:
    """Every message of a case in the order in which it was kept: straight from the database."""
    query = """
        SELECT json_extract(payload.body, '$.text') FROM event JOIN payload ON payload.event_id = event.id
        WHERE event.case_id = ? AND event.kind = 'message_posted' ORDER BY event.seq
    """
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [text for (text,) in connection.execute(query, (case,))]
