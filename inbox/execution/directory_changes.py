"""Changing the directory: it is one aggregate, since what holds of a unit hangs on those above and below it."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.directory.apply import apply
from inbox.administration.directory.commands import AnyDirectoryCommand
from inbox.administration.directory.decide import decide
from inbox.administration.directory.events import DirectoryRecorded
from inbox.administration.directory.records import Records
from inbox.cases.errors import ClientIdReused
from inbox.execution.kernel import Aggregate, Kernel
from inbox.storage.administration import directory
from inbox.storage.engine.locks import Lock
from inbox.storage.engine.store import Store


class DirectoryOutcome(Struct, frozen=True):
    """What became of a command about the directory, once it is committed."""

    records: Records
    recorded: tuple[DirectoryRecorded, ...]
    """Nothing where it was so already."""


class DirectoryChanges(Aggregate[Records, AnyDirectoryCommand, None, DirectoryOutcome]):
    """The directory. Nobody but the service itself, at its command line, changes it yet."""

    def __init__(self, now: Callable[[], datetime], today: Callable[[], date], new_id: Callable[[], str]) -> None:
        self._now = now
        self._today = today
        self._new_id = new_id

    def id_of(self, command: AnyDirectoryCommand) -> str:
        """There is one."""
        return "directory"

    def version_of(self, state: Records) -> int:
        """How many events it has."""
        return state.version

    def lock_for(self, command: AnyDirectoryCommand) -> Lock | None:
        """That of the directory: events are numbered without a gap."""
        return Lock.DIRECTORY

    async def load(self, connection: AsyncConnection, id: str) -> Records | None:
        """As it is kept."""
        return await directory.load_records(connection)

    async def stored_version(self, connection: AsyncConnection, id: str) -> int | None:
        """How many events it has in the store."""
        return await directory.version_of(connection)

    async def before(
        self, connection: AsyncConnection, state: Records | None, command: AnyDirectoryCommand, who: None
    ) -> DirectoryOutcome | None:
        """What the same client id gave earlier. Raises ClientIdReused where it was for something else."""
        found = await directory.done_before(connection, command.client_id)
        if state is None or not found:
            return None
        if found[0].digest != _digest(command):
            raise ClientIdReused
        return DirectoryOutcome(state, tuple(found))

    async def change(
        self, connection: AsyncConnection, state: Records | None, command: AnyDirectoryCommand, who: None
    ) -> tuple[Records, DirectoryOutcome] | None:
        """Decide, apply and write. Raises the refusals of the rules."""
        state = state or Records()
        if await directory.version_of(connection) != state.version:
            return None
        decided = decide(state, command, self._today())
        # Names of a time are told apart by moments: a later event never has an earlier one.
        at, after, recorded = self._now(), state, list[DirectoryRecorded]()
        for seq, event in enumerate(decided, start=state.version + 1):
            one = DirectoryRecorded(self._new_id(), seq, at, command.client_id, _digest(command), event)
            recorded.append(one)
            after = apply(after, one)
        if recorded:
            await directory.keep(connection, state, after, recorded)
        return after, DirectoryOutcome(after, tuple(recorded))


DirectoryKernel = Kernel[Records, AnyDirectoryCommand, None, DirectoryOutcome]


def directory_changes(
    store: Store, now: Callable[[], datetime], today: Callable[[], date], new_id: Callable[[], str]
) -> DirectoryKernel:
    """What carries out the commands. The directory is remembered between them, for whoever takes many records in."""
    return Kernel(store, DirectoryChanges(now, today, new_id), remembered=1)


def _digest(command: AnyDirectoryCommand) -> str:
    return hashlib.blake2b(msgspec.json.encode(command), digest_size=32).hexdigest()
