"""Work that comes back by itself: each job in a task of its own, in this process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from msgspec import Struct

from inbox.storage.engine.ending import ended

log = logging.getLogger(__name__)


class Job(Struct, frozen=True):
    """Something to do every now and then."""

    name: str
    every: timedelta
    work: Callable[[], Awaitable[None]]
    once: bool = False
    """Whether one process does it for all of them."""


class Jobs:
    """Runs jobs until it is stopped. `chance` gives 0–1: jobs of several processes must not march in step.

    `turn` does a job that one process does for all, if it is this one's turn; whether it was.
    """

    def __init__(
        self,
        jobs: tuple[Job, ...],
        *,
        effects: Callable[[], float],
        count: Callable[[str, str], None],
        turn: Callable[[Job], Awaitable[bool]] | None = None,
    ) -> None:
        self._jobs = jobs
        self._turn = turn
        self._chance = effects
        self._count = count
        self._tasks: list[asyncio.Task[None]] = []
        self._busy: set[str] = set()
        self._ending = False

    def start(self) -> None:
        """Begin. Needs a running loop."""
        self._tasks = [asyncio.create_task(self._again_and_again(job), name=job.name) for job in self._jobs]

    async def stop(self) -> None:
        """End; what is in the middle of something ends with it, or leaves a whole transaction or none."""
        self._ending = True
        await ended(set(self._tasks), busy={task for task in self._tasks if task.get_name() in self._busy})

    async def run_once(self, job: Job) -> None:
        """Do it now. A fault is counted and told by its kind; the next round comes all the same."""
        try:
            if not job.once or self._turn is None:
                await job.work()
            elif not await self._turn(job):
                return
        except Exception as fault:
            self._count(job.name, "failed")
            log.exception("job failed", extra={"job": job.name, "kind": type(fault).__name__})
        else:
            self._count(job.name, "done")

    async def _again_and_again(self, job: Job) -> None:
        while not self._ending:
            await asyncio.sleep(job.every.total_seconds() * (0.9 + 0.2 * self._chance()))
            self._busy.add(job.name)
            await self.run_once(job)
            self._busy.discard(job.name)
