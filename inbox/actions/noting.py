"""What staff write to themselves."""

from inbox.actions.audience import desk
from inbox.actions.context import DecisionContext
from inbox.actions.handling import own
from inbox.actions.messaging import said
from inbox.cases.commands import WriteNote
from inbox.cases.events import Decided, NoteWritten
from inbox.cases.model import Actor, Case


def write_note(case: Case, command: WriteNote, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """A note to colleagues at the same unit, addressed to the desk alone."""
    registration = own(case, actor)
    event = NoteWritten(registration=registration.id, text=said(command.text))
    return [Decided(event=event, to=desk(registration))]
