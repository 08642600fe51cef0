"""Facts as they are kept: made anew of the events of a case, whenever one of them changes what is counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.events import CaseAnswered, CaseForwarded, CaseShared, CaseSubmitted, PlaceSet, Recorded
from inbox.cases.model import CaseId, UnitId
from inbox.statistics.fact import KINDS, Fact, Version, versions
from inbox.storage import schema as s
from inbox.storage.cases import recorded_of
from inbox.storage.statistics.places import places_of

_KEY_IN = {
    "sqlite": text("SELECT abs(random()) % 2147483648"),
    "postgresql": text(
        "SELECT ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 8))::bit(32)::bigint & 2147483647"
    ),
}
"""A new key of 31 bits, which nobody can know: the sum over all of a nation fits the column."""
_fact_json = msgspec.json.Decoder(Fact)
_ids = s.fact.c


async def expected(
    connection: AsyncConnection, ids: Collection[CaseId], last: int | None = None
) -> dict[CaseId, list[Version]]:
    """What is counted of each case, by its events up to that row."""
    histories = await _histories(connection, ids, last)
    units = {unit for history in histories.values() for one in history for unit in _units(one)}
    places = await places_of(connection, units)
    return {id: versions(histories[id], places.where) for id in ids}


async def kept(connection: AsyncConnection, ids: Collection[CaseId]) -> dict[CaseId, list[tuple[Version, int]]]:
    """What is kept of each, with the keys."""
    found = defaultdict[CaseId, list[tuple[Version, int]]](list)
    query = select(s.fact).where(_ids.case_id.in_(ids)).order_by(_ids.case_id, _ids.registration, _ids.n)
    for row in await connection.execute(query):
        version = Version(row.n, row.since, row.until, _fact_json.decode(row.body))
        found[row.case_id].append((version, row.key))
    return found


async def replace_facts(
    connection: AsyncConnection, id: CaseId, new: list[Version], old: list[tuple[Version, int]]
) -> tuple[list[tuple[Fact, int]], list[tuple[Fact, int]]]:
    """Keep what is counted of a case now; what counted before, and what counts instead. A handling keeps its key."""
    keys = {version.fact.registration: key for version, key in old}
    for version in new:
        if version.fact.registration not in keys:
            keys[version.fact.registration] = await connection.scalar(_KEY_IN[connection.dialect.name]) or 0
    await connection.execute(delete(s.fact).where(_ids.case_id == id))
    if new:
        await connection.execute(insert(s.fact), [_row(id, one, keys[one.fact.registration]) for one in new])
    return list(current([old])), list(current([[(one, keys[one.fact.registration]) for one in new]]))


async def as_of(
    connection: AsyncConnection, side: str, region: str, first: date, last: date, moment: datetime
) -> list[Fact]:
    """What was counted at a moment of what arrived at a region's care or board within some days, in a fixed order."""
    query = (
        select(_ids.body)
        .where(_ids.side == side, _ids.region == region, _ids.arrived.between(first, last))
        .where(_ids.since <= moment, or_(_ids.until.is_(None), _ids.until > moment))
        .order_by(_ids.arrived, _ids.case_id, _ids.registration)
    )
    return [_fact_json.decode(body) for body in await connection.scalars(query)]


async def case_ids_after(connection: AsyncConnection, last: CaseId, most: int) -> list[CaseId]:
    """The next cases."""
    query = select(s.case.c.id).where(s.case.c.id > last).order_by(s.case.c.id).limit(most)
    return list(await connection.scalars(query))


def current(cases: Iterable[Iterable[tuple[Version, int]]]) -> Iterator[tuple[Fact, int]]:
    """What counts now of what is kept of some cases, with the keys."""
    return ((version.fact, key) for case in cases for version, key in case if version.until is None)


def _row(id: CaseId, version: Version, key: int) -> dict[str, Any]:
    fact = version.fact
    return {
        "case_id": id,
        "registration": fact.registration,
        "n": version.n,
        "since": version.since,
        "until": version.until,
        "side": fact.side,
        "region": fact.where.region,
        "arrived": fact.arrived,
        "key": key,
        "body": msgspec.json.encode(fact).decode(),
    }


def _units(one: Recorded) -> Iterable[UnitId]:
    match one.event:
        case CaseSubmitted(place=place, receiver=receiver):
            return (place or receiver, receiver)
        case CaseShared(unit=unit) | PlaceSet(unit=unit) | CaseForwarded(to_unit=unit):
            return (unit,)
        case CaseAnswered(place=place) if place:
            return (place,)
    return ()


async def _histories(
    connection: AsyncConnection, ids: Collection[CaseId], last: int | None
) -> dict[CaseId, list[Recorded]]:
    """The events that are counted, of each case in order."""
    found = defaultdict[CaseId, list[Recorded]](list)
    query = (
        select(s.event, s.payload.c.body.label("body"))
        .join(s.payload, s.payload.c.event_id == s.event.c.id)
        .where(s.event.c.case_id.in_(ids), s.event.c.kind.in_(KINDS))
        .order_by(s.event.c.case_id, s.event.c.seq)
    )
    if last is not None:
        query = query.where(s.event.c.row <= last)
    for row in (await connection.execute(query)).mappings():
        found[row["case_id"]].append(recorded_of(row))
    return found
