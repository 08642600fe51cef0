"""How long a body may take, and how many may come at once: whoever sends for ever holds no place that others need.

A body with files has its time as long as it comes at a pace: a letter now and then buys no more than a text has.
Where nobody is signed in the bodies from one address that are under way are counted too.

Asked of what the connection has received, not of what a handler has read: a handler that waits for the disk makes the
connection pause, and that is no silence of the sender's.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from aiohttp import StreamReader, web
from aiohttp.typedefs import Handler, Middleware

from handlers.limits import Limits, TooOften
from handlers.requests import BodyTooSlow
from server.config import Settings
from server.web.security import PART_OF_FILE

_WITH_FILES = frozenset({"multipart/form-data", PART_OF_FILE})


SLOWEST = 1000
"""Bytes a second: less than the slowest net that still carries a telephone call gives."""


class Times(NamedTuple):
    """How long a body is waited for, in seconds."""

    silence: float
    text: float
    """In so much time a text has come; of what takes longer there has to come so much, at a pace, each time."""
    whole: float


class Pace:
    """Whether a body comes. Looked at now and then."""

    def __init__(self, times: Times, now: float) -> None:
        self._times = times
        self._end = now + times.whole
        self._seen = -1
        self._since, self._had = now, 0

    def is_over(self, now: float, received: int, *, paused: bool) -> bool:
        """Whether to give up a body of which so much has come; `paused`: we ourselves take no more just now."""
        silent, self._seen = received == self._seen and not paused, received
        if silent or now >= self._end:
            return True
        if paused or now - self._since >= self._times.text:
            if not paused and received - self._had < SLOWEST * self._times.text:
                return True
            self._since, self._had = now, received
        return False


class _Patience:
    """Looks at a body now and then, and gives it up."""

    def __init__(self, request: web.Request, times: Times) -> None:
        self._request = request
        self._body: StreamReader = request.content
        self._loop = asyncio.get_running_loop()
        self._pace = Pace(times, self._loop.time())
        self._every = times.silence / 2
        self._handle = self._loop.call_later(self._every, self._look)

    def stop(self) -> None:
        """It has come, or nobody waits for it any more."""
        self._handle.cancel()

    def _look(self) -> None:
        if self._body.is_eof() or self._body.exception() is not None:
            return
        paused = self._request.protocol._reading_paused  # noqa: SLF001 - told nowhere else
        if self._pace.is_over(self._loop.time(), self._body.total_bytes, paused=paused):
            self._body.set_exception(BodyTooSlow())
            return
        self._handle = self._loop.call_later(self._every, self._look)


class _UnderWay:
    """Bodies of those who are not signed in, by where they come from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._now: Counter[str] = Counter()

    @contextmanager
    def one(self, sender: str, seconds: int) -> Iterator[None]:
        """Around one body. Raises TooOften where there are as many as there may be; some will be over by then."""
        if self._now[sender] >= self._most:
            raise TooOften(seconds=seconds)
        self._now[sender] += 1
        try:
            yield
        finally:
            self._now[sender] -= 1
            if not self._now[sender]:
                del self._now[sender]


def limit_bodies(
    settings: Settings,
    is_known: Callable[[web.Request], bool],
    limits: Limits,
    address: Callable[[web.Request], str],
) -> Middleware:
    """Gives up a body that says nothing for a while, or takes very long altogether. Its reader gets BodyTooSlow.

    `is_known`: whether somebody was found to be signed in.
    """
    under_way = _UnderWay(settings.unknown_bodies_per_address)
    silence, text = settings.body_silence_seconds, settings.body_seconds

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.body_exists:
            return await handler(request)
        large = request.content_type in _WITH_FILES
        patience = _Patience(request, Times(silence, text, settings.upload_minutes * 60 if large else text))
        try:
            if is_known(request):
                return await handler(request)
            with under_way.one(limits.bucket_of(address(request)), silence):
                return await handler(request)
        finally:
            patience.stop()

    return middleware
