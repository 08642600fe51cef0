"""A form that was refused is shown again with the reason, and with everything that was typed."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

from aiohttp import web
from markupsafe import escape
from msgspec.structs import replace

from dialogs.errors import Refused
from handlers.citizen.answer_page import answer_page
from handlers.citizen.participants import consent_page, consents_page
from handlers.citizen.withdraw import withdraw_page
from handlers.errors import sentence_of, status_of
from handlers.forms.attachments import shown
from handlers.forms.fields import problems_of, words_in, written_in
from handlers.forms.form import Form
from handlers.forms.form_token import lasting_token
from handlers.intake.draft_cookie import holder_of, kept_by
from handlers.limits import TooOften
from handlers.requests import LONGEST_ADDRESS, BadCsrf, note_refusal
from handlers.staff.case_page import desk_page
from handlers.staff.close_page import closing_page
from handlers.staff.forwarding import forward_page
from handlers.staff.propose_sharing import proposal_page
from handlers.staff.set_place import place_page
from handlers.thread.form_state import FormState
from handlers.thread.open_case import look_at
from handlers.thread.thread_page import thread_page
from handlers.thread.view_context import ViewContext
from handlers.view.locale import locale_of
from handlers.view.models import Problem
from handlers.view.unsent_page import UnsentText, kept_page
from inbox.cases.errors import AsksWider, NewerMessage, NoSuchCase, NotNow, NotYours, ReplyWindowOver, SignInNeeded
from inbox.cases.model import Identity
from inbox.cases.thread_window import NEWEST

Page = Callable[[web.Request, ViewContext, FormState], web.Response]

CITIZENS: dict[str, Page] = {
    "withdraw_case": withdraw_page,
    "rate_answer": answer_page,
    "ask_on": answer_page,
    "give_consent": consent_page,
    "withdraw_consent": consents_page,
}
STAFF: dict[str, Page] = {"answer_case": closing_page, "set_place": place_page, "propose_sharing": proposal_page}
"""Pages with a form of their own; every other form is on the thread's own page."""
CANNOT_BE_MENDED = (SignInNeeded, BadCsrf, NoSuchCase, NotYours, NotNow, ReplyWindowOver)
"""The page that the form was on may have no such form any more."""
CANNOT_BE_SHOWN = (*CANNOT_BE_MENDED, TooOften)
"""Why that page cannot be drawn: to draw it the case is opened once more."""


async def shown_again(request: web.Request, identity: Identity, form: Form, refusal: Refused) -> web.Response:
    """The page with its form, or the texts alone if it has no such form. Raises the refusal if nothing is lost."""
    words = words_in(form.tag, form.typed)
    note_refusal(request, refusal)
    if isinstance(refusal, CANNOT_BE_MENDED) and words:
        return await _texts_alone(request, form, refusal)
    if isinstance(refusal, SignInNeeded | BadCsrf | NoSuchCase):
        raise refusal
    locale = locale_of(request)
    if isinstance(refusal, NewerMessage):
        again = _again(form, refusal, notice=sentence_of(refusal, locale.translate, locale.language))
    elif isinstance(refusal, AsksWider):
        again = replace(_again(form, refusal), asked=form.tag)
    else:
        again = _again(form, refusal, problems_of(form.tag, form.typed, refusal, locale))
    try:
        page = await page_with(request, identity, form, again)
    except (web.HTTPSeeOther, *CANNOT_BE_SHOWN):
        # There is no such page for this case as it is now.
        page = None
    if page is not None and _has(page, words):
        return page
    if not words:
        raise refusal
    return await _texts_alone(request, form, refusal)


async def page_with(request: web.Request, identity: Identity, form: Form, again: FormState) -> web.Response:
    """The page that the form belongs to, or the texts alone if it cannot be shown any more."""
    try:
        return await _page(request, identity, form, again)
    except CANNOT_BE_SHOWN as refusal:
        note_refusal(request, refusal)
        if not words_in(form.tag, form.typed):
            raise
        return await _texts_alone(request, form, refusal)


async def signed_out(request: web.Request, form: Form) -> web.Response:
    """The session has ended meanwhile: what was written is not lost, and nothing is done."""
    if not words_in(form.tag, form.typed):
        raise web.HTTPSeeOther("/logga-in?next=" + quote(_page_of(request, form)))
    return await _texts_alone(request, form, SignInNeeded())


def _page_of(request: web.Request, form: Form) -> str:
    """The address of the page that the form was on, as the browser says; of the thread if it does not."""
    try:
        said = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return form.url
    ours = said.netloc == request.host and (said.path == form.url or said.path.startswith(f"{form.url}/"))
    address = f"{said.path}?{said.query}" if said.query else said.path
    return address if ours and len(address) <= LONGEST_ADDRESS else form.url


async def _page(request: web.Request, identity: Identity, form: Form, again: FormState) -> web.Response:
    if identity.staff and form.tag == "forward_case":
        return await forward_page(request, identity, again)
    own = (STAFF if identity.staff else CITIZENS).get(form.tag)
    if own is not None:
        return own(request, await look_at(request, identity), again)
    again = replace(again, attached=await shown(request, identity, form))
    if identity.staff:
        return await desk_page(request, identity, again)
    return thread_page(request, await look_at(request, identity, wish=NEWEST), again)


def _has(page: web.Response, words: tuple[str, ...]) -> bool:
    """Whether everything that was written is on the page: a page that does not show it again would lose it."""
    text = page.text or ""
    return all(str(escape(word.strip())) in text for word in words)


def _again(form: Form, refusal: Refused, errors: tuple[Problem, ...] = (), notice: str = "") -> FormState:
    return FormState(tag=form.tag, typed=form.typed, errors=errors, notice=notice, status=status_of(refusal).value)


async def _texts_alone(request: web.Request, form: Form, refusal: Refused) -> web.Response:
    texts = written_in(form.tag, form.typed)
    # What is shown to be read is sent again from there: a long text is not sent twice.
    everything = [(name, value) for name, values in form.typed.items() if name != "csrf" for value in values]
    fields = tuple(pair for pair in everything if pair not in texts)
    holder = await holder_of(request)
    over = isinstance(refusal, SignInNeeded | BadCsrf)
    kept = UnsentText(
        texts=texts,
        url=form.url,
        staff=request.path.startswith("/personal/"),
        action=f"{form.url}/{form.tag}",
        fields=fields,
        files=bool(form.files),
        token=lasting_token(request, holder, form) if over else "",
    )
    page = kept_page(request, kept, refusal)
    return kept_by(request, holder, page) if over else page
