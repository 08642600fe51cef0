"""People, and the roles they hold."""

import msgspec
from msgspec import Struct
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import Grant, Identity, PersonId, Role, UnitId
from inbox.storage import schema as s

_HANDLES = (Role.CASEWORKER.value, Role.OFFICER.value)


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who can sign in."""

    id: PersonId
    name: str
    staff: bool
    personal_number: str | None = None
    sex: str | None = None
    birth_year: int | None = None
    region: str | None = None
    sample: bool = False
    presentation: str = ""
    """For sample people: who they are, in a few words."""


async def add_person(connection: AsyncConnection, person: Person, grants: tuple[Grant, ...] = ()) -> None:
    """Add somebody with the roles they hold."""
    await connection.execute(insert(s.person).values(msgspec.structs.asdict(person)))
    for grant in grants:
        values = {"person_id": person.id, "role": grant.role.value, "unit_id": grant.unit}
        await connection.execute(insert(s.grant).values(values))


async def find_person(connection: AsyncConnection, id: PersonId) -> Person | None:
    """The person with that id."""
    row = (await connection.execute(select(s.person).where(s.person.c.id == id))).mappings().first()
    return None if row is None else Person(**row)


async def sample_people(connection: AsyncConnection) -> list[Person]:
    """The people one can sign in as without credentials, where that is allowed."""
    rows = await connection.execute(select(s.person).where(s.person.c.sample).order_by(s.person.c.staff, s.person.c.id))
    return [Person(**row) for row in rows.mappings()]


async def identity_of(connection: AsyncConnection, id: PersonId) -> Identity | None:
    """Who that is, with every role held now."""
    person = await find_person(connection, id)
    if person is None:
        return None
    rows = await connection.execute(select(s.grant.c.role, s.grant.c.unit_id).where(s.grant.c.person_id == id))
    grants = tuple(Grant(role=Role(row.role), unit=row.unit_id) for row in rows)
    return Identity(person=person.id, name=person.name, grants=grants, staff=person.staff)


async def colleagues(connection: AsyncConnection, unit: UnitId) -> dict[PersonId, str]:
    """Those who handle cases at a unit or a board, with their names."""
    query = (
        select(s.person.c.id, s.person.c.name)
        .join(s.grant, s.grant.c.person_id == s.person.c.id)
        .where(s.grant.c.unit_id == unit, s.grant.c.role.in_(_HANDLES))
        .order_by(s.person.c.name)
    )
    return {row.id: row.name for row in await connection.execute(query)}
