"""Every request gets an id, a line in the log and a count: by method, route and status, never by address or person."""

import logging
from collections.abc import Callable
from time import perf_counter

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from handlers.requests import REQUEST_ID
from server.observability.logs import request_id
from server.observability.metrics import Metrics
from server.web.security import SOCKETS

log = logging.getLogger(__name__)

QUIET = ("/assets/", "/health/", "/metrics")
"""Asked too often to be worth a line each."""


def note_requests(metrics: Metrics, new_id: Callable[[], str]) -> Middleware:
    """The outermost middleware."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[REQUEST_ID] = new_id()
        mark = request_id.set(request[REQUEST_ID])
        begun, status = perf_counter(), 500
        try:
            response = await handler(request)
            status = response.status
        except web.HTTPException as answer:
            status = answer.status
            raise
        else:
            return response
        finally:
            _note(metrics, request, status, perf_counter() - begun)
            request_id.reset(mark)

    return middleware


def route_of(request: web.Request) -> str:
    """The route's pattern: ids of cases stay out of logs and counts."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"


def _note(metrics: Metrics, request: web.Request, status: int, seconds: float) -> None:
    route = route_of(request)
    metrics.requests.labels(request.method, route, status).inc()
    if request.path.startswith(SOCKETS):
        # Lasts as long as the socket is open: a length, not a speed.
        return
    metrics.seconds.labels(route).observe(seconds)
    if not request.path.startswith(QUIET):
        facts = {"method": request.method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("request", extra=facts)
