"""A case on paper. What is internal to a desk is left out here, never by style."""

from datetime import datetime
from typing import ClassVar

from aiohttp import web
from msgspec.structs import replace

from handlers.page import Page
from handlers.requests import services_of, somebody
from handlers.thread.answer_text import answer_view, answers_in
from handlers.thread.entries_view import questions_answered, rows_of
from handlers.thread.header import case_view
from handlers.thread.open_case import look_at, registration_of
from handlers.thread.status import state_words, status_view
from handlers.thread.view_context import ViewContext, known_name, without_notes
from handlers.view.models import AnswerView, CaseView, Message, QuestionAnswered, Row, StatusView


class PrintPage(Page, frozen=True, kw_only=True):
    """A case on paper."""

    template: ClassVar[str] = "print.html"

    case: CaseView
    standing: StatusView
    staff: bool
    """Whether it is the desk's own paper."""
    entries: tuple[Row, ...]
    answers: tuple[QuestionAnswered, ...]
    answers_in: str
    """The language that they were given in."""
    letters: tuple[AnswerView, ...]
    """Every final answer, the newest first."""
    printed_at: datetime


async def get_print(request: web.Request) -> web.Response:
    """The whole thread, the answers it began with, and every final answer."""
    identity = await somebody(request)
    look = without_notes(await look_at(request, identity, "print"))
    services = services_of(request)
    page = PrintPage(
        case=case_view(look),
        standing=_standing(look),
        staff=look.staff,
        entries=_on_paper(look),
        answers=questions_answered(look),
        answers_in=look.case.language,
        letters=tuple(answer_view(*each, look.case, look.locale) for each in reversed(answers_in(look.thread.entries))),
        printed_at=services.now(),
    )
    return services.render(request, page)


def _on_paper(look: ViewContext) -> tuple[Row, ...]:
    """Without the answers, which have a place of their own; on the desk's paper nobody is "you"."""
    return tuple(_spoken(row, look) if isinstance(row, Message) else row for row in rows_of(look))


def _spoken(row: Message, look: ViewContext) -> Message:
    return replace(row, answers=(), own=False, foot="") if look.staff else replace(row, answers=())


def _standing(look: ViewContext) -> StatusView:
    """Where it stands; for staff in their own words for it."""
    standing = status_view(look.case, look.thread.status, look.locale)
    if not look.staff:
        return standing
    return replace(standing, now=state_words(registration_of(look.thread).state, known_name(look), look.locale))
