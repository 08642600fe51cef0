"""Giving and taking roles: the aggregate is one person's roles."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.commands import AnyStaffCommand
from inbox.administration.decide import apply, decide
from inbox.administration.errors import NoSuchPerson
from inbox.administration.events import StaffRecorded
from inbox.administration.model import Staff
from inbox.cases.errors import ClientIdReused
from inbox.execution.kernel import Aggregate, Kernel
from inbox.people.roster import Roster
from inbox.storage.administration import roles
from inbox.storage.batching.atomic import execute_all
from inbox.storage.engine.locks import Lock
from inbox.storage.engine.store import Store


class StaffOutcome(Struct, frozen=True):
    """What became of a command about somebody's roles, once it is committed."""

    staff: Staff
    recorded: StaffRecorded | None
    """None where it was so already."""


class StaffRoles(Aggregate[Staff, AnyStaffCommand, None, StaffOutcome]):
    """One person's roles. Nobody but the service itself, at its command line, gives or takes them yet."""

    def __init__(self, roster: Roster, now: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._roster = roster
        self._now = now
        self._new_id = new_id

    def id_of(self, command: AnyStaffCommand) -> str:
        """The person."""
        return command.person

    def version_of(self, state: Staff) -> int:
        """How often their roles were changed."""
        return state.version

    def lock_for(self, command: AnyStaffCommand) -> Lock | None:
        """None: nothing but the person is written."""
        return None

    async def load(self, connection: AsyncConnection, id: str) -> Staff | None:
        """Their roles, of whichever days."""
        return await roles.load_staff(connection, id, to_change=True)

    async def stored_version(self, connection: AsyncConnection, id: str) -> int | None:
        """How often they were changed, as stored."""
        staff = await roles.load_staff(connection, id)
        return staff.version if staff else None

    async def before(
        self, connection: AsyncConnection, state: Staff | None, command: AnyStaffCommand, who: None
    ) -> StaffOutcome | None:
        """What the same client id gave earlier. Raises ClientIdReused where it was for another role or other days."""
        found = await roles.done_before(connection, command.person, command.client_id) if state else None
        if state is None or found is None:
            return None
        if found.digest != _digest(command):
            raise ClientIdReused
        return StaffOutcome(state, found)

    async def change(
        self, connection: AsyncConnection, state: Staff | None, command: AnyStaffCommand, who: None
    ) -> tuple[Staff, StaffOutcome] | None:
        """Decide, apply and write. Raises NoSuchPerson, and the refusals of the rules."""
        if state is None:
            raise NoSuchPerson
        event = decide(state, command, self._roster.today(), self._roster.directory.tree)
        if event is None:
            return state, StaffOutcome(state, None)
        after = apply(state, event)
        recorded = StaffRecorded(
            id=self._new_id(),
            person=state.person,
            seq=after.version,
            at=self._now(),
            client_id=command.client_id,
            digest=_digest(command),
            event=event,
        )
        written = await execute_all(connection, roles.keeping(state, after, recorded))
        return (after, StaffOutcome(after, recorded)) if written else None


RoleKernel = Kernel[Staff, AnyStaffCommand, None, StaffOutcome]


def staff_roles(store: Store, roster: Roster, now: Callable[[], datetime], new_id: Callable[[], str]) -> RoleKernel:
    """What carries out the commands."""
    return Kernel(store, StaffRoles(roster, now, new_id))


def _digest(command: AnyStaffCommand) -> str:
    return hashlib.blake2b(msgspec.json.encode(command), digest_size=32).hexdigest()
