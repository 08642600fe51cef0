"""What the sample's people choose when somebody may be let in: ids and texts that are known only while it is told."""

from typing import Any

from handlers.forms.sharing import parts_fields
from handlers.services import Services
from handlers.thread.consent_cards import card_meant, text_of
from handlers.thread.open_case import url_of
from handlers.thread.view_context import ViewContext
from handlers.view.locale import locale_in
from inbox.actions.sharing import EVERY, joined_in
from inbox.cases import events as e
from inbox.cases.model import Identity
from inbox.queries.reading import Thread

EVERYTHING = {"answers": ("1",), "since": (EVERY,)}
"""A consent card with all its boxes ticked."""


async def completed(
    services: Services, case: str, identity: Identity, command: str, fields: dict[str, Any]
) -> dict[str, Any]:
    """The fields of a command, with what the sample's file cannot know."""
    if command not in {"propose_sharing", "give_consent", "refuse_consent", "withdraw_consent", "release_statement"}:
        return fields
    thread = await services.reading.thread(case, identity)
    match command:
        case "propose_sharing":
            return {"parts": parts_fields(EVERYTHING)} | fields
        case "give_consent":
            return _consent(services, thread, identity)
        case "refuse_consent":
            return {"request": _request(thread)}
        case "withdraw_consent":
            return {"party": joined_in(thread.case)[0].id}
        case _:
            given = [entry.id for entry in thread.entries if isinstance(entry.event, e.StatementGiven)]
            return {"statement": given[-1]}


def _consent(services: Services, thread: Thread, identity: Identity) -> dict[str, Any]:
    """Everything that the card offers, with the card's own text."""
    look, request = ViewContext(thread, url_of(thread.case.id, identity), locale_in(services, "sv")), _request(thread)
    typed = EVERYTHING | {"request": (request,)}
    card = card_meant(look, request, typed)
    if card is None:
        raise LookupError("nobody was asked for")
    offered = {part.name: (part.value,) for part in card.parts}
    return {"unit": card.unit, "request": request, "parts": parts_fields(offered), "text": text_of(card)}


def _request(thread: Thread) -> str:
    return next((request.id for request in thread.case.requests), "")
