"""How long a body may take: whoever sends nothing, or for ever, holds no place that others need.

Asked of what the connection has received, not of what a handler has read: a handler that waits for the disk makes the
connection pause, and that is no silence of the sender's.
"""

import asyncio

from aiohttp import StreamReader, web
from aiohttp.typedefs import Handler, Middleware

from handlers.requests import BodyTooSlow
from server.config import Settings
from server.web.security import PART_OF_FILE

_WITH_FILES = frozenset({"multipart/form-data", PART_OF_FILE})


class _Patience:
    """Looks at a body now and then, and gives it up."""

    def __init__(self, request: web.Request, silence: float, whole: float) -> None:
        self._request = request
        self._body: StreamReader = request.content
        self._silence = silence
        self._loop = asyncio.get_running_loop()
        self._end = self._loop.time() + whole
        self._seen = -1
        self._handle = self._loop.call_later(silence / 2, self._look)

    def stop(self) -> None:
        """It has come, or nobody waits for it any more."""
        self._handle.cancel()

    def _look(self) -> None:
        if self._body.is_eof() or self._body.exception() is not None:
            return
        protocol = self._request.protocol
        paused = protocol._reading_paused  # noqa: SLF001 - told nowhere else
        if self._loop.time() >= self._end or (self._body.total_bytes == self._seen and not paused):
            self._body.set_exception(BodyTooSlow())
            return
        self._seen = self._body.total_bytes
        self._handle = self._loop.call_later(self._silence / 2, self._look)


def limit_bodies(settings: Settings) -> Middleware:
    """Gives up a body that says nothing for a while, or takes very long altogether. Its reader gets BodyTooSlow."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.body_exists:
            return await handler(request)
        large = request.content_type in _WITH_FILES
        whole = settings.upload_minutes * 60 if large else settings.body_seconds
        patience = _Patience(request, settings.body_silence_seconds, whole)
        try:
            return await handler(request)
        finally:
            patience.stop()

    return middleware
