"""Seats are written with the event that opens or ends them: who sits there stands in no event."""

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.actions.seating import holder_of
from inbox.cases.commands import EndSeat, OpenSeat
from inbox.cases.events import Recorded, SeatEnded, SeatOpened
from inbox.principals.seat import Seat
from inbox.storage import cases, people


async def seated(
    connection: AsyncConnection, seats: tuple[Seat, ...], command: OpenSeat | EndSeat, recorded: Recorded
) -> tuple[Seat, ...]:
    """The seats of the case as they are afterwards."""
    event, at = recorded.event, recorded.envelope.at
    if isinstance(command, EndSeat) and isinstance(event, SeatEnded):
        await cases.end_seat(connection, command.case, event.seat, at)
        return tuple(replace(seat, until=at) if seat.id == event.seat else seat for seat in seats)
    holder = holder_of(command) if isinstance(command, OpenSeat) else None
    if holder is None or not isinstance(event, SeatOpened):
        raise TypeError("a seat is opened for somebody")
    person = await people.find_person(connection, command.person) if isinstance(command, OpenSeat) else None
    seat = Seat(
        id=event.seat,
        party=event.party,
        kind=event.sits_as,
        holder=holder,
        name=person.name if person else "",
        rights=frozenset(event.rights),
        until=event.until,
    )
    await cases.open_seat(connection, command.case, seat, at)
    return (*seats, seat)
