"""The dialogs that are delivered with the program come into the database when it starts, as published versions."""

from collections.abc import Callable, Iterable
from datetime import datetime

from dialogs.schema.model import Dialog
from inbox.administration.definitions.commands import PublishDefinition
from inbox.administration.definitions.decide import read, written
from inbox.administration.definitions.errors import BrokenDefinition, NumberTaken
from inbox.execution.dialog_versions import dialog_versions
from inbox.intake.library import Dialogs
from inbox.storage import definitions
from inbox.storage.engine.store import Store
from server.startup_error import StartupError


class OtherContent(StartupError):
    """What is delivered and what is stored have the same number, and do not ask the same."""

    def __init__(self, dialog: Dialog) -> None:
        super().__init__(
            f"The dialog {dialog.id}/{dialog.version} is stored with another content than it is delivered with. "
            "A version never changes: deliver it with the next number."
        )


async def bring_in(
    store: Store,
    delivered: Iterable[Dialog],
    dialogs: Dialogs,
    now: Callable[[], datetime],
    new_id: Callable[[], str],
) -> None:
    """Publish what is not stored yet, and read what is. Raises OtherContent."""
    kernel = dialog_versions(store, now, new_id)
    for dialog in delivered:
        async with store.reading() as connection:
            held = (await definitions.load_definitions(connection, dialog.id)).at(dialog.version)
        if held is not None and not _asks_the_same(held.content, dialog):
            raise OtherContent(dialog)
        if held is None:
            command = PublishDefinition(
                dialog=dialog.id,
                number=dialog.version,
                client_id=f"delivered-{dialog.id}-{dialog.version}",
                content=written(dialog),
            )
            try:
                await kernel.carry_out(command, None)
            except NumberTaken:
                raise OtherContent(dialog) from None
    async with store.reading() as connection:
        await dialogs.refresh(connection)


def _asks_the_same(content: str, dialog: Dialog) -> bool:
    try:
        return read(content) == dialog
    except BrokenDefinition:
        return False
