"""What the board asks the care for: a statement, which the officer releases to the reporter or not (PSL 3:8 d)."""

from inbox.actions.audience import citizens, everyone, of_kind
from inbox.actions.context import DecisionContext
from inbox.actions.handling import own
from inbox.actions.messaging import enclosed, said
from inbox.cases.commands import AskStatement, GiveStatement, ReleaseStatement
from inbox.cases.errors import NoSuchAudience, NoSuchStatement
from inbox.cases.events import Decided, StatementAsked, StatementExpected, StatementGiven, StatementReleased
from inbox.cases.model import Actor, Case, FeedId, PartyKind, State


def ask_statement(case: Case, command: AskStatement, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The question for the care and the board; for the reporter that it was asked."""
    registration = own(case, actor)
    if not of_kind(case, PartyKind.PROVIDER):
        raise NoSuchAudience
    asked = StatementAsked(registration=registration.id, text=said(command.text))
    return [
        Decided(event=asked, to=_between(case)),
        Decided(event=StatementExpected(registration=registration.id), to=citizens(case)),
    ]


def give_statement(case: Case, command: GiveStatement, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The statement, for the board and the care."""
    waiting = tuple(r.id for r in case.registrations if r.state is State.AWAITING_STATEMENT)
    event = StatementGiven(registrations=waiting, text=said(command.text), files=enclosed(command.files, facts))
    return [Decided(event=event, to=_between(case))]


def release_statement(case: Case, command: ReleaseStatement, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """A copy of the statement for everyone in the thread; NoSuchStatement if the board never got it."""
    for item in facts.history:
        if item.envelope.id == command.statement and isinstance(item.event, StatementGiven):
            event = StatementReleased(
                statement=item.envelope.id, unit=item.envelope.unit, text=item.event.text, files=item.event.files
            )
            return [Decided(event=event, to=everyone(case), basis="released_by_board")]
    raise NoSuchStatement


def _between(case: Case) -> tuple[FeedId, ...]:
    return (*of_kind(case, PartyKind.PROVIDER), *of_kind(case, PartyKind.BOARD))
