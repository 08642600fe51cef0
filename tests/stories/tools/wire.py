"""A wire between browsers and the server that can be cut: what is under way is lost, as when a phone leaves its net."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from tests.services.ports import free_port
from tests.stories.tools.served import Served

Sockets = Literal["pass", "refuse", "swallow"]


class Wire:
    """Listens at a port of its own, and carries bytes both ways until it is cut."""

    def __init__(self, served: Served) -> None:
        self.port = free_port()
        self.whole = True
        self.sockets: Sockets = "pass"
        """What becomes of WebSockets on their way, as some hospitals' nets have it."""
        self._to = served.port
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """Where browsers find the server."""
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """Every connection is gone in the middle of what it carried, and no new one comes through."""
        self.whole = False
        for writer in list(self._writers):
            writer.transport.abort()

    def mend(self) -> None:
        """New connections come through."""
        self.whole = True

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        if not self.whole:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        try:
            if await self._lets_through(reader, writer, back):
                await asyncio.gather(_pump(reader, back), _pump(there, writer))
        finally:
            self._writers -= {writer, back}
            for each in (writer, back):
                each.close()

    async def _lets_through(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, back: asyncio.StreamWriter
    ) -> bool:
        """Whether the net has nothing against the connection; its beginning is carried on then."""
        if self.sockets == "pass":
            return True
        with contextlib.suppress(OSError):
            begun = await reader.read(65536)
            if b"upgrade: websocket" not in begun.lower():
                back.write(begun)
                return True
            if self.sockets == "refuse":
                writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                await writer.drain()
            else:
                # Swallowed: nobody answers, and nobody says that nobody will.
                await reader.read()
        return False


@asynccontextmanager
async def wire_to(served: Served) -> AsyncIterator[Wire]:
    """A wire to a server, as long as it is needed."""
    wire = Wire(served)
    listening = await asyncio.start_server(wire.carry, "127.0.0.1", wire.port)
    try:
        yield wire
    finally:
        wire.cut()
        listening.close()


async def _pump(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            goal.write(data)
            await goal.drain()
    goal.close()
