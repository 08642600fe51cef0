"""What a party may see of what has happened. Everything that is shown or sent is made here."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from inbox.cases import events as e
from inbox.cases.commands import Parts
from inbox.cases.model import Actor, Case, PartyKind, PersonId, Registration, Role, State, UnitId
from inbox.principals.seat import Seat, seat_of

Details = Mapping[str, e.PrivateDetail]
"""By their id."""


class Author(Struct, frozen=True):
    """Who did it, as far as the viewer may know."""

    party: str | None
    kind: str
    """reporter, patient, provider, board, or system."""
    role: str
    own: bool
    """Whether it was the viewer's own authority; of citizens, the viewer's own seat."""
    mine: bool
    """Whether it was the viewer in person."""
    name: str | None = None
    """The reporter's name for those who handle the case; a colleague's name at the same unit; else None."""
    unit: UnitId | None = None
    """The unit staff acted for: they sign as it."""


class Entry(Struct, frozen=True):
    """One row of a party's feed, as that party sees it."""

    n: int
    id: str
    at: datetime
    by: Author
    event: e.AnyEvent
    client_id: str | None = None
    """Only for the authority or the seat that sent it."""
    to: tuple[str, ...] = ()
    """The kinds of the other parties that got it; only for who sent it."""


class Viewer(Struct, frozen=True):
    """Somebody looking at a case, with the names that they may be shown."""

    case: Case
    actor: Actor
    seats: tuple[Seat, ...]
    colleagues: Mapping[PersonId, str]
    details: Details = {}
    """Private answers of what is looked at."""


def entry_for(viewer: Viewer, n: int, recorded: e.Recorded) -> Entry:
    """The event as the viewer's party sees it, under that party's number."""
    envelope = recorded.envelope
    by = author_for(viewer, envelope)
    return Entry(
        n=n,
        id=envelope.id,
        at=envelope.at,
        by=by,
        event=shown(viewer, recorded.event),
        client_id=envelope.client_id if by.own else None,
        to=_receivers(viewer.case, envelope) if by.own else (),
    )


def _receivers(case: Case, envelope: e.Envelope) -> tuple[str, ...]:
    """What the others are who got it. A desk is no party: what is internal has no receivers."""
    return tuple(party.kind.value for party in case.parties if party.id in envelope.to and party.id != envelope.by)


def entries_for(viewer: Viewer, rows: Iterable[tuple[int, e.Recorded]]) -> tuple[Entry, ...]:
    """Many at once."""
    return tuple(entry_for(viewer, n, recorded) for n, recorded in rows)


def case_for(case: Case, actor: Actor) -> Case:
    """The case without what is not for the actor's party: everything that is drawn or sent is made from this."""
    party = case.party(actor.party) if actor.party else None
    knows = party is not None and party.answers
    feeds = {feed for feed in case.heads if feed == actor.party}
    return replace(
        case,
        # Counts everything that happened, for whomever.
        version=0,
        # For timers: what there is to know of it stands in the feed.
        seats={},
        title=case.title if knows else "",
        themes=case.themes if knows and actor.registration else (),
        place_text=case.place_text if knows else "",
        heads={feed: case.heads[feed] for feed in feeds},
        touched={feed: at for feed, at in case.touched.items() if feed in feeds},
        agreed=case.agreed if actor.role is Role.REPORTER or actor.party == case.registrations[0].party else None,
        aside={party: audience for party, audience in case.aside.items() if party == actor.party},
        requests=tuple(r for r in case.requests if actor.role is Role.REPORTER or r.by == actor.party),
        questions=tuple(q for q in case.questions if actor.role is Role.REPORTER or q.by == actor.party),
        registrations=tuple(_registration_for(r, actor) for r in case.registrations),
    )


def _registration_for(registration: Registration, actor: Actor) -> Registration:
    """Another authority's handling without who handles it, what it has assessed, and where it has been before."""
    if registration.id == actor.registration:
        return registration
    # The reporter was told of every move; an authority that joined later was not.
    if actor.role is Role.REPORTER:
        return replace(registration, handler=None, assessed=False)
    # Whether another authority waits for her ends with a word that may be for it alone.
    state = State.IN_PROGRESS if registration.state is State.AWAITING_CITIZEN else registration.state
    return replace(registration, handler=None, assessed=False, visited=(registration.owner,), state=state)


def author_for(viewer: Viewer, envelope: e.Envelope) -> Author:
    """Staff sign as their unit: a real name is shown only to colleagues at the same unit."""
    if envelope.by is None:
        return Author(party=None, kind="system", role=Role.SYSTEM.value, own=False, mine=False)
    kind = viewer.case.party(envelope.by).kind
    own = envelope.by == viewer.actor.party
    if kind in {PartyKind.REPORTER, PartyKind.PATIENT}:
        seat = seat_of(viewer.seats, envelope.seat)
        # Of those who sit at one party each signs for themselves.
        mine = own and envelope.seat == viewer.actor.seat
        name = seat.name if seat and seat.name else None
        return Author(envelope.by, kind.value, envelope.role.value, own=mine, mine=mine, name=name)
    near = own and envelope.unit == viewer.actor.unit
    return Author(
        party=envelope.by,
        kind=kind.value,
        role=envelope.role.value,
        own=own,
        mine=near and envelope.person == viewer.actor.staff,
        name=viewer.colleagues.get(envelope.person or "") if near else None,
        unit=envelope.unit,
    )


def shown(viewer: Viewer, event: e.AnyEvent) -> e.AnyEvent:
    """The body without what is not for the viewer."""
    match event:
        case e.CaseTaken(registration=id) if viewer.actor.registration != id:
            return replace(event, handler=None)
        case e.CaseAnswered(registration=id) if viewer.actor.registration != id:
            return replace(event, problems=(), area="", place=None)
        case e.CaseShared(party=party) if viewer.actor.party != party:
            return _told_of_sharing(viewer, event)
        case e.ConsentGiven() | e.SharingAgreed() if viewer.actor.role is not Role.REPORTER:
            # The words and the parts name things that an authority that joined later may not know of.
            return replace(event, text="", parts=Parts(answers=event.parts.answers))
        case e.MessagePosted(resumes=ids) if viewer.actor.role is not Role.REPORTER:
            # Which others it ends the waiting of tells whether a word to them alone had done so before.
            return replace(event, resumes=tuple(id for id in ids if id == viewer.actor.registration))
        case e.CaseShared():
            return replace(event, answers=_answers(event.answers, viewer.details))
        case e.CaseSubmitted(submission=sent):
            told = replace(event, answers=_answers(event.answers, viewer.details))
            if viewer.actor.registration is None:
                return replace(told, submission="", themes=())
            return replace(told, submission=_submission(sent, event.answers, viewer.details))
        case _:
            return event


def _answers(answers: Iterable[e.Answered], details: Details) -> tuple[e.Answered, ...]:
    """The answers with those that they name; what was removed since says so."""
    return tuple(_filled(each, details.get(each.detail)) if each.detail else each for each in answers)


def _submission(submission: str, answers: Iterable[e.Answered], details: Details) -> str:
    """The submission with those that the answers name, as it was sent."""
    named = [details[each.detail] for each in answers if each.detail in details]
    if not named:
        return submission
    sent = msgspec.json.decode(submission)
    for detail in sorted(named, key=lambda one: one.at):
        given = {"step": detail.step, "field": detail.field, "value": msgspec.json.decode(detail.value)}
        sent["answers"].insert(detail.at, given)
    return msgspec.json.encode(sent).decode()


def _filled(answered: e.Answered, detail: e.PrivateDetail | None) -> e.Answered:
    return replace(answered, detail="", lines=detail.lines if detail else (), removed=detail is None)


def _told_of_sharing(viewer: Viewer, event: e.CaseShared) -> e.CaseShared:
    """Without the copies. Only the reporter, and the authority she wrote to first, know everything that was shared."""
    bare = replace(event, answers=(), story="", messages=(), title="")
    first = viewer.case.registrations[0].party
    if viewer.actor.role is Role.REPORTER or viewer.actor.party == first:
        return bare
    return replace(bare, files=(), message_count=0)
