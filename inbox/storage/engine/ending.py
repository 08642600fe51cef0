"""How work that comes back by itself is ended."""

import asyncio
from collections.abc import Collection

GRACE = 2.0
"""Seconds in which what is under way may end by itself."""


async def ended(tasks: Collection[asyncio.Task[None]], *, busy: Collection[asyncio.Task[None]]) -> None:
    """Return when all have ended: at once those that only wait, after what they are doing those that are busy.

    Whoever is cut off while PostgreSQL answers breaks its connection, and the driver calls that an error in the log.
    """
    for task in set(tasks) - set(busy):
        task.cancel()
    if tasks:
        _, left = await asyncio.wait(tasks, timeout=GRACE)
        for task in left:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
