"""A person's roles. Values only; nothing here waits or writes."""

from datetime import date

from msgspec import Struct

from inbox.cases.model import PersonId, Role, UnitId


class Held(Struct, frozen=True):
    """A role at a unit or at a board's desk, with its first and its last day."""

    role: Role
    unit: UnitId
    below: bool = False
    """Whether it is held at every unit below it too, whichever come later."""
    since: date | None = None
    """The first day, in Sweden; None for what was held before days were kept."""
    until: date | None = None
    """The last day; None where no end is known."""


class Staff(Struct, frozen=True):
    """Somebody who can hold roles, as they stand after `version` events."""

    person: PersonId
    version: int
    held: tuple[Held, ...] = ()

    def at(self, role: Role, unit: UnitId) -> Held | None:
        """The role as it is held at just that unit."""
        return next((held for held in self.held if (held.role, held.unit) == (role, unit)), None)


def holds_on(held: Held, day: date) -> bool:
    """Whether it is held that day."""
    return (held.since is None or held.since <= day) and (held.until is None or day <= held.until)
