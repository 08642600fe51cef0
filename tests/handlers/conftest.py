"""A house for each test, and somebody to sign in as."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import people
from inbox.storage.people import Person
from tests.house import House, house_in


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The whole service, with everybody in it, on each engine."""
    async with house_in(tmp_path, database_url=database_url) as house:
        yield house


@pytest.fixture
async def eva(house: House) -> Person:
    """Somebody one can be by picking her."""
    person = Person(id="eva", name="Eva Provsson", staff=False, sample=True, presentation="Har fått vård i Lindby")

    async def settle(connection: AsyncConnection) -> None:
        await people.add_person(connection, person)

    await house.parts.services.store.writer.do(settle)
    return person
