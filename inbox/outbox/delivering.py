"""Does what lies in the outbox: claimed for a while, done, noted; tried again, ever later, until it is given up.

At least once: who dies after something is done and before that is noted leaves it to be done again, under the same id.
Two with the same key are done one after the other; one that was given up is passed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.engine.bell import Came
from inbox.storage.engine.store import Store
from inbox.storage.reacting import outbox
from inbox.storage.reacting.outbox import Claimed, Dead

KEPT = timedelta(days=30)
"""How long what was done can be looked up."""
BATCH = 500


class NotDelivered(Exception):
    """It could not be done, for a reason that has a name: it stands in the log."""

    def __init__(self, fault: str, *, for_good: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.for_good = for_good
        """Whether to try again is of no use."""


class Channel(Struct, frozen=True):
    """A way out. `deliver` raises NotDelivered, or whatever goes wrong; it may be asked twice for the same id."""

    deliver: Callable[[Claimed], Awaitable[None]]
    tries: int = 12
    first_wait: timedelta = timedelta(seconds=2)
    last_wait: timedelta = timedelta(hours=1)
    """The wait doubles from the first to the last: with these it is given up after some two hours."""
    lease: timedelta = timedelta(minutes=1)
    """How long it may take; after that somebody else may try."""
    at_once: int = 20

    @property
    def longest(self) -> timedelta:
        """What nothing waits longer for."""
        return max(self.lease, self.last_wait)

    def wait(self, tries: int) -> timedelta:
        """Until the next try, after so many."""
        doubled: timedelta = self.first_wait * (1 << min(tries - 1, 30))
        return min(doubled, self.last_wait)


class Delivering:
    """What is done outside. Made once."""

    def __init__(self, store: Store, channels: Mapping[str, Channel], now: Callable[[], datetime]) -> None:
        self._store = store
        self._channels = channels
        self._now = now

    async def round(self) -> Came:
        """Do what is due, each channel for itself."""
        now = self._now()
        async with self._store.reading() as connection:
            due = [
                name
                for name, channel in self._channels.items()
                if await outbox.is_due(connection, name, now, channel.longest)
            ]
        if not due:
            return Came.NOTHING
        did = await asyncio.gather(*map(self._round_of, due))
        return Came.MORE if any(did) else Came.LATER

    async def forget_done(self) -> None:
        """Remove what was done long ago."""
        before = self._now() - KEPT
        removed = BATCH
        while removed == BATCH:
            removed = await self._store.writer.do(lambda connection: outbox.forget_done(connection, before, BATCH))

    async def state(self) -> tuple[dict[str, int], list[Dead]]:
        """How much waits in each channel, and what was given up."""
        async with self._store.reading() as connection:
            return await outbox.count_open(connection), await outbox.dead(connection)

    async def retry(self) -> int:
        """What was given up is due again; how much there was."""
        revived = await self._store.writer.do(lambda connection: outbox.revive(connection, self._now()))
        self._store.bell.ring()
        return revived

    async def _round_of(self, name: str) -> bool:
        channel, now = self._channels[name], self._now()

        async def work(connection: AsyncConnection) -> list[Claimed]:
            return await outbox.claim(connection, name, now, now + channel.lease, channel.at_once, channel.longest)

        claimed = await self._store.writer.do(work)
        # Each is of another key.
        await asyncio.gather(*(self._deliver(channel, letter) for letter in claimed))
        return bool(claimed)

    async def _deliver(self, channel: Channel, letter: Claimed) -> None:
        loop, at = asyncio.get_running_loop(), self._now()
        began = loop.time()
        fault = await _tried(channel, letter)
        ms = round((loop.time() - began) * 1000)

        async def work(connection: AsyncConnection) -> None:
            now, kind = self._now(), fault.fault if fault else None
            await outbox.note_try(connection, letter, at, ms, kind)
            if fault is None:
                await outbox.done(connection, letter, now)
            elif fault.for_good or letter.tries >= channel.tries:
                await outbox.give_up(connection, letter, fault.fault, now)
            else:
                await outbox.failed(connection, letter, fault.fault, now + channel.wait(letter.tries))

        await self._store.writer.do(work)


async def _tried(channel: Channel, letter: Claimed) -> NotDelivered | None:
    try:
        async with asyncio.timeout(channel.lease.total_seconds() * 0.8):
            await channel.deliver(letter)
    except NotDelivered as fault:
        return fault
    except Exception as fault:  # noqa: BLE001 - whatever a channel raises, the others go on
        return NotDelivered(type(fault).__name__)
    return None
