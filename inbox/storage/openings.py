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


class Opening(Struct, frozen=True):
    """Somebody at a unit has opened it."""

    unit: UnitId
    role: Role
    at: datetime
    reads: bool
    """Whether they saw what the case says, and not only that there is one."""


async def of_case(connection: AsyncConnection, id: CaseId) -> list[Opening]:
    """The newest first. No person is named: the citizen meets units and boards."""
    rows = await connection.execute(
        select(s.access.c.unit_id, s.access.c.role, s.access.c.at, s.access.c.what)
        .where(s.access.c.case_id == id, s.access.c.unit_id.is_not(None))
        .order_by(s.access.c.at.desc(), s.access.c.row.desc())
        .limit(MOST)
    )
    return [Opening(unit, Role(role), at, what != REGISTER) for unit, role, at, what in rows]
