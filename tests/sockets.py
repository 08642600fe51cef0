"""People at open sockets, as a browser's script would be."""

import asyncio
from typing import Any

import socketio

from server.auth import COOKIE
from tests.house import Browser, House
from tests.patience import PATIENCE


class Socket:
    """A Socket.IO connection with somebody's session, remembering every frame it got."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._client = socketio.AsyncClient(reconnection=False)
        self.frames: list[tuple[str, Any]] = []
        self._arrived = asyncio.Event()
        self._client.on("*", self._got)

    async def opens(self, browser: Browser, language: str = "sv") -> "Socket":
        """Connect with the browser's cookie."""
        cookie = f"{COOKIE}={browser.cookies.get(COOKIE, '')}"
        await self._client.connect(
            self._house.url("/"),
            headers={"Cookie": cookie, "Accept-Language": language},
            transports=["websocket"],
            wait_timeout=PATIENCE,
        )
        return self

    async def asks(self, event: str, **data: Any) -> Any:
        """Send an event and wait for its acknowledgement."""
        return await self._client.call(event, data, timeout=PATIENCE)

    async def says(self, command: str, case: str, **fields: Any) -> Any:
        """Give a command."""
        return await self.asks("command", command=command, case=case, client_id=self._house.new_id(), **fields)

    async def gets(self, event: str, count: int = 1) -> list[Any]:
        """Wait until so many frames of the kind have come; what they held."""
        async with asyncio.timeout(PATIENCE):
            while len(found := [data for name, data in self.frames if name == event]) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return found

    async def settles(self) -> None:
        """Wait until everything told so far has come: the acknowledgement of a later question follows it."""
        await self._house.parts.services.publisher.told()
        await self.asks("lists")

    async def closes(self) -> None:
        """Close the connection."""
        await self._client.disconnect()

    async def _got(self, event: str, data: Any) -> None:
        self.frames.append((event, data))
        self._arrived.set()


async def at_socket(house: House, person: Any, case: str | None = None, after: int = 0) -> Socket:
    """Somebody at an open socket, with a case open if so wished."""
    socket = await Socket(house).opens(await house.browser(person))
    if case is not None:
        reply = await socket.asks("watch", case=case, after=after)
        assert "ok" in reply, reply
    return socket
