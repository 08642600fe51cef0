"""Storing, publishing and retiring versions of a dialog: the aggregate is one dialog with all its versions."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.definitions.commands import AnyDialogCommand
from inbox.administration.definitions.decide import apply, decide
from inbox.administration.definitions.events import DialogRecorded
from inbox.administration.definitions.model import Definitions
from inbox.cases.errors import ClientIdReused
from inbox.execution.kernel import Aggregate, Kernel
from inbox.storage import definitions as kept
from inbox.storage.batching.atomic import execute_all
from inbox.storage.engine.locks import Lock
from inbox.storage.engine.store import Store


class DialogOutcome(Struct, frozen=True):
    """What became of a command about a dialog's versions, once it is committed."""

    definitions: Definitions
    recorded: DialogRecorded | None
    """None where it was so already."""


class DialogVersions(Aggregate[Definitions, AnyDialogCommand, None, DialogOutcome]):
    """One dialog's versions. Nobody but the service itself, at its start and at its command line, changes them yet."""

    def __init__(self, now: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._now = now
        self._new_id = new_id

    def id_of(self, command: AnyDialogCommand) -> str:
        """The dialog."""
        return command.dialog

    def version_of(self, state: Definitions) -> int:
        """How often its versions were changed."""
        return state.version

    def lock_for(self, command: AnyDialogCommand) -> Lock | None:
        """None: nothing but the dialog is written."""
        return None

    async def load(self, connection: AsyncConnection, id: str) -> Definitions | None:
        """Every version; of a dialog that is not stored yet, none."""
        return await kept.load_definitions(connection, id)

    async def stored_version(self, connection: AsyncConnection, id: str) -> int | None:
        """How often they were changed, as stored."""
        return (await kept.load_definitions(connection, id)).version

    async def before(
        self, connection: AsyncConnection, state: Definitions | None, command: AnyDialogCommand, who: None
    ) -> DialogOutcome | None:
        """What the same client id gave earlier. Raises ClientIdReused where it was for something else."""
        found = await kept.done_before(connection, command.dialog, command.client_id) if state else None
        if state is None or found is None:
            return None
        if found.digest != _digest(command):
            raise ClientIdReused
        return DialogOutcome(state, found)

    async def change(
        self, connection: AsyncConnection, state: Definitions | None, command: AnyDialogCommand, who: None
    ) -> tuple[Definitions, DialogOutcome] | None:
        """Decide, apply and write. Raises the refusals of the rules."""
        before = state or Definitions(command.dialog)
        event = decide(before, command)
        if event is None:
            return before, DialogOutcome(before, None)
        after = apply(before, event)
        recorded = DialogRecorded(
            id=self._new_id(),
            name=before.name,
            seq=after.version,
            at=self._now(),
            client_id=command.client_id,
            digest=_digest(command),
            event=event,
        )
        written = await execute_all(connection, kept.keeping(before, after, recorded))
        return (after, DialogOutcome(after, recorded)) if written else None


DialogKernel = Kernel[Definitions, AnyDialogCommand, None, DialogOutcome]


def dialog_versions(store: Store, now: Callable[[], datetime], new_id: Callable[[], str]) -> DialogKernel:
    """What carries out the commands."""
    return Kernel(store, DialogVersions(now, new_id))


def _digest(command: AnyDialogCommand) -> str:
    return hashlib.blake2b(msgspec.json.encode(command), digest_size=32).hexdigest()
