"""To which states an event leads: the rules of today, asked once, when it is decided. What they say is kept with it."""

from collections.abc import Iterator

from inbox.cases import events as e
from inbox.cases.lifecycle import Trigger, after
from inbox.cases.model import OPEN, Case, PartyId, PartyKind, RegistrationId, State

States = dict[RegistrationId, State]

_OF_ONE: dict[type[e.Event], Trigger] = {
    e.CaseTaken: Trigger.TAKE,
    e.CaseReleased: Trigger.RELEASE,
    e.WaitingStopped: Trigger.REPLY,
    e.CaseForwarded: Trigger.MOVE,
    e.CaseAnswered: Trigger.ANSWER,
    e.CaseReopened: Trigger.REOPEN,
    e.CaseReferred: Trigger.REFER,
    e.ThreadClosed: Trigger.CLOSE,
    e.StatementAsked: Trigger.ASK_STATEMENT,
}
"""Events that move the one registration they name."""


def state_changes(case: Case | None, event: e.AnyEvent) -> States:
    """The state of each registration that the event moves or begins; NotNow if the lifecycle does not allow it."""
    if case is None:
        return {"r1": State.RECEIVED}
    if isinstance(event, e.CaseShared):
        return {event.registration: State.RECEIVED}
    states: States = {}
    for id, trigger in _moves(case, event):
        states[id] = after(states.get(id) or case.registration(id).state, trigger)
    return states


def _moves(case: Case, event: e.AnyEvent) -> Iterator[tuple[RegistrationId, Trigger]]:
    match event:
        case e.MessagePosted(resumes=resumed, registration=asking, waits=waits):
            yield from ((id, Trigger.REPLY) for id in resumed)
            if waits and asking:
                yield asking, Trigger.ASK
        case e.CaseWithdrawn(registrations=ids):
            yield from ((id, Trigger.WITHDRAW) for id in ids)
        case e.StatementGiven(registrations=ids):
            yield from ((id, Trigger.GIVE_STATEMENT) for id in ids)
        case e.ConsentWithdrawn(registration=id, party=party):
            # What was answered can no longer be asked on, since nobody is there.
            state = case.registration(id).state
            if state in OPEN or state is State.ANSWERED:
                yield id, Trigger.WITHDRAW if state in OPEN else Trigger.CLOSE
            yield from _waiting_for_nobody(case, party, id)
        case e.AuthorityLeft(registration=id, party=party):
            yield id, Trigger.LEAVE
            yield from _waiting_for_nobody(case, party, id)
        case _ if trigger := _OF_ONE.get(type(event)):
            yield str(event.registration), trigger  # type: ignore[union-attr] # those that the table names have one
        case _:
            return


def _waiting_for_nobody(case: Case, gone: PartyId, own: RegistrationId) -> Iterator[tuple[RegistrationId, Trigger]]:
    """Those who wait for a statement that no authority of the care is left to give."""
    if not any(p.kind is PartyKind.PROVIDER and p.left is None and p.id != gone for p in case.parties):
        for registration in case.registrations:
            if registration.state is State.AWAITING_STATEMENT and registration.id != own:
                yield registration.id, Trigger.GIVE_STATEMENT
