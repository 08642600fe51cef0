"""Publishing another version of a dialog while people are answering the one before."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from dialogs.load import load
from dialogs.schema.model import Dialog
from inbox.administration.definitions.commands import PublishDefinition
from inbox.administration.definitions.decide import written
from inbox.execution.dialog_versions import DialogOutcome, dialog_versions
from inbox.storage.engine.store import Store

ASKED = "Vad vill du berätta för oss i dag?"
"""How the first question is worded in the next version."""


def next_version(name: str = "complaint") -> Dialog:
    """The next version, which words its first question otherwise."""
    dialog = load(name)
    words = dialog.words["sv"]
    first = replace(words.steps[dialog.first], question=ASKED)
    swedish = replace(words, steps={**words.steps, dialog.first: first})
    return replace(dialog, version=dialog.version + 1, words={**dialog.words, "sv": swedish})


async def publish(
    store: Store, dialog: Dialog, now: Callable[[], datetime], new_id: Callable[[], str]
) -> DialogOutcome:
    """Store and publish it, as the command line does."""
    command = PublishDefinition(dialog=dialog.id, number=dialog.version, client_id=new_id(), content=written(dialog))
    return await dialog_versions(store, now, new_id).carry_out(command, None)
