"""The final answer, as the citizen reads it: what it says, whether it answered, and where else to turn."""

from datetime import date
from typing import ClassVar

from aiohttp import web
from msgspec.structs import replace

from dialogs.sentences import N_
from handlers.page import Page
from handlers.requests import citizen, services_of
from handlers.thread.answer_text import answer_view, newest_answer
from handlers.thread.form_state import FIRST, FormState
from handlers.thread.header import case_view, readers_for_citizen
from handlers.thread.open_case import look_at
from handlers.thread.thread_page import Can, can_of, turns_to
from handlers.thread.view_context import ViewContext
from handlers.units.board_view import BoardView, board_view
from handlers.view.locale import in_sweden
from handlers.view.models import AnswerView, CaseView, Link, Problem
from inbox.actions.audience import of_kind
from inbox.actions.joining import about_unit
from inbox.cases import events as e
from inbox.cases.model import PartyKind
from inbox.cases.views import Entry
from inbox.directory.model import Unit


class AnswerPage(Page, frozen=True, kw_only=True):
    """The final answer."""

    template: ClassVar[str] = "citizen/answer.html"

    case: CaseView
    answer: AnswerView
    n: int
    """Its number."""
    unread: bool
    rated: str | None
    """`yes`, `partly` or `no`."""
    can: Can
    reply_until: date | None
    readers: tuple[str, ...]
    """Parts of a sentence: "du", then the units."""
    board: BoardView | None
    """Where to turn as well, while no board takes part."""
    turns_to: str
    """The board that she can turn to with this case; empty: none."""
    others_too: tuple[Link, ...]
    """Other authorities' answers."""
    by_board: bool
    """Whether the board gave the answer."""
    typed: str
    client_id: str
    errors: tuple[Problem, ...]


async def get_answer(request: web.Request) -> web.Response:
    """The newest answer, or the one that is asked for."""
    return answer_page(request, await look_at(request, await citizen(request), "answer"), FIRST)


def answer_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The answer, with what was typed below it if that was not taken; without an answer, off to the thread."""
    found = _asked_for(request, look)
    if found is None:
        raise web.HTTPSeeOther(look.url)
    services, (entry, event) = services_of(request), found
    until = look.case.registration(event.registration).reply_until
    in_time = until is not None and services.now() <= until
    can = can_of(look.thread)
    page = AnswerPage(
        case=case_view(look),
        answer=answer_view(entry, event, look.case, look.locale),
        n=entry.n,
        unread=entry.n in look.thread.unread_answers,
        rated=look.case.rated,
        # An answer that was given again is rated again; the same rating twice changes nothing.
        can=replace(can, rate=can.rate and not look.case.rated, ask_on=can.ask_on and in_time),
        reply_until=in_sweden(until) if until and in_time else None,
        readers=readers_for_citizen(look),
        board=None
        if of_kind(look.case, PartyKind.BOARD)
        else board_view(_board_of(look), services, look.locale.translate),
        turns_to=turns_to(look),
        others_too=other_answers(look, event),
        by_board=entry.by.kind == "board",
        client_id=again.client_id(services.new_id()),
        typed=again.text("text", "ask_on"),
        errors=again.errors,
        notice=again.notice,
    )
    return services.render(request, page, again.status)


def _board_of(look: ViewContext) -> Unit | None:
    about = about_unit(look.case, look.locale.directory)
    return look.locale.directory.board_of(about) if about else None


def _asked_for(request: web.Request, look: ViewContext) -> tuple[Entry, e.CaseAnswered] | None:
    """The answer with the number in the address, `?fran=12`; else the newest."""
    asked = request.query.get("fran", "")
    for entry in look.thread.entries:
        if str(entry.n) == asked and isinstance(entry.event, e.CaseAnswered):
            return entry, entry.event
    return newest_answer(look.thread.entries)


def other_answers(look: ViewContext, shown: e.CaseAnswered) -> tuple[Link, ...]:
    """The newest answers of the other authorities, to read as well."""
    newest: dict[str, Link] = {}
    for entry in look.thread.entries:
        if isinstance(entry.event, e.CaseAnswered) and entry.event.registration != shown.registration:
            label = look.locale.t(N_("Läs också svaret från {unit}"), unit=look.locale.unit(entry.by.unit, entry.at))
            newest[entry.event.registration] = Link(f"{look.url}/svar?fran={entry.n}", label)
    return tuple(newest.values())
