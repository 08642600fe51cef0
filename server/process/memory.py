"""How a process treats its memory: settled once it has started, and given back while it is busy."""

import asyncio
import contextlib
import ctypes
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

GC_THRESHOLD = 50_000
"""After the start, what is made lives long or dies at once: fewer rounds took 25–47 % off the 99th percentile."""
EVERY = 30.0
"""Seconds between two rounds of giving back: a round takes some 20 ms with 300 sockets."""
_M_ARENA_MAX = -8
"""What `mallopt` calls the number of arenas."""


def share_memory() -> None:
    """One arena for all threads, where the C library is glibc.

    Else each of the database's threads has one of its own, which grows while the service is busy (`make soak`).
    """
    if (mallopt := _of_libc("mallopt")) is not None:
        mallopt(_M_ARENA_MAX, 1)


@asynccontextmanager
async def settled() -> AsyncIterator[None]:
    """What was made by now stays; what is let go from now on goes back to the system.

    Not with the application: a process that makes many of them, as tests do, would never let one go.
    """
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    giving = asyncio.create_task(_give_back(), name="memory")
    try:
        yield
    finally:
        giving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await giving


async def _give_back() -> None:
    """Without it memory grows by six to eight per cent in 20 minutes of `make soak`.

    What belongs to a connection is old when that ends, and points in circles: with so large a threshold nobody would
    look for it among the old for hours. And the holes between what lives add up.
    """
    trim = _of_libc("malloc_trim")
    while True:
        await asyncio.sleep(EVERY)
        gc.collect()
        if trim is not None:
            trim(0)


def _of_libc(name: str) -> Callable[..., int] | None:
    """A function of the C library, where it has it."""
    return getattr(ctypes.CDLL(None), name, None)
