"""The receipt: the number, who has it, and when an answer is aimed at. It can be opened again and printed."""

from aiohttp import web

from handlers.intake.review import receiver_view
from handlers.requests import citizen, services_of
from handlers.thread.header import case_view
from handlers.thread.open_case import look_at
from handlers.thread.status import status_view
from inbox.cases.model import CaseType


async def show(request: web.Request) -> web.Response:
    """`/kvitto/<case>`: for the one who sent it."""
    look = await look_at(request, await citizen(request), "receipt")
    # With whom it was filed, whoever has joined since.
    registration = look.case.registrations[0]
    services = services_of(request)
    return services.render(
        request,
        "intake/receipt.html",
        case=case_view(look),
        receiver=receiver_view(services.directory.units[registration.visited[0]]),
        sent_at=look.case.submitted_at,
        goal=registration.goal,
        praise=look.case.type is CaseType.PRAISE,
        standing=status_view(look.case, look.thread.status, look.locale),
    )
