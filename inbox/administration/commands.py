"""What can be asked for about somebody's roles. The same client id twice gives the same answer, done once."""

from datetime import date

from msgspec import Struct

from inbox.cases.commands import ClientId, Id
from inbox.cases.model import Role


class StaffCommand(Struct, frozen=True, kw_only=True, tag_field="command", forbid_unknown_fields=True):
    """Something about one person's roles."""

    person: Id
    client_id: ClientId


class GrantRole(StaffCommand, frozen=True, kw_only=True, tag="grant_role"):
    """Give a role, or change its days."""

    role: Role
    unit: Id
    below: bool = False
    since: date | None = None
    """Today where it is left out."""
    until: date | None = None


class RevokeRole(StaffCommand, frozen=True, kw_only=True, tag="revoke_role"):
    """Take a role: at once, or after its last day."""

    role: Role
    unit: Id
    until: date | None = None


AnyStaffCommand = GrantRole | RevokeRole
