"""The socket server: one Socket.IO server on aiohttp, with limits."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import socketio
from aiohttp import web
from engineio.async_drivers import aiohttp as driver

from handlers.watchers import Watchers
from server.config import Settings
from server.security import KB

BINARY = ("5", "6")
"""Kinds of packets that announce binary frames."""


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


class TextServer(socketio.AsyncServer):  # type: ignore[misc]
    """Speaks text alone: the library would gather what belongs to a binary event, however many frames it announces."""

    async def _handle_eio_message(self, eio_sid: str, data: str | bytes) -> None:
        if isinstance(data, bytes) or data[:1] in BINARY:
            await self.eio.disconnect(eio_sid)
            return
        await super()._handle_eio_message(eio_sid, data)


class Sockets:
    """Open sockets by session: what a session opened does not outlive it."""

    def __init__(self, sio: socketio.AsyncServer, watchers: Watchers) -> None:
        self._sio = sio
        self._watchers = watchers

    async def shut(self, session: str) -> None:
        """Close every socket of a session, now."""
        for watcher in self._watchers.of_session(session):
            await self._sio.disconnect(watcher.sid)

    async def shut_all_but(self, stands: Callable[[str], Awaitable[bool]]) -> None:
        """Close the sockets of sessions that no longer stand."""
        for session in self._watchers.sessions():
            if not await stands(session):
                await self.shut(session)


def make_sockets(settings: Settings) -> socketio.AsyncServer:
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
    )
    sio.eio._async = {**sio.eio._async, "websocket": PlainWebSocket}  # noqa: SLF001 - the library's only way
    return sio
