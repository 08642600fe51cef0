"""How far the other parties have read, as somebody may know it: in the viewer's own numbers."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import Case, PartyId, UnitId
from inbox.storage import feeds


class ReadMark(Struct, frozen=True):
    """How far a party has read, and when."""

    kind: str
    n: int
    at: datetime
    unit: UnitId | None
    """The unit that had the party's handling then; None for the reporter."""


async def read_by(
    connection: AsyncConnection, case: Case, viewer: PartyId, marks: dict[PartyId, int]
) -> dict[PartyId, tuple[int, datetime]]:
    """How far each other party has read, in the viewer's numbers, and when; `marks` are in the readers' own."""
    found = {}
    for reader, n in marks.items():
        if reader != viewer and (shared := await feeds.shared_mark(connection, case.id, reader, viewer, n)):
            at = await feeds.moment_of_mark(connection, case.id, reader, viewer, shared)
            if at is not None:
                found[reader] = (shared, at)
    return found


async def marks_told(connection: AsyncConnection, case: Case, viewer: PartyId) -> tuple[ReadMark, ...]:
    """The same as `read_by` for whoever comes back, the first who read first: what is noted, where that is enough."""
    known, marks = {}, {}
    for reader, n, noted in await feeds.noted_marks(connection, case.id, viewer):
        if noted is None:
            marks[reader] = n
        else:
            known[reader] = noted
    known |= await read_by(connection, case, viewer, marks)
    told = [
        ReadMark(case.party(reader).kind.value, n, at, await _unit_then(connection, case, viewer, reader, n))
        for reader, (n, at) in known.items()
    ]
    return tuple(sorted(told, key=lambda mark: mark.at))


def unit_of(case: Case, party: PartyId | None) -> UnitId | None:
    """The unit that has a party's handling now."""
    held = [registration.owner for registration in case.registrations if registration.party == party]
    return held[-1] if held else None


async def _unit_then(
    connection: AsyncConnection, case: Case, viewer: PartyId, reader: PartyId, n: int
) -> UnitId | None:
    """A unit has not read what another one did before the case moved: whoever has it since has read of that too."""
    if any(one.party == reader and len(one.visited) > 1 for one in case.registrations):
        for moved, unit in await feeds.moves(connection, case.id, viewer, reader):
            if moved >= n:
                return unit
    return unit_of(case, reader)
