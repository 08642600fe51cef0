"""Opening a case: the thread is fetched, and the opening is kept. What was read of it is told apart from that."""

from aiohttp import web

from handlers.fetched import opened_as, refuse_ahead
from handlers.requests import services_of, wants_fragment
from handlers.thread.view_context import ViewContext
from handlers.view.locale import locale_of
from inbox.cases.model import Actor, Case, CaseId, Identity, Registration
from inbox.cases.status import leading_registration
from inbox.cases.thread_window import WHOLE, WindowRequest
from inbox.queries.reading import Thread
from inbox.storage.openings import LIVE, REGISTER

CITIZEN, STAFF = "/arende", "/personal/arende"


async def look_at(
    request: web.Request, identity: Identity, what: str = "thread", wish: WindowRequest = WHOLE
) -> ViewContext:
    """The case in the address, as the person sees it. Raises NoSuchCase, or NotYours for those who only distribute.

    Nothing of it is read by that: a browser may fetch a page that nobody ever looks at.
    """
    id = request.match_info["case"]
    thread = await services_of(request).reading.thread(id, identity, opened_as(request, what), wish)
    refuse_ahead(request)
    return ViewContext(thread, url_of(id, identity), locale_of(request))


async def register_entry(request: web.Request, identity: Identity) -> tuple[Case, Actor]:
    """The same for those who only distribute: which case it is, and nothing that anybody wrote."""
    id, what = request.match_info["case"], LIVE if wants_fragment(request) else REGISTER
    entry = await services_of(request).reading.register_entry(id, identity, opened_as(request, what))
    refuse_ahead(request)
    return entry


def url_of(id: CaseId, identity: Identity) -> str:
    """The address of the thread, for citizens or for staff."""
    return f"{STAFF if identity.staff else CITIZEN}/{id}"


def registration_of(thread: Thread) -> Registration:
    """The handling that the viewer works with; for the reporter the one that the status line speaks of."""
    return registration_in(thread.case, thread.actor.registration)


def registration_in(case: Case, id: str | None) -> Registration:
    """The registration with that id, or the leading one."""
    return case.registration(id) if id else leading_registration(case)
