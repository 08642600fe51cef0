"""What a command about somebody's roles leads to."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from inbox.administration.commands import AnyStaffCommand, GrantRole, RevokeRole
from inbox.administration.errors import EndsBeforeItBegins, RoleNotHeld, RoleNotThere
from inbox.administration.events import AnyStaffEvent, RoleGranted, RoleRevoked, RolesHeld
from inbox.administration.model import Held, Staff
from inbox.cases.errors import NoSuchUnit
from inbox.cases.model import PersonId, Role
from inbox.directory.tree import Directory

OF_THE_CARE = frozenset({Role.CASEWORKER, Role.DISTRIBUTOR, Role.ADMINISTRATOR})
OF_A_BOARD = frozenset({Role.OFFICER, Role.DISTRIBUTOR, Role.ADMINISTRATOR})


def decide(staff: Staff, command: AnyStaffCommand, today: date, directory: Directory) -> AnyStaffEvent | None:
    """What happens; None where it is so already. Raises the refusal of the rule that hinders it."""
    match command:
        case GrantRole():
            return _granted(staff, command, today, directory)
        case RevokeRole():
            return _revoked(staff, command, today, directory)


def apply(staff: Staff, event: AnyStaffEvent) -> Staff:
    """The roles after the event; it sets, and never refuses."""
    if isinstance(event, RolesHeld):
        return replace(staff, held=event.held)
    others = tuple(held for held in staff.held if (held.role, held.unit) != (event.role, event.unit))
    now = _after(staff.at(event.role, event.unit), event)
    return Staff(staff.person, staff.version + 1, (*others, now) if now else others)


def replay(person: PersonId, events: Iterable[AnyStaffEvent]) -> Staff:
    """Their roles after all that was done to them."""
    staff = Staff(person, 0)
    for event in events:
        staff = apply(staff, event)
    return staff


def _after(held: Held | None, event: RoleGranted | RoleRevoked) -> Held | None:
    match event:
        case RoleGranted(role=role, unit=unit, below=below, since=since, until=until):
            return Held(role, unit, below, since, until)
        case RoleRevoked(until=until):
            return replace(held, until=until) if held and until else None


def _granted(staff: Staff, command: GrantRole, today: date, directory: Directory) -> AnyStaffEvent | None:
    unit = directory.find(command.unit)
    if unit is None:
        raise NoSuchUnit
    if command.role not in (OF_A_BOARD if unit.is_board else OF_THE_CARE):
        raise RoleNotThere
    since = command.since or today
    if command.until is not None and command.until < max(since, today):
        raise EndsBeforeItBegins
    if staff.at(command.role, unit.id) == Held(command.role, unit.id, command.below, since, command.until):
        return None
    return RoleGranted(role=command.role, unit=unit.id, below=command.below, since=since, until=command.until)


def _revoked(staff: Staff, command: RevokeRole, today: date, directory: Directory) -> AnyStaffEvent | None:
    unit = directory.find(command.unit)
    # A role at a unit that the directory no longer has can be taken all the same.
    held = staff.at(command.role, unit.id if unit else command.unit)
    if held is None:
        raise RoleNotHeld
    if command.until is not None and held.since is not None and command.until < held.since:
        raise EndsBeforeItBegins
    # A day that has passed is no day to end on: it is over now.
    until = command.until if command.until is not None and command.until >= today else None
    if until is not None and until == held.until:
        return None
    return RoleRevoked(role=held.role, unit=held.unit, until=until)
