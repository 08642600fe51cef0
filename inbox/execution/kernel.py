"""The steps that every change goes through, whatever it changes: load, decide, keep; and once for each client id.

The kernel knows no case. It knows that what changes has a version; that somebody else may have changed it since it was
loaded; that a command which comes again gives what is stored; and that nobody is refused for what was only remembered.
What is loaded, decided and kept is brought by an *aggregate*: a kind of thing that changes as one.
"""

from abc import ABC, abstractmethod
from collections import OrderedDict
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.errors import Refused
from inbox.cases.errors import Busy
from inbox.storage.engine.locks import Lock
from inbox.storage.engine.store import Store
from inbox.storage.engine.writer import Conflict

TRIES = 3

S = TypeVar("S")
"""What is loaded, as it stands."""
C = TypeVar("C")
"""What is asked for."""
W = TypeVar("W")
"""Who asks."""
R = TypeVar("R")
"""What came of it."""


class Aggregate(ABC, Generic[S, C, W, R]):
    """A kind of thing that changes as one, under one version."""

    @abstractmethod
    def id_of(self, command: C) -> str:
        """Which one the command is about."""

    @abstractmethod
    def version_of(self, state: S) -> int:
        """How many events it has."""

    @abstractmethod
    def lock_for(self, command: C) -> Lock | None:
        """What is held before anything else; such a command's work is undone with its savepoint."""

    @abstractmethod
    async def load(self, connection: AsyncConnection, id: str) -> S | None:
        """As it stands, not to be changed by anybody else until the transaction ends; None if there is none."""

    @abstractmethod
    async def stored_version(self, connection: AsyncConnection, id: str) -> int | None:
        """How many events it has in the store."""

    @abstractmethod
    async def before(self, connection: AsyncConnection, state: S | None, command: C, who: W) -> R | None:
        """What the same client id gave earlier; None if it is new. Raises ClientIdReused for another content."""

    @abstractmethod
    async def change(self, connection: AsyncConnection, state: S | None, command: C, who: W) -> tuple[S, R] | None:
        """Decide and write; None, with nothing written, if somebody else changed it meanwhile. Raises refusals."""


class Kernel(Generic[S, C, W, R]):
    """Carries out the commands of one aggregate. `remembered` is how many are kept in memory."""

    def __init__(self, store: Store, aggregate: Aggregate[S, C, W, R], remembered: int = 0) -> None:
        self._store = store
        self._aggregate = aggregate
        self._remembered = remembered
        self._cache: OrderedDict[str, S] = OrderedDict()
        store.writer.on_failure(self._cache.clear)

    async def carry_out(self, command: C, who: W) -> R:
        """What came of the command, committed. Raises the refusal of the rule that hinders it."""
        lock = self._aggregate.lock_for(command)

        async def work(connection: AsyncConnection) -> R:
            return await self._within(connection, command, who)

        order = self._aggregate.id_of(command)
        # What comes after the beginning is written in one go, which undoes itself.
        outcome = await self._store.writer.do(work, order=order, savepoint=lock is not None, lock=lock)
        self._store.bell.ring()
        return outcome

    async def loaded(self, connection: AsyncConnection, id: str) -> S | None:
        """As it stands, from memory where it is there."""
        known = self._cache.get(id)
        if known is not None:
            self._cache.move_to_end(id)
            return known
        found = await self._aggregate.load(connection, id)
        return None if found is None else self.remember(id, found)

    def known(self, id: str) -> S | None:
        """What is remembered of it; never waits."""
        return self._cache.get(id)

    def remember(self, id: str, state: S) -> S:
        """Keep it in memory, and return it; if a later state is there already, that."""
        known = self._cache.get(id)
        if known is not None and self._aggregate.version_of(known) >= self._aggregate.version_of(state):
            return known
        if self._remembered:
            self._cache[id] = state
            self._cache.move_to_end(id)
        while len(self._cache) > self._remembered:
            self._cache.popitem(last=False)
        return state

    def forget(self, id: str) -> None:
        """Read it anew next time."""
        self._cache.pop(id, None)

    async def _within(self, connection: AsyncConnection, command: C, who: W) -> R:
        # Nearly every command is new: whether it was carried out before is asked only when something speaks for it.
        careful = locked = self._aggregate.lock_for(command) is not None
        for _ in range(TRIES):
            try:
                outcome = await self._once(connection, command, who, careful=careful)
            except Refused:
                if not await self._outdated(connection, self._aggregate.id_of(command)):
                    raise
                outcome = None
            if outcome is not None:
                return outcome
            self.forget(self._aggregate.id_of(command))
            if locked:
                # So that what was taken under the lock, a number, goes back.
                raise Conflict
            careful = True
        raise Busy

    async def _outdated(self, connection: AsyncConnection, id: str) -> bool:
        """Whether another process has changed it since: nobody is refused for what is remembered here."""
        known = self.known(id) if self._store.shared else None
        if known is None:
            return False
        return self._aggregate.version_of(known) != await self._aggregate.stored_version(connection, id)

    async def _once(self, connection: AsyncConnection, command: C, who: W, *, careful: bool) -> R | None:
        """None if the command was carried out before, or somebody else changed it meanwhile."""
        id = self._aggregate.id_of(command)
        state = await self.loaded(connection, id)
        if careful and (before := await self._aggregate.before(connection, state, command, who)) is not None:
            return before
        try:
            changed = await self._aggregate.change(connection, state, command, who)
        except Refused:
            # It may be refused because of what it did itself the first time.
            if not careful and (before := await self._aggregate.before(connection, state, command, who)) is not None:
                return before
            raise
        if changed is None:
            return None
        self.remember(id, changed[0])
        return changed[1]
