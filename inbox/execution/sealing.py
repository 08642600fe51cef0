"""Seals events and looks at cases, and says what the newest seals are to whoever keeps that outside of the database."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.execution.reacting import Reacting
from inbox.reactions.reaction import Reaction
from inbox.storage.encryption.fields import keyring_of, keys_in_use
from inbox.storage.engine.bell import Came
from inbox.storage.engine.store import Store
from inbox.storage.reacting import cursors
from inbox.storage.reacting.cursors import Position
from inbox.storage.reacting.settled import Settled
from inbox.storage.sealing.heads import Heads, HeadsFile, signed
from inbox.storage.sealing.sealed import EVENTS, LOOKS, head_of, looks_after, seal_events, seal_looks

BATCH = 1_000
"""Looks in one block."""
NAME = "sealing looks"
"""Of how far it has come, beside the reactions: the same rules hold for it."""


EVENTS_IN_ORDER = Reaction("sealing", seal_events)
"""Not among the reactions that follow each commit: gathered for some seconds it costs a fraction."""


class Sealing:
    """Seals events and looks. Made once; one process does it at a time."""

    def __init__(self, store: Store, now: Callable[[], datetime], file: HeadsFile) -> None:
        self._store = store
        self._now = now
        self._file = file
        self._settled = Settled()
        self._reacting = Reacting(store, (EVENTS_IN_ORDER,), now)

    async def go_on(self) -> None:
        """Seal all there is, and write down the newest seals where there are newer ones."""
        while await self._reacting.round() in {Came.MORE, Came.DONE}:
            pass
        while await self._store.writer.do(self._next) is Came.MORE:
            pass
        heads = await self._newest()
        last = await asyncio.to_thread(self._file.last)
        if last is None or (heads.events.n, heads.looks.n) != (last.events.n, last.looks.n):
            await asyncio.to_thread(self._file.add, heads)

    async def _newest(self) -> Heads:
        async with self._store.reading() as connection:
            events, looks = await head_of(connection, EVENTS), await head_of(connection, LOOKS)
            key = next(id for id, current in (await keys_in_use(connection)).items() if current)
            return signed(Heads(self._now(), events, looks, key), keyring_of(connection))

    async def _next(self, connection: AsyncConnection) -> Came:
        position = await cursors.hold(connection, NAME)
        if position is None:
            if NAME in await cursors.positions(connection):
                return Came.LATER
            await cursors.begin(connection, NAME, 0)
            return Came.MORE
        looks, oldest = await looks_after(connection, position.row, BATCH)
        if not looks:
            return Came.NOTHING
        rows = [look["row"] for look in looks]
        last = self._settled.up_to(position.row, rows, position.own, oldest) if self._store.shared else rows[-1]
        if last < rows[-1]:
            self._settled.note(last, rows[-1], position.own)
        settled = [look for look in looks if look["row"] <= last]
        if not settled:
            return Came.LATER
        await seal_looks(connection, settled)
        await cursors.keep(connection, Position(NAME, last))
        return Came.MORE if len(looks) == BATCH else Came.DONE
