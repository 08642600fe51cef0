"""A net that fails again and again while something large is sent: it cuts in the middle of what it carries."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.services.ports import free_port
from tests.stories.tools.served import Served


class Fickle:
    """Carries bytes both ways; when so many have come from browsers, every connection is gone, so many times."""

    def __init__(self, served: Served, every: int, times: int) -> None:
        self.port = free_port()
        self.cuts = 0
        self._every = every
        self._times = times
        self._carried = 0
        self._to = served.port
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """Where browsers find the server."""
        return f"http://localhost:{self.port}"

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._open |= {writer, back}
        try:
            await asyncio.gather(self._there(reader, back), _back(there, writer))
        finally:
            self._open -= {writer, back}
            for each in (writer, back):
                each.close()

    async def _there(self, source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                self._carried += len(data)
                if self._carried >= self._every and self.cuts < self._times:
                    self._cut()
                    return
                goal.write(data)
                await goal.drain()
        goal.close()

    def _cut(self) -> None:
        self.cuts += 1
        self._carried = 0
        for writer in list(self._open):
            writer.transport.abort()


@asynccontextmanager
async def fickle_net(served: Served, every: int, times: int) -> AsyncIterator[Fickle]:
    """Such a net, as long as it is needed."""
    net = Fickle(served, every, times)
    listening = await asyncio.start_server(net.carry, "127.0.0.1", net.port)
    try:
        yield net
    finally:
        listening.close()


async def _back(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            goal.write(data)
            await goal.drain()
    goal.close()
