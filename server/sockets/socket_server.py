"""The socket server: one Socket.IO server on aiohttp, with limits."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import socketio
from aiohttp import web
from engineio import packet
from engineio.async_drivers import aiohttp as driver
from socketio.packet import EVENT
from socketio.packet import Packet as SocketPacket

from dialogs.errors import Refused
from handlers.error_middleware import note_client_fault
from handlers.limits import Act, Limits
from handlers.realtime.subscriptions import Subscriptions
from handlers.security_log import SecurityLog
from server.auth.sessions import Sessions, owner_of
from server.config import Settings
from server.sockets.transport import Bounds, Engine, Visitor
from server.web.security import KB

log = logging.getLogger(__name__)

BINARY = ("5", "6")
"""Kinds of packets that announce binary frames."""
PATIENCE = 5.0
"""Seconds that an event under way gets to be answered when the process ends."""
DRAIN_PATIENCE = 1.0
"""Seconds that a socket gets to take what was pushed before its person lost a case."""
AT_ONCE, PAUSE = 50, 0.05
"""So many sockets are closed at a time: those who come back are not all at the next process in the same moment."""


class PlainWebSocket(driver.WebSocket):  # type: ignore[misc]
    """Without compression: the browser's permessage-deflate takes 100 kB a connection (measured)."""

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        """Open the socket and let the library read from it."""
        most: int = self.server.max_http_buffer_size
        self._sock = web.WebSocketResponse(max_msg_size=most, compress=False)
        await self._sock.prepare(environ["aiohttp.request"])
        self.environ = environ
        await self.handler(self)
        return self._sock


class Json:
    """How what is sent is encoded: structs as they are."""

    loads = staticmethod(json.loads)

    @staticmethod
    def dumps(data: object, **_: object) -> str:
        """As JSON, without spaces."""
        return msgspec.json.encode(data).decode()


class TextPacket(SocketPacket):  # type: ignore[misc]
    """Text alone: nobody looks through what is sent for bytes."""

    uses_binary_events = False
    json = Json


class TextServer(socketio.AsyncServer):  # type: ignore[misc]
    """Speaks text alone: the library would gather what belongs to a binary event, however many frames it announces.

    What comes after `leave` was called is not begun: nobody has acknowledged it, so it is sent again elsewhere.
    """

    eio: Engine

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.eio.named = self._named
        self._leaves = False
        self._under_way: dict[str, set[asyncio.Future[None]]] = defaultdict(set)

    async def leave(self, forget: Callable[[str], object]) -> None:
        """Close every socket, each once what it has asked is answered. `forget` hears of each before it is closed."""
        self._leaves = True
        open_now = list(self.eio.sockets.items())
        for at in range(0, len(open_now), AT_ONCE):
            await asyncio.gather(*(self._leave(sid, socket, forget) for sid, socket in open_now[at : at + AT_ONCE]))
            await asyncio.sleep(PAUSE)

    async def _leave(self, eio_sid: str, socket: Any, forget: Callable[[str], object]) -> None:
        if under_way := self._under_way.get(eio_sid):
            await asyncio.wait(under_way, timeout=PATIENCE)
        forget(self.manager.sid_from_eio_sid(eio_sid, "/") or "")
        # The frame that says so makes browsers connect again by themselves; then they ask for what they missed.
        await socket.end()

    async def push(self, sid: str, event: str) -> None:
        """Send an event that is encoded already; to a socket that is closed, nothing.

        Without the library's `emit`, which encodes anew and starts a task for each receiver.
        """
        socket = self.eio.sockets.get(self.manager.eio_sid_from_sid(sid, "/"))
        if socket is not None and not socket.closed:
            await socket.send(packet.Packet(packet.MESSAGE, f"{EVENT}{event}"))

    async def drain(self, sid: str) -> None:
        """Return once what was pushed to a socket has left for the net. One that takes none of it is cut."""
        socket = self.eio.sockets.get(self.manager.eio_sid_from_sid(sid, "/"))
        if socket is None or socket.closed:
            return
        try:
            await asyncio.wait_for(socket.queue.join(), DRAIN_PATIENCE)
        except TimeoutError:
            await socket.cut()

    def _engineio_server_class(self) -> type[Engine]:
        return Engine

    def _named(self, eio_sid: str) -> bool:
        return self.manager.sid_from_eio_sid(eio_sid, "/") is not None

    async def shut(self, sid: str) -> None:
        """End what somebody opened, and the connection with it."""
        socket = self.eio.sockets.get(self.manager.eio_sid_from_sid(sid, "/"))
        await self.disconnect(sid)
        if socket is not None:
            await socket.end()

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        """Whoever is refused hears so, and the connection ends."""
        await super()._handle_connect(eio_sid, namespace, data)
        socket = self.eio.sockets.get(eio_sid)
        if socket is not None and not self._named(eio_sid):
            await socket.end()

    async def _handle_disconnect(self, eio_sid: str, namespace: str | None, reason: Any = None) -> None:
        """Whoever leaves has a moment to say again who they are."""
        await super()._handle_disconnect(eio_sid, namespace, reason)
        if eio_sid in self.eio.sockets:
            self.eio.expect(eio_sid)

    async def _handle_eio_message(self, eio_sid: str, data: str | bytes) -> None:
        if self._leaves:
            return
        if isinstance(data, bytes) or data[:1] in BINARY:
            await self.eio.disconnect(eio_sid)
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._under_way[eio_sid].add(done)
        try:
            await super()._handle_eio_message(eio_sid, data)
        except Exception as odd:  # noqa: BLE001 - our own handlers answer their faults themselves: this is what was sent
            note_client_fault("odd frame", kind=type(odd).__name__)
        finally:
            done.set_result(None)
            self._under_way[eio_sid].discard(done)
            if not self._under_way[eio_sid]:
                del self._under_way[eio_sid]


class Sockets:
    """Open sockets by session: what a session opened does not outlive it."""

    def __init__(self, sio: TextServer, subscriptions: Subscriptions) -> None:
        self._sio = sio
        self._subscriptions = subscriptions

    async def shut(self, session: str) -> None:
        """Close every socket of a session, now."""
        for watcher in self._subscriptions.of_session(session):
            await self._sio.shut(watcher.sid)

    async def shut_all_but(self, stands: Callable[[str], Awaitable[bool]]) -> None:
        """Close the sockets of sessions that no longer stand."""
        for session in self._subscriptions.sessions():
            if not await stands(session):
                await self.shut(session)

    async def shut_those(self, are_over: Callable[[str], bool]) -> None:
        """Close the sockets of sessions whose time is over."""
        for session in self._subscriptions.sessions():
            if are_over(session):
                await self.shut(session)

    async def leave(self) -> None:
        """Close every socket, in good order. Nobody is told that these people are gone: they are about to come back."""
        await self._sio.leave(self._subscriptions.remove)

    async def end(self) -> None:
        """The same, and the library's own work with it."""
        await self.leave()
        await self._sio.shutdown()


def watch_over(
    sio: TextServer,
    sessions: Sessions,
    limits: Limits,
    address: Callable[[web.Request], str],
    on_cut: Callable[[], None],
    security: SecurityLog,
) -> None:
    """Tell the transport who opens its sockets, once there is somebody who knows."""

    async def visitor(request: web.Request) -> Visitor:
        try:
            signed_in = await sessions.signed_in(request)
        except Refused:
            # Not to be able to look is no answer to who somebody is: it is asked again once they say it.
            signed_in = None
        person = signed_in.identity.key if signed_in else None
        limits.check(Act.SOCKET, person, address(request))
        return Visitor(owner_of(request), person, limits.bucket_of(address(request)))

    def on_other(request: web.Request, owner: Visitor) -> None:
        signed_in = sessions.known(request)
        security.foreign_socket(signed_in.identity.key if signed_in else None, owner.person)

    sio.eio.visitor, sio.eio.owner, sio.eio.on_cut, sio.eio.on_other = visitor, owner_of, on_cut, on_other


def make_sockets(settings: Settings) -> TextServer:
    """The server that the live thread is put on. Who may open a socket is asked by `security.guard` and at connect."""
    sio = TextServer(
        async_mode="aiohttp",
        # Their own would print faults with what was sent; ours tell the kind and the place.
        logger=logging.getLogger("socketio"),
        engineio_logger=logging.getLogger("engineio"),
        # Asked by the guard, which knows our address; the library's own check guesses it from headers.
        cors_allowed_origins=[],
        http_compression=False,
        max_http_buffer_size=settings.max_frame_kb * KB,
        ping_interval=20,
        ping_timeout=20,
        # Events of one socket are handled one after the other: what was sent first is done first.
        async_handlers=False,
        serializer=TextPacket,
    )
    sio.eio.bounds = Bounds(
        backlog=settings.socket_backlog_kb * KB,
        person=settings.sockets_per_person,
        unknown=settings.unknown_sockets,
        unknown_address=settings.unknown_sockets_per_address,
        patience=settings.socket_patience_seconds,
    )
    sio.eio._async = {**sio.eio._async, "websocket": PlainWebSocket}  # noqa: SLF001 - the library's only way
    return sio
