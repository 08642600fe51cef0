"""Taking a case back: what that means, before it is done."""

from aiohttp import web

from handlers.requests import citizen, services_of
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.header import case_view
from handlers.thread.open_case import look_at
from handlers.thread.view_context import ViewContext
from inbox.cases.model import OPEN


async def get_withdraw(request: web.Request) -> web.Response:
    """The question whether to take it back."""
    identity = await citizen(request)
    return withdraw_page(request, await look_at(request, identity), FIRST)


def withdraw_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The same, with what was typed; when there is nothing to take back, off to the thread."""
    if "withdraw_case" not in look.thread.may:
        raise off_to(look.url, again)
    services = services_of(request)
    return services.render(
        request,
        "citizen/withdraw.html",
        status=again.status,
        case=case_view(look),
        stops=look.locale.list_of(
            [look.locale.unit(each.owner) for each in look.case.registrations if each.state in OPEN]
        ),
        client_id=again.client_id(services.new_id()),
        typed=again.text("reason", "withdraw_case"),
        errors=again.errors,
        notice=again.notice,
    )
