"""A real server in a process of its own, which somebody floods while others use it."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.floods.watched import Watched
from tests.services.once import made_once
from tests.stories.tools.served import Served, make_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with the sample people in it, to be copied."""
    return made_once(tmp_path_factory, "sample", lambda folder: make_sample(Served(folder)))


@pytest.fixture
def settings() -> dict[str, str]:
    """What else is set."""
    return {}


@pytest.fixture
async def watched(sample: Path, tmp_path: Path, settings: dict[str, str]) -> AsyncIterator[Watched]:
    """A server with the sample people, with short times so that tests need not wait for long ones."""
    copytree(sample, tmp_path, dirs_exist_ok=True)
    watched = Watched(tmp_path, BODY_SILENCE_SECONDS="4", BODY_SECONDS="8", **settings)
    await watched.start()
    try:
        yield watched
    finally:
        await watched.kill()
