"""The tables that follow from events, and what they should hold of a case."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.apply import replay
from inbox.cases.events import Recorded
from inbox.cases.model import Case, CaseId
from inbox.storage import schema as s
from inbox.storage.cases import keeping, recorded_of
from inbox.storage.files import sharing

Key = tuple[object, ...]
Rows = dict[Key, dict[str, Any]]
"""The rows of a table that belong to a case."""


class Projection(Struct, frozen=True):
    """A table that follows from events."""

    table: Table
    key: tuple[str, ...]
    """What tells its rows apart within a case."""
    kept: frozenset[str] = frozenset()
    """Columns that follow from something else: they stay as they are."""

    @property
    def of_case(self) -> str:
        """The column that says of which case a row is."""
        return "id" if self.table is s.case else "case_id"

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that follow from events, without the key."""
        apart = {*self.key, *self.kept, self.of_case}
        return tuple(column.name for column in self.table.columns if column.name not in apart)


PROJECTIONS: dict[str, Projection] = {
    "case": Projection(s.case, ()),
    "feed": Projection(s.feed, ("party", "n")),
    "note": Projection(s.note, ("event_id",), frozenset({"body"})),
    "registration": Projection(s.registration, ("id",)),
    "timer": Projection(s.timer, ("name",)),
    "inbox_item": Projection(s.inbox_item, ("event_id", "party"), frozenset({"read_at"})),
    "file_share": Projection(s.file_share, ("file_id", "party"), frozenset({"row"})),
}
"""By the name that is asked for."""


class Broken(Exception):
    """The events of a case cannot be read, or make no case. The text says which, without what is in them."""


def case_of(history: Sequence[Recorded]) -> Case:
    """The case that the events make. Raises Broken."""
    for number, item in enumerate(history, start=1):
        if item.envelope.seq != number:
            raise Broken(f"event.{number}")
        if item.envelope.kind != type(item.event).__struct_config__.tag:
            raise Broken(f"event.{number}.kind")
    try:
        return replay(history)
    except (ValueError, KeyError):
        raise Broken("events") from None


def expected(case: Case, history: list[Recorded]) -> dict[str, Rows]:
    """What each projection should hold: what would be written if all of it happened at once."""
    steps = (*keeping(None, case, history), sharing(history))
    written = {
        name: [row for step in steps if step.statement.table is each.table for row in step.rows]
        for name, each in PROJECTIONS.items()
    }
    return {name: _rows(each, written[name]) for name, each in PROJECTIONS.items()}


async def stored(connection: AsyncConnection, projection: Projection, ids: Collection[CaseId]) -> dict[CaseId, Rows]:
    """What a projection holds of each of the cases."""
    of_case = projection.table.c[projection.of_case]
    query = select(projection.table).where(of_case.in_(ids)).order_by(of_case)
    rows = (await connection.execute(query)).mappings()
    return {id: _rows(projection, list(own)) for id, own in groupby(rows, lambda row: str(row[projection.of_case]))}


async def histories(connection: AsyncConnection, ids: Collection[CaseId]) -> dict[CaseId, list[Recorded] | Broken]:
    """The events of each of the cases, in order; what is wrong where one cannot be read."""
    note, payload, event = s.note, s.payload, s.event
    query = (
        select(event, func.coalesce(payload.c.body, note.c.body).label("body"))
        .outerjoin(payload, payload.c.event_id == event.c.id)
        .outerjoin(note, note.c.event_id == event.c.id)
        .where(event.c.case_id.in_(ids))
        .order_by(event.c.case_id, event.c.seq)
    )
    found: dict[CaseId, list[Recorded] | Broken] = {id: [] for id in ids}
    for row in (await connection.execute(query)).mappings():
        history = found[row["case_id"]]
        if isinstance(history, Broken):
            continue
        try:
            history.append(recorded_of(row))
        except (msgspec.MsgspecError, TypeError, ValueError, KeyError):
            found[row["case_id"]] = Broken(f"event.{row['seq']}.body")
    return found


async def ids_after(connection: AsyncConnection, last: CaseId, most: int) -> list[CaseId]:
    """The next cases, in the order of their ids."""
    query = select(s.case.c.id).where(s.case.c.id > last).order_by(s.case.c.id).limit(most)
    return list(await connection.scalars(query))


async def count_cases(connection: AsyncConnection) -> int:
    """How many there are."""
    return await connection.scalar(select(func.count()).select_from(s.case)) or 0


def _rows(projection: Projection, rows: Sequence[Any]) -> Rows:
    names = projection.columns
    return {tuple(row[name] for name in projection.key): {name: row.get(name) for name in names} for row in rows}
