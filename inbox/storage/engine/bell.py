"""Rung when something has been committed that something else may follow from, here in this process."""

import asyncio
from enum import Enum


class Came(Enum):
    """What came of a look for events."""

    NOTHING = "nothing"
    """There is none."""
    MORE = "more"
    """As many were done as are at once: there is more."""
    DONE = "done"
    """What there was is done."""
    LATER = "later"
    """It waits: for what failed, for a gap that may be filled, or for another process."""


class Bell:
    """For those who look for work: they look without it too, only later."""

    def __init__(self) -> None:
        self._heard: list[asyncio.Event] = []

    def ring(self) -> None:
        """Wake whoever listens. Never waits."""
        for heard in self._heard:
            heard.set()

    def listen(self) -> asyncio.Event:
        """Set at each ring; whoever listens clears it."""
        heard = asyncio.Event()
        self._heard.append(heard)
        return heard
