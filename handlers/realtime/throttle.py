"""Something that is said at once, and then at most every so often: what holds in the end is said in any case."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


class Throttle:
    """Says things of many cases. When everybody comes back at once, nobody is told of each who does."""

    def __init__(self, say: Callable[[str], Awaitable[None]], pause: float) -> None:
        self._say = say
        self._pause = pause
        self._resting: set[str] = set()
        self._once_more: set[str] = set()
        self._saying: set[asyncio.Task[None]] = set()

    async def say(self, case: str) -> None:
        """Say it, now or when the pause after the last time is over."""
        if case in self._resting:
            self._once_more.add(case)
            return
        self._rest(case)
        await self._say(case)

    def _rest(self, case: str) -> None:
        self._resting.add(case)
        asyncio.get_running_loop().call_later(self._pause, self._rested, case)

    def _rested(self, case: str) -> None:
        self._resting.discard(case)
        if case in self._once_more:
            self._once_more.discard(case)
            self._rest(case)
            task = asyncio.get_running_loop().create_task(self._said(case))
            self._saying.add(task)
            task.add_done_callback(self._saying.discard)

    async def _said(self, case: str) -> None:
        try:
            await self._say(case)
        except Exception as problem:  # noqa: BLE001 - nobody waits for it, and it is said again with the next change
            log.error("not said", extra={"problem": type(problem).__name__})
