"""Who holds which roles today: by the days of each role, and at every unit below where it is held for those too."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.model import Held, holds_on
from inbox.cases.model import Grant, PersonId, Role, UnitId
from inbox.directory.tree import Directory
from inbox.storage import people

_HANDLES = frozenset({Role.CASEWORKER, Role.OFFICER})


class Known(Struct, frozen=True):
    """A person, with every role held today, in whatever capacity they come."""

    name: str
    works: bool
    """Whether they work in the service."""
    citizen: bool
    """Whether they can be here in their own matters: who is known by their work alone can not."""
    grants: tuple[Grant, ...] = ()


class Roster(Struct, frozen=True):
    """Answers by the directory, for the day it is in Sweden."""

    directory: Directory
    today: Callable[[], date]

    async def people(self, connection: AsyncConnection, ids: Iterable[PersonId]) -> dict[PersonId, Known]:
        """Who they are, each with every role held today; without those who are nobody."""
        found, today = await people.people_with_roles(connection, ids), self.today()
        return {
            id: Known(one.name, one.staff, one.citizen, tuple(self._grants(one.held, today)))
            for id, one in found.items()
        }

    def employers(self, known: Known) -> tuple[str, ...]:
        """The care providers and boards at whose units the person holds a role, each once."""
        units = (self.directory.find(grant.unit) for grant in known.grants)
        return tuple(dict.fromkeys(self.directory.authority_of(unit) for unit in units if unit))

    def at(self, known: Known, employer: str) -> tuple[Grant, ...]:
        """Their roles there alone; empty for the employer: everywhere."""
        if not employer:
            return known.grants
        units = ((grant, self.directory.find(grant.unit)) for grant in known.grants)
        return tuple(grant for grant, unit in units if unit and self.directory.authority_of(unit) == employer)

    async def colleagues(self, connection: AsyncConnection, unit: UnitId) -> dict[PersonId, str]:
        """Those who handle cases at a unit or a board today, with their names, by name."""
        known, today = self.directory.find(unit), self.today()
        above = [one.id for one in self.directory.parents(known)] if known else []
        found = await people.staff_at(connection, [unit, *above], _HANDLES)
        return {
            one.person: one.name
            for one in found
            if holds_on(one.held, today) and (one.held.below or one.held.unit == unit)
        }

    def _grants(self, held: Iterable[Held], today: date) -> Iterator[Grant]:
        seen = set()
        for one in held:
            if not holds_on(one, today):
                continue
            for unit in (one.unit, *(self.directory.descendants(one.unit) if one.below else ())):
                grant = Grant(one.role, unit)
                # A role can be held both at a unit and from above.
                if grant not in seen:
                    seen.add(grant)
                    yield grant
