"""A way between people and server that knows frames: it cuts, delays, repeats and shuffles them."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from tests.services.ports import free_port

SHUFFLED = ("42", "43")
"""Events and acknowledgements. What opens a connection has an order, and is let through as it came."""
LONGEST = 0.08
"""Seconds that a frame may wait: more than the pause between two."""


class Proxy:
    """Listens at an address of its own. `shuffles`: frames are delayed each by itself, and every fifth comes twice."""

    def __init__(self, to: Callable[[], str], effects: random.Random, *, shuffles: bool) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.troubled = 0
        """Frames that were repeated or passed by others."""
        self._to = to
        self._chance = effects
        self._shuffles = shuffles
        self._open: list[asyncio.Transport] = []

    def cut(self) -> bool:
        """One connection is gone in the middle of what it carries; whether there was one."""
        if not self._open:
            return False
        self._open.pop(self._chance.randrange(len(self._open))).abort()
        return True

    async def carry(self, request: web.Request) -> web.StreamResponse:
        """One connection of somebody."""
        here = web.WebSocketResponse()
        await here.prepare(request)
        transport = request.transport
        assert isinstance(transport, asyncio.Transport)
        cookie = {"Cookie": request.headers.get("Cookie", "")}
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with aiohttp.ClientSession() as session:
                async with session.ws_connect(f"{self._to()}{request.path_qs}", headers=cookie, timeout=_SOON) as there:
                    self._open.append(transport)
                    pumps = [asyncio.create_task(pump) for pump in (self._pump(here, there), self._pump(there, here))]
                    try:
                        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
                    finally:
                        with contextlib.suppress(ValueError):
                            self._open.remove(transport)
                        for pump in pumps:
                            pump.cancel()
                        await asyncio.gather(*pumps, return_exceptions=True)
        await here.close()
        return here

    async def _pump(self, source: "_Way", goal: "_Way") -> None:
        on_the_way: set[asyncio.Task[None]] = set()
        try:
            async for message in source:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    continue
                if not self._shuffles or not message.data.startswith(SHUFFLED):
                    await goal.send_str(message.data)
                    continue
                for _ in range(1 + (self._chance.random() < 0.2)):
                    task = asyncio.create_task(self._later(goal, message.data))
                    on_the_way.add(task)
                    task.add_done_callback(on_the_way.discard)
                    self.troubled += len(on_the_way) > 1
        finally:
            for task in list(on_the_way):
                task.cancel()

    async def _later(self, goal: "_Way", frame: str) -> None:
        await asyncio.sleep(self._chance.uniform(0, LONGEST))
        with contextlib.suppress(aiohttp.ClientError, OSError):
            await goal.send_str(frame)


_Way = web.WebSocketResponse | aiohttp.ClientWebSocketResponse
_SOON = aiohttp.ClientWSTimeout(ws_close=0.2)


@asynccontextmanager
async def proxy_to(to: Callable[[], str], effects: random.Random, *, shuffles: bool = False) -> AsyncIterator[Proxy]:
    """A proxy for as long as it is needed."""
    proxy = Proxy(to, effects, shuffles=shuffles)
    app = web.Application()
    app.router.add_get("/socket.io/", proxy.carry)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", proxy.port).start()
    try:
        yield proxy
    finally:
        await runner.cleanup()
