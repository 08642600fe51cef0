"""The receipt: the number, who has it, and when an answer is aimed at. It can be opened again and printed."""

from datetime import date, datetime
from typing import ClassVar

from aiohttp import web

from handlers.intake.review import ReceiverView, receiver_view, told_for
from handlers.page import Page
from handlers.requests import citizen, services_of
from handlers.thread.header import case_view
from handlers.thread.open_case import look_at
from handlers.thread.status import status_view
from handlers.view.models import CaseView, StatusView
from inbox.cases.case_types import type_of


class ReceiptPage(Page, frozen=True, kw_only=True):
    """The receipt."""

    template: ClassVar[str] = "intake/receipt.html"

    case: CaseView
    receiver: ReceiverView
    sent_at: datetime
    goal: date | None
    after: str
    """What happens now, where the type has words of its own for it; empty: the stages say it."""
    standing: StatusView
    told: str
    """What the receiver's region says in its own words."""


async def show(request: web.Request) -> web.Response:
    """`/kvitto/<case>`: for the one who sent it."""
    look = await look_at(request, await citizen(request), "receipt")
    # With whom it was filed, whoever has joined since.
    registration = look.case.registrations[0]
    directory = services_of(request).directory
    receiver = directory.units[registration.visited[0]]
    page = ReceiptPage(
        case=case_view(look),
        receiver=receiver_view(receiver, look.locale.unit(receiver.id, look.case.submitted_at)),
        sent_at=look.case.submitted_at,
        goal=registration.goal,
        after=told_for(type_of(look.case.type).told_in(look.locale.language).receipt, receiver),
        standing=status_view(look.case, look.thread.status, look.locale),
        told=directory.region_of(receiver).text("receipt", look.locale.language),
    )
    return services_of(request).render(request, page)
