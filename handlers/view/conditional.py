"""Lists that are asked for again and again: what has not changed since it was shown is not drawn anew."""

from http import HTTPStatus
from zlib import crc32

from aiohttp import web

from handlers.requests import wants_fragment


def version_of(*shown: object) -> int:
    """Another number where something else is shown. Only for telling; two processes need not agree."""
    return crc32(repr(shown).encode())


def is_shown(request: web.Request, version: object) -> bool:
    """Whether the page's script has that version in front of it."""
    return wants_fragment(request) and request.headers.get("X-Version") == str(version)


def nothing_newer() -> web.Response:
    """The answer then."""
    return web.Response(status=HTTPStatus.NO_CONTENT)
