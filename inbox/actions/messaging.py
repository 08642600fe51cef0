"""What is said in the thread."""

from dialogs.answers.typed import shows
from inbox.actions.audience import check_widening, everyone, readers
from inbox.actions.context import DecisionContext
from inbox.cases.commands import AskReporter, Audience, PostMessage
from inbox.cases.errors import EmptyText, NoSuchFile
from inbox.cases.events import Decided, FileRef, MessagePosted
from inbox.cases.model import Actor, Case, Role, State


def post_message(case: Case, command: PostMessage, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """A message to everyone in the thread. What the reporter writes ends the waiting for her."""
    to = readers(case, command.audience, actor)
    check_widening(case, actor, command.audience, widens=command.widens)
    # A word to the board alone is no reply to what the unit asked; to what the board asked it is.
    waiting = (r.id for r in case.registrations if r.state is State.AWAITING_CITIZEN and r.party in to)
    event = MessagePosted(
        text=said(command.text),
        registration=actor.registration,
        resumes=tuple(waiting) if actor.role is Role.REPORTER else (),
        files=enclosed(command.files, facts),
        audience=command.audience,
    )
    return [Decided(event=event, to=to)]


def ask_reporter(case: Case, command: AskReporter, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """A question that the handling waits for."""
    check_widening(case, actor, Audience.ALL, widens=command.widens)
    event = MessagePosted(
        text=said(command.text), registration=actor.registration, waits=True, files=enclosed(command.files, facts)
    )
    return [Decided(event=event, to=everyone(case))]


def enclosed(ids: tuple[str, ...], facts: DecisionContext) -> tuple[FileRef, ...]:
    """The files named, each once; NoSuchFile if one of them is not there to be sent."""
    if len(facts.files) != len(set(ids)):
        raise NoSuchFile
    return facts.files


def said(text: str) -> str:
    """The text without white space around it; EmptyText if there is nothing to see in it."""
    stripped = text.strip()
    if not shows(stripped):
        raise EmptyText
    return stripped
