"""A house for the tests that need one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import House, house_in


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The whole service, with everybody in it."""
    async with house_in(tmp_path) as house:
        yield house
