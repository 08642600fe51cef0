"""A house for each test, on each engine: what comes by itself is looked for in the database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import House, house_in


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The whole service, with everybody in it."""
    async with house_in(tmp_path, database_url=database_url) as house:
        yield house
