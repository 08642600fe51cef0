"""A house for the tests that need one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import House, house_in


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The whole service, with everybody in it, on each engine where the test says so."""
    async with house_in(tmp_path, database_url=database_url) as house:
        yield house
