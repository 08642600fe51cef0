"""People, and the roles they hold."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.model import Held
from inbox.cases.model import PersonId, Role, UnitId
from inbox.principals.personal_number import PersonalNumber
from inbox.storage import schema as s
from inbox.storage.encryption.fields import current_key, decrypt, encrypt, keyring_of, keys_in_use, name_of


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


class NumberTaken(Exception):
    """Somebody else has that personal number."""


class PersonDetails(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What lies in one encrypted field."""

    personal_number: str | None = None
    sex: str | None = None
    birth_year: int | None = None


async def add_person(connection: AsyncConnection, person: Person) -> None:
    """Add somebody; with roles by `administration.roles.add_with_roles`. Raises NumberTaken."""
    if person.personal_number and await person_with_number(connection, person.personal_number) is not None:
        raise NumberTaken
    plain = {name: getattr(person, name) for name in _PLAIN}
    await connection.execute(insert(s.person).values(**plain, **await private_fields(connection, person)))


async def private_fields(connection: AsyncConnection, person: Person) -> dict[str, str | None]:
    """What is private of a person's row, as it lies there."""
    number = person.personal_number
    details = PersonDetails(personal_number=number, sex=person.sex, birth_year=person.birth_year)
    body = msgspec.json.encode(details).decode()
    known = details != PersonDetails()
    return {
        "name": await encrypt(connection, person.name, f"person.name:{person.id}"),
        "details": await encrypt(connection, body, f"person.details:{person.id}") if known else None,
        "number_index": keyring_of(connection).index_of(await current_key(connection), number) if number else None,
    }


async def rename(connection: AsyncConnection, id: PersonId, name: str) -> None:
    """The person is called so from now on."""
    hidden = await encrypt(connection, name, f"person.name:{id}")
    await connection.execute(update(s.person).where(s.person.c.id == id).values(name=hidden))


async def works(connection: AsyncConnection, person: Person, number: PersonalNumber | None) -> None:
    """The person works in the service from now on; with a number they are known as a citizen too."""
    if number is not None:
        person = replace(person, personal_number=number.digits, sex=number.sex, birth_year=number.birth_year)
    known = {"staff": True, **await private_fields(connection, person)}
    await connection.execute(update(s.person).where(s.person.c.id == person.id).values(**known))


async def find_person(connection: AsyncConnection, id: PersonId) -> Person | None:
    """The person with that id."""
    row = (await connection.execute(select(*_PERSON).where(s.person.c.id == id))).mappings().first()
    return None if row is None else _person(connection, row)


async def person_with_number(connection: AsyncConnection, number: str) -> PersonId | None:
    """Who has that personal number, under whichever key."""
    keyring = keyring_of(connection)
    indexes = [keyring.index_of(id, number) for id in await keys_in_use(connection)]
    found: PersonId | None = await connection.scalar(select(s.person.c.id).where(s.person.c.number_index.in_(indexes)))
    return found


async def sample_people(connection: AsyncConnection) -> list[Person]:
    """The people one can sign in as without credentials, where that is allowed."""
    rows = await connection.execute(select(*_PERSON).where(s.person.c.sample).order_by(s.person.c.staff, s.person.c.id))
    return [_person(connection, row) for row in rows.mappings()]


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
        select(s.person.c.id, s.person.c.name, s.person.c.staff, s.person.c.number_index, *_HELD)
        .join_from(s.person, s.grant, s.grant.c.person_id == s.person.c.id, isouter=True)
        .where(s.person.c.id.in_(list(ids)))
    )
    found: dict[PersonId, WithRoles] = {}
    for row in (await connection.execute(query)).mappings():
        before = found[row["id"]].held if row["id"] in found else ()
        held = () if row["role"] is None else (held_of(row),)
        # Who works here is a citizen too where that is known: by the number with which citizens sign in.
        citizen = not row["staff"] or row["number_index"] is not None
        found[row["id"]] = WithRoles(name_of(connection, row["id"], row["name"]), row["staff"], citizen, before + held)
    return found


async def staff_at(connection: AsyncConnection, units: Iterable[UnitId], roles: Iterable[Role]) -> list[AtUnit]:
    """Everybody with one of the roles at one of the units, whichever their days, by name."""
    query = (
        select(s.person.c.id, s.person.c.name, *_HELD)
        .join_from(s.person, s.grant, s.grant.c.person_id == s.person.c.id)
        .where(s.grant.c.unit_id.in_(list(units)), s.grant.c.role.in_([role.value for role in roles]))
    )
    rows = (await connection.execute(query)).mappings()
    found = [AtUnit(row["id"], name_of(connection, row["id"], row["name"]), held_of(row)) for row in rows]
    return sorted(found, key=lambda one: one.name)


async def everybody_with_roles(connection: AsyncConnection) -> dict[PersonId, WithRoles]:
    """Everybody who works in the service, by name."""
    ids = await connection.scalars(select(s.person.c.id).where(s.person.c.staff))
    found = await people_with_roles(connection, list(ids))
    return dict(sorted(found.items(), key=lambda one: (one[1].name, one[0])))


def held_of(row: Mapping[Any, Any]) -> Held:
    """The role in a row."""
    return Held(Role(row["role"]), row["unit_id"], row["below"], row["since"], row["until"])


def _person(connection: AsyncConnection, row: Mapping[Any, Any]) -> Person:
    body = decrypt(connection, row["details"], f"person.details:{row['id']}") if row["details"] else "{}"
    details = msgspec.json.decode(body, type=PersonDetails)
    plain = {name: row[name] for name in _PLAIN}
    return Person(**plain, name=name_of(connection, row["id"], row["name"]), **msgspec.structs.asdict(details))


_PLAIN = ("id", "staff", "region", "sample", "presentation")
_PERSON = tuple(s.person.c[name] for name in (*_PLAIN, "name", "details"))
_HELD = (s.grant.c.role, s.grant.c.unit_id, s.grant.c.below, s.grant.c.since, s.grant.c.until)
