"""The transport under the socket server, with bounds: who opens one, how long it may be silent, how much may wait.

The library sends to a queue without an end, believes a sign of life that it has not asked for, takes whoever knows a
socket's id for its owner, and leaves a connection open that belongs to nobody. Each of these is mended here, and
nothing else is changed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import engineio
from aiohttp import web
from engineio import packet
from engineio.async_socket import AsyncSocket
from msgspec import Struct

from handlers.error_middleware import note_client_fault
from handlers.limits import TooOften

SPOKEN = "aiohttp.request"
"""Where the library keeps the request."""


class Visitor(Struct, frozen=True):
    """Who opens a socket."""

    owner: str
    """Hash of the secret that the browser has: every later request must come with the same."""
    person: str | None
    bucket: str
    """The address it comes from, as it is counted."""


class Bounds(Struct, frozen=True, kw_only=True):
    """The figures. They are settings (server/CONFIG.md)."""

    backlog: int
    """Bytes that may wait for one socket."""
    person: int
    """Sockets of one person."""
    unknown: int
    """Sockets that nobody is signed in at, all together."""
    unknown_address: int
    """The same of one address."""
    patience: float
    """Seconds in which it has to say who it is."""


class BoundedSocket(AsyncSocket):  # type: ignore[misc]
    """One connection: what waits for it is counted, and it is cut before that becomes too much."""

    def __init__(self, server: "Engine", sid: str, visitor: Visitor) -> None:
        super().__init__(server, sid)
        self.visitor = visitor
        self.waiting = 0
        self._going = 0
        self._asked = False
        self._transport: asyncio.Transport | None = None

    async def send(self, pkt: Any) -> None:
        """Put something in the queue; whoever has read nothing for so long is cut, and comes back by number."""
        if self.waiting > self.server.bounds.backlog:
            await self.cut()
            return
        self.waiting += _size(pkt)
        await super().send(pkt)

    async def poll(self) -> list[Any]:
        """What waits. Until more is asked for it counts as not sent."""
        self.waiting -= self._going
        self._going = 0
        packets: list[Any] = await super().poll()
        self._going = sum(_size(pkt) for pkt in packets)
        self._asked = self._asked or any(pkt.packet_type == packet.PING for pkt in packets)
        return packets

    async def receive(self, pkt: Any) -> None:
        """A sign of life counts where one was asked for."""
        if pkt.packet_type >= len(packet.packet_names):
            # The library would stumble over a kind that there is not.
            return
        if pkt.packet_type == packet.PONG:
            if not self._asked:
                return
            self._asked = False
        await super().receive(pkt)

    async def handle_get_request(self, environ: dict[str, Any]) -> Any:
        """Remember what it is connected by."""
        self._transport = environ[SPOKEN].transport
        return await super().handle_get_request(environ)

    async def _websocket_handler(self, ws: Any) -> Any:
        try:
            return await super()._websocket_handler(ws)
        except ValueError as odd:
            # A frame that is none, or is too large. The library would let it through, as if the fault were ours, and
            # keep the socket until it has said nothing for long.
            note_client_fault("odd frame", kind=type(odd).__name__)
            await self.end()

    async def cut(self) -> None:
        """End it at once, whatever waits for it."""
        self.server.on_cut()
        await self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        while not self.queue.empty():
            self.queue.get_nowait()
            self.queue.task_done()
        self.queue.put_nowait(None)
        if self._transport is not None and self.upgraded:
            self._transport.abort()

    async def end(self) -> None:
        """End it once it has what was sent to it."""
        if not self.closed:
            await self.close(wait=False)
        # Without this the library's writer waits on, and the connection stays open until a time-out.
        await self.queue.put(None)


class Engine(engineio.AsyncServer):  # type: ignore[misc]
    """Every connection of this process."""

    bounds: Bounds
    visitor: Callable[[web.Request], Awaitable[Visitor]]
    """Who opens a socket. Raises TooOften."""
    owner: Callable[[web.Request], str]
    """What ties a request to the browser that opened the socket."""
    named: Callable[[str], bool]
    """Whether somebody has said at that socket who they are."""
    on_cut: Callable[[], None]
    on_other: Callable[[web.Request, Visitor], None]
    """Somebody came with the id of a socket that another browser opened."""

    async def handle_request(self, request: web.Request) -> Any:
        """A request of a socket: of one that is open by its own browser alone."""
        socket = self.sockets.get(request.query.get("sid", ""))
        if socket is not None and socket.visitor.owner != self.owner(request):
            self.on_other(request, socket.visitor)
            return _no_such_socket()
        if socket is not None and socket.closed:
            # The library would stumble over what is posted to it; it sweeps it away by itself.
            return _no_such_socket()
        return await super().handle_request(request)

    async def _handle_connect(self, environ: dict[str, Any], transport: str, jsonp_index: int | None = None) -> Any:
        """Open a socket: the library's own steps, with a socket of ours."""
        if self.start_service_task:  # type: ignore[has-type]
            self.start_service_task = False
            self.service_task_handle = self.start_background_task(self._service_task)
        try:
            visitor = await self.visitor(environ[SPOKEN])
            self._check_room(visitor)
        except TooOften as refusal:
            answer = web.Response(status=429, headers={"Retry-After": str(refusal.seconds)}, text=refusal.code)
            # Whoever floods keeps no connection for it.
            answer.force_close()
            return answer
        sid = self.generate_id()
        socket = self.sockets[sid] = BoundedSocket(self, sid, visitor)
        told = {
            "sid": sid,
            "upgrades": self._upgrades(sid, transport),
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
        await socket.send(packet.Packet(packet.OPEN, told))
        await self._trigger_event("connect", sid, environ, run_async=False)
        socket.schedule_ping()
        self.expect(sid)
        if transport == "websocket":
            answer = await socket.handle_get_request(environ)
            if socket.closed:
                self.sockets.pop(sid, None)
            return answer
        socket.connected = True
        return self._ok(await socket.poll(), jsonp_index=jsonp_index)

    def expect(self, sid: str) -> None:
        """Give whoever is at a socket the time to say who they are."""
        asyncio.get_running_loop().call_later(self.bounds.patience, self._look, sid)

    def _look(self, sid: str) -> None:
        socket = self.sockets.get(sid)
        if socket is not None and not socket.closed and not self.named(sid):
            self.start_background_task(socket.end)

    def _check_room(self, visitor: Visitor) -> None:
        """Raises TooOften where there are as many sockets as there may be."""
        mine = alike = unknown = 0
        for socket in self.sockets.values():
            if socket.closed:
                continue
            mine += socket.visitor.person == visitor.person
            unknown += socket.visitor.person is None
            alike += socket.visitor.person is None and socket.visitor.bucket == visitor.bucket
        if visitor.person is not None:
            full = mine >= self.bounds.person
        else:
            full = unknown >= self.bounds.unknown or alike >= self.bounds.unknown_address
        if full:
            raise TooOften(seconds=int(self.bounds.patience) + 1)


def _no_such_socket() -> web.Response:
    """In the same words, whether it is closed or somebody else's."""
    return web.Response(status=400, text="Invalid session")


def _size(pkt: Any) -> int:
    """Letters of what is sent: close enough to its bytes, and known without encoding it twice."""
    return len(pkt.data) if isinstance(pkt.data, str | bytes) else 64
