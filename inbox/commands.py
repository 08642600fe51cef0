"""What people and systems can ask for. One struct per command; socket, form and API are all made from these."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from inbox.model import CaseId, PersonId, UnitId

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


class PostMessage(Command, frozen=True, kw_only=True, tag="post_message"):
    """Say something in the thread, to everyone in it."""

    text: Text
    files: Annotated[tuple[Id, ...], Meta(max_length=10)] = ()


class AskReporter(Command, frozen=True, kw_only=True, tag="ask_reporter"):
    """Ask the reporter something that the handling waits for."""

    text: Text


class StopWaiting(Command, frozen=True, kw_only=True, tag="stop_waiting"):
    """Go on without the reporter's reply."""


class WriteNote(Command, frozen=True, kw_only=True, tag="write_note"):
    """Write to colleagues at the same unit. Never leaves it, and can never become a message."""

    text: Text


class ForwardCase(Command, frozen=True, kw_only=True, tag="forward_case"):
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


class AnswerCase(Command, frozen=True, kw_only=True, tag="answer_case"):
    """Give the final answer, which also ends the handling. Explanation and measures: PSL 3:8 b."""

    explanation: Annotated[str, Meta(max_length=20_000)] = ""
    measures: Annotated[tuple[Measure, ...], Meta(max_length=20)] = ()
    no_measures: Annotated[str, Meta(max_length=2_000)] = ""
    regret: Annotated[str, Meta(max_length=5_000)] = ""
    problems: Annotated[tuple[Code, ...], Meta(max_length=10)] = ()
    area: Annotated[str, Meta(max_length=40)] = ""
    assessment: Annotated[str, Meta(max_length=5_000)] = ""
    """Why the reporter, who is not the patient, may be told. Kept at the desk; never in the answer."""


class RateAnswer(Command, frozen=True, kw_only=True, tag="rate_answer"):
    """Say whether the answer answered the question."""

    rating: Annotated[str, Meta(pattern="^(yes|partly|no)$")]


class AskOn(Command, frozen=True, kw_only=True, tag="ask_on"):
    """Ask on within the reply window; the handling is taken up again."""

    text: Text


class ReopenCase(Command, frozen=True, kw_only=True, tag="reopen_case"):
    """Staff take an answered case up again, with a reason that the reporter sees."""

    reason: Reason


class WithdrawCase(Command, frozen=True, kw_only=True, tag="withdraw_case"):
    """The reporter takes the case back. It stays in the register."""

    reason: Annotated[str, Meta(max_length=1_000)] = ""


class ReferCase(Command, frozen=True, kw_only=True, tag="refer_case"):
    """Say that this is not for us, why, and where to turn instead."""

    reason: Reason
    turn_to: Reason


class CloseThread(Command, frozen=True, kw_only=True, tag="close_thread"):
    """The reply window is over. Only the service itself asks for this."""


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
    | RateAnswer
    | AskOn
    | ReopenCase
    | WithdrawCase
    | ReferCase
    | CloseThread
)
