"""The words of a consent are the service's own: what is kept with her yes is what it says, in her language, to all."""

from msgspec.structs import replace

from handlers.services import Services
from handlers.thread.consent_cards import card_meant, text_of, typed_of
from handlers.thread.open_case import url_of
from handlers.thread.view_context import ViewContext
from handlers.view.locale import locale_in
from inbox.cases.commands import AnyCommand, GiveConsent
from inbox.cases.model import Identity


async def worded(services: Services, identity: Identity, command: AnyCommand, language: str) -> AnyCommand:
    """The command; a consent with the sentences of its card, whatever came as its text.

    Without words where there is no such card, or it is not theirs to answer: the rules then say why not.
    """
    if not isinstance(command, GiveConsent):
        return command
    return replace(command, text=await _words(services, identity, command, language))


async def _words(services: Services, identity: Identity, command: GiveConsent, language: str) -> str:
    if not identity.citizen:
        return ""
    thread = await services.reading.thread(command.case, identity, "live")
    look = ViewContext(thread, url_of(command.case, identity), locale_in(services, language))
    card = card_meant(look, command.request, typed_of(command.parts, command.request))
    return text_of(card) if card is not None and card.unit == command.unit else ""
