"""When somebody at a unit or a board has opened a citizen's case, in words. People who work there are not named."""

from collections.abc import Sequence

from msgspec import Struct

from dialogs.sentences import N_
from handlers.view.locale import SWEDEN, Locale
from inbox.cases.model import Role
from inbox.storage.openings import MOST, Opening

SHOWN = 20
"""Lines that are shown at once; the others are folded."""
ROLES = {
    Role.CASEWORKER: N_("handläggare"),
    Role.OFFICER: N_("handläggare"),
    Role.DISTRIBUTOR: N_("fördelar ärenden"),
}
OTHERS = N_("personal")


class OpeningsView(Struct, frozen=True):
    """The newest, and what is folded below."""

    newest: tuple[str, ...]
    older: tuple[str, ...]
    cut: str
    """Says that there are older ones still; empty if these are all."""


def openings_view(openings: Sequence[Opening], locale: Locale) -> OpeningsView:
    """A line for each minute in which it was opened: a page that is drawn anew at once is the same look."""
    lines = tuple(dict.fromkeys(_line(opening, locale) for opening in openings))
    cut = (
        locale.t(N_("Här står de senaste. Fråga {unit} om du vill veta mer."), unit=locale.unit(openings[-1].unit))
        if len(openings) == MOST
        else ""
    )
    return OpeningsView(lines[:SHOWN], lines[SHOWN:], cut)


def _line(opening: Opening, locale: Locale) -> str:
    at = opening.at.astimezone(SWEDEN)
    said = (
        N_("{day} kl. {clock}: {unit}, {role}.")
        if opening.reads
        else N_("{day} kl. {clock}: {unit}, {role}. Såg bara ärendets nummer.")
    )
    role = locale.t(ROLES.get(opening.role, OTHERS))
    return locale.t(said, day=locale.day(at.date()), clock=f"{at:%H.%M}", unit=locale.unit(opening.unit, at), role=role)
