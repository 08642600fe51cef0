"""What has just been done with a case that one has no longer: said where one comes back to, as in `?klart=vidare`."""

from aiohttp import web

from dialogs.sentences import N_
from handlers.view.locale import locale_of

DONE = {
    "vidare": N_("Ärendet är vidarebefordrat. Anmälaren ser vart och varför."),
    "lamnat": N_("Ni har lämnat ärendet. Alla i det ser varför."),
    "gett": N_("Din kollega har fått ärendet."),
    "lagt": N_("Ärendet ligger i kön igen."),
    "hanvisat": N_("Ärendet är hänvisat vidare och avslutat."),
    "svar": N_("Svaret är skickat."),
}


def done_words(request: web.Request) -> str:
    """The sentence; empty if nothing was done."""
    done = request.query.get("klart", "")
    return locale_of(request).t(DONE[done]) if done in DONE else ""
