"""Which process does a job this time: each job has a row with the moment until which it is somebody's."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from inbox.storage.engine.store import Store
from inbox.storage.leases import prolong_lease, take_lease
from server.jobs.runner import Job

SHARE = 0.8
"""Of a round: shorter than the shortest, so that a process that has died keeps nobody from doing it the next time."""
STAND_IN = 2
"""Rounds that a web process leaves to a worker before it does the job itself."""


class TurnLost(Exception):
    """Another process has taken the job over: this one was away for so long."""


class JobLease:
    """For jobs that one process does for all. `rounds` are how many it leaves to others first."""

    def __init__(self, store: Store, now: Callable[[], datetime], rounds: int) -> None:
        self._store = store
        self._now = now
        self._rounds = rounds

    async def do(self, job: Job) -> bool:
        """Do the job, if it is this process's turn; whether it was. Raises what the job raises."""
        until = await self._taken(job)
        if until is None:
            return False
        work = asyncio.ensure_future(job.work())
        try:
            while not (await asyncio.wait({work}, timeout=job.every.total_seconds() * SHARE / 2))[0]:
                until = await self._prolonged(job, until)
            await work
        finally:
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await work
        return True

    async def _taken(self, job: Job) -> datetime | None:
        """Until when the job is this process's; None if it is another's."""
        now, patience = self._now(), job.every * self._rounds
        until = now + job.every * SHARE
        take = self._store.writer.do(lambda connection: take_lease(connection, job.name, now, until, patience))
        return until if await take else None

    async def _prolonged(self, job: Job, mine: datetime) -> datetime:
        """While the work lasts nobody else begins it."""
        until = self._now() + job.every * SHARE
        if not await self._store.writer.do(lambda connection: prolong_lease(connection, job.name, mine, until)):
            raise TurnLost
        return until
