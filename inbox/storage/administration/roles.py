"""Roles with their days, and what was done to them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

import msgspec
from msgspec.structs import asdict
from sqlalchemy import RowMapping, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.events import AnyStaffEvent, RolesHeld, StaffRecorded
from inbox.administration.model import Held, Staff
from inbox.cases.model import Grant, PersonId
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step, inserting_new
from inbox.storage.people import Person, add_person, held_of

_event_json = msgspec.json.Decoder(AnyStaffEvent)


async def add_with_roles(connection: AsyncConnection, person: Person, grants: Iterable[Grant], at: datetime) -> None:
    """Add somebody with the roles they come with; what is done to them later, commands do. Raises NumberTaken."""
    await add_person(connection, person)
    held = tuple(Held(grant.role, grant.unit) for grant in grants)
    if held:
        id, event = str(uuid5(NAMESPACE_OID, f"{person.id} roles_held")), RolesHeld(held=held)
        first = StaffRecorded(id, person.id, 0, at, "", "", event)
        await connection.execute(insert(s.staff_event), [_event_row(first)])
        await connection.execute(_GIVE, [row_of(person.id, one) for one in held])


async def load_staff(connection: AsyncConnection, person: PersonId, *, to_change: bool = False) -> Staff | None:
    """Somebody who works in the service, with the roles they hold, held or will hold; None if there is nobody.

    With `to_change` no other process changes the roles until the transaction ends.
    """
    query = select(s.person.c.roles_version).where(s.person.c.id == person, s.person.c.staff)
    version = await connection.scalar(query.with_for_update(key_share=True) if to_change else query)
    if version is None:
        return None
    rows = await connection.execute(select(s.grant).where(s.grant.c.person_id == person))
    return Staff(person, version, tuple(held_of(row) for row in rows.mappings()))


async def done_before(connection: AsyncConnection, person: PersonId, client_id: str) -> StaffRecorded | None:
    """What a command led to, by its client id."""
    query = select(s.staff_event).where(s.staff_event.c.person_id == person, s.staff_event.c.client_id == client_id)
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else recorded_of(row)


async def history_of(connection: AsyncConnection, person: PersonId) -> list[StaffRecorded]:
    """Everything that was done to somebody's roles, the oldest first."""
    query = select(s.staff_event).where(s.staff_event.c.person_id == person).order_by(s.staff_event.c.seq)
    return [recorded_of(row) for row in (await connection.execute(query)).mappings()]


async def changed_since(connection: AsyncConnection, row: int) -> list[tuple[int, PersonId]]:
    """The rows of what was done to roles after that row, with whose they are."""
    event = s.staff_event.c
    query = select(event.row, event.person_id).where(event.row > row).order_by(event.row)
    return [(one.row, one.person_id) for one in await connection.execute(query)]


async def last_row(connection: AsyncConnection) -> int:
    """The row of what was last done to roles."""
    return await connection.scalar(select(func.max(s.staff_event.c.row))) or 0


def recorded_of(row: RowMapping) -> StaffRecorded:
    """The event in a row. Raises MsgspecError."""
    return StaffRecorded(
        id=row["id"],
        person=row["person_id"],
        seq=row["seq"],
        at=row["at"],
        client_id=row["client_id"],
        digest=row["digest"],
        event=_event_json.decode(row["body"]),
    )


def keeping(before: Staff, after: Staff, recorded: StaffRecorded) -> list[Step]:
    """What is written: nothing at all if the roles were changed since `before`, or the command was carried out."""
    gone = [held for held in before.held if after.at(held.role, held.unit) is None]
    new = [held for held in after.held if before.at(held.role, held.unit) is None]
    moved = [held for held in after.held if before.at(held.role, held.unit) not in (None, held)]
    return [
        Step(_COUNT, [{"of_id": before.person, "seen": before.version, "now": after.version}], must=True),
        Step(_EVENT, [_event_row(recorded)], must=True),
        Step(_TAKE, [_key(before.person, held) for held in gone]),
        Step(_GIVE, [row_of(before.person, held) for held in new]),
        Step(_MOVE, [_key(before.person, held) | _days(held) for held in moved]),
    ]


def _event_row(one: StaffRecorded) -> dict[str, object]:
    values = asdict(one) | {"kind": str(type(one.event).__struct_config__.tag), "person_id": one.person}
    body = msgspec.json.encode(values.pop("event")).decode()
    return {name: value for name, value in values.items() if name != "person"} | {"body": body}


def row_of(person: PersonId, held: Held) -> dict[str, object]:
    """As it is kept."""
    values = asdict(held) | {"role": held.role.value, "person_id": person, "unit_id": held.unit}
    del values["unit"]
    return values


def _key(person: PersonId, held: Held) -> dict[str, object]:
    return {"of_id": person, "of_role": held.role.value, "of_unit": held.unit}


def _days(held: Held) -> dict[str, object]:
    return {"new_below": held.below, "new_since": held.since, "new_until": held.until}


_COUNT = (
    update(s.person)
    .where(s.person.c.id == bindparam("of_id"), s.person.c.roles_version == bindparam("seen"))
    .values(roles_version=bindparam("now"))
)
_EVENT = inserting_new(s.staff_event, s.staff_event.c.person_id, s.staff_event.c.client_id)
_GIVE = insert(s.grant)
_THIS = (
    s.grant.c.person_id == bindparam("of_id"),
    s.grant.c.role == bindparam("of_role"),
    s.grant.c.unit_id == bindparam("of_unit"),
)
_TAKE = delete(s.grant).where(*_THIS)
_MOVE = (
    update(s.grant)
    .where(*_THIS)
    .values(below=bindparam("new_below"), since=bindparam("new_since"), until=bindparam("new_until"))
)
