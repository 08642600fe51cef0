"""Who else may read: asked for by staff, decided by the reporter, and taken back whenever she wishes."""

from msgspec.structs import replace

from inbox.actions.audience import citizens, everyone
from inbox.actions.context import DecisionContext
from inbox.actions.handling import own
from inbox.actions.joining import joinable
from inbox.actions.messaging import said
from inbox.cases.case_types import type_of
from inbox.cases.commands import GiveConsent, LeaveCase, Parts, ProposeSharing, RefuseConsent, WithdrawConsent
from inbox.cases.errors import MoreThanAsked, NoSuchRequest, NotYours
from inbox.cases.events import (
    AgreementWithdrawn,
    AnyEvent,
    AuthorityLeft,
    CaseShared,
    CaseSubmitted,
    ConsentAsked,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    Decided,
    FileRef,
    MessagePosted,
    Recorded,
    SharedMessage,
    StatementReleased,
)
from inbox.cases.model import CITIZENS, Actor, Agreed, Case, Party, PartyKind, Registration, Request
from inbox.directory.model import Unit

EVERY = "all"


def propose_sharing(case: Case, command: ProposeSharing, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """A consent card for the reporter, by which nothing is shared; or what she agreed to when filing."""
    party = own(case, actor).party
    unit = joinable(case, command.unit, case.party(party).kind, facts.directory)
    _within(command.parts, facts)
    if agreed_to(case, command):
        shared = manifest(case, command.parts, unit, facts)
        shared = replace(shared, agreement=case.agreed.id if case.agreed else None, reason=said(command.reason))
        return [Decided(event=shared, to=(*everyone(case), shared.party), basis="consent")]
    event = ConsentAsked(
        unit=unit.id,
        parts=command.parts,
        files=_files(command.parts, facts),
        reason=said(command.reason),
    )
    return [Decided(event=event, to=(*citizens(case), party))]


def give_consent(case: Case, command: GiveConsent, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The consent, and with it the manifest by which the authority joins. Never more than was asked for."""
    request = _request(case, command.request) if command.request else None
    # At her own wish a reporter turns to the board; the unit is for the board to ask for.
    asker = case.party(request.by).kind if request else PartyKind.REPORTER
    unit = joinable(case, command.unit, asker, facts.directory, request)
    if request is not None:
        _not_more(command.parts, request, facts)
    _within(command.parts, facts)
    if not command.text:
        # There is no such question before her any more.
        raise NoSuchRequest
    given = ConsentGiven(
        unit=unit.id, parts=command.parts, text=said(command.text), request=request.id if request else None
    )
    shared = manifest(case, command.parts, unit, facts)
    return [
        Decided(event=given, to=everyone(case)),
        Decided(event=shared, to=(*everyone(case), shared.party), basis="consent"),
    ]


def refuse_consent(case: Case, command: RefuseConsent, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The reporter says no; those who asked are told."""
    request = _request(case, command.request)
    return [Decided(event=ConsentRefused(unit=request.to, request=request.id), to=(*citizens(case), request.by))]


def agreed_to(case: Case, command: ProposeSharing) -> bool:
    """Whether the reporter agreed to just this when filing: this unit, and no more than what she sent then."""
    agreed, parts = case.agreed, command.parts
    return (
        agreed is not None
        and command.unit == agreed.unit
        and not parts.since
        and set(parts.files) <= set(agreed.files)
        and not any(request.to == agreed.unit for request in case.requests)
    )


def withdraw_consent(case: Case, command: WithdrawConsent, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The party that had joined by consent is out, from this event on: it is told so and nothing after."""
    if command.agreement:
        agreed = standing_agreement(case)
        if agreed is None or agreed.id != command.agreement:
            raise NoSuchRequest
        taken = AgreementWithdrawn(agreement=agreed.id, unit=agreed.unit)
        return [Decided(event=taken, to=everyone(case), basis="consent_withdrawn")]
    party, registration = _joined(case, command.party)
    event = ConsentWithdrawn(party=party.id, registration=registration.id, unit=registration.owner)
    return [Decided(event=event, to=everyone(case), basis="consent_withdrawn")]


def leave_case(case: Case, command: LeaveCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """An authority that joined leaves; the one that the case was filed with answers it instead."""
    registration = own(case, actor)
    party, _ = _joined(case, registration.party)
    event = AuthorityLeft(
        party=party.id, registration=registration.id, unit=registration.owner, reason=said(command.reason)
    )
    return [Decided(event=event, to=everyone(case))]


def standing_agreement(case: Case) -> Agreed | None:
    """What she agreed to when filing, as long as nothing is shared by it: afterwards she takes back who joined."""
    agreed = case.agreed
    there = agreed and any(
        each.owner == agreed.unit and case.party(each.party).left is None for each in case.registrations
    )
    return None if there else agreed


def joined_in(case: Case) -> tuple[Party, ...]:
    """The parties that take part by the reporter's consent: all but the one that the case was filed with."""
    joined = {registration.party for registration in case.registrations[1:]}
    return tuple(party for party in case.parties if party.id in joined and party.left is None)


def manifest(case: Case, parts: Parts, unit: Unit, facts: DecisionContext) -> CaseShared:
    """Exactly what is shared, copied from the reporter's own feed: a pure function, so an audit can repeat it."""
    begun = _begun(facts) if parts.answers else None
    ticked = frozenset(parts.files)
    messages = tuple(_copied(item, ticked) for item in _messages(parts.since, facts))
    number = len(case.registrations) + 1
    return CaseShared(
        party=f"a{number}",
        registration=f"r{number}",
        unit=unit.id,
        authority=facts.directory.authority_of(unit),
        board=unit.is_board,
        number=facts.number,
        goal=facts.goal(type_of(case.type), unit),
        knows_answers=parts.answers,
        answers=begun.answers if begun else (),
        story=begun.story if begun else "",
        title=case.title if begun else "",
        files=_files(parts, facts),
        messages=messages,
        message_count=len(messages),
    )


def files_for_all(event: AnyEvent) -> tuple[FileRef, ...]:
    """Files that can be shared on. What was sent to one side only is never passed on, nor that it exists."""
    match event:
        case CaseSubmitted(files=files) | CaseShared(files=files) | StatementReleased(files=files):
            return files
        case MessagePosted(audience="all", files=files):
            return files
        case _:
            return ()


def _request(case: Case, id: str) -> Request:
    for request in case.requests:
        if request.id == id:
            return request
    raise NoSuchRequest


def _joined(case: Case, id: str) -> tuple[Party, Registration]:
    """A party that joined later, by consent; NotYours for the one that the case was filed with."""
    for registration in case.registrations[1:]:
        party = case.party(registration.party)
        if party.id == id and party.left is None:
            return party, registration
    raise NotYours


def _within(parts: Parts, facts: DecisionContext) -> None:
    """Only what the reporter has seen can be shared."""
    if len(_files(parts, facts)) != len(set(parts.files)):
        raise MoreThanAsked
    if parts.since not in {"", EVERY} and not _messages(parts.since, facts):
        raise MoreThanAsked


def _not_more(parts: Parts, request: Request, facts: DecisionContext) -> None:
    """She may untick, never widen what she was asked."""
    # A patient who came later was not asked what the reporter was asked before.
    asked = next((item.event for item in facts.history if item.envelope.id == request.id), None)
    if not isinstance(asked, ConsentAsked):
        raise NoSuchRequest
    files = set(parts.files) <= set(asked.parts.files)
    answers = asked.parts.answers or not parts.answers
    wanted = {item.envelope.id for item in _messages(parts.since, facts)}
    offered = {item.envelope.id for item in _messages(asked.parts.since, facts)}
    if not (files and answers and wanted <= offered):
        raise MoreThanAsked


def _begun(facts: DecisionContext) -> CaseSubmitted:
    event = facts.history[0].event
    if not isinstance(event, CaseSubmitted):
        # Nobody shares what they have not seen: a patient who came later has not.
        raise MoreThanAsked
    return event


def _messages(since: str, facts: DecisionContext) -> tuple[Recorded, ...]:
    """The messages to everyone from that one on. What was said to one side only is never passed on."""
    said_to_all = tuple(
        item for item in facts.history if isinstance(item.event, MessagePosted) and item.event.audience == "all"
    )
    if since in {"", EVERY}:
        return said_to_all if since else ()
    ids = [item.envelope.id for item in said_to_all]
    return said_to_all[ids.index(since) :] if since in ids else ()


def _files(parts: Parts, facts: DecisionContext) -> tuple[FileRef, ...]:
    """The files named, among all that everyone in the thread was sent."""
    known = {file.id: file for item in facts.history for file in files_for_all(item.event)}
    return tuple(known[id] for id in dict.fromkeys(parts.files) if id in known)


def _copied(item: Recorded, ticked: frozenset[str]) -> SharedMessage:
    event, envelope = item.event, item.envelope
    if not isinstance(event, MessagePosted):
        raise TypeError("only messages are copied")
    kind = "reporter" if envelope.by in CITIZENS else "provider"
    return SharedMessage(
        id=envelope.id,
        at=envelope.at,
        kind=kind,
        unit=envelope.unit,
        text=event.text,
        files=tuple(file for file in event.files if file.id in ticked),
    )
