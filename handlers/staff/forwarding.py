"""Forwarding a case to another unit of the same care provider."""

from typing import ClassVar

from aiohttp import web

from handlers.page import Page
from handlers.requests import services_of, staff
from handlers.staff.case_header import DeskCase, blind_case, desk_case
from handlers.staff.queue import asked_for
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.open_case import look_at, register_entry, registration_in
from handlers.units.browsing import UNDER, BranchView, branch_within
from handlers.units.choices import UnitView, units_called
from handlers.view.locale import locale_of
from handlers.view.models import Problem
from inbox.cases.errors import NotYours
from inbox.cases.model import Identity, UnitId
from inbox.cases.permissions import allowed
from inbox.directory.model import Unit


class ForwardPage(Page, frozen=True, kw_only=True):
    """Where a case goes on to."""

    template: ClassVar[str] = "staff/forward.html"

    case: DeskCase
    query: str
    units: tuple[UnitView, ...]
    more: bool
    """Whether more units fit than are shown."""
    chosen: UnitId
    looked: bool
    """Whether somebody has just searched: the list is open."""
    top: str
    """The button that opens the care provider's units."""
    branch: BranchView | None
    """The level that one looks through."""
    reason: str
    provider: str
    client_id: str
    visa: str
    """The list to go on in; empty: none was chosen."""
    errors: tuple[Problem, ...]


async def get_forward(request: web.Request) -> web.Response:
    """Where to, and why."""
    return await forward_page(request, await staff(request), FIRST)


async def forward_page(request: web.Request, identity: Identity, again: FormState) -> web.Response:
    """The same, with what was typed; when the case cannot be forwarded, off to it."""
    services, directory = services_of(request), services_of(request).directory
    case, owner_id, may = await _case(request, identity)
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
    page = ForwardPage(
        case=case,
        query=query,
        units=choice.units,
        more=choice.more,
        chosen=chosen,
        looked=bool(again.text("check", "forward_case")),
        top=f"{UNDER}{top.id}",
        branch=branch,
        reason=again.text("reason", "forward_case"),
        provider=provider.name if provider else "",
        client_id=again.client_id(services.new_id()),
        visa=asked_for(request) or "",
        errors=again.errors,
        notice=again.notice,
    )
    return services.render(request, page, again.status)


async def _case(request: web.Request, identity: Identity) -> tuple[DeskCase, UnitId, frozenset[str]]:
    """The case as far as the person may see it, who has it, and what can be done."""
    locale = locale_of(request)
    try:
        look = await look_at(request, identity)
    except NotYours:
        case, actor = await register_entry(request, identity)
        registration = registration_in(case, actor.registration)
        blind = blind_case(case, registration, {}, locale)
        return blind, registration.owner, allowed(case, actor)
    registration = registration_in(look.case, look.actor.registration)
    return desk_case(look), registration.owner, look.thread.may
