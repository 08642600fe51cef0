"""Who people are now, remembered until it changes: asked at every command and at every send."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from inbox.cases.model import Identity, PersonId, UnitId
from inbox.people.roster import Known, Roster
from inbox.principals.principal import Capacity, Citizen, Employee, Individual, Program, Who
from inbox.storage.engine.store import Store

TRUSTED_FOR = 0.9
"""Seconds for which somebody's roles are believed: whoever changes them tells, and what was changed by hand is seen."""

TOGETHER = 500
"""So many people are read anew at a time."""


class _Remembered:
    """A person, since when they are known so, and what they are in each capacity that was asked for."""

    __slots__ = ("known", "sides", "since")

    def __init__(self, known: Known, since: float) -> None:
        self.known = known
        self.since = since
        self.sides: dict[Capacity, Identity | None] = {}


class IdentityCache:
    """Identities with their roles. Whoever changes a role calls `forget`; a change by hand is seen soon all the same.

    `steady` counts seconds; without it nothing is ever too old.
    """

    def __init__(self, store: Store, roster: Roster, steady: Callable[[], float] = lambda: 0.0) -> None:
        self._store = store
        self.roster = roster
        self._steady = steady
        self._known: dict[PersonId, _Remembered] = {}
        self._names: dict[PersonId, str] = {}
        self._asked: dict[PersonId, None] = {}
        self._looked_for: dict[PersonId, asyncio.Event] = {}
        """Who is read just now; set when it is over, whatever came of it."""
        self._changes = 0

    async def identity(self, who: Who) -> Identity | None:
        """Who that is, with the roles held now; None if nobody, or not in that capacity."""
        if not isinstance(who.principal, Individual):
            return Identity(who, "")
        found = await self._person(who.principal.id)
        return None if found is None else self._side(found, who)

    async def known_as(self, person: PersonId) -> Known | None:
        """Whom a person can be here as; None if nobody."""
        found = await self._person(person)
        return None if found is None else found.known

    def known(self, who: Who) -> Identity | None:
        """The identity if it is remembered, and believed; never waits, for use at the moment of sending."""
        if not isinstance(who.principal, Individual):
            return Identity(who, "")
        found = self._believed(who.principal.id)
        return None if found is None else self._side(found, who)

    async def _person(self, person: PersonId) -> _Remembered | None:
        """The person, as they are in every capacity; None if nobody."""
        while (known := self._believed(person)) is None:
            if (under_way := self._looked_for.get(person)) is not None:
                # Everybody is read anew at about the same time: one look serves all who ask meanwhile.
                await under_way.wait()
                continue
            changes, now, wanted = self._changes, self._steady(), self._with_others(person)
            with self._looking_for(wanted):
                async with self._store.reading() as connection:
                    found = await self.roster.people(connection, wanted)
            # What was read while something changed may be what was before it: it is read once more.
            if changes == self._changes:
                self._learn(wanted, found, now)
                # As new as can be had, also where reading took longer than it is believed.
                return self._known.get(person)
        return known

    def _believed(self, person: PersonId) -> _Remembered | None:
        self._asked[person] = None
        found = self._known.get(person)
        return found if found is not None and self._steady() - found.since < TRUSTED_FOR else None

    @contextmanager
    def _looking_for(self, wanted: list[PersonId]) -> Iterator[None]:
        over = asyncio.Event()
        self._looked_for.update(dict.fromkeys(wanted, over))
        try:
            yield
        finally:
            for person in wanted:
                if self._looked_for.get(person) is over:
                    del self._looked_for[person]
            over.set()

    def _with_others(self, person: PersonId) -> list[PersonId]:
        """Whoever was asked for since the last time is most likely asked for again: one look finds them all."""
        others = itertools.islice((one for one in self._asked if one != person and one in self._known), TOGETHER - 1)
        wanted = [person, *others]
        # Whoever looks meanwhile looks for one person alone.
        self._asked.clear()
        return wanted

    def _learn(self, wanted: list[PersonId], found: dict[PersonId, Known], now: float) -> None:
        for person in wanted:
            known = found.get(person)
            if known is None:
                self._names.pop(person, None)
                self._known.pop(person, None)
                continue
            self._known[person] = _Remembered(known, now)
            if known.works:
                self._names[person] = known.name

    def _side(self, found: _Remembered, who: Who) -> Identity | None:
        """The one side of somebody's life: at work without their own cases, at home without their roles."""
        if who.capacity not in found.sides:
            found.sides[who.capacity] = self._made(found.known, who)
        return found.sides[who.capacity]

    def _made(self, known: Known, who: Who) -> Identity | None:
        match who.capacity:
            case Citizen() if known.citizen:
                return Identity(who, known.name, works=known.works)
            case Employee(of=employer) if known.works:
                return Identity(who, known.name, self.roster.at(known, employer), works=True)
            case Citizen() | Employee() | Program():
                return None

    def names(self) -> dict[PersonId, str]:
        """Names of the staff that are remembered: everybody who has done something since the start."""
        return self._names

    async def colleagues(self, unit: UnitId) -> dict[PersonId, str]:
        """Those who handle cases at a unit or a board, with their names."""
        async with self._store.reading() as connection:
            return await self.roster.colleagues(connection, unit)

    def forget(self, person: PersonId) -> None:
        """Something about the person changed. The name stands until they are read anew."""
        self._changes += 1
        self._known.pop(person, None)
