"""What protects every page: headers, and a guard that lets in only requests that our own pages make."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from multidict import CIMultiDict

from handlers.requests import RETRY_AFTER
from server.config import LOOPBACK, Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SOCKETS = "/socket.io/"
OPEN_TO_MACHINES = ("/health/", "/metrics")
"""Asked by address, not by name: no page of ours is there."""
PART_OF_FILE = "application/offset+octet-stream"
"""Part of an upload that goes on where it was cut off."""
CSRF_CHECKED = web.RequestKey("csrf_checked", bool)
PAUSE = 60
"""Seconds after which somebody who has sent too much may try again, where nothing else is known."""
KB, MB = 1024, 1024 * 1024

OnResponse = Callable[[web.Request, web.StreamResponse], Awaitable[None]]


def headers(settings: Settings) -> CIMultiDict[str]:
    """The headers of every answer."""
    found = CIMultiDict(
        {
            "Content-Security-Policy": policy(settings),
            "X-Content-Type-Options": "nosniff",
            # Addresses hold ids of cases: they go to nobody else.
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
    )
    if settings.public_address.startswith("https://"):
        found["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return found


def policy(settings: Settings) -> str:
    """What a page may load and do: our own files, and nothing that turns text into script."""
    # Safari before 15.4 does not count sockets as 'self'.
    sockets = settings.public_address.replace("http", "ws", 1)
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {sockets}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            # One, which returns nothing but the service worker's own address (web/assets/live/offline.js).
            "trusted-types worker",
        ]
    )


def put_headers(settings: Settings) -> OnResponse:
    """For `on_response_prepare`: every answer carries the headers, and is kept by nobody unless it says so."""
    always = headers(settings)

    async def put(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", str(request.get(RETRY_AFTER, PAUSE)))
        # Which versions we run is nobody's business.
        response.headers.popall("Server", None)

    return put


def guard(settings: Settings) -> Middleware:
    """Lets in what our own pages ask for: our name, our origin, not too big, and a form token that was looked at."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(OPEN_TO_MACHINES) and not _our_name(request, settings):
            raise web.HTTPMisdirectedRequest
        if "\0" in request.path or any("\0" in value for value in request.query.values()):
            # No address of ours has one, and no database takes it.
            raise web.HTTPNotFound
        changes = request.method not in SAFE
        # A socket is opened by GET, and no other site may open it with the person's cookie.
        if (changes or request.path.startswith(SOCKETS)) and not _our_origin(request, settings):
            raise web.HTTPForbidden
        if changes and _too_big(request, settings):
            raise web.HTTPRequestEntityTooLarge(max_size=settings.max_body_kb * KB)
        try:
            response = await handler(request)
        except web.HTTPRedirection:
            _token_was_looked_at(request)
            raise
        if response.status < HTTPStatus.BAD_REQUEST:
            _token_was_looked_at(request)
        return response

    return middleware


def _token_was_looked_at(request: web.Request) -> None:
    """A handler that forgets to ask fails its first test, instead of being found by somebody else."""
    if request.method not in SAFE and not request.path.startswith(SOCKETS) and CSRF_CHECKED not in request:
        raise RuntimeError("a form was taken without looking at its token")


def _our_name(request: web.Request, settings: Settings) -> bool:
    """Another name for our address is how a foreign page would reach a service on this machine."""
    if settings.local:
        return _host_in(f"//{request.host}") in LOOPBACK
    return request.host == urlsplit(settings.public_address).netloc


def _our_origin(request: web.Request, settings: Settings) -> bool:
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None and fetch_site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        # No browser that we serve leaves it out on a change; a program without cookies may, and has no token either.
        return True
    if settings.local:
        return _host_in(origin) in LOOPBACK and origin.partition("://")[2] == request.host
    return origin == settings.public_address


def _host_in(address: str) -> str | None:
    """The name in an address; None if it is no address."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _too_big(request: web.Request, settings: Settings) -> bool:
    """Said before a byte is read; what comes without a length is counted while it is read."""
    carries_files = request.content_type in {"multipart/form-data", PART_OF_FILE}
    most = settings.max_upload_mb * MB if carries_files else settings.max_body_kb * KB
    return (request.content_length or 0) > most
