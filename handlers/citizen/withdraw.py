"""Taking a case back: what that means, before it is done."""

from typing import ClassVar

from aiohttp import web

from handlers.page import Page
from handlers.requests import citizen, services_of
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.header import case_view
from handlers.thread.open_case import look_at
from handlers.thread.view_context import ViewContext
from handlers.view.models import CaseView, Problem
from inbox.cases.model import OPEN


class WithdrawPage(Page, frozen=True, kw_only=True):
    """Whether to take a case back."""

    template: ClassVar[str] = "citizen/withdraw.html"

    case: CaseView
    stops: str
    """The units that stop, in words."""
    typed: str
    client_id: str
    errors: tuple[Problem, ...]


async def get_withdraw(request: web.Request) -> web.Response:
    """The question whether to take it back."""
    identity = await citizen(request)
    return withdraw_page(request, await look_at(request, identity), FIRST)


def withdraw_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The same, with what was typed; when there is nothing to take back, off to the thread."""
    if "withdraw_case" not in look.thread.may:
        raise off_to(look.url, again)
    services = services_of(request)
    page = WithdrawPage(
        case=case_view(look),
        stops=look.locale.list_of(
            [look.locale.unit(each.owner) for each in look.case.registrations if each.state in OPEN]
        ),
        client_id=again.client_id(services.new_id()),
        typed=again.text("reason", "withdraw_case"),
        errors=again.errors,
        notice=again.notice,
    )
    return services.render(request, page, again.status)
