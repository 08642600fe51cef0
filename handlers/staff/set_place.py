"""Saying which unit a case is about. What the reporter wrote is kept beside it."""

from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from handlers.page import Page
from handlers.requests import services_of, staff
from handlers.staff.case_header import DeskCase, desk_case
from handlers.staff.queue import asked_for
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.open_case import look_at, registration_of
from handlers.thread.view_context import ViewContext, reporter_name
from handlers.units.choices import UnitView, units_called
from handlers.view.models import Problem
from inbox.actions.handling import is_own_region
from inbox.cases.model import UnitId
from inbox.directory.model import Unit


class PlaceChoice(Struct, frozen=True):
    """Units to choose from."""

    said: str
    """What the reporter wrote."""
    current: str
    query: str
    units: tuple[UnitView, ...]
    more: bool
    """Whether more units fit than are shown."""
    chosen: UnitId
    looked: bool
    """Whether somebody has just searched: what was found is shown."""


class PlacePage(Page, frozen=True, kw_only=True):
    """Which unit a case is about."""

    template: ClassVar[str] = "staff/place.html"

    case: DeskCase
    place: PlaceChoice
    reporter: str
    client_id: str
    visa: str
    """The list to go on in; empty: none was chosen."""
    errors: tuple[Problem, ...]


async def get_place(request: web.Request) -> web.Response:
    """The question which unit it is about."""
    return place_page(request, await look_at(request, await staff(request)), FIRST)


def place_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The same, with what was typed; when the place cannot be set, off to the case."""
    if "set_place" not in look.thread.may:
        raise off_to(look.url, again)
    services = services_of(request)
    page = PlacePage(
        case=desk_case(look),
        place=place_choice(request, look, again),
        reporter=reporter_name(look),
        client_id=again.client_id(services.new_id()),
        visa=asked_for(request) or "",
        errors=again.errors,
        notice=again.notice,
    )
    return services.render(request, page, again.status)


def place_choice(request: web.Request, look: ViewContext, again: FormState) -> PlaceChoice:
    """The units that fit what was searched for; before that, those that fit what the reporter wrote."""
    said, tags = look.case.place_text, ("set_place", "answer_case")
    query, chosen = again.text("q", *tags).strip(), again.text("unit", *tags) or request.query.get("unit", "")
    registration, directory = registration_of(look.thread), services_of(request).directory

    def fits(unit: Unit) -> bool:
        return not unit.is_board and is_own_region(registration, unit, directory)

    choice = units_called(request, query or said, chosen, fits)
    return PlaceChoice(
        said=said,
        current=look.locale.unit(look.case.place),
        query=query,
        units=choice.units,
        more=choice.more,
        chosen=chosen,
        looked=bool(again.text("check", *tags)),
    )
