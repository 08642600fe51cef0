"""A citizen's thread."""

from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from handlers.page import Page
from handlers.requests import citizen, services_of, wants_fragment
from handlers.thread.answer_text import newest_answer
from handlers.thread.audiences import AudienceChoice, choices
from handlers.thread.consent_cards import ConsentCard, board_to_ask, cards_of
from handlers.thread.entries_view import rows_of
from handlers.thread.form_state import FIRST, FormState
from handlers.thread.header import case_view, people_in, readers_for_citizen, writes_to
from handlers.thread.paging import Around, around, opened
from handlers.thread.status import ended_words, status_view
from handlers.thread.view_context import ViewContext
from handlers.view.models import CaseView, FileView, Problem, Reader, Row, StatusView
from inbox.actions.sharing import joined_in, standing_agreement
from inbox.queries.reading import Thread


class Can(Struct, frozen=True):
    """What the reporter can do now."""

    post: bool
    withdraw: bool
    rate: bool
    ask_on: bool
    consent: bool = False
    """Whether there is a consent to take back."""


class ThreadPage(Page, frozen=True, kw_only=True):
    """A citizen's thread."""

    template: ClassVar[str] = "thread.html"

    fragment: bool
    """Whether the script asks: then without frame, and without rows where it did not ask for older ones."""
    case: CaseView
    standing: StatusView
    entries: tuple[Row, ...]
    """Those that are shown."""
    around: Around
    """Where the newest is elsewhere, nothing can be written."""
    readers: tuple[str, ...]
    """Parts of a sentence: "du", then the units."""
    writes_to: str
    """What the empty field says."""
    audiences: tuple[AudienceChoice, ...]
    """Empty where there is only everyone."""
    cards: tuple[ConsentCard, ...]
    """Those that wait."""
    board: str
    """The board that she can turn to; empty: none."""
    people: tuple[Reader, ...]
    can: Can
    answer_url: str | None
    client_id: str
    typed: str
    attached: tuple[FileView, ...]
    """Files that have arrived but are not sent: sent again as `attached`."""
    errors: tuple[Problem, ...]
    ended: str
    """Why nothing can be written; empty while something can."""
    urgent: bool
    """Whether where to call is shown at once."""


async def get_thread(request: web.Request) -> web.Response:
    """The thread at its newest, or before `?before=n`; for the page's script only what it asks for."""
    look = await opened(request, await citizen(request))
    return thread_page(request, look, FIRST, fragment=wants_fragment(request))


def thread_page(request: web.Request, look: ViewContext, again: FormState, *, fragment: bool = False) -> web.Response:
    """The thread with what was typed in its composer, if that was not taken. A fragment has no frame."""
    services = services_of(request)
    thread = look.thread
    answered = newest_answer(thread.entries) is not None
    page = ThreadPage(
        fragment=fragment,
        case=case_view(look),
        standing=status_view(look.case, thread.status, look.locale),
        entries=rows_of(look),
        around=around(request, look),
        readers=readers_for_citizen(look),
        writes_to=writes_to(look),
        audiences=choices(look, again) if "post_message" in thread.may else (),
        cards=cards_of(look, again.typed if again.tag == "give_consent" else None),
        board=turns_to(look),
        people=people_in(look),
        can=can_of(thread),
        answer_url=f"{look.url}/svar" if answered else None,
        client_id=again.client_id(services.new_id()),
        typed=again.text("text", "post_message"),
        attached=again.attached,
        errors=again.errors,
        notice=again.notice,
        ended=ended_words(thread.status, look.locale),
        urgent="hjalp" in request.query,
    )
    return services.render(request, page, again.status)


def can_of(thread: Thread) -> Can:
    """What the reporter can do now, as the rules say."""
    return Can(
        post="post_message" in thread.may,
        withdraw="withdraw_case" in thread.may,
        rate="rate_answer" in thread.may,
        ask_on="ask_on" in thread.may,
        consent="withdraw_consent" in thread.may and bool(joined_in(thread.case) or standing_agreement(thread.case)),
    )


def turns_to(look: ViewContext) -> str:
    """The board that she can turn to with this case; empty if there is none, or it is here already."""
    board = board_to_ask(look) if "give_consent" in look.thread.may else None
    return board.name if board else ""
