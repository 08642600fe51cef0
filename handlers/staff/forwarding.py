"""Forwarding a case to another unit of the same care provider."""

from aiohttp import web

from dialogs.sentences import N_
from handlers.requests import services_of, staff
from handlers.staff.case_header import DeskCase, blind_case, desk_case
from handlers.staff.queue import asked_for
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.open_case import look_at, register_entry, registration_in
from handlers.thread.view_context import reporter_name
from handlers.units.browsing import UNDER, branch_within
from handlers.units.choices import units_called
from handlers.view.locale import locale_of
from inbox.cases.errors import NotYours
from inbox.cases.model import Identity, UnitId
from inbox.cases.permissions import allowed
from inbox.directory.model import Unit


async def get_forward(request: web.Request) -> web.Response:
    """Where to, and why."""
    return await forward_page(request, await staff(request), FIRST)


async def forward_page(request: web.Request, identity: Identity, again: FormState) -> web.Response:
    """The same, with what was typed; when the case cannot be forwarded, off to it."""
    services, directory = services_of(request), services_of(request).directory
    case, owner_id, may, reporter = await _case(request, identity)
    owner = directory.find(owner_id)
    if "forward_case" not in may or owner is None:
        raise off_to(case.url, again)

    def fits(unit: Unit) -> bool:
        return unit.connected and unit != owner and directory.same_provider(unit, owner)

    query = again.text("q", "forward_case").strip()
    chosen = again.text("unit", "forward_case") or request.query.get("unit", "")
    above = directory.parents(owner)
    near = (*directory.children(above[0] if above else None), *above)
    top = above[-1] if above else owner
    branch = branch_within(again.text("check", "forward_case"), top, fits, locale_of(request))
    provider = directory.provider_of(owner)
    choice = units_called(request, query, chosen, fits, near)
    return services.render(
        request,
        "staff/forward.html",
        status=again.status,
        case=case,
        query=query,
        units=choice.units,
        more=choice.more,
        chosen=chosen,
        looked=bool(again.text("check", "forward_case")),
        top=f"{UNDER}{top.id}",
        branch=branch,
        reason=again.text("reason", "forward_case"),
        reporter=reporter,
        provider=provider.name if provider else "",
        client_id=again.client_id(services.new_id()),
        visa=asked_for(request) or "",
        errors=again.errors,
        notice=again.notice,
    )


async def _case(request: web.Request, identity: Identity) -> tuple[DeskCase, UnitId, frozenset[str], str]:
    """The case as far as the person may see it, who has it, what can be done, and what the reporter is called."""
    locale = locale_of(request)
    try:
        look = await look_at(request, identity)
    except NotYours:
        case, actor = await register_entry(request, identity)
        registration = registration_in(case, actor.registration)
        blind = blind_case(case, registration, {}, locale)
        return blind, registration.owner, allowed(case, actor), locale.t(N_("Anmälaren"))
    registration = registration_in(look.case, look.actor.registration)
    return desk_case(look), registration.owner, look.thread.may, reporter_name(look)
