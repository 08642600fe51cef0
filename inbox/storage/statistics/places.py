"""Where units stood in the directory at a moment: their region, their care provider, and what they were part of."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import UnitId
from inbox.directory.model import LEVELS, Unit
from inbox.statistics.fact import Where
from inbox.storage import schema as s

_unit_json = msgspec.json.Decoder(Unit)


class _Then(Struct, frozen=True):
    since: datetime
    unit: Unit


class Places:
    """The records of some units, with those of all that they are part of."""

    def __init__(self, records: dict[UnitId, list[_Then]]) -> None:
        self._records = records

    def where(self, id: UnitId, at: datetime) -> Where:
        """Where the unit stood then; what is not known of it is empty."""
        unit = self._then(id, at)
        if unit is None:
            return Where(units=(id,))
        above, chain = unit, [unit.id]
        while above.parent and len(chain) <= len(LEVELS) and (found := self._then(above.parent, at)):
            above = found
            chain.append(above.id)
        return Where(unit.region, unit.provider or "", tuple(chain), unit.area)

    def _then(self, id: UnitId, at: datetime) -> Unit | None:
        """As it was then; as it first was, where that is before anything is known of it."""
        known = self._records.get(id, [])
        before = [one for one in known if one.since <= at]
        found = before[-1] if before else next(iter(known), None)
        return found.unit if found else None


async def places_of(connection: AsyncConnection, ids: Collection[UnitId]) -> Places:
    """What has to be known to say where these units stood at any moment."""
    records, wanted = defaultdict[UnitId, list[_Then]](list), set(ids)
    for _ in LEVELS:
        wanted -= records.keys()
        if not wanted:
            break
        row = s.directory_record.c
        query = select(row.id, row.since, row.body).where(row.kind == "unit", row.id.in_(wanted))
        for one in await connection.execute(query.order_by(row.id, row.seq)):
            records[one.id].append(_Then(one.since, _unit_json.decode(one.body)))
        wanted = {one.unit.parent for id in wanted for one in records[id] if one.unit.parent}
    return Places(records)
