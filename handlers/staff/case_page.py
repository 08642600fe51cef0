"""A case on the desk: queue, thread and facts. Those who only distribute see which case, never what it says."""

from aiohttp import web

from dialogs.sentences import N_
from handlers.requests import services_of, staff, wants_fragment
from handlers.staff.case_facts import facts_view
from handlers.staff.case_header import Colleague, blind_case, can_of, desk_case
from handlers.staff.propose_sharing import with_board
from handlers.staff.queue import Show, asked_for, queue_view, what_was_done
from handlers.staff.statements import board_side
from handlers.staff.waits import later_at, later_of
from handlers.thread.audiences import choices
from handlers.thread.entries_view import rows_of
from handlers.thread.form_state import FIRST, FormState
from handlers.thread.header import people_in, readers_for_staff
from handlers.thread.open_case import register_entry, registration_in, registration_of
from handlers.thread.paging import around, opened
from handlers.thread.view_context import ViewContext, reporter_name
from handlers.view.form_specs import FORMS
from handlers.view.locale import locale_of
from inbox.cases.errors import NotYours
from inbox.cases.model import OPEN, Identity, Registration
from inbox.cases.permissions import allowed, later


async def get_desk(request: web.Request) -> web.Response:
    """The case, opened; for the page's script only the parts that follow from where it stands."""
    identity = await staff(request)
    return await desk_page(request, identity, FIRST)


async def desk_page(request: web.Request, identity: Identity, again: FormState) -> web.Response:
    """The same, with what was typed in its forms if that was not taken."""
    fragment = wants_fragment(request)
    try:
        look = await opened(request, identity)
    except NotYours:
        return await _distributor_page(request, identity, again, fragment=fragment)
    registration = registration_of(look.thread)
    queue = await queue_view(request, identity, _show(request, registration, identity), look.case.id)
    context = _thread_context(look, registration) | _form_context(request, again)
    context |= {"fragment": fragment, "around": around(request, look)}
    context |= {"audiences": choices(look, again), **board_side(look)}
    if again is FIRST:
        context |= what_was_done(request, queue)
    return services_of(request).render(request, "staff/queue.html", status=again.status, queue=queue, **context)


def _thread_context(look: ViewContext, registration: Registration) -> dict[str, object]:
    others = {id: name for id, name in look.thread.colleagues.items() if id != registration.handler}
    return {
        "case": desk_case(look),
        "entries": rows_of(look),
        "facts": facts_view(look),
        "people": people_in(look),
        "colleagues": tuple(Colleague(id, name) for id, name in others.items()),
        "readers": readers_for_staff(look),
        "reporter": reporter_name(look),
        "can": with_board(can_of(look.thread.may, registration), look),
        "later": later_at(look),
    }


def _form_context(request: web.Request, again: FormState) -> dict[str, object]:
    services = services_of(request)
    own = again.client_id(services.new_id())
    note = again.tag == "write_note"
    return {
        "client_id": services.new_id() if note else own,
        "visa": asked_for(request) or "",
        "note_client_id": own if note else services.new_id(),
        "typed": FORMS[again.tag].on_page(again.typed) if again.tag else {},
        "attached": again.attached,
        "errors": again.errors,
        "notice": again.notice,
    }


def _show(request: web.Request, registration: Registration, identity: Identity) -> Show:
    """The list that the person came from, else the one that has the case."""
    if wish := asked_for(request):
        return wish
    if registration.state not in OPEN:
        return "klara"
    return "mina" if registration.handler == identity.person else "alla"


async def _distributor_page(
    request: web.Request, identity: Identity, again: FormState, *, fragment: bool
) -> web.Response:
    services, locale = services_of(request), locale_of(request)
    case, actor = await register_entry(request, identity)
    registration = registration_in(case, actor.registration)
    queue = await queue_view(request, identity, _show(request, registration, identity), case.id)
    colleagues = await services.identities.colleagues(registration.owner)
    return services.render(
        request,
        "staff/queue.html",
        status=again.status,
        fragment=fragment,
        queue=queue,
        case=blind_case(case, registration, colleagues, locale),
        colleagues=tuple(Colleague(id, name) for id, name in colleagues.items() if id != registration.handler),
        can=can_of(allowed(case, actor), registration),
        later=later_of(later(case, actor), registration, locale.t(N_("anmälaren")), locale),
        **_form_context(request, again),
    )
