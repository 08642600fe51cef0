"""Who holds which roles today: by the days of each role, and at every unit below where it is held for those too.

Whoever holds one at a unit holds it at what was merged into that unit: cases stay where they were registered.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.model import Held, holds_on
from inbox.cases.model import Grant, PersonId, Role, UnitId
from inbox.directory.current import CurrentDirectory
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

    directory: CurrentDirectory
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
        units = (self.directory.tree.find(grant.unit) for grant in known.grants)
        return tuple(dict.fromkeys(self.directory.tree.authority_of(unit) for unit in units if unit))

    def at(self, known: Known, employer: str) -> tuple[Grant, ...]:
        """Their roles there alone; empty for the employer: everywhere."""
        if not employer:
            return known.grants
        units = ((grant, self.directory.tree.find(grant.unit)) for grant in known.grants)
        return tuple(grant for grant, unit in units if unit and self.directory.tree.authority_of(unit) == employer)

    async def colleagues(self, connection: AsyncConnection, unit: UnitId) -> dict[PersonId, str]:
        """Those who handle cases at a unit or a board today, with their names, by name."""
        at, today = self.directory.tree.answering(unit), self.today()
        found = await people.staff_at(connection, at, _HANDLES)
        return {
            one.person: one.name
            for one in found
            if holds_on(one.held, today) and (one.held.below or not at[one.held.unit])
        }

    def _grants(self, held: Iterable[Held], today: date) -> Iterator[Grant]:
        seen = set()
        for one in held:
            if not holds_on(one, today):
                continue
            for unit in self.directory.tree.covered(one.unit, below=one.below):
                grant = Grant(one.role, unit)
                # A role can be held both at a unit and from above.
                if grant not in seen:
                    seen.add(grant)
                    yield grant
