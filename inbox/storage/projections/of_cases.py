"""What follows from what has happened in cases."""

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.apply import replay
from inbox.cases.events import Recorded
from inbox.cases.model import Case, CaseId
from inbox.storage import schema as s
from inbox.storage.cases import keeping, recorded_of
from inbox.storage.files import sharing
from inbox.storage.projections.tables import Broken, Expected, Projection, count_of

_case_json = msgspec.json.Decoder(Case)


class OfCases:
    """Each case with its rows."""

    name: ClassVar[str] = "cases"
    projections: ClassVar[Mapping[str, Projection]] = {
        "case": Projection(s.case, "id", read=lambda _, body: _case_json.decode(body)),
        "feed": Projection(s.feed, "case_id", ("party", "n")),
        "note": Projection(s.note, "case_id", ("event_id",), frozenset({"body"})),
        "registration": Projection(s.registration, "case_id", ("id",)),
        "timer": Projection(s.timer, "case_id", ("name",)),
        "inbox_item": Projection(s.inbox_item, "case_id", ("event_id", "party"), frozenset({"read_at"})),
        "file_share": Projection(s.file_share, "case_id", ("file_id", "party"), frozenset({"row"})),
    }

    async def count(self, connection: AsyncConnection) -> int:
        """How many there are."""
        return await count_of(connection, s.case)

    async def ids_after(self, connection: AsyncConnection, last: CaseId, most: int) -> list[CaseId]:
        """The next cases."""
        query = select(s.case.c.id).where(s.case.c.id > last).order_by(s.case.c.id).limit(most)
        return list(await connection.scalars(query))

    async def hold(self, connection: AsyncConnection, ids: list[CaseId]) -> None:
        """Whoever changes a case changes its row."""
        query = select(s.case.c.id).where(s.case.c.id.in_(ids)).order_by(s.case.c.id)
        await connection.execute(query.with_for_update())

    async def expected(self, connection: AsyncConnection, ids: Collection[CaseId]) -> dict[CaseId, Expected | Broken]:
        """What would be written if all of it happened at once."""
        return {id: self._expected(history) for id, history in (await _histories(connection, ids)).items()}

    def _expected(self, history: list[Recorded] | Broken) -> Expected | Broken:
        if isinstance(history, Broken):
            return history
        try:
            case = _case_of(history)
        except Broken as broken:
            return broken
        steps = (*keeping(None, case, history), sharing(history))
        written = {
            name: [row for step in steps if step.statement.table is each.table for row in step.rows]
            for name, each in self.projections.items()
        }
        return {name: each.rows(written[name]) for name, each in self.projections.items()}


def _case_of(history: Sequence[Recorded]) -> Case:
    for number, item in enumerate(history, start=1):
        if item.envelope.seq != number:
            raise Broken(f"event.{number}")
        if item.envelope.kind != type(item.event).__struct_config__.tag:
            raise Broken(f"event.{number}.kind")
    try:
        return replay(history)
    except (ValueError, KeyError):
        raise Broken("events") from None


async def _histories(connection: AsyncConnection, ids: Collection[CaseId]) -> dict[CaseId, list[Recorded] | Broken]:
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
