"""Whose picture is made next: senders take turns, so that whoever sends many waits for their own alone."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """So many places, of which one sender has at most one less than there are; who waits is served sender by sender.

    A place that is free goes to the sender that has waited longest since their last turn. Nothing is kept of a sender
    who neither works nor waits.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._each = max(1, places - 1)
        self._at_work: dict[str, int] = {}
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, sender: str) -> AsyncIterator[None]:
        """Wait for a place, and have it."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(sender, deque()).append(mine)
        self._next()
        try:
            await mine
            yield
        finally:
            if mine.done() and not mine.cancelled():
                self._leave(sender)
            else:
                self._forget(sender, mine)
            self._next()

    def _next(self) -> None:
        """Give free places away."""
        for sender in list(self._waiting):
            if not self._free:
                return
            if self._at_work.get(sender, 0) >= self._each:
                continue
            mine = self._waiting[sender].popleft()
            # Behind all others who wait, also behind those who came later.
            self._waiting.move_to_end(sender)
            if not self._waiting[sender]:
                del self._waiting[sender]
            if mine.cancelled():
                continue
            self._free -= 1
            self._at_work[sender] = self._at_work.get(sender, 0) + 1
            mine.set_result(None)

    def _leave(self, sender: str) -> None:
        self._free += 1
        self._at_work[sender] -= 1
        if not self._at_work[sender]:
            del self._at_work[sender]

    def _forget(self, sender: str, mine: asyncio.Future[None]) -> None:
        queue = self._waiting.get(sender)
        if queue is not None and mine in queue:
            queue.remove(mine)
            if not queue:
                del self._waiting[sender]
