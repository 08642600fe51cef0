"""Forms about who may read: what is shared, and the consent."""

from aiohttp import web

from handlers.forms.form import Form
from handlers.forms.stale_check import seen_fields
from handlers.requests import first
from handlers.thread.consent_cards import Typed, card_meant, parts_ticked
from handlers.thread.open_case import look_at
from inbox.cases import events as e
from inbox.cases.errors import NoSuchRequest
from inbox.cases.model import Identity


def parts_fields(typed: Typed) -> dict[str, object]:
    """What is ticked, as values of the command that are still to be checked."""
    parts = parts_ticked(typed)
    return {"answers": parts.answers, "files": list(parts.files), "since": parts.since}


async def consent_fields(request: web.Request, identity: Identity, form: Form) -> dict[str, object] | None:
    """The fields of the consent; its words are made by `dispatch`. None: this very yes was kept before.

    Raises NoSuchRequest when the question is answered already.
    """
    look = await look_at(request, identity, "live")
    given = (entry for entry in look.thread.entries if isinstance(entry.event, e.ConsentGiven))
    if any(entry.client_id == form.client_id for entry in given):
        return None
    card = card_meant(look, first(form.typed, "request"), form.typed)
    if card is None:
        raise NoSuchRequest
    return {
        "case": form.case,
        "client_id": form.client_id,
        "unit": card.unit,
        "request": card.request,
        "parts": parts_fields(form.typed),
        **seen_fields(form.tag, form.typed),
    }
