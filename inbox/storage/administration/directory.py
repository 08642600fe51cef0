"""The directory: what has happened to it, and each record as it was from one event to another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Row, RowMapping, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.directory.events import AnyDirectoryEvent, DirectoryRecorded
from inbox.administration.directory.records import Records
from inbox.directory.model import CareProvider, Former, Region, Unit
from inbox.storage import schema as s

_event_json = msgspec.json.Decoder(AnyDirectoryEvent)
_region_json = msgspec.json.Decoder(Region)
_provider_json = msgspec.json.Decoder(CareProvider)
_unit_json = msgspec.json.Decoder(Unit)

Kept = Sequence[Row[str, str, datetime, str]]
"""Rows as they come from the store."""


async def version_of(connection: AsyncConnection) -> int:
    """How many events the directory has."""
    return await connection.scalar(select(func.max(s.directory_event.c.seq))) or 0


async def rows_after(connection: AsyncConnection, version: int, until: int) -> Kept:
    """What became of records by the events after one and up to another, each record's in their order."""
    row = s.directory_record.c
    query = select(row.kind, row.id, row.since, row.body)
    return (
        await connection.execute(query.where(row.seq > version, row.seq <= until).order_by(row.kind, row.id, row.seq))
    ).all()


def records_after(known: Records, rows: Kept, version: int) -> Records:
    """The directory after these rows. Plain work, for a thread where there are many."""
    regions, providers, units, former = (
        dict(known.regions),
        dict(known.providers),
        dict(known.units),
        dict(known.former),
    )
    for kind, id, since, body in rows:
        if kind == "region":
            regions[id] = _region_json.decode(body)
        elif kind == "provider":
            providers[id] = _provider_json.decode(body)
        else:
            before, units[id] = units.get(id), _unit_json.decode(body)
            if before is not None and before.name != units[id].name:
                former[id] = (*former.get(id, ()), Former(before.name, since))
    return Records(version=version, regions=regions, providers=providers, units=units, former=former)


async def load_records(connection: AsyncConnection) -> Records:
    """The directory as it is kept."""
    version = await version_of(connection)
    return records_after(Records(), await rows_after(connection, 0, version), version)


async def history(connection: AsyncConnection) -> list[DirectoryRecorded]:
    """Everything that has happened to it, the oldest first."""
    query = select(s.directory_event).order_by(s.directory_event.c.seq)
    return [recorded_of(row) for row in (await connection.execute(query)).mappings()]


async def done_before(connection: AsyncConnection, client_id: str) -> list[DirectoryRecorded]:
    """What a command led to, by its client id."""
    event = s.directory_event.c
    query = select(s.directory_event).where(event.client_id == client_id).order_by(event.seq)
    return [recorded_of(row) for row in (await connection.execute(query)).mappings()]


async def keep(
    connection: AsyncConnection, before: Records, after: Records, recorded: Sequence[DirectoryRecorded]
) -> None:
    """Write the events, and what they changed. Whoever calls it holds the lock."""
    rows, at = rows_of(before, after, recorded[-1]), recorded[-1].at
    await connection.execute(insert(s.directory_event), [_row(one) for one in recorded])
    await connection.execute(_OVER, [{"of_kind": row["kind"], "of_id": row["id"], "at": at} for row in rows])
    await connection.execute(insert(s.directory_record), rows)


def rows_of(before: Records, after: Records, last: DirectoryRecorded) -> list[dict[str, object]]:
    """A row for each record that a command has changed; `last` is the last of its events."""
    return [
        {
            "kind": kind,
            "id": id,
            "seq": last.seq,
            "since": last.at,
            "until": None,
            "name": one.name,
            "body": msgspec.json.encode(one).decode(),
        }
        for kind, id, one in _changed(before, after)
    ]


def record_in(kind: str, body: str) -> Region | CareProvider | Unit:
    """What a row holds."""
    match kind:
        case "region":
            return _region_json.decode(body)
        case "provider":
            return _provider_json.decode(body)
        case _:
            return _unit_json.decode(body)


def _changed(before: Records, after: Records) -> Iterable[tuple[str, str, Region | CareProvider | Unit]]:
    pairs: tuple[tuple[str, Mapping[str, Region | CareProvider | Unit], Mapping[str, object]], ...] = (
        ("region", after.regions, before.regions),
        ("provider", after.providers, before.providers),
        ("unit", after.units, before.units),
    )
    for kind, now, then in pairs:
        if now is not then:
            yield from ((kind, id, one) for id, one in now.items() if then.get(id) is not one)


def recorded_of(row: RowMapping) -> DirectoryRecorded:
    """The event in a row. Raises MsgspecError."""
    return DirectoryRecorded(
        id=row["id"],
        seq=row["seq"],
        at=row["at"],
        client_id=row["client_id"],
        digest=row["digest"],
        event=_event_json.decode(row["body"]),
    )


def _row(one: DirectoryRecorded) -> dict[str, object]:
    values = asdict(one) | {"kind": str(type(one.event).__struct_config__.tag)}
    return {name: value for name, value in values.items() if name != "event"} | {
        "body": msgspec.json.encode(one.event).decode()
    }


_record = s.directory_record.c
_OVER = (
    update(s.directory_record)
    .where(_record.kind == bindparam("of_kind"), _record.id == bindparam("of_id"), _record.until.is_(None))
    .values(until=bindparam("at"))
)
