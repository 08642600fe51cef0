"""After the answer, and other ways a case ends."""

from inbox.actions.audience import everyone
from inbox.actions.context import DecisionContext
from inbox.actions.handling import own
from inbox.actions.messaging import said
from inbox.cases.commands import AddToAnswer, AskOn, CloseThread, RateAnswer, ReopenCase, WithdrawCase
from inbox.cases.errors import NotNow, ReplyWindowOver
from inbox.cases.events import AnswerExtended, AnswerRated, CaseReopened, CaseWithdrawn, Decided, ThreadClosed
from inbox.cases.model import OPEN, Actor, Case, Registration, State


def rate_answer(case: Case, command: RateAnswer, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """Whether the answer answered the question."""
    if case.rated == command.rating:
        return []
    return [Decided(event=AnswerRated(rating=command.rating), to=everyone(case))]


def ask_on(case: Case, command: AskOn, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The reporter asks on: each answered handling whose reply window is open goes on; ReplyWindowOver otherwise."""
    answered = [r for r in case.registrations if r.state is State.ANSWERED]
    again = [r for r in answered if r.reply_until is not None and facts.now <= r.reply_until]
    if not again:
        raise ReplyWindowOver
    text = said(command.text)
    # Her words once, however many authorities take the case up again.
    return [_reopened(case, registration, "" if number else text) for number, registration in enumerate(again)]


def add_to_answer(case: Case, command: AddToAnswer, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """Something more after the answer; the time for asking on begins anew."""
    registration = own(case, actor)
    event = AnswerExtended(
        registration=registration.id,
        text=said(command.text),
        reply_until=facts.reply_until(registration.owner),
    )
    return [Decided(event=event, to=everyone(case))]


def reopen_case(case: Case, command: ReopenCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """Staff take the handling up again."""
    return [_reopened(case, own(case, actor), said(command.reason))]


def withdraw_case(case: Case, command: WithdrawCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The reporter takes the case back from everyone who still works with it."""
    open_ones = tuple(r.id for r in case.registrations if r.state in OPEN)
    event = CaseWithdrawn(registrations=open_ones, reason=command.reason.strip())
    return [Decided(event=event, to=everyone(case))]


def close_thread(case: Case, command: CloseThread, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """Each answered handling whose reply window is over is closed; NotNow if there is none."""
    over = [r for r in case.registrations if r.state is State.ANSWERED and r.reply_until and r.reply_until < facts.now]
    if not over:
        raise NotNow(state=State.ANSWERED.value)
    return [Decided(event=ThreadClosed(registration=r.id), to=everyone(case)) for r in over]


def _reopened(case: Case, registration: Registration, text: str) -> Decided:
    return Decided(event=CaseReopened(registration=registration.id, text=text), to=everyone(case))
