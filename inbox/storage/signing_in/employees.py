"""By which ids people are known at work: HSA-ids, one or more for each person, compared in capitals."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import PersonId
from inbox.storage import schema as s


class IdTaken(Exception):
    """Somebody else is known by it."""


async def people_with_ids(connection: AsyncConnection, ids: Iterable[str]) -> set[PersonId]:
    """Everybody who is known by one of them."""
    wanted = [id.upper() for id in ids]
    found = await connection.scalars(select(s.employee_id.c.person_id).where(s.employee_id.c.id.in_(wanted)))
    return set(found)


async def add_employee_id(connection: AsyncConnection, person: PersonId, id: str) -> None:
    """The person is known by it from now on. Raises IdTaken."""
    others = await people_with_ids(connection, [id])
    if others - {person}:
        raise IdTaken
    if not others:
        await connection.execute(insert(s.employee_id).values(id=id.upper(), person_id=person))
