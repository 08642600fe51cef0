"""How long tests wait, and what they hold against the service when the machine is busy with others.

What must come is waited for as long as a busy machine may take: whoever waits too long loses nothing when it comes.
What must stay away is not waited for: something later shows that it could have come. Where an answer has to come within
so many seconds, those that the machine gave to others are not counted (`Watch`).
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds after which what must come is given up."""
STORY = 300.0
"""Seconds after which a test in a browser is given up, wherever it waits: what is asked of a page whose process is gone
is not answered, and nobody says so."""
_STEAL, _TICKS = 8, os.sysconf("SC_CLK_TCK")
"""Which figure of /proc/stat is the time that the host took from the machine, and how many of it are a second."""


async def until(holds: Callable[[], bool | Awaitable[bool]], pause: float = 0.02) -> None:
    """Return once it holds. Raises TimeoutError if it never does."""
    async with asyncio.timeout(PATIENCE):
        while True:
            said = holds()
            if said if isinstance(said, bool) else await said:
                return
            await asyncio.sleep(pause)


def given_up_after(seconds: float, test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The same test, which fails with TimeoutError once it has taken so long, wherever it waits."""

    @wraps(test)
    async def bounded(**fixtures: Any) -> None:
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                await test(**fixtures)
        except TimeoutError as late:
            if limit.expired():
                late.add_note(
                    f"{seconds:.0f} s after it began it was waiting there: a page without a process never answers"
                )
            raise

    return bounded


class Deadline:
    """For whoever cannot be cut off: ask it each time round."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self._at = time.monotonic() + seconds

    def check(self, waited_for: object = "") -> None:
        """Raises TimeoutError once it is over."""
        if time.monotonic() > self._at:
            raise TimeoutError(waited_for)


class Watch:
    """Counts seconds from now on, but for those in which these processes would have run and the machine served others.

    Where Linux does not say how long a process had to wait for a turn, only what the host took is left out.
    """

    def __init__(self, *processes: int) -> None:
        self._processes = (*processes, os.getpid())
        self._begun, self._before = time.monotonic(), _hindered(self._processes)

    @property
    def seconds(self) -> float:
        """So far."""
        return time.monotonic() - self._begun - (_hindered(self._processes) - self._before)


def _hindered(processes: Iterable[int]) -> float:
    stolen = int(Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[_STEAL]) / _TICKS
    return stolen + sum(_queued(process) for process in processes)


def _queued(process: int) -> float:
    queued = 0
    for task in Path(f"/proc/{process}/task").glob("*/schedstat"):
        try:
            queued += int(task.read_text(encoding="ascii").split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return queued / 1e9
