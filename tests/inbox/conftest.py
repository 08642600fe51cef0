"""A world for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, world_in


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """Cases on a real database, with everybody in it, on each engine."""
    async with world_in(tmp_path, database_url) as world:
        yield world
