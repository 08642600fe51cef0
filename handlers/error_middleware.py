"""Refusals and faults become answers here, once: a page for people, JSON for programs. Never a stack trace."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from aiohttp import web
from aiohttp.typedefs import Handler

from dialogs.errors import Refused
from dialogs.sentences import N_
from handlers.errors import SORRY, reply_of, sentence_of, status_of
from handlers.page import Page
from handlers.requests import REQUEST_ID, BodyTooSlow, language_of, note_refusal, services_of, translate_of

log = logging.getLogger(__name__)
clients = logging.getLogger("clients")
"""What clients do and nobody here can mend, at `info`: whoever looks for faults of ours finds those alone, and nobody
can hide one behind a thousand of their own."""

TITLES = {
    HTTPStatus.NOT_FOUND: N_("Sidan finns inte"),
    HTTPStatus.FORBIDDEN: N_("Du får inte se det här"),
    HTTPStatus.UNAUTHORIZED: N_("Logga in först"),
    HTTPStatus.CONFLICT: N_("Något har ändrats"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: N_("Det är för stort"),
    HTTPStatus.REQUEST_TIMEOUT: N_("Det tog för lång tid"),
    HTTPStatus.TOO_MANY_REQUESTS: N_("Vänta lite"),
    HTTPStatus.SERVICE_UNAVAILABLE: N_("Det går inte just nu"),
}
TEXTS = {
    HTTPStatus.NOT_FOUND: N_("Adressen är fel, eller så är sidan borttagen."),
    HTTPStatus.METHOD_NOT_ALLOWED: N_("Sidan kan inte öppnas på det sättet."),
    HTTPStatus.REQUEST_TIMEOUT: N_("Det du skickade kom inte fram i tid. Försök igen när du har bättre uppkoppling."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: N_(
        "Det du skickade är för stort. Gå tillbaka i webbläsaren: det du skrev finns kvar där. "
        "Korta texten eller ta bort en fil, och försök igen."
    ),
}
CLIENT_GONE = 499
"""As nginx calls it: nobody is there to read an answer."""
_CANNOT = N_("Något gick fel")


class ErrorPage(Page, frozen=True, kw_only=True):
    """Something went wrong, in plain words."""

    template: ClassVar[str] = "error.html"

    title: str
    text: str
    request_id: str
    """To name when one asks about it; may be empty."""
    staff: bool


@web.middleware
async def answer_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever is refused or breaks gets a clear answer in the person's language."""
    try:
        return await handler(request)
    except Refused as refusal:
        translate, language = translate_of(request), language_of(request)
        note_refusal(request, refusal)
        told = sentence_of(refusal, translate, language)
        return _answer(request, status_of(refusal), told, reply_of(refusal, translate, language))
    except BodyTooSlow:
        return _of_status(request, HTTPStatus.REQUEST_TIMEOUT)
    except web.HTTPException as fault:
        if fault.status < HTTPStatus.BAD_REQUEST:
            raise
        return _of_status(request, HTTPStatus(fault.status))
    except ConnectionError as fault:
        if request.transport is not None and not request.transport.is_closing():
            return _fault(request, fault)
        # Whoever asked has gone: there is nobody to tell, and nothing is wrong with us.
        note_client_fault("gone", route=_route(request))
        return web.Response(status=CLIENT_GONE)
    except Exception as fault:  # noqa: BLE001 - told by its kind, in one place
        return _fault(request, fault)


def note_client_fault(what: str, **where: str) -> None:
    """Tell that somebody went away, or sent what cannot be read. `where` are codes, never what was sent."""
    clients.info(what, extra=where)


def _fault(request: web.Request, fault: Exception) -> web.StreamResponse:
    # The kind only: the message could quote what people typed.
    log.error("request failed", extra={"kind": type(fault).__name__, "route": _route(request)}, exc_info=False)
    log.debug("request failed", exc_info=fault)
    return _of_status(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _of_status(request: web.Request, status: HTTPStatus) -> web.StreamResponse:
    text = translate_of(request)(TEXTS.get(status, SORRY if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _CANNOT))
    return _answer(request, status, text, {"error": {"code": status.name.lower(), "message": text}})


def _answer(request: web.Request, status: HTTPStatus, text: str, reply: Mapping[str, object]) -> web.StreamResponse:
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return web.json_response(reply, status=status)
    title = translate_of(request)(TITLES.get(status, _CANNOT))
    services = services_of(request)
    page = ErrorPage(
        title=title,
        text=text,
        request_id=request.get(REQUEST_ID, ""),
        staff=request.path.startswith("/personal"),
    )
    return services.render(request, page, status.value)


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "?"
