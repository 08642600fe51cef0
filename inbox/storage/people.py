"""People, and the roles they hold."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.model import Held
from inbox.cases.model import Grant, PersonId, Role, UnitId
from inbox.storage import schema as s


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
    row = (await connection.execute(select(*_PERSON).where(s.person.c.id == id))).mappings().first()
    return None if row is None else Person(**row)


async def sample_people(connection: AsyncConnection) -> list[Person]:
    """The people one can sign in as without credentials, where that is allowed."""
    rows = await connection.execute(select(*_PERSON).where(s.person.c.sample).order_by(s.person.c.staff, s.person.c.id))
    return [Person(**row) for row in rows.mappings()]


class WithRoles(Struct, frozen=True):
    """Somebody, with the roles they hold, held or will hold."""

    name: str
    staff: bool
    citizen: bool
    held: tuple[Held, ...] = ()


class AtUnit(Struct, frozen=True):
    """Somebody's role at one unit."""

    person: PersonId
    name: str
    held: Held


async def people_with_roles(connection: AsyncConnection, ids: Iterable[PersonId]) -> dict[PersonId, WithRoles]:
    """Who they are; without those who are nobody."""
    query = (
        select(s.person.c.id, s.person.c.name, s.person.c.staff, s.person.c.personal_number, *_HELD)
        .join_from(s.person, s.grant, s.grant.c.person_id == s.person.c.id, isouter=True)
        .where(s.person.c.id.in_(list(ids)))
    )
    found: dict[PersonId, WithRoles] = {}
    for row in (await connection.execute(query)).mappings():
        before = found[row["id"]].held if row["id"] in found else ()
        held = () if row["role"] is None else (held_of(row),)
        # Who works here is a citizen too where that is known: by the number with which citizens sign in.
        citizen = not row["staff"] or row["personal_number"] is not None
        found[row["id"]] = WithRoles(row["name"], row["staff"], citizen, before + held)
    return found


async def staff_at(connection: AsyncConnection, units: Iterable[UnitId], roles: Iterable[Role]) -> list[AtUnit]:
    """Everybody with one of the roles at one of the units, whichever their days, by name."""
    query = (
        select(s.person.c.id, s.person.c.name, *_HELD)
        .join_from(s.person, s.grant, s.grant.c.person_id == s.person.c.id)
        .where(s.grant.c.unit_id.in_(list(units)), s.grant.c.role.in_([role.value for role in roles]))
        .order_by(s.person.c.name)
    )
    rows = (await connection.execute(query)).mappings()
    return [AtUnit(row["id"], row["name"], held_of(row)) for row in rows]


async def everybody_with_roles(connection: AsyncConnection) -> dict[PersonId, WithRoles]:
    """Everybody who works in the service, by name."""
    ids = await connection.scalars(
        select(s.person.c.id).where(s.person.c.staff).order_by(s.person.c.name, s.person.c.id)
    )
    return await people_with_roles(connection, list(ids))


def held_of(row: Mapping[Any, Any]) -> Held:
    """The role in a row."""
    return Held(Role(row["role"]), row["unit_id"], row["below"], row["since"], row["until"])


_PERSON = tuple(s.person.c[name] for name in Person.__struct_fields__)
_HELD = (s.grant.c.role, s.grant.c.unit_id, s.grant.c.below, s.grant.c.since, s.grant.c.until)
