"""Who holds which roles today: by the days of each role, and at every unit below where it is held for those too."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.administration.model import Held, holds_on
from inbox.cases.model import Grant, Identity, PersonId, Role, UnitId
from inbox.directory.tree import Directory
from inbox.storage import people

_HANDLES = frozenset({Role.CASEWORKER, Role.OFFICER})


class Roster(Struct, frozen=True):
    """Answers by the directory, for the day it is in Sweden."""

    directory: Directory
    today: Callable[[], date]

    async def identities(self, connection: AsyncConnection, ids: Iterable[PersonId]) -> dict[PersonId, Identity]:
        """Who they are, each with every role held today; without those who are nobody."""
        found, today = await people.people_with_roles(connection, ids), self.today()
        return {
            id: Identity(person=id, name=one.name, grants=tuple(self._grants(one.held, today)), staff=one.staff)
            for id, one in found.items()
        }

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
