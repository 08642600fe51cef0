"""Who has opened a case, of those who work with it: for the one whom it is about."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import CaseId, Role, UnitId
from inbox.storage import schema as s

MOST = 1000
"""Rows that are looked at: whoever opens a case leaves one each time."""
REGISTER = "register"
"""What was opened when only the entry in the register was shown, and nothing that anybody wrote."""
HEAD = "head"
"""Asked whether it is there; got nothing of it."""
AHEAD = "ahead"
"""A browser asked for a page before anybody wanted to see it; got nothing of it."""
LIVE = "live"
"""What an open page fetches by itself, whether or not anybody sits at it."""
FEED = "feed"
"""What a program fetched, without a page."""
SEEN = "seen"
"""What came live was in sight, of somebody whose page had been open for a while."""
NOTHING_GOT = (HEAD, AHEAD)
NOT_SHOWN = (*NOTHING_GOT, LIVE)
"""Kept, as everything is, but nobody has looked at anything by it."""


class Opening(Struct, frozen=True):
    """Somebody at a unit has opened it."""

    unit: UnitId
    role: Role
    at: datetime
    reads: bool
    """Whether they saw what the case says, and not only that there is one."""


async def of_case(connection: AsyncConnection, id: CaseId) -> list[Opening]:
    """Those by which somebody was shown something, the newest first.

    No person is named: the citizen meets units and boards.
    """
    rows = await connection.execute(
        select(s.access.c.unit_id, s.access.c.role, s.access.c.at, s.access.c.what)
        .where(s.access.c.case_id == id, s.access.c.unit_id.is_not(None), s.access.c.what.not_in(NOT_SHOWN))
        .order_by(s.access.c.row.desc())
        .limit(MOST)
    )
    return [Opening(unit, Role(role), at, what != REGISTER) for unit, role, at, what in rows]
