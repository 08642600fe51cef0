"""Who people are now, remembered until it changes: asked at every command and at every send."""

import itertools
from collections.abc import Callable

from inbox.cases.model import Identity, PersonId, UnitId
from inbox.people.roster import Roster
from inbox.storage.engine.store import Store

TRUSTED_FOR = 0.9
"""Seconds for which somebody's roles are believed: whoever changes them tells, and what was changed by hand is seen."""

TOGETHER = 500
"""So many people are read anew at a time."""


class IdentityCache:
    """Identities with their roles. Whoever changes a role calls `forget`; a change by hand is seen soon all the same.

    `steady` counts seconds; without it nothing is ever too old.
    """

    def __init__(self, store: Store, roster: Roster, steady: Callable[[], float] = lambda: 0.0) -> None:
        self._store = store
        self.roster = roster
        self._steady = steady
        self._known: dict[PersonId, tuple[Identity, float]] = {}
        self._names: dict[PersonId, str] = {}
        self._asked: dict[PersonId, None] = {}
        self._changes = 0

    async def identity(self, person: PersonId) -> Identity | None:
        """Who that is, with the roles held now; None if nobody."""
        while (known := self.known(person)) is None:
            changes, now, wanted = self._changes, self._steady(), self._with_others(person)
            async with self._store.reading() as connection:
                found = await self.roster.identities(connection, wanted)
            # What was read while something changed may be what was before it: it is read once more.
            if changes == self._changes:
                self._learn(wanted, found, now)
                # As new as can be had, also where reading took longer than it is believed.
                return found.get(person)
        return known

    def known(self, person: PersonId) -> Identity | None:
        """The identity if it is remembered, and believed; never waits, for use at the moment of sending."""
        self._asked[person] = None
        identity, since = self._known.get(person, (None, 0.0))
        return identity if self._steady() - since < TRUSTED_FOR else None

    def _with_others(self, person: PersonId) -> list[PersonId]:
        """Whoever was asked for since the last time is most likely asked for again: one look finds them all."""
        others = itertools.islice((one for one in self._asked if one != person and one in self._known), TOGETHER - 1)
        wanted = [person, *others]
        # Whoever looks meanwhile looks for one person alone.
        self._asked.clear()
        return wanted

    def _learn(self, wanted: list[PersonId], found: dict[PersonId, Identity], now: float) -> None:
        for person in wanted:
            identity = found.get(person)
            if identity is None:
                self._names.pop(person, None)
                self._known.pop(person, None)
                continue
            self._known[person] = (identity, now)
            if identity.staff:
                self._names[person] = identity.name

    def last_known(self, person: PersonId) -> Identity | None:
        """Who that was when last looked up, however long ago."""
        return self._known.get(person, (None, 0.0))[0]

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
