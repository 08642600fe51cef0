"""Timers: set and cleared in the transaction of the events that they follow from, found when they are due."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import Case, CaseId, State
from inbox.cases.timers import timers_of
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step, execute_all


class Due(Struct, frozen=True):
    """A timer whose moment has passed."""

    at: datetime
    case: CaseId
    name: str


def keeping_timers(before: Case | None, after: Case) -> list[Step]:
    """What is written: what was set before follows from the case before."""
    old, new = timers_of(before) if before else {}, timers_of(after)
    begun = [{"case_id": after.id, "name": name, "due_at": due} for name, due in new.items() if name not in old]
    moved = [_row(after, name) | {"due": due} for name, due in new.items() if old.get(name, due) != due]
    over = [_row(after, name) for name in old if name not in new]
    return [Step(_BEGIN, begun), Step(_MOVE, moved), Step(_END, over)]


async def due_timers(connection: AsyncConnection, now: datetime, after: Due | None, most: int) -> list[Due]:
    """Those whose moment has passed, the oldest first; `after` is the last of those that were found before."""
    timer = s.timer.c
    query = select(timer.due_at, timer.case_id, timer.name).where(timer.due_at < now)
    if after is not None:
        place = tuple_(timer.due_at, timer.case_id, timer.name)
        query = query.where(place > tuple_(bindparam("at", after.at, s.Moment()), after.case, after.name))
    rows = await connection.execute(query.order_by(timer.due_at, timer.case_id, timer.name).limit(most))
    return [Due(at=row.due_at, case=row.case_id, name=row.name) for row in rows]


async def cases_without(connection: AsyncConnection, most: int) -> list[CaseId]:
    """Cases that should have a timer and have none: a process of an older version changed them last."""
    reg, timer = s.registration.c, s.timer.c
    timed = select(timer.case_id).where(timer.case_id == reg.case_id).exists()
    query = select(reg.case_id).where(reg.state == State.ANSWERED.value, reg.reply_until.is_not(None), ~timed)
    return list(await connection.scalars(query.distinct().limit(most)))


async def set_anew(connection: AsyncConnection, case: Case) -> None:
    """The timers as they follow from the case, whatever was set before."""
    await connection.execute(delete(s.timer).where(s.timer.c.case_id == case.id))
    await execute_all(connection, keeping_timers(None, case))


def _row(case: Case, name: str) -> dict[str, object]:
    return {"of_case": case.id, "of_name": name}


_BEGIN = insert(s.timer)
_THIS = (s.timer.c.case_id == bindparam("of_case"), s.timer.c.name == bindparam("of_name"))
_MOVE = update(s.timer).where(*_THIS).values(due_at=bindparam("due"))
_END = delete(s.timer).where(*_THIS)
