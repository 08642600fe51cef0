"""Every request that is refused is told to those who watch over the service, whichever handler refused it."""

from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from handlers.requests import REFUSAL
from handlers.security_log import SecurityLog
from server.auth.sessions import Sessions
from server.observability.request_log import route_of

WATCHED = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.MISDIRECTED_REQUEST,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""What somebody hears who asks for what is not theirs, or too often."""


def tell_refused(sessions: Sessions, security: SecurityLog) -> Middleware:
    """Around all that answers."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as answer:
            _tell(request, answer.status, sessions, security)
            raise
        _tell(request, response.status, sessions, security)
        return response

    return middleware


def _tell(request: web.Request, status: int, sessions: Sessions, security: SecurityLog) -> None:
    if status not in WATCHED:
        return
    signed_in = sessions.known(request)
    code = request.get(REFUSAL) or HTTPStatus(status).name.lower()
    person = signed_in.identity.key if signed_in else None
    security.refused("request", person, code, method=request.method, route=route_of(request), status=status)
