"""What follows from what was administered: roles, versions of dialogs, and the directory.

Whoever changes a row by hand gives a role to somebody, or a name to a unit, that nobody has decided: here it is seen.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar, TypeVar

import msgspec
from sqlalchemy import RowMapping, Table, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration import decide as roles_decided
from inbox.administration.definitions import decide as versions_decided
from inbox.administration.definitions.events import DialogRecorded
from inbox.administration.definitions.model import Definitions
from inbox.administration.directory.apply import apply
from inbox.administration.directory.events import DirectoryRecorded
from inbox.administration.directory.records import Records
from inbox.administration.events import RolesHeld, StaffRecorded
from inbox.storage import definitions as versions_kept
from inbox.storage import schema as s
from inbox.storage.administration import directory as directory_kept
from inbox.storage.administration import roles as roles_kept
from inbox.storage.engine.locks import Lock, hold
from inbox.storage.projections.tables import Broken, Expected, OwnerId, Projection, Rows, count_of

AnyRecorded = TypeVar("AnyRecorded", StaffRecorded, DialogRecorded, DirectoryRecorded)
DIRECTORY = "directory"
"""The only one of its kind."""


class OfStaff:
    """Each person's roles."""

    name: ClassVar[str] = "people"
    projections: ClassVar[Mapping[str, Projection]] = {
        "grant": Projection(s.grant, "person_id", ("role", "unit_id")),
        "person": Projection(s.person, "id", kept=frozenset(s.person.columns.keys()) - {"roles_version"}),
    }

    async def count(self, connection: AsyncConnection) -> int:
        """How many may hold any."""
        return await count_of(connection, s.person)

    async def ids_after(self, connection: AsyncConnection, last: OwnerId, most: int) -> list[OwnerId]:
        """Everybody who holds a role, or to whose roles something was done: also who does not work here at all."""
        somebody = union(
            select(s.grant.c.person_id),
            select(s.staff_event.c.person_id),
            select(s.person.c.id).where(s.person.c.roles_version != 0),
        ).subquery()
        query = select(s.person.c.id).where(s.person.c.id.in_(select(somebody)), s.person.c.id > last)
        return list(await connection.scalars(query.order_by(s.person.c.id).limit(most)))

    async def hold(self, connection: AsyncConnection, ids: list[OwnerId]) -> None:
        """Whoever changes roles changes how often that was done."""
        query = select(s.person.c.id).where(s.person.c.id.in_(ids)).order_by(s.person.c.id)
        await connection.execute(query.with_for_update(key_share=True))

    async def expected(self, connection: AsyncConnection, ids: Collection[OwnerId]) -> dict[OwnerId, Expected | Broken]:
        """The roles after everything that was done to them."""
        rows = await _events(connection, s.staff_event, s.staff_event.c.person_id, ids)
        return {id: _of_person(id, rows[id]) for id in ids}


class OfDialogs:
    """Each dialog with its versions."""

    name: ClassVar[str] = "dialogs"
    projections: ClassVar[Mapping[str, Projection]] = {
        "dialog": Projection(s.dialog, "name"),
        "definition": Projection(s.definition, "name", ("number",)),
    }

    async def count(self, connection: AsyncConnection) -> int:
        """How many there are."""
        return await count_of(connection, s.dialog)

    async def ids_after(self, connection: AsyncConnection, last: OwnerId, most: int) -> list[OwnerId]:
        """The next dialogs."""
        query = select(s.dialog.c.name).where(s.dialog.c.name > last).order_by(s.dialog.c.name).limit(most)
        return list(await connection.scalars(query))

    async def hold(self, connection: AsyncConnection, ids: list[OwnerId]) -> None:
        """Whoever changes a version changes how often that was done."""
        query = select(s.dialog.c.name).where(s.dialog.c.name.in_(ids)).order_by(s.dialog.c.name)
        await connection.execute(query.with_for_update())

    async def expected(self, connection: AsyncConnection, ids: Collection[OwnerId]) -> dict[OwnerId, Expected | Broken]:
        """The versions after everything that was done to them."""
        rows = await _events(connection, s.dialog_event, s.dialog_event.c.name, ids)
        return {id: _of_dialog(id, rows[id]) for id in ids}


class OfDirectory:
    """The directory: every record as it was from one event to another."""

    name: ClassVar[str] = "directory"
    projections: ClassVar[Mapping[str, Projection]] = {
        "directory_record": Projection(
            s.directory_record,
            None,
            ("kind", "id", "seq"),
            read=lambda key, body: directory_kept.record_in(str(key[0]), body),
        )
    }

    async def count(self, connection: AsyncConnection) -> int:
        """There is one."""
        return 1

    async def ids_after(self, connection: AsyncConnection, last: OwnerId, most: int) -> list[OwnerId]:
        """That one."""
        return [DIRECTORY] if last < DIRECTORY else []

    async def hold(self, connection: AsyncConnection, ids: list[OwnerId]) -> None:
        """One event comes after the other."""
        await hold(connection, Lock.DIRECTORY)

    async def expected(self, connection: AsyncConnection, ids: Collection[OwnerId]) -> dict[OwnerId, Expected | Broken]:
        """The records after everything that has happened."""
        query = select(s.directory_event).order_by(s.directory_event.c.seq)
        rows = (await connection.execute(query)).mappings().all()
        return {DIRECTORY: _of_directory(rows)}


def _of_person(id: OwnerId, rows: Sequence[RowMapping]) -> Expected | Broken:
    # What was held before anything was done has the number 0.
    first = 0 if rows and rows[0]["seq"] == 0 else 1
    try:
        history = _recorded(rows, s.staff_event, first, roles_kept.recorded_of)
    except Broken as broken:
        return broken
    staff = roles_decided.replay(id, [one.event for one in history])
    held = [roles_kept.row_of(id, one) for one in staff.held]
    return {
        "grant": OfStaff.projections["grant"].rows(held),
        "person": {(): {"roles_version": staff.version}},
    }


def _of_dialog(id: OwnerId, rows: Sequence[RowMapping]) -> Expected | Broken:
    try:
        history = _recorded(rows, s.dialog_event, 1, versions_kept.recorded_of)
    except Broken as broken:
        return broken
    known = Definitions(id)
    for one in history:
        known = versions_decided.apply(known, one.event)
    held: Rows = {(one.number,): {"status": one.status.value, "content": one.content} for one in known.held}
    return {"dialog": {(): {"version": known.version}}, "definition": held}


def _of_directory(rows: Sequence[RowMapping]) -> Expected | Broken:
    try:
        written = _records(_recorded(rows, s.directory_event, 1, directory_kept.recorded_of))
    except Broken as broken:
        return broken
    except (KeyError, ValueError):
        return Broken("directory_event")
    return {"directory_record": OfDirectory.projections["directory_record"].rows(written)}


def _records(history: Iterable[DirectoryRecorded]) -> list[dict[str, Any]]:
    """The rows that each command wrote, with the end of each that a later one has replaced."""
    written, open = list[dict[str, Any]](), dict[tuple[object, object], dict[str, Any]]()
    records = Records()
    for _, command in groupby(history, lambda one: one.client_id):
        before, events = records, list(command)
        for one in events:
            records = apply(records, one)
        for row in directory_kept.rows_of(before, records, events[-1]):
            if replaced := open.get((row["kind"], row["id"])):
                replaced["until"] = row["since"]
            open[row["kind"], row["id"]] = row
            written.append(row)
    return written


async def _events(
    connection: AsyncConnection, table: Table, owner: Any, ids: Collection[OwnerId]
) -> dict[OwnerId, list[RowMapping]]:
    found = defaultdict[OwnerId, list[RowMapping]](list)
    query = select(table).where(owner.in_(ids)).order_by(owner, table.c.seq)
    for row in (await connection.execute(query)).mappings():
        found[row[owner.name]].append(row)
    return found


def _recorded(
    rows: Sequence[RowMapping], table: Table, first: int, read: Callable[[RowMapping], AnyRecorded]
) -> list[AnyRecorded]:
    """The events, numbered without a gap. Raises Broken."""
    history = list[AnyRecorded]()
    for number, row in enumerate(rows, start=first):
        if row["seq"] != number:
            raise Broken(f"{table.name}.{number}")
        try:
            one = read(row)
        except (msgspec.MsgspecError, ValueError):
            raise Broken(f"{table.name}.{number}.body") from None
        if row["kind"] != type(one.event).__struct_config__.tag or isinstance(one.event, RolesHeld) is not (
            number == 0
        ):
            raise Broken(f"{table.name}.{number}.kind")
        history.append(one)
    return history
