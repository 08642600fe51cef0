"""Who a number, or an id at work, belongs to here."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import PersonId
from inbox.principals.personal_number import PersonalNumber
from inbox.storage.engine.store import Store
from inbox.storage.people import NumberTaken, Person, add_person, find_person, person_with_number, rename, works
from inbox.storage.signing_in.employees import add_employee_id, people_with_ids


class UnknownPerson(Exception):
    """Nobody has that id."""


class Accounts:
    """Finds people when they sign in. A citizen who comes for the first time is known from then on."""

    def __init__(self, store: Store, new_id: Callable[[], str]) -> None:
        self._store = store
        self._new_id = new_id

    async def citizen(self, number: PersonalNumber, name: str) -> PersonId:
        """Whoever has that number. What they are called is what the provider says now."""

        async def work(connection: AsyncConnection) -> PersonId:
            known = await person_with_number(connection, number.digits)
            if known is None:
                return await self._begin(connection, number, name)
            found = await find_person(connection, known)
            # Who works here is called what their employer calls them.
            if found is not None and not found.staff and name and found.name != name:
                await rename(connection, known, name)
            return known

        return await self._store.writer.do(work, order=number.digits)

    async def employee(self, ids: tuple[str, ...]) -> PersonId | None:
        """Whoever is known at work by those ids; None if nobody, or if they are several people's."""
        async with self._store.reading() as connection:
            found = await people_with_ids(connection, ids)
        return found.pop() if len(found) == 1 else None

    async def enrol(
        self, hsa_id: str, name: str, *, person: PersonId = "", number: PersonalNumber | None = None
    ) -> str:
        """Let somebody sign in at work by that id: who they are here. A citizen whose number it is works here too now.

        Raises IdTaken, NumberTaken, UnknownPerson.
        """

        async def work(connection: AsyncConnection) -> PersonId:
            known = await person_with_number(connection, number.digits) if number else None
            if person and known not in {None, person}:
                raise NumberTaken
            id = person or known or self._new_id()
            found = await find_person(connection, id)
            if found is None and person:
                raise UnknownPerson
            if found is None:
                found = Person(id=id, name=name, staff=True)
                await add_person(connection, found)
            await works(connection, found, number)
            await add_employee_id(connection, id, hsa_id)
            return id

        return await self._store.writer.do(work, order=hsa_id)

    async def _begin(self, connection: AsyncConnection, number: PersonalNumber, name: str) -> PersonId:
        person = Person(
            id=self._new_id(),
            name=name,
            staff=False,
            personal_number=number.digits,
            sex=number.sex,
            birth_year=number.birth_year,
        )
        await add_person(connection, person)
        return person.id
