"""Where a case stands, in one line for the citizen: derived from the registrations, never typed by hand."""

from datetime import date, datetime
from enum import IntEnum

from msgspec import Struct

from inbox.cases.model import OPEN, Case, PartyId, Registration, State, UnitId


class Stage(IntEnum):
    """The four stages that a citizen sees."""

    SENT = 1
    READ = 2
    EXAMINED = 3
    ANSWERED = 4


class Status(Struct, frozen=True):
    """What happens now, who holds it, and the next date."""

    state: State
    stage: Stage
    holder: UnitId
    goal: date | None
    reply_until: datetime | None
    ended: bool
    answered: tuple[UnitId, ...] = ()
    """Who has answered already, where somebody else is still at work."""


_STAGES = {
    State.RECEIVED: Stage.SENT,
    State.IN_PROGRESS: Stage.EXAMINED,
    State.AWAITING_CITIZEN: Stage.EXAMINED,
    State.AWAITING_STATEMENT: Stage.EXAMINED,
    State.ANSWERED: Stage.ANSWERED,
    State.CLOSED: Stage.ANSWERED,
    State.HANDED_OVER: Stage.SENT,
    State.WITHDRAWN: Stage.ANSWERED,
    State.REFERRED: Stage.ANSWERED,
}

# What the citizen should hear first when authorities stand differently: what waits for her, then what moves.
_FIRST = (
    State.AWAITING_CITIZEN,
    State.IN_PROGRESS,
    State.AWAITING_STATEMENT,
    State.RECEIVED,
    State.ANSWERED,
    State.CLOSED,
    State.WITHDRAWN,
    State.REFERRED,
    State.HANDED_OVER,
)


def status_of(case: Case, *, read: bool = False) -> Status:
    """The case's status for the reporter. `read` says whether an authority has opened a case nobody has taken."""
    leading = leading_registration(case)
    stage = _STAGES[leading.state]
    if stage is Stage.SENT and read:
        stage = Stage.READ
    answered = answered_beside(case, leading)
    if answered:
        # However new it is to whoever works with it still.
        stage = max(stage, Stage.EXAMINED)
    return Status(
        state=leading.state,
        stage=stage,
        holder=leading.owner,
        goal=leading.goal,
        reply_until=leading.reply_until,
        ended=leading.state in {State.CLOSED, State.WITHDRAWN, State.REFERRED},
        answered=tuple(registration.owner for registration in answered),
    )


def leading_registration(case: Case) -> Registration:
    """The registration that the status line speaks of: never that of a party that is out."""
    return min(present_in(case), key=lambda registration: _FIRST.index(registration.state))


def answered_beside(case: Case, leading: Registration) -> list[Registration]:
    """The registrations whose answer stands while the leading one's is awaited."""
    if leading.state not in OPEN:
        return []
    answered = {State.ANSWERED, State.CLOSED}
    return [one for one in present_in(case) if one.state in answered and one.answered_at is not None]


def present_in(case: Case) -> list[Registration]:
    """The registrations of the parties that are not out."""
    return [registration for registration in case.registrations if case.party(registration.party).left is None]


def is_at_work(case: Case, party: PartyId) -> bool:
    """Whether a party still handles the case: the others' handling says nothing of that."""
    return any(registration.party == party and registration.state in OPEN for registration in present_in(case))
