"""Whether somebody else has written since the page was shown: a reply should not pass by what it answers."""

from aiohttp import web

from handlers.forms.form import Form
from handlers.requests import first, services_of
from inbox import events as e
from inbox.errors import Refused
from inbox.model import Identity
from inbox.views import Entry

AWARE = frozenset({"post_message", "ask_reporter", "ask_on", "answer_case", "give_consent"})
"""Commands that are meant as replies."""


class NewerMessage(Refused):
    """Somebody else has written since the page was shown; sending again goes through."""

    code = "newer_message"


async def check_seen(request: web.Request, identity: Identity, form: Form) -> None:
    """Return if the page showed everything that others have written; NewerMessage otherwise."""
    seen = first(form.typed, "seen")
    if form.tag not in AWARE or not seen.isascii() or not seen.isdecimal() or len(seen) > 9:
        return
    page = await services_of(request).reading.after(form.case, identity, int(seen))
    if any(entry.by.own and entry.client_id == form.client_id for entry in page.entries):
        # This very form has been sent before: it gets the same answer.
        return
    if any(_speaks(entry) and not entry.by.mine for entry in page.entries):
        raise NewerMessage


def _speaks(entry: Entry) -> bool:
    return isinstance(entry.event, e.MessagePosted | e.CaseReopened | e.CaseAnswered)
