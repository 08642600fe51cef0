"""What people and systems can ask for. One struct per command; socket, form and API are all made from these."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from inbox.cases.model import CaseId, PersonId, UnitId
from inbox.principals.seat import Right, SeatKind

Text = Annotated[str, Meta(min_length=1, max_length=10_000)]
Reason = Annotated[str, Meta(min_length=1, max_length=1_000)]
Line = Annotated[str, Meta(max_length=200)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]
ClientId = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Code = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z0-9_.-]+$")]


class Command(Struct, frozen=True, kw_only=True, tag_field="command", forbid_unknown_fields=True):
    """Something to be done to one case. The same `client_id` twice gives the same answer, done once."""

    case: CaseId
    client_id: ClientId


class Reply(Command, frozen=True, kw_only=True):
    """Something that answers, moves or ends: it should not pass by what somebody else has written meanwhile."""

    seen: Annotated[int, Meta(ge=0, le=(1 << 31) - 1)] | None = None
    """The newest number of the own feed that the writer had in front of them. Left out, nothing is asked."""


class SubmitCase(Command, frozen=True, kw_only=True, tag="submit_case"):
    """Send a draft. The case gets the draft's id."""

    revision: int


class TakeCase(Command, frozen=True, kw_only=True, tag="take_case"):
    """Become the handler of a case that has none."""


class AssignCase(Command, frozen=True, kw_only=True, tag="assign_case"):
    """Give the case to a caseworker of the same unit."""

    handler: PersonId


class ReleaseCase(Command, frozen=True, kw_only=True, tag="release_case"):
    """Put the case back in the unit's queue."""


class Audience(StrEnum):
    """Who reads a message, once both an authority of the care and a board are in the thread."""

    ALL = "all"
    CITIZEN_BOARD = "citizen_board"
    UNIT_BOARD = "unit_board"


class PostMessage(Reply, frozen=True, kw_only=True, tag="post_message"):
    """Say something in the thread. With a board in it, possibly only to the board and one other side."""

    text: Text
    files: Annotated[tuple[Id, ...], Meta(max_length=10)] = ()
    audience: Audience = Audience.ALL
    widens: bool = False
    """Everyone is meant, though the newest message was not for everyone."""


class AskReporter(Reply, frozen=True, kw_only=True, tag="ask_reporter"):
    """Ask the reporter something that the handling waits for."""

    text: Text
    files: Annotated[tuple[Id, ...], Meta(max_length=10)] = ()
    widens: bool = False
    """As in `post_message`."""


class StopWaiting(Command, frozen=True, kw_only=True, tag="stop_waiting"):
    """Go on without the reporter's reply, or without the statement that the board has asked for."""


class WriteNote(Command, frozen=True, kw_only=True, tag="write_note"):
    """Write to colleagues at the same unit. Never leaves it, and can never become a message."""

    text: Text


class ForwardCase(Reply, frozen=True, kw_only=True, tag="forward_case"):
    """Move the case to another unit of the same care provider. The reporter is told where and why."""

    unit: UnitId
    reason: Reason


class SetPlace(Command, frozen=True, kw_only=True, tag="set_place"):
    """Say which unit of the directory the case is about. What the reporter wrote is kept."""

    unit: UnitId


class Measure(Struct, frozen=True):
    """Something that is done so that it does not happen again."""

    text: Annotated[str, Meta(min_length=1, max_length=2_000)]
    responsible: Line = ""
    due: date | None = None


class AnswerCase(Reply, frozen=True, kw_only=True, tag="answer_case"):
    """Give the final answer, which also ends the handling. Explanation and measures: PSL 3:8 b."""

    explanation: Annotated[str, Meta(max_length=20_000)] = ""
    measures: Annotated[tuple[Measure, ...], Meta(max_length=20)] = ()
    no_measures: Annotated[str, Meta(max_length=2_000)] = ""
    regret: Annotated[str, Meta(max_length=5_000)] = ""
    problems: Annotated[tuple[Code, ...], Meta(max_length=10)] = ()
    area: Annotated[str, Meta(max_length=40)] = ""
    assessment: Annotated[str, Meta(max_length=5_000)] = ""
    """Why the reporter, who is not the patient, may be told. Kept at the desk; never in the answer."""


class Parts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is shared with somebody who joins. Notes are never among it: there is no word for them here."""

    answers: bool = True
    """The answers given when filing, with the title."""
    files: Annotated[tuple[Id, ...], Meta(max_length=200)] = ()
    since: Annotated[str, Meta(max_length=64)] = ""
    """Messages from this one (its id) on; `all` for every message, empty for none."""


class ProposeSharing(Command, frozen=True, kw_only=True, tag="propose_sharing"):
    """Staff ask the reporter's consent: the care to a board, or a board to the unit the case is about."""

    unit: UnitId
    parts: Parts
    reason: Reason


class GiveConsent(Reply, frozen=True, kw_only=True, tag="give_consent"):
    """The reporter lets somebody read: what was asked or less; or, without a request, the board at her own wish.

    What is kept with it are the service's own words, in the language of the session; a `text` is passed over.
    """

    unit: UnitId
    parts: Parts
    text: Annotated[str, Meta(max_length=40_000)] = ""
    """Filled in by `dispatch` (`handlers/consenting.py`), whatever was there."""
    request: Annotated[str, Meta(max_length=64)] = ""


class RefuseConsent(Command, frozen=True, kw_only=True, tag="refuse_consent"):
    """The reporter says no. The handling goes on all the same."""

    request: Id


class WithdrawConsent(Command, frozen=True, kw_only=True, tag="withdraw_consent"):
    """The reporter takes back a consent: that authority reads nothing more, from this moment.

    Or, by the id of its event, what she agreed to when filing: the board then has to ask her.
    """

    party: Annotated[str, Meta(max_length=64)] = ""
    agreement: Annotated[str, Meta(max_length=64)] = ""
    """Instead of `party`, while nothing has been shared by it."""


class LeaveCase(Reply, frozen=True, kw_only=True, tag="leave_case"):
    """An authority that joined has nothing more to do in the case."""

    reason: Reason


class AskStatement(Reply, frozen=True, kw_only=True, tag="ask_statement"):
    """The board asks the care for a statement (PSL 3:8 d). The reporter is told that it asked, not in which words."""

    text: Text


class GiveStatement(Reply, frozen=True, kw_only=True, tag="give_statement"):
    """The care answers the board. The reporter reads it only if the officer releases it."""

    text: Text
    files: Annotated[tuple[Id, ...], Meta(max_length=10)] = ()


class ReleaseStatement(Command, frozen=True, kw_only=True, tag="release_statement"):
    """The officer lets the reporter read a statement."""

    statement: Id


class RateAnswer(Command, frozen=True, kw_only=True, tag="rate_answer"):
    """Say whether the answer answered the question."""

    rating: Annotated[str, Meta(pattern="^(yes|partly|no)$")]


class AskOn(Reply, frozen=True, kw_only=True, tag="ask_on"):
    """Ask on within the reply window; the handling is taken up again."""

    text: Text


class AddToAnswer(Reply, frozen=True, kw_only=True, tag="add_to_answer"):
    """Staff say something more after the answer. The time for asking on begins anew."""

    text: Text


class ReopenCase(Reply, frozen=True, kw_only=True, tag="reopen_case"):
    """Staff take an answered case up again, with a reason that the reporter sees."""

    reason: Reason


class WithdrawCase(Reply, frozen=True, kw_only=True, tag="withdraw_case"):
    """The reporter takes the case back. It stays in the register."""

    reason: Annotated[str, Meta(max_length=1_000)] = ""


class ReferCase(Reply, frozen=True, kw_only=True, tag="refer_case"):
    """Say that this is not for us, why, and where to turn instead."""

    reason: Reason
    turn_to: Reason


class AskQuestions(Reply, frozen=True, kw_only=True, tag="ask_questions"):
    """Ask the reporter the questions of a dialog that is asked within a case. The handling does not wait for it."""

    dialog: Code


class Filled(Struct, frozen=True, forbid_unknown_fields=True):
    """What was filled in at a question, in one field of its form."""

    step: Id
    field: Code
    text: Annotated[str, Meta(max_length=10_000)]


class AnswerQuestions(Command, frozen=True, kw_only=True, tag="answer_questions"):
    """Answer what was asked by a dialog, all of it at once. A field of several choices comes several times."""

    request: Id
    answers: Annotated[tuple[Filled, ...], Meta(max_length=200)] = ()
    draft: Annotated[str, Meta(max_length=64)] = ""
    """One's own draft of them, instead of `answers`. It is gone afterwards."""
    revision: Annotated[int, Meta(ge=0)] = 0
    """What the draft was like when it was read through."""


class CloseThread(Command, frozen=True, kw_only=True, tag="close_thread"):
    """The reply window is over. Only the service itself asks for this."""


class OpenSeat(Command, frozen=True, kw_only=True, tag="open_seat"):
    """Let a person, or whoever holds a code, sit at a citizen's party. Only the service itself asks for this."""

    party: Annotated[str, Meta(max_length=20)]
    sits_as: SeatKind
    person: Annotated[str, Meta(max_length=64)] = ""
    code: Annotated[str, Meta(max_length=64)] = ""
    """Instead of `person`: the id of the code, which opens nothing."""
    rights: Annotated[tuple[Right, ...], Meta(min_length=1, max_length=3)] = tuple(Right)
    until: datetime | None = None
    """The moment from which on it opens nothing."""


class EndSeat(Command, frozen=True, kw_only=True, tag="end_seat"):
    """Nobody sits there any more. Only the service itself asks for this, also when the seat's time is over."""

    seat: Annotated[str, Meta(max_length=10)]


AnyCommand = (
    SubmitCase
    | TakeCase
    | AssignCase
    | ReleaseCase
    | PostMessage
    | AskReporter
    | StopWaiting
    | WriteNote
    | ForwardCase
    | SetPlace
    | AnswerCase
    | ProposeSharing
    | GiveConsent
    | RefuseConsent
    | WithdrawConsent
    | LeaveCase
    | AskStatement
    | GiveStatement
    | ReleaseStatement
    | RateAnswer
    | AskOn
    | AddToAnswer
    | ReopenCase
    | WithdrawCase
    | ReferCase
    | AskQuestions
    | AnswerQuestions
    | CloseThread
    | OpenSeat
    | EndSeat
)

KINDS: dict[str, type[Command]] = {str(kind.__struct_config__.tag): kind for kind in AnyCommand.__args__}
"""Every command by its tag."""
