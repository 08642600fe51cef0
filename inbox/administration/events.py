"""What has happened to somebody's roles."""

from datetime import date, datetime

from msgspec import Struct

from inbox.administration.model import Held
from inbox.cases.model import EventId, PersonId, Role, UnitId


class RolesHeld(Struct, frozen=True, kw_only=True, tag_field="kind", tag="roles_held"):
    """What somebody held when it began to be kept what is done to their roles. Number 0, and no change."""

    held: tuple[Held, ...]


class RoleGranted(Struct, frozen=True, kw_only=True, tag_field="kind", tag="role_granted"):
    """A role was given, or its days were changed."""

    role: Role
    unit: UnitId
    below: bool
    since: date
    until: date | None


class RoleRevoked(Struct, frozen=True, kw_only=True, tag_field="kind", tag="role_revoked"):
    """A role was taken: at once, or it ends after that day."""

    role: Role
    unit: UnitId
    until: date | None


AnyStaffEvent = RolesHeld | RoleGranted | RoleRevoked


class StaffRecorded(Struct, frozen=True):
    """An event with its place among those of the person, and the digest of the command that it came of."""

    id: EventId
    person: PersonId
    seq: int
    at: datetime
    client_id: str
    digest: str
    event: AnyStaffEvent
