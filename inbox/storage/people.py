"""People, and the roles they hold."""

from collections.abc import Iterable

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


async def identities_of(connection: AsyncConnection, ids: Iterable[PersonId]) -> dict[PersonId, Identity]:
    """Who they are, each with every role held now; without those who are nobody."""
    query = (
        select(s.person.c.id, s.person.c.name, s.person.c.staff, s.grant.c.role, s.grant.c.unit_id)
        .join_from(s.person, s.grant, s.grant.c.person_id == s.person.c.id, isouter=True)
        .where(s.person.c.id.in_(list(ids)))
    )
    found: dict[PersonId, Identity] = {}
    for id, name, staff, role, unit in await connection.execute(query):
        grants = found[id].grants if id in found else ()
        held = () if role is None else (Grant(role=Role(role), unit=unit),)
        found[id] = Identity(person=id, name=name, grants=grants + held, staff=staff)
    return found


async def colleagues(connection: AsyncConnection, unit: UnitId) -> dict[PersonId, str]:
    """Those who handle cases at a unit or a board, with their names."""
    query = (
        select(s.person.c.id, s.person.c.name)
        .join(s.grant, s.grant.c.person_id == s.person.c.id)
        .where(s.grant.c.unit_id == unit, s.grant.c.role.in_(_HANDLES))
        .order_by(s.person.c.name)
    )
    return {row.id: row.name for row in await connection.execute(query)}
