"""A house for each table of hostile input, on each engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from inbox.storage import people
from inbox.storage.people import Person
from tests.hostile.stage import Stage, set_stage
from tests.house import House, house_in


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Stage]:
    """The whole service, with a case of Anna's that Karin handles, and one of Bo's."""
    async with house_in(tmp_path, database_url=database_url) as house:
        yield await set_stage(house)


@pytest.fixture
async def house_with_eva(tmp_path: Path, database_url: str) -> AsyncIterator[tuple[House, Person]]:
    """A house, and somebody in it that one can be by picking her."""
    person = Person(id="eva", name="Eva Provsson", staff=False, sample=True, presentation="Har fått vård i Lindby")
    async with house_in(tmp_path, database_url=database_url) as house:
        await house.parts.services.store.writer.do(lambda connection: people.add_person(connection, person))
        yield house, person
