"""Committed events in the order of their rows, as reactions are handed them."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import RowMapping, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import CaseId, EventId, UnitId
from inbox.storage import schema as s


class Happened(Struct, frozen=True):
    """An event without its body: whoever needs that reads it in the same transaction."""

    row: int
    """Its place among all events of all cases. There are gaps."""
    id: EventId
    case: CaseId
    seq: int
    at: datetime
    kind: str
    unit: UnitId | None
    """Where somebody of the service did it."""


class Look(Struct, frozen=True):
    """What was seen of the events, at one moment."""

    events: tuple[Happened, ...]
    oldest: int = 0
    """PostgreSQL's number of the oldest transaction at work then. Whatever is older is seen, or undone."""


_COLUMNS = tuple(s.event.c[name] for name in ("row", "id", "case_id", "seq", "at", "kind", "unit_id"))
OLDEST = text("pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest")
_MADE = text("SELECT pg_stat_get_xact_tuples_inserted('event'::regclass)")


async def events_after(connection: AsyncConnection, row: int, most: int) -> Look:
    """The next events. With PostgreSQL one of a lower row may still come: see `settled`."""
    shared = connection.dialect.name == "postgresql"
    query = select(*_COLUMNS, OLDEST if shared else literal(0).label("oldest"))
    rows = (await connection.execute(query.where(s.event.c.row > row).order_by(s.event.c.row).limit(most))).mappings()
    found = rows.all()
    return Look(tuple(map(_happened, found)), found[0]["oldest"] if found else 0)


async def events_of(connection: AsyncConnection, rows: Sequence[int]) -> list[Happened]:
    """Those of the rows, in order."""
    query = select(*_COLUMNS).where(s.event.c.row.in_(rows)).order_by(s.event.c.row)
    return [_happened(row) for row in (await connection.execute(query)).mappings()]


async def last_row(connection: AsyncConnection) -> int:
    """The highest row there is; 0 if there is none."""
    return await connection.scalar(select(func.max(s.event.c.row))) or 0


async def events_made(connection: AsyncConnection) -> int:
    """A number that grows with each event this very transaction makes, whatever others commit meanwhile."""
    if connection.dialect.name == "postgresql":
        return await connection.scalar(_MADE) or 0
    # Nobody else writes as long as this transaction does.
    return await last_row(connection)


def _happened(row: RowMapping) -> Happened:
    return Happened(row["row"], row["id"], row["case_id"], row["seq"], row["at"], row["kind"], row["unit_id"])
