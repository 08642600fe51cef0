"""Rung when something has been committed that something else may follow from, here in this process."""

import asyncio


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
