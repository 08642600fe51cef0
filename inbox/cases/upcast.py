"""Events of before in today's terms. What stands here is true of what was written then: it is added to, never changed.

A body that gets another shape gets the next version: a function here that makes the new shape of the old one. Whoever
reads a history so meets today's shapes alone. A field with a default needs none.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from inbox.cases import events as e
from inbox.cases.model import OPEN, Case, PartyKind, RegistrationId, Role, State
from inbox.principals.seat import FIRST_SEAT, SeatId

Lift = Callable[[dict[str, Any]], dict[str, Any]]
"""From a body as it lies in the store to the same in the shape of the next version."""


def _in_the_open(body: dict[str, Any]) -> dict[str, Any]:
    """Until version 2 private answers lay in the body; a migration has moved them, and written the bodies anew."""
    return body


LIFTS: dict[tuple[str, int], Lift] = {("case_submitted", 1): _in_the_open, ("case_shared", 1): _in_the_open}
"""By the kind of an event and the version that is lifted."""

_event_json = msgspec.json.Decoder(e.AnyEvent)


def newest_version(kind: str) -> int:
    """The version in which bodies of the kind are written now."""
    version = 1
    while (kind, version) in LIFTS:
        version += 1
    return version


def lifted(kind: str, version: int, body: str) -> e.AnyEvent:
    """The event, whichever version its body has."""
    event: e.AnyEvent
    if (kind, version) not in LIFTS:
        event = _event_json.decode(body)
        return event
    fields: dict[str, Any] = msgspec.json.decode(body)
    while (lift := LIFTS.get((kind, version))) is not None:
        fields, version = lift(fields), version + 1
    event = msgspec.convert(fields, e.AnyEvent)
    return event


def seat_then(role: str) -> SeatId | None:
    """The seat of an event from the time when it was not kept: only the reporter's was taken then."""
    return FIRST_SEAT if role == Role.REPORTER else None


def states_then(case: Case | None, event: e.AnyEvent) -> dict[RegistrationId, State]:
    """The states that an event led to, from the time when they were not kept with it: as the rules were then."""
    if case is None:
        return {"r1": State.RECEIVED}
    match event:
        case e.CaseTaken(registration=id):
            taken = case.registration(id).state
            return {id: State.IN_PROGRESS if taken is State.RECEIVED else taken}
        case e.MessagePosted(resumes=resumed, registration=asking, waits=waits):
            waiting = {asking: State.AWAITING_CITIZEN} if waits and asking else {}
            return dict.fromkeys(resumed, State.IN_PROGRESS) | waiting
        case e.CaseWithdrawn(registrations=ids):
            return dict.fromkeys(ids, State.WITHDRAWN)
        case e.StatementGiven(registrations=ids):
            return dict.fromkeys(ids, State.IN_PROGRESS)
        case e.ConsentWithdrawn() | e.AuthorityLeft():
            return _left_then(case, event)
        case _ if state := _OF_ONE.get(type(event)):
            return {str(event.registration): state}  # type: ignore[union-attr] # those that the table names have one
        case _:
            return {}


_OF_ONE: dict[type[e.Event], State] = {
    e.CaseReleased: State.RECEIVED,
    e.CaseForwarded: State.RECEIVED,
    e.CaseShared: State.RECEIVED,
    e.WaitingStopped: State.IN_PROGRESS,
    e.StatementAsked: State.AWAITING_STATEMENT,
    e.CaseAnswered: State.ANSWERED,
    e.CaseReopened: State.IN_PROGRESS,
    e.CaseReferred: State.REFERRED,
    e.ThreadClosed: State.CLOSED,
}


def _left_then(case: Case, event: e.ConsentWithdrawn | e.AuthorityLeft) -> dict[RegistrationId, State]:
    id, state = event.registration, case.registration(event.registration).state
    if isinstance(event, e.AuthorityLeft) or state is State.ANSWERED:
        states = {id: State.CLOSED}
    else:
        states = {id: State.WITHDRAWN} if state in OPEN else {}
    if any(p.kind is PartyKind.PROVIDER and p.left is None and p.id != event.party for p in case.parties):
        return states
    waited = [each.id for each in case.registrations if each.state is State.AWAITING_STATEMENT and each.id != id]
    return states | dict.fromkeys(waited, State.IN_PROGRESS)
