"""Who people are now, remembered until it changes: asked at every command and at every send."""

from inbox.model import Identity, PersonId, UnitId
from inbox.storage import people
from inbox.storage.store import Store


class Roster:
    """Identities with their roles. Whoever changes a role calls `forget`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[PersonId, Identity] = {}
        self._names: dict[PersonId, str] = {}
        self._changes = 0

    async def identity(self, person: PersonId) -> Identity | None:
        """Who that is, with the roles held now; None if nobody."""
        while (known := self._known.get(person)) is None:
            changes = self._changes
            async with self._store.reading() as connection:
                found = await people.identity_of(connection, person)
            if found is None:
                self._names.pop(person, None)
                return None
            # What was read while something changed may be what was before it: it is read once more.
            if changes == self._changes:
                self._known[person] = found
                if found.staff:
                    self._names[person] = found.name
        return known

    def known(self, person: PersonId) -> Identity | None:
        """The identity if it is remembered; never waits, for use at the moment of sending."""
        return self._known.get(person)

    def names(self) -> dict[PersonId, str]:
        """Names of the staff that are remembered: everybody who has done something since the start."""
        return self._names

    async def colleagues(self, unit: UnitId) -> dict[PersonId, str]:
        """Those who handle cases at a unit or a board, with their names."""
        async with self._store.reading() as connection:
            return await people.colleagues(connection, unit)

    def forget(self, person: PersonId) -> None:
        """Something about the person changed. The name stands until they are read anew."""
        self._changes += 1
        self._known.pop(person, None)
