"""What somebody wrote and could not send, on a page of its own: nothing is lost because the case has moved on."""

from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from dialogs.errors import Refused
from dialogs.sentences import N_
from handlers.errors import sentence_of, status_of
from handlers.limits import TooOften
from handlers.page import Page
from handlers.requests import BadCsrf, services_of
from handlers.view.locale import Locale, locale_of
from handlers.view.models import Link
from inbox.cases.errors import NoSuchCase, NotYours, SignInNeeded

CAN_BE_SENT_AGAIN = (SignInNeeded, BadCsrf, TooOften)
"""What hinders somebody for a while, whatever the case is like now."""


class UnsentText(Struct, frozen=True):
    """The sentences that were written, and the form with everything in it."""

    texts: tuple[tuple[str, str], ...]
    """Each with the name of its field."""
    url: str
    staff: bool
    action: str
    fields: tuple[tuple[str, str], ...]
    """What else was in the form."""
    files: bool
    """Whether there were files with it, which are not kept."""
    accept: str = ""
    """What kinds of files can be chosen anew right there; empty: none."""
    token: str = ""
    """The token of the form, where the page's own does not outlive signing in."""


class KeptPage(Page, frozen=True, kw_only=True):
    """What was written and could not be sent."""

    template: ClassVar[str] = "kept.html"

    title: str
    text: str
    """Why it was not sent."""
    texts: tuple[tuple[str, str], ...]
    """What was written, each with the name of its field."""
    lines: tuple[tuple[str, str], ...] = ()
    """What else was filled in: its name, and what was typed or chosen."""
    onward: Link
    again: UnsentText | None
    """The form to send again once somebody is signed in."""
    staff: bool
    signed_out: bool


def kept_page(request: web.Request, kept: UnsentText, refusal: Refused) -> web.Response:
    """The texts to copy, why they were not sent, and where to go on; sent again once somebody is signed in."""
    locale = locale_of(request)
    signed_out = isinstance(refusal, SignInNeeded)
    page = KeptPage(
        staff=kept.staff,
        title=locale.t(N_("Det du skrev skickades inte")),
        text=sentence_of(refusal, locale.translate, locale.language),
        texts=kept.texts,
        onward=_onward(kept, refusal, locale),
        again=kept if isinstance(refusal, CAN_BE_SENT_AGAIN) else None,
        signed_out=signed_out,
    )
    return services_of(request).render(request, page, status_of(refusal).value)


def _onward(kept: UnsentText, refusal: Refused, locale: Locale) -> Link:
    match refusal:
        case SignInNeeded() | BadCsrf():
            return Link(f"/logga-in?next={kept.url}", locale.t(N_("Logga in igen")))
        case NoSuchCase() | NotYours():
            return (
                Link("/personal", locale.t(N_("Till kön")))
                if kept.staff
                else Link("/hem", locale.t(N_("Till dina ärenden")))
            )
        case _:
            return Link(kept.url, locale.t(N_("Till ärendet")))
