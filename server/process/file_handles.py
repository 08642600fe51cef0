"""Handles of files and connections: as many as the system allows, and never all of them for those who do nothing.

Whoever connects takes one, whether they ask for anything or not. When most are taken, connections that rest are closed,
the longest open first: browsers and proxies open another when they next want something. The youngest are kept, for they
may have brought a request that nobody has read yet.
"""

import asyncio
import contextlib
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

MOST = 65_536
"""More than one process ever needs; where there is no limit, tables are made for this many."""
PAUSE = 0.05
"""Seconds between two looks, so that few are accepted meanwhile."""
FULL, ENOUGH = 0.7, 0.5
"""From this share of the handles on resting connections are closed, until this one is reached."""
QUEUE = 1024
"""Connections that may wait to be accepted. What comes to a full queue is lost, and sent again only after seconds."""


def take_what_is_allowed() -> None:
    """Raise the limit that a program begins with to the one it may have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


@asynccontextmanager
async def kept_free(runner: web.AppRunner) -> AsyncIterator[None]:
    """Meanwhile those who do nothing do not take the handles of those who do."""
    looking = asyncio.create_task(_look(runner), name="handles")
    try:
        yield
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking


async def _look(runner: web.AppRunner) -> None:
    while True:
        await asyncio.sleep(PAUSE)
        # Asked each time: whoever runs the service may change it meanwhile.
        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        close_resting(runner, allowed)


def close_resting(runner: web.AppRunner, allowed: int) -> int:
    """Close connections that rest if most handles are taken; how many."""
    connections: list[RequestHandler] = runner.server.connections if runner.server is not None else []
    if len(connections) < allowed * FULL:
        return 0
    resting = [one for one in connections if one._current_request is None]  # noqa: SLF001 - told nowhere else
    closed = resting[: len(connections) - int(allowed * ENOUGH)]
    for one in closed:
        one.force_close()
    return len(closed)
