"""Opening a case: the thread is fetched, the opening is kept, and the others hear that it was read."""

from aiohttp import web

from handlers.pages.look import Look
from handlers.pages.speech import speech_of
from handlers.requests import services_of
from inbox.model import Case, CaseId, Identity, Registration
from inbox.read import Thread
from inbox.status import leading_registration
from inbox.stretch import WHOLE, Wish

CITIZEN, STAFF = "/arende", "/personal/arende"


async def look_at(request: web.Request, identity: Identity, what: str = "thread", wish: Wish = WHOLE) -> Look:
    """The case in the address, as the person sees it. Raises NoSuchCase, or NotYours for those who only distribute."""
    id = request.match_info["case"]
    thread = await services_of(request).reading.thread(id, identity, what, wish)
    return Look(thread, url_of(id, identity), speech_of(request))


async def open_case(request: web.Request, identity: Identity, what: str = "thread", wish: Wish = WHOLE) -> Look:
    """The same, and everything up to the newest that is shown counts as read."""
    look = await look_at(request, identity, what, wish)
    await note_read(request, look, identity, max(look.thread.shown, default=0))
    return look


async def note_read(request: web.Request, look: Look, identity: Identity, n: int) -> None:
    """The person's party has read up to `n`; the others are told."""
    services = services_of(request)
    marked = await services.reading.mark_read(look.case.id, identity, n)
    if marked is not None:
        case, seats, actor, marks = marked
        await services.publisher.tell_read(case, seats, actor, marks, services.now().isoformat())


def url_of(id: CaseId, identity: Identity) -> str:
    """The address of the thread, for citizens or for staff."""
    return f"{STAFF if identity.staff else CITIZEN}/{id}"


def registration_of(thread: Thread) -> Registration:
    """The handling that the viewer works with; for the reporter the one that the status line speaks of."""
    return registration_in(thread.case, thread.actor.registration)


def registration_in(case: Case, id: str | None) -> Registration:
    """The registration with that id, or the leading one."""
    return case.registration(id) if id else leading_registration(case)
