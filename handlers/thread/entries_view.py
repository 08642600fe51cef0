"""A party's feed as rows to draw. Values in, values out: what may be seen was settled when the entries were made."""

from collections.abc import Iterable
from datetime import datetime
from heapq import merge

from msgspec.structs import replace

from dialogs.sentences import N_
from handlers.sentences import sentence_for
from handlers.thread.answer_text import letter_text
from handlers.thread.audiences import mark_shown
from handlers.thread.manifest import answers_view, file_view, manifest_view
from handlers.thread.view_context import ViewContext, party_name, side_of, signed
from handlers.view.locale import SWEDEN
from handlers.view.models import Line, Link, Message, NoteView, QuestionAnswered, Row
from inbox.cases import events as e
from inbox.cases.commands import Audience
from inbox.cases.model import OPEN, PATIENT, REPORTER, PartyId, State
from inbox.cases.views import Entry

ICONS: dict[type[e.Event], str] = {
    e.CaseSubmitted: "check",
    e.CaseTaken: "person",
    e.CaseReleased: "undo",
    e.WaitingStopped: "clock",
    e.CaseForwarded: "forward",
    e.PlaceSet: "hospital",
    e.AnswerRated: "info",
    e.CaseReopened: "question",
    e.CaseWithdrawn: "undo",
    e.CaseReferred: "forward",
    e.ThreadClosed: "lock",
    e.ConsentAsked: "question",
    e.SharingAgreed: "check",
    e.AgreementWithdrawn: "undo",
    e.ConsentGiven: "check",
    e.ConsentRefused: "undo",
    e.ConsentWithdrawn: "undo",
    e.CaseShared: "group",
    e.AuthorityLeft: "undo",
    e.StatementExpected: "clock",
    e.QuestionsAsked: "question",
    e.QuestionsAnswered: "check",
}
PEOPLE = {REPORTER, PATIENT}
"""The seats that are no authority's."""


def rows_of(look: ViewContext) -> tuple[Row, ...]:
    """What is shown, in the order in which it happened; for staff with the notes of their own desk."""
    shown = [entry for entry in look.thread.entries if entry.n in look.thread.shown]
    # Each feed keeps the order of its numbers, whatever a clock has said; only between the two the moments decide.
    # What was noted of a thing at the same moment comes before it.
    entries = merge(look.thread.notes, shown, key=lambda entry: entry.at)
    rows = said_between_two([row for entry in entries for row in drawn(entry, look)], look)
    return _flagged(rows, look) if look.staff else tuple(rows)


def questions_answered(look: ViewContext) -> tuple[QuestionAnswered, ...]:
    """Everything that was answered in the guided chat, in the words that were shown."""
    for entry in look.thread.entries:
        if isinstance(entry.event, e.CaseSubmitted | e.CaseShared) and entry.event.answers:
            return answers_view(entry.event.answers, look)
    return ()


def drawn(entry: Entry, look: ViewContext) -> list[Row]:  # noqa: PLR0912 - a branch per kind of event
    """What an entry is shown as: by the page, and by what is pushed to it."""
    event, say = entry.event, look.locale.t
    match event:
        case e.CaseSubmitted():
            first = _message(entry, look, event.story, event.files)
            return [_line(entry, look), replace(first, answers=answers_view(event.answers, look))]
        case e.MessagePosted(audience=audience):
            said = _message(entry, look, event.text, event.files)
            return [replace(said, asks=event.waits, audience=mark_shown(audience, look))]
        case e.AnswerExtended(text=text):
            return [replace(_message(entry, look, text), audience=mark_shown(Audience.ALL, look))]
        case e.StatementAsked(text=text):
            return [_stated(entry, look, _message(entry, look, text), Audience.UNIT_BOARD)]
        case e.StatementGiven(text=text, files=files):
            return [_stated(entry, look, _message(entry, look, text, files), Audience.UNIT_BOARD)]
        case e.StatementReleased(text=text, files=files):
            return [_stated(entry, look, _message(entry, look, text, files), Audience.ALL)]
        case e.ConsentGiven() | e.SharingAgreed() if not look.staff:
            link = Link(f"{look.url}/samtycke", say(N_("Visa eller ändra")))
            return [replace(_line(entry, look), link=link)]
        case e.QuestionsAsked() if not look.staff and any(entry.id == asked.id for asked in look.case.questions):
            link = Link(f"{look.url}/fragor/{entry.id}", say(N_("Svara på frågorna")))
            return [replace(_line(entry, look), link=link)]
        case e.CaseShared(party=party) if party == look.actor.party:
            return [_line(entry, look), manifest_view(entry, event, look)]
        case e.NoteWritten():
            return [_note(entry, look, event.text)]
        case e.DisclosureAssessed():
            return [_note(entry, look, f"{_sentence(entry, look)}\n{event.text}")]
        case e.CaseAnswered() if look.staff:
            line = replace(_line(entry, look), icon="check-circle", answer=True)
            return [line, _message(entry, look, letter_text(event, look.locale))]
        case e.CaseAnswered():
            link = Link(f"{look.url}/svar?fran={entry.n}", say(N_("Läs svaret")))
            line = replace(_line(entry, look), icon="check-circle", text=say(N_("Du har fått ett svar.")), answer=True)
            return [replace(line, link=link)]
        case _:
            # Everything else is told in a sentence, and `sentence_for` knows them all.
            return [_line(entry, look)]


def said_between_two(rows: list[Row], look: ViewContext) -> list[Row]:
    """Without a mark on what was said to everyone before somebody joined: it was not said to them."""
    joined = next((entry.n for entry in look.thread.entries if isinstance(entry.event, e.CaseShared)), 0)
    return [
        replace(row, audience=None)
        if isinstance(row, Message) and row.n < joined and row.audience and row.audience.code == Audience.ALL
        else row
        for row in rows
    ]


def _stated(entry: Entry, look: ViewContext, message: Message, audience: Audience) -> Message:
    """A statement, or the question for one: it says so above its text."""
    return replace(message, kicker=_sentence(entry, look), audience=mark_shown(audience, look))


def _line(entry: Entry, look: ViewContext) -> Line:
    icon = ICONS.get(type(entry.event), "info")
    return Line(n=entry.n, at=_here(entry), icon=icon, text=_sentence(entry, look), quote=_quote(entry.event))


def _sentence(entry: Entry, look: ViewContext) -> str:
    return sentence_for(entry, look.locale.directory, dict(look.thread.colleagues), look.locale.translate)


def _quote(event: e.AnyEvent) -> str:
    match event:
        case e.CaseReopened(text=text) | e.CaseWithdrawn(reason=text):
            return text
        case e.ConsentAsked(reason=reason) | e.CaseShared(reason=reason):
            return reason
        case e.QuestionsAnswered(answers=answers):
            return "\n\n".join("\n".join((each.question, *each.lines)) for each in answers)
        case e.CaseReferred(reason=reason, turn_to=turn_to):
            return f"{reason}\n\n{turn_to}"
        case _:
            return ""


def _message(entry: Entry, look: ViewContext, text: str, files: Iterable[e.FileRef] = ()) -> Message:
    author, role = signed(entry, look)
    return Message(
        n=entry.n,
        at=_here(entry),
        own=entry.by.own,
        author=author,
        role=role,
        side=side_of(entry.by),
        text=text,
        files=tuple(file_view(file, look.url) for file in files),
        foot=_read_by(entry, look) if entry.by.own else "",
        client_id=entry.client_id or "",
        to=entry.to,
    )


def _note(entry: Entry, look: ViewContext, text: str) -> NoteView:
    author, _ = signed(entry, look)
    return NoteView(n=entry.n, at=_here(entry), author=author, text=text, client_id=entry.client_id or "")


def _here(entry: Entry) -> datetime:
    """The moment by Swedish clocks: a day begins at midnight here."""
    return entry.at.astimezone(SWEDEN)


def _read_by(entry: Entry, look: ViewContext) -> str:
    got = {party.id for party in look.case.parties if party.kind.value in entry.to}
    marks = [(party, *mark) for party, mark in look.thread.read_by.items() if party in got]
    # Whoever the case is about comes first, then whoever read before others.
    covering = sorted((party not in PEOPLE, at, n, party) for party, n, at in marks if n >= entry.n)
    readers = [_reader(party, n, at, look, newest=n == entry.n) for _, at, n, party in covering]
    return look.locale.t(N_("Läst av {names}"), names=", ".join(readers)) if readers else ""


def _reader(party: PartyId, n: int, at: datetime, look: ViewContext, *, newest: bool) -> str:
    """A mark says when the newest of what it covers was read: only that one gets the day."""
    name = _who_read(party, n, look)
    return f"{name} {look.locale.day(at)}" if newest else name


def _who_read(party: PartyId, n: int, look: ViewContext) -> str:
    """Who had the party's handling then: a unit has not read what another one did before it moved.

    By numbers, not by clocks, of which each process has its own: whoever has it since has read of that too.
    """
    for entry in look.thread.entries:
        if isinstance(entry.event, e.CaseForwarded) and entry.by.party == party and entry.n >= n:
            return look.locale.unit(entry.event.from_unit, entry.at)
    return party_name(party, look)


def _flagged(rows: list[Row], look: ViewContext) -> tuple[Row, ...]:
    """For those who handle the case: what waits for a reply, theirs or the reporter's, and nothing that did before."""
    said = [row for row in rows if isinstance(row, Message)]
    states = {registration.state for registration in look.case.registrations}
    last = said[-1] if said and states & OPEN else None
    # What began the case is answered by the final answer.
    unanswered = last if last and last.side == "reporter" and not last.answers else None
    asking = next((row for row in reversed(said) if row.asks), None) if State.AWAITING_CITIZEN in states else None
    return tuple(
        replace(row, unanswered=row is unanswered, asks=row is asking) if isinstance(row, Message) else row
        for row in rows
    )
