"""What of a case moves in the register: all that is told to those who give cases to others without reading them."""

from collections.abc import Iterable

from inbox.cases import events as e
from inbox.cases.model import Case, RegistrationId, UnitId


def units_moved(case: Case, events: Iterable[e.AnyEvent]) -> frozenset[UnitId]:
    """The units whose own row of the case may look different after the events."""
    moved = {id for event in events for id in registrations_moved(case, event)}
    return frozenset(registration.owner for registration in case.registrations if registration.id in moved)


def registrations_moved(case: Case, event: e.AnyEvent) -> tuple[RegistrationId, ...]:
    """The registrations whose state, unit, handler or dates the event may change. Words alone change none of them."""
    match event:
        case e.CaseSubmitted():
            return (case.registrations[0].id,)
        case e.MessagePosted(registration=id, resumes=resumed, waits=waits):
            return (*resumed, id) if waits and id else resumed
        case e.StatementGiven(registrations=ids) | e.CaseWithdrawn(registrations=ids):
            return ids
        case e.ConsentWithdrawn() | e.AuthorityLeft():
            # Others may have waited for the one that is out.
            return tuple(registration.id for registration in case.registrations)
        case (
            e.CaseTaken(registration=id)
            | e.CaseReleased(registration=id)
            | e.WaitingStopped(registration=id)
            | e.CaseForwarded(registration=id)
            | e.CaseAnswered(registration=id)
            | e.CaseShared(registration=id)
            | e.StatementAsked(registration=id)
            | e.AnswerExtended(registration=id)
            | e.CaseReopened(registration=id)
            | e.CaseReferred(registration=id)
            | e.ThreadClosed(registration=id)
        ):
            return (id,)
        case _:
            return ()
