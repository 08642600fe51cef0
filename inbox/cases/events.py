"""What has happened. Facts in the past tense; an envelope that is never altered, and a body beside it."""

from datetime import date, datetime

from msgspec import Struct

from inbox.cases.commands import Audience, Measure, Parts
from inbox.cases.model import (
    CaseId,
    CaseTypeId,
    EventId,
    FeedId,
    PartyId,
    PersonId,
    RegistrationId,
    Relation,
    Role,
    State,
    UnitId,
)
from inbox.principals.seat import Right, SeatId, SeatKind


class Event(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Base of all events."""


class Answered(Struct, frozen=True, omit_defaults=True):
    """One question with its answer, in the words the reporter saw."""

    step: str
    question: str
    lines: tuple[str, ...]
    detail: str = ""
    """In the store: where the lines lie instead, since they are private. Nobody is shown it."""
    removed: bool = False
    """Whether there were lines, which were removed since."""


class PrivateDetail(Struct, frozen=True):
    """An answer that tells how to reach somebody, or who somebody else is: it lies beside the event that names it."""

    id: str
    step: str
    field: str
    value: str
    """As coded JSON, as it would lie in the submission."""
    at: int
    """Its place among the answers of the submission."""
    lines: tuple[str, ...]
    """As the reporter saw it."""


class FileRef(Struct, frozen=True):
    """An attachment as the parties see it."""

    id: str
    name: str
    kind: str
    size: int
    """Bytes."""
    width: int = 0
    """Of its preview; 0 where there is none."""
    height: int = 0
    locked: bool = False
    """Whether it is a document that asks for a password or a certificate."""


class CaseSubmitted(Event, frozen=True, kw_only=True, tag="case_submitted"):
    """A draft was sent: the case begins. `type` is the id of one of the types there are, as `complaint`."""

    type: CaseTypeId
    dialog: str
    language: str
    relation: Relation
    title: str
    themes: tuple[str, ...]
    place: UnitId | None
    place_text: str
    receiver: UnitId
    authority: str
    board: bool
    number: str
    goal: date | None
    story: str
    """The reporter's own account of what happened."""
    answers: tuple[Answered, ...]
    submission: str
    """The submission as coded JSON, for statistics and contracts; the same bytes for the same answers.

    Without those that are private.
    """
    files: tuple[FileRef, ...] = ()


class CaseTaken(Event, frozen=True, kw_only=True, tag="case_taken"):
    """Somebody handles the case now."""

    registration: RegistrationId
    handler: PersonId | None
    """None in what other parties see: staff sign as their unit."""


class CaseReleased(Event, frozen=True, kw_only=True, tag="case_released"):
    """Nobody in particular handles the case now."""

    registration: RegistrationId


class MessagePosted(Event, frozen=True, kw_only=True, tag="message_posted"):
    """Somebody said something in the thread. With `waits`, the handling waits for the reporter's reply."""

    text: str
    registration: RegistrationId | None = None
    waits: bool = False
    resumes: tuple[RegistrationId, ...] = ()
    """Registrations that waited for this message and go on."""
    files: tuple[FileRef, ...] = ()
    audience: Audience = Audience.ALL


class WaitingStopped(Event, frozen=True, kw_only=True, tag="waiting_stopped"):
    """The handling goes on without the reporter's reply, or without the statement that was asked for."""

    registration: RegistrationId


class NoteWritten(Event, frozen=True, kw_only=True, tag="note_written"):
    """Staff wrote to themselves. Addressed to a desk, never to a party; its text has a table of its own."""

    registration: RegistrationId
    text: str


class CaseForwarded(Event, frozen=True, kw_only=True, tag="case_forwarded"):
    """The case moved to another unit of the same care provider."""

    registration: RegistrationId
    from_unit: UnitId
    to_unit: UnitId
    reason: str


class PlaceSet(Event, frozen=True, kw_only=True, tag="place_set"):
    """The unit that the case is about was set or corrected."""

    unit: UnitId


class DisclosureAssessed(Event, frozen=True, kw_only=True, tag="disclosure_assessed"):
    """Why a reporter who is not the patient may be answered. For the desk only."""

    registration: RegistrationId
    text: str


class CaseAnswered(Event, frozen=True, kw_only=True, tag="case_answered"):
    """The final answer, and at once the end of the handling."""

    registration: RegistrationId
    explanation: str
    measures: tuple[Measure, ...]
    no_measures: str
    regret: str
    reply_until: datetime
    problems: tuple[str, ...] = ()
    """Classification: for statistics; not part of what the reporter is shown."""
    area: str = ""
    place: UnitId | None = None


class SharingAgreed(Event, frozen=True, kw_only=True, tag="sharing_agreed"):
    """When filing with a board the reporter agreed that it shows the care this. Nothing is shared by it yet."""

    unit: UnitId
    parts: Parts
    text: str
    """The question and her answer, in the words she saw."""


class AgreementWithdrawn(Event, frozen=True, kw_only=True, tag="agreement_withdrawn"):
    """The reporter took back what she had agreed to when filing, before anything was shared."""

    agreement: EventId
    unit: UnitId


class ConsentAsked(Event, frozen=True, kw_only=True, tag="consent_asked"):
    """Staff asked the reporter whether somebody may read."""

    unit: UnitId
    parts: Parts
    files: tuple[FileRef, ...]
    reason: str


class ConsentGiven(Event, frozen=True, kw_only=True, tag="consent_given"):
    """The reporter said yes, to these parts, having read this text."""

    unit: UnitId
    parts: Parts
    text: str
    request: EventId | None


class ConsentRefused(Event, frozen=True, kw_only=True, tag="consent_refused"):
    """The reporter said no."""

    unit: UnitId
    request: EventId


class ConsentWithdrawn(Event, frozen=True, kw_only=True, tag="consent_withdrawn"):
    """The reporter took a consent back; the party reads nothing more."""

    party: PartyId
    registration: RegistrationId
    unit: UnitId


class SharedMessage(Struct, frozen=True):
    """A message that was shared, as a copy: who joins has no way to the original."""

    id: EventId
    at: datetime
    kind: str
    """Who wrote it: reporter, provider, board."""
    unit: UnitId | None
    text: str
    files: tuple[FileRef, ...]


class CaseShared(Event, frozen=True, kw_only=True, tag="case_shared"):
    """Somebody joins: the manifest of exactly what was shared. The joining party's feed begins with it.

    For the others the copies are left out of what they are shown; the counts say what was shared.
    """

    party: PartyId
    registration: RegistrationId
    unit: UnitId
    authority: str
    board: bool
    number: str
    goal: date | None
    knows_answers: bool
    answers: tuple[Answered, ...]
    story: str
    files: tuple[FileRef, ...]
    messages: tuple[SharedMessage, ...]
    message_count: int
    title: str = ""
    agreement: EventId | None = None
    """What it rests on, where the reporter had agreed to it when filing."""
    reason: str = ""
    """Why the board shares it now, where she was not asked again."""


class AuthorityLeft(Event, frozen=True, kw_only=True, tag="authority_left"):
    """An authority that had joined takes no part any more."""

    party: PartyId
    registration: RegistrationId
    unit: UnitId
    reason: str


class StatementAsked(Event, frozen=True, kw_only=True, tag="statement_asked"):
    """The board asked the care for a statement. For the two of them."""

    registration: RegistrationId
    text: str


class StatementExpected(Event, frozen=True, kw_only=True, tag="statement_expected"):
    """The reporter is told that a statement was asked for; not in which words."""

    registration: RegistrationId


class StatementGiven(Event, frozen=True, kw_only=True, tag="statement_given"):
    """The care answered the board. For the two of them."""

    registrations: tuple[RegistrationId, ...]
    """The board's registrations that waited for it."""
    text: str
    files: tuple[FileRef, ...] = ()


class StatementReleased(Event, frozen=True, kw_only=True, tag="statement_released"):
    """The officer let the reporter read a statement: a copy of it."""

    statement: EventId
    unit: UnitId | None
    text: str
    files: tuple[FileRef, ...] = ()


class AnswerRated(Event, frozen=True, kw_only=True, tag="answer_rated"):
    """Whether the answer answered the question: yes, partly, no."""

    rating: str


class AnswerExtended(Event, frozen=True, kw_only=True, tag="answer_extended"):
    """Staff said something more after the answer; the time for asking on begins anew."""

    registration: RegistrationId
    text: str
    reply_until: datetime


class CaseReopened(Event, frozen=True, kw_only=True, tag="case_reopened"):
    """The handling was taken up again: the reporter asked on (`text`), or staff gave a reason (`text`)."""

    registration: RegistrationId
    text: str


class CaseWithdrawn(Event, frozen=True, kw_only=True, tag="case_withdrawn"):
    """The reporter took the case back."""

    registrations: tuple[RegistrationId, ...]
    reason: str


class CaseReferred(Event, frozen=True, kw_only=True, tag="case_referred"):
    """Not for this authority; where to turn instead."""

    registration: RegistrationId
    reason: str
    turn_to: str


class QuestionsAsked(Event, frozen=True, kw_only=True, tag="questions_asked"):
    """An authority asked the reporter the questions of a dialog. Its id is the `request` of the answers."""

    registration: RegistrationId
    dialog: str
    """The definition, as `followup/1`."""
    name: str
    """What it is called, in the language of the case."""


class QuestionsAnswered(Event, frozen=True, kw_only=True, tag="questions_answered"):
    """The reporter answered them."""

    request: EventId
    dialog: str
    name: str
    answers: tuple[Answered, ...]


class ThreadClosed(Event, frozen=True, kw_only=True, tag="thread_closed"):
    """The reply window is over."""

    registration: RegistrationId


class SeatOpened(Event, frozen=True, kw_only=True, tag="seat_opened"):
    """Somebody sits at a citizen's party. Who it is stands with the seat, not here."""

    seat: SeatId
    party: PartyId
    sits_as: SeatKind
    rights: tuple[Right, ...]
    until: datetime | None = None


class SeatEnded(Event, frozen=True, kw_only=True, tag="seat_ended"):
    """Whoever sat there does not any more."""

    seat: SeatId


AnySharing = (
    SharingAgreed
    | AgreementWithdrawn
    | ConsentAsked
    | ConsentGiven
    | ConsentRefused
    | ConsentWithdrawn
    | CaseShared
    | AuthorityLeft
)
AnyEvent = (
    CaseSubmitted
    | CaseTaken
    | CaseReleased
    | MessagePosted
    | WaitingStopped
    | NoteWritten
    | CaseForwarded
    | PlaceSet
    | DisclosureAssessed
    | CaseAnswered
    | AnySharing
    | StatementAsked
    | StatementExpected
    | StatementGiven
    | StatementReleased
    | AnswerRated
    | AnswerExtended
    | CaseReopened
    | CaseWithdrawn
    | CaseReferred
    | QuestionsAsked
    | QuestionsAnswered
    | ThreadClosed
    | SeatOpened
    | SeatEnded
)


class Decided(Struct, frozen=True):
    """What a decision gives: an event and the feeds it is addressed to."""

    event: AnyEvent
    to: tuple[FeedId, ...]
    basis: str | None = None
    """The ground on which an audience was widened, where one is needed."""


class Envelope(Struct, frozen=True):
    """Who, as what party, when, what kind, addressed to whom. Never altered once written."""

    id: EventId
    case: CaseId
    seq: int
    """Order within the case. Never leaves the server: parties see their own feed's numbers."""
    at: datetime
    kind: str
    by: PartyId | None
    role: Role
    person: PersonId | None
    """Only for staff."""
    unit: UnitId | None
    to: tuple[FeedId, ...]
    basis: str | None
    client_id: str | None
    version: int = 1
    """Of the body as it was written; see `inbox.cases.upcast`."""
    states: dict[RegistrationId, State] | None = None
    """The state that it led to, for each registration that it moved or began. None: from before they were kept."""
    seat: SeatId | None = None
    """Only for citizens: the seat that it was done from. Who sat there is kept with the seat."""


class Recorded(Struct, frozen=True):
    """An envelope with its body."""

    envelope: Envelope
    event: AnyEvent
