"""Answering and closing: the form, the thread beside it, and how the answer will look."""

from typing import ClassVar

from aiohttp import web

from handlers.page import Page
from handlers.requests import services_of, staff
from handlers.staff.case_facts import FactsView, facts_view
from handlers.staff.case_header import DeskCase, desk_case
from handlers.staff.close_form import FormView, GuardView, form_view, guards_of
from handlers.staff.close_input import answer_begun, answer_typed
from handlers.staff.queue import asked_for
from handlers.staff.set_place import PlaceChoice, place_choice
from handlers.thread.entries_view import rows_of
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.open_case import look_at, registration_of
from handlers.thread.view_context import ViewContext, reporter_name
from handlers.view.models import Problem, Row

ONE_MORE = "measure"
"""The button that adds a row for a measure."""


class ClosePage(Page, frozen=True, kw_only=True):
    """Answering and closing."""

    template: ClassVar[str] = "staff/close.html"

    case: DeskCase
    entries: tuple[Row, ...]
    facts: FactsView
    guards: tuple[GuardView, ...]
    """Everything that is missing."""
    form: FormView
    place: PlaceChoice | None
    """None when it is known which unit it is about."""
    reporter: str
    signature: str
    """The unit."""
    client_id: str
    visa: str
    """The list to go on in; empty: none was chosen."""
    errors: tuple[Problem, ...]
    typed: bool
    """Whether what the form holds was sent with it."""
    looked: str
    """The button named `check` that was pressed; empty: none."""


async def get_closing(request: web.Request) -> web.Response:
    """The form, begun from what the reporter answered."""
    return closing_page(request, await look_at(request, await staff(request)), FIRST)


def closing_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The same, with everything that was typed; when the case cannot be answered, off to it."""
    if "answer_case" not in look.thread.may:
        raise off_to(look.url, again)
    services, registration = services_of(request), registration_of(look.thread)
    place = services.directory.find_now(look.case.place or registration.owner)
    typed = answer_typed(again.typed) if again.typed else answer_begun(look.case, place)
    looked = again.text("check", "answer_case")
    rows = len(typed.measures) + 1 if looked == ONE_MORE else 1
    page = ClosePage(
        case=desk_case(look),
        entries=rows_of(look),
        facts=facts_view(look, services_of(request).dialogs),
        guards=guards_of(typed, look),
        form=form_view(typed, look, rows=rows),
        place=None if look.case.place else place_choice(request, look, again),
        reporter=reporter_name(look),
        signature=look.locale.unit(registration.owner),
        client_id=again.client_id(services.new_id()),
        visa=asked_for(request) or "",
        errors=again.errors,
        typed=bool(again.typed),
        looked=looked,
        notice=again.notice,
    )
    return services.render(request, page, again.status)
