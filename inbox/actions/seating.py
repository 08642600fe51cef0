"""Who sits at the citizens' parties of a case, and until when."""

from inbox.actions.audience import everyone
from inbox.actions.context import DecisionContext
from inbox.cases.commands import EndSeat, OpenSeat
from inbox.cases.errors import NoSuchSeat
from inbox.cases.events import Decided, SeatEnded, SeatOpened
from inbox.cases.model import CITIZENS, Actor, Case
from inbox.principals.principal import CodeHolder, Individual
from inbox.principals.seat import FIRST_SEAT, Holder


def open_seat(case: Case, command: OpenSeat, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """Somebody sits down; NoSuchSeat where there is no such party, or nobody to sit there, or no time to."""
    there = command.party in CITIZENS and any(p.id == command.party and p.left is None for p in case.parties)
    over = command.until is not None and command.until <= facts.now
    if not there or over or facts.sits_as is None or holder_of(command) is None:
        raise NoSuchSeat
    # The first is not among those that were opened later, unless it has ended.
    number = len({FIRST_SEAT, *case.seats}) + 1
    event = SeatOpened(
        seat=f"s{number}",
        party=command.party,
        sits_as=command.sits_as,
        rights=tuple(sorted(set(command.rights))),
        until=command.until,
    )
    # Whose feed has not begun yet begins with it.
    return [Decided(event=event, to=tuple(dict.fromkeys((*everyone(case), command.party))))]


def end_seat(case: Case, command: EndSeat, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """Whoever sits there does not any more, from this event on; NoSuchSeat if nobody does."""
    seat = case.seats.get(command.seat)
    if (seat is None and command.seat != FIRST_SEAT) or (seat is not None and seat.ended):
        raise NoSuchSeat
    return [Decided(event=SeatEnded(seat=command.seat), to=everyone(case))]


def holder_of(command: OpenSeat) -> Holder | None:
    """Who is to sit there: a person, or whoever holds a code; None unless it is just one of them."""
    if bool(command.person) == bool(command.code):
        return None
    return Individual(command.person) if command.person else CodeHolder(command.code, command.case)
