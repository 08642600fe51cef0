"""Versions of dialogs, and what was done to them."""

import msgspec
from sqlalchemy import RowMapping, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.definitions.events import AnyDialogEvent, DialogRecorded
from inbox.administration.definitions.model import Definition, Definitions, Status
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step, inserting_new

_event_json = msgspec.json.Decoder(AnyDialogEvent)


async def load_definitions(connection: AsyncConnection, name: str) -> Definitions:
    """Every version of a dialog; none of one that is not stored."""
    version = await connection.scalar(select(s.dialog.c.version).where(s.dialog.c.name == name))
    query = select(s.definition).where(s.definition.c.name == name).order_by(s.definition.c.number)
    rows = await connection.execute(query)
    return Definitions(name, version or 0, tuple(_definition(row) for row in rows.mappings()))


async def names(connection: AsyncConnection) -> list[str]:
    """The dialogs that are stored."""
    return list(await connection.scalars(select(s.dialog.c.name).order_by(s.dialog.c.name)))


async def changes(connection: AsyncConnection) -> int:
    """How often any dialog was changed: another number says that there is something new to read."""
    return int(await connection.scalar(select(func.coalesce(func.sum(s.dialog.c.version), 0))) or 0)


async def in_use(connection: AsyncConnection) -> list[tuple[str, Definition]]:
    """What drafts and cases may have begun with, with the dialog's name."""
    query = select(s.definition).where(s.definition.c.status != Status.DRAFT.value)
    rows = await connection.execute(query.order_by(s.definition.c.name, s.definition.c.number))
    return [(row["name"], _definition(row)) for row in rows.mappings()]


async def done_before(connection: AsyncConnection, name: str, client_id: str) -> DialogRecorded | None:
    """What a command led to, by its client id."""
    query = select(s.dialog_event).where(s.dialog_event.c.name == name, s.dialog_event.c.client_id == client_id)
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else recorded_of(row)


async def history_of(connection: AsyncConnection, name: str) -> list[DialogRecorded]:
    """Everything that was done to a dialog's versions, the oldest first."""
    query = select(s.dialog_event).where(s.dialog_event.c.name == name).order_by(s.dialog_event.c.seq)
    return [recorded_of(row) for row in (await connection.execute(query)).mappings()]


def keeping(before: Definitions, after: Definitions, recorded: DialogRecorded) -> list[Step]:
    """What is written: nothing at all if it was changed since `before`, or the command was carried out."""
    number = recorded.event.number
    now = after.at(number)
    count = (
        Step(_COUNT, [{"of": before.name, "seen": before.version, "now": after.version}], must=True)
        if before.version
        else Step(_BEGIN, [{"name": before.name, "version": after.version}], must=True)
    )
    return [
        count,
        Step(_EVENT, [_event_row(recorded)], must=True),
        Step(_ADD if before.at(number) is None else _CHANGE, [_row(before.name, now)] if now else []),
    ]


def _definition(row: RowMapping) -> Definition:
    return Definition(row["number"], Status(row["status"]), row["content"])


def recorded_of(row: RowMapping) -> DialogRecorded:
    """The event in a row. Raises MsgspecError."""
    values = {name: row[name] for name in ("id", "name", "seq", "at", "client_id", "digest")}
    return DialogRecorded(**values, event=_event_json.decode(row["body"]))


def _row(name: str, one: Definition) -> dict[str, object]:
    return {"of_name": name, "of_number": one.number, "of_status": one.status.value, "of_content": one.content}


def _event_row(one: DialogRecorded) -> dict[str, object]:
    values = msgspec.structs.asdict(one) | {"kind": str(type(one.event).__struct_config__.tag)}
    return values | {"body": msgspec.json.encode(values.pop("event")).decode()}


_COLUMNS = ("name", "number", "status", "content")
_BEGIN = inserting_new(s.dialog, s.dialog.c.name)
_COUNT = (
    update(s.dialog)
    .where(s.dialog.c.name == bindparam("of"), s.dialog.c.version == bindparam("seen"))
    .values(version=bindparam("now"))
)
_EVENT = inserting_new(s.dialog_event, s.dialog_event.c.name, s.dialog_event.c.client_id)
_ADD = insert(s.definition).values({column: bindparam(f"of_{column}") for column in _COLUMNS})
_CHANGE = (
    update(s.definition)
    .where(s.definition.c.name == bindparam("of_name"), s.definition.c.number == bindparam("of_number"))
    .values(status=bindparam("of_status"), content=bindparam("of_content"))
)
