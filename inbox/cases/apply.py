"""The only code that changes a case: an event applied to what was. Replaying every event gives the stored case.

Nothing is refused here, and no rule is asked: an event tells what happened, also one that could not happen today.
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from inbox.cases import events as e
from inbox.cases.commands import Audience
from inbox.cases.model import (
    PATIENT,
    REPORTER,
    Agreed,
    Aside,
    Case,
    Party,
    PartyId,
    PartyKind,
    Questions,
    Registration,
    RegistrationId,
    Relation,
    Request,
    SeatTime,
    State,
)
from inbox.cases.upcast import states_then


def apply(case: Case | None, recorded: e.Recorded) -> Case:
    """The case as it stands after the event; None stands for a case that has not begun."""
    event, envelope = recorded.event, recorded.envelope
    if envelope.states is None:
        envelope = replace(envelope, states=states_then(case, event))
    if isinstance(event, e.CaseSubmitted):
        changed = _begun(event, envelope)
    else:
        if case is None:
            raise ValueError("a case begins with case_submitted")
        changed = _changed(case, event, envelope)
    changed = replace(_led(changed, envelope), aside=_aside(changed, event, envelope))
    heads, touched = dict(changed.heads), dict(changed.touched)
    for feed in envelope.to:
        heads[feed] = heads.get(feed, 0) + 1
        touched[feed] = envelope.at
    return replace(changed, version=envelope.seq, heads=heads, touched=touched)


def replay(history: Iterable[e.Recorded]) -> Case:
    """The case that the events give, from the first; ValueError if there are none."""
    case: Case | None = None
    for recorded in history:
        case = apply(case, recorded)
    if case is None:
        raise ValueError("no events")
    return case


def _begun(event: e.CaseSubmitted, envelope: e.Envelope) -> Case:
    authority = Party("a1", PartyKind.BOARD if event.board else PartyKind.PROVIDER, event.authority)
    patient = () if event.relation is Relation.SELF else (Party(PATIENT, PartyKind.PATIENT),)
    registration = Registration(
        id="r1",
        party=authority.id,
        number=event.number,
        owner=event.receiver,
        state=State.RECEIVED,
        received_at=envelope.at,
        goal=event.goal,
        visited=(event.receiver,),
    )
    return Case(
        id=envelope.case,
        version=0,
        type=event.type,
        dialog=event.dialog,
        language=event.language,
        relation=event.relation,
        title=event.title,
        themes=event.themes,
        submitted_at=envelope.at,
        parties=(Party(REPORTER, PartyKind.REPORTER), *patient, authority),
        registrations=(registration,),
        heads={},
        place=event.place,
        place_text=event.place_text,
    )


def _changed(case: Case, event: e.AnyEvent, envelope: e.Envelope) -> Case:
    match event:
        case e.CaseTaken(registration=id, handler=handler):
            return _with(case, id, handler=handler)
        case e.CaseReleased(registration=id):
            return _with(case, id, handler=None)
        case e.CaseForwarded(registration=id, to_unit=unit):
            visited = (*case.registration(id).visited, unit)
            # The assessment of harm stays at the desk that wrote it: who answers now makes one of their own (OSL 25:1).
            return _with(case, id, owner=unit, handler=None, visited=visited, assessed=False)
        case e.PlaceSet(unit=unit):
            return replace(case, place=unit)
        case e.DisclosureAssessed(registration=id):
            return _with(case, id, assessed=True)
        case e.CaseAnswered(registration=id, reply_until=until):
            answered = replace(case, rated=None)
            return _with(answered, id, answer=envelope.id, answered_at=envelope.at, reply_until=until)
        case e.AnswerExtended(registration=id, reply_until=until):
            return _with(case, id, reply_until=until)
        case e.AnswerRated(rating=rating):
            return replace(case, rated=rating)
        case e.CaseReopened(registration=id):
            return _with(case, id, reply_until=None)
        case e.CaseWithdrawn(registrations=ids):
            return _ended(case, ids, envelope)
        case e.CaseReferred(registration=id) | e.ThreadClosed(registration=id):
            return _ended(case, (id,), envelope)
        case e.MessagePosted() | e.WaitingStopped() | e.StatementAsked() | e.StatementGiven():
            # What they say is read in the feed; what they move is kept with them.
            return case
        case e.NoteWritten() | e.StatementExpected() | e.StatementReleased():
            return case
        case e.QuestionsAsked(dialog=dialog):
            asked = Questions(id=envelope.id, dialog=dialog, by=envelope.by or "")
            return replace(case, questions=(*case.questions, asked))
        case e.QuestionsAnswered(request=request):
            return replace(case, questions=tuple(asked for asked in case.questions if asked.id != request))
        case e.SeatOpened(seat=seat, until=until):
            return replace(case, seats={**case.seats, seat: SeatTime(until)})
        case e.SeatEnded(seat=seat):
            return replace(case, seats={**case.seats, seat: SeatTime(ended=True)})
        case e.CaseSubmitted():
            raise ValueError("a case begins only once")
        case _:
            return _shared(case, event, envelope)


def _shared(case: Case, event: e.AnySharing, envelope: e.Envelope) -> Case:
    """Who takes part, and what was asked and agreed about it."""
    match event:
        case e.SharingAgreed(unit=unit, parts=parts):
            return replace(case, agreed=Agreed(id=envelope.id, unit=unit, files=parts.files))
        case e.AgreementWithdrawn():
            return replace(case, agreed=None)
        case e.ConsentAsked(unit=unit):
            asked = Request(id=envelope.id, to=unit, by=envelope.by or "")
            return replace(case, requests=(*case.requests, asked))
        case e.ConsentGiven(request=request):
            return _settled(case, request)
        case e.ConsentRefused(request=request):
            return _settled(case, request)
        case e.CaseShared():
            return _joined(case, event, envelope)
        case e.ConsentWithdrawn(party=party, registration=id):
            # A consent that was taken back is none, however it was given.
            kept = case.agreed if case.agreed and case.agreed.unit != event.unit else None
            # What was over before stays as it ended.
            ended = (id,) if id in (envelope.states or {}) else ()
            return _gone(_ended(replace(case, agreed=kept), ended, envelope), party, envelope)
        case e.AuthorityLeft(party=party, registration=id):
            return _gone(_ended(case, (id,), envelope), party, envelope)
    assert_never(event)


def _settled(case: Case, request: str | None) -> Case:
    return replace(case, requests=tuple(asked for asked in case.requests if asked.id != request))


def _joined(case: Case, event: e.CaseShared, envelope: e.Envelope) -> Case:
    kind = PartyKind.BOARD if event.board else PartyKind.PROVIDER
    party = Party(event.party, kind, event.authority, answers=event.knows_answers)
    registration = Registration(
        id=event.registration,
        party=event.party,
        number=event.number,
        owner=event.unit,
        state=State.RECEIVED,
        received_at=envelope.at,
        goal=event.goal,
        visited=(event.unit,),
    )
    return replace(case, parties=(*case.parties, party), registrations=(*case.registrations, registration))


def _ended(case: Case, ids: Iterable[RegistrationId], envelope: e.Envelope) -> Case:
    for id in ids:
        case = _with(case, id, ended_at=envelope.at)
    return case


def _gone(case: Case, id: PartyId, envelope: e.Envelope) -> Case:
    """The party takes no part any more; what it asked is asked no more."""
    parties = tuple(replace(p, left=envelope.at) if p.id == id else p for p in case.parties)
    requests = tuple(asked for asked in case.requests if asked.by != id)
    questions = tuple(asked for asked in case.questions if asked.by != id)
    return replace(case, parties=parties, requests=requests, questions=questions)


def _aside(case: Case, event: e.AnyEvent, envelope: e.Envelope) -> dict[PartyId, Aside]:
    """Whom each party talks with after the event. Only who got the words is moved by them."""
    audience = _audience_of(event)
    if audience is None:
        return case.aside
    others = {party: now for party, now in case.aside.items() if party not in envelope.to}
    if audience is Audience.ALL:
        return others
    owing = {party for party, now in case.aside.items() if now.owed}
    now = {to: Aside(audience.value, owed=to != envelope.by or to in owing) for to in envelope.to}
    return others | now


def _audience_of(event: e.AnyEvent) -> Audience | None:
    """Whom words were for; None for what is no word to anybody."""
    match event:
        case e.MessagePosted(audience=audience):
            return audience
        case e.StatementAsked() | e.StatementGiven():
            return Audience.UNIT_BOARD
        case e.StatementReleased() | e.CaseAnswered() | e.AnswerExtended() | e.CaseReopened():
            return Audience.ALL
        case _:
            return None


def _led(case: Case, envelope: e.Envelope) -> Case:
    """The registrations in the states that the event led to."""
    for id, state in (envelope.states or {}).items():
        case = _with(case, id, state=state)
    return case


def _with(case: Case, id: RegistrationId, **changes: object) -> Case:
    changed = tuple(replace(old, **changes) if old.id == id else old for old in case.registrations)
    return replace(case, registrations=changed)
