"""What holds for every test: both engines, and one browser for each of the workers."""

import asyncio
import os
from collections.abc import Iterator
from inspect import iscoroutinefunction
from pathlib import Path

import pytest

from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from tests.patience import STORY, given_up_after
from tests.services.postgres import Postgres, cluster

HOUSES = frozenset({"house", "stage", "house_with_eva"})
"""Whoever asks for one of these looks at what lies above the store, which is tried on both engines by itself."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that drive a browser share a loop: that of the browser, which each worker begins once.

    Of a whole run each worker begins with its share of what takes long: what is left in the end is short, and whoever
    is ready takes it over.
    """
    for item in items:
        if (
            isinstance(item, pytest.Function)
            and item.get_closest_marker("browser")
            and iscoroutinefunction(item.function)
        ):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            item.obj = given_up_after(STORY, item.obj)
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1:
        in_order = sorted(items, key=lambda item: not any(map(item.get_closest_marker, ("slow", "browser"))))
        items[:] = [item for worker in range(workers) for item in in_order[worker::workers]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On which engines a test is tried: see the README."""
    marked = metafunc.definition.get_closest_marker("on_both_engines")
    housed = not HOUSES.isdisjoint(metafunc.fixturenames)
    if marked and housed and not {"database_url", "stage"} & set(metafunc.fixturenames):
        pytest.fail(f"{metafunc.definition.name}: its house is on one engine only", pytrace=False)
    if "database_url" in metafunc.fixturenames:
        above = housed or metafunc.definition.get_closest_marker("rule")
        both = not above or marked
        metafunc.parametrize("database_url", ["sqlite", "postgres"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for all tests of this worker. Where it is not installed the test fails: nothing is left out."""
    with cluster() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> str:
    """A database with its tables, which one test after the other empties before use."""
    url = postgres.url(postgres.make())
    asyncio.run(migrate(url_of(Path(), url)))
    return url


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """DATABASE_URL: empty for SQLite."""
    if request.param == "sqlite":
        return ""
    url: str = request.getfixturevalue("postgres_url")
    return url
