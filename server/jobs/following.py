"""Work that follows from what was committed: soon after it in the same process, within a second in the others."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from inbox.storage.engine.bell import Bell, Came
from inbox.storage.engine.ending import ended

log = logging.getLogger(__name__)

GATHER = 0.5
"""Seconds from the bell until it is done: what comes meanwhile is done with it, and costs no commit of its own."""
BREATH = 0.02
"""Between two rounds of much to do, for those who write."""
LATER = 0.25
IDLE = 1.0
"""Seconds until it is looked for what nobody has rung for."""


class Following:
    """Does rounds until it is stopped. `chance` gives 0–1: processes must not march in step."""

    def __init__(
        self,
        name: str,
        round: Callable[[], Awaitable[Came]],
        bell: Bell,
        *,
        chance: Callable[[], float],
        count: Callable[[str, str], None],
    ) -> None:
        self._name = name
        self._round = round
        self._bell = bell.listen()
        self._chance = chance
        self._count = count
        self._well = True
        self._task: asyncio.Task[None] | None = None
        self._working = False
        self._ending = False

    def start(self) -> None:
        """Begin. Needs a running loop."""
        self._task = asyncio.create_task(self._run(), name=self._name)

    async def stop(self) -> None:
        """End; what is in the middle of something ends with it, or leaves a whole transaction or none."""
        self._ending = True
        if self._task is not None:
            await ended({self._task}, busy={self._task} if self._working else set())

    async def _run(self) -> None:
        while True:
            self._bell.clear()
            self._working = True
            came = await self._tried()
            self._working = False
            if self._ending:
                return
            await self._wait(came)

    async def _tried(self) -> Came:
        try:
            came = await self._round()
        except Exception as fault:
            self._count(self._name, "failed")
            if self._well:
                # Once until it is over: it is tried again every second.
                log.exception("not followed", extra={"job": self._name, "kind": type(fault).__name__})
            self._well = False
            return Came.NOTHING
        self._well = True
        return came

    async def _wait(self, came: Came) -> None:
        if came is Came.MORE:
            await asyncio.sleep(BREATH)
        elif came is Came.LATER:
            await asyncio.sleep(LATER * (0.5 + self._chance()))
        else:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), IDLE * (0.5 + self._chance()))
            await asyncio.sleep(GATHER)
