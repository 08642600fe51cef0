"""People at open sockets, as a browser's script would be."""

import asyncio
import json
from http import HTTPStatus
from itertools import count
from typing import Any

import socketio

from server.auth.sessions import COOKIE
from tests.house import Browser, House
from tests.patience import PATIENCE


class Socket:
    """A Socket.IO connection with somebody's session, remembering every frame it got."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._client = socketio.AsyncClient(reconnection=False)
        self.frames: list[tuple[str, Any]] = []
        self._arrived = asyncio.Event()
        self._cut = asyncio.Event()
        self._client.on("*", self._got)
        self._client.on("disconnect", lambda *_: self._cut.set())

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

    async def asks_while_open(self, event: str, **data: Any) -> Any:
        """The same; the error `cut` where the other side closes the socket instead, now or before."""
        asked, cut = asyncio.ensure_future(self.asks(event, **data)), asyncio.ensure_future(self._cut.wait())
        await asyncio.wait({asked, cut}, return_when=asyncio.FIRST_COMPLETED)
        cut.cancel()
        if not asked.done():
            asked.cancel()
        try:
            return await asked
        except (asyncio.CancelledError, socketio.exceptions.SocketIOError):
            return {"error": {"code": "cut"}}

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

    @property
    def sid(self) -> str:
        """What the server calls it."""
        return str(self._client.get_sid())

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


class Polling:
    """The same for a browser whose net lets no WebSocket through: every packet is a request, with the cookie in it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.address = house.url("/socket.io/?EIO=4&transport=polling")
        self.frames: list[tuple[str, Any]] = []
        self._numbers = count(1)

    async def opens(self, browser: Browser) -> "Polling":
        """Connect with the browser's cookie."""
        self._browser = browser
        _, (opened,) = await self._hears()
        self.address += "&sid=" + json.loads(opened[1:])["sid"]
        await self._tells("40")
        _, packets = await self._hears()
        assert packets[0].startswith("40"), packets
        return self

    async def asks(self, event: str, **data: Any) -> Any:
        """Send an event and wait for its acknowledgement; the status as the error where the request is refused."""
        number = next(self._numbers)
        status = await self._tells(f"42{number}" + json.dumps([event, data]))
        reply = None
        while status == HTTPStatus.OK and reply is None:
            status, packets = await self._hears()
            for packet in packets:
                reply = self._taken(packet, f"43{number}") or reply
        return {"error": {"code": str(status)}} if reply is None else reply

    asks_while_open = asks
    """Whoever polls hears of it by the status."""

    def _taken(self, packet: str, acknowledgement: str) -> Any:
        if packet.startswith(acknowledgement):
            return json.loads(packet.removeprefix(acknowledgement))[0]
        if packet.startswith("42"):
            name, *data = json.loads(packet[2:])
            self.frames.append((name, data[0] if data else None))
        return None

    async def _hears(self) -> tuple[int, list[str]]:
        async with self._browser._session.get(self.address) as response:
            return response.status, (await response.text()).split("\x1e")

    async def _tells(self, packet: str) -> int:
        async with self._browser._session.post(self.address, data=packet) as response:
            return response.status


async def at_socket(house: House, person: Any, case: str | None = None, after: int = 0) -> Socket:
    """Somebody at an open socket, with a case open if so wished."""
    socket = await Socket(house).opens(await house.browser(person))
    if case is not None:
        reply = await socket.asks("watch", case=case, after=after)
        assert "ok" in reply, reply
    return socket
