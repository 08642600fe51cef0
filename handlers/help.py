"""Words of danger in what a citizen writes in a thread: its writer is shown where to call, and nobody is told."""

from dialogs.danger.emergency import emergency
from inbox.cases.commands import AnyCommand, AskOn, PostMessage, WithdrawCase
from inbox.cases.model import Identity


def calls_for_help(command: AnyCommand, identity: Identity | None) -> bool:
    """Whether its writer should be shown where to call."""
    if identity is None or identity.staff:
        return False
    match command:
        case PostMessage(text=text) | AskOn(text=text) | WithdrawCase(reason=text):
            return emergency(text)
        case _:
            return False
