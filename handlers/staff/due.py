"""How long there is until the goal date, in words. A goal, not a limit."""

from datetime import date
from typing import Literal

from dialogs.sentences import N_, Counted
from handlers.view.locale import Locale

Tone = Literal["late", "soon", ""]
SOON = 5
"""Days from which on the goal is near."""


def left_words(goal: date, locale: Locale) -> str:
    """`5 dagar kvar`, `Målet är i dag`, `1 dag försenat`."""
    days = (goal - locale.today).days
    match days:
        case 0:
            return locale.t(N_("Målet är i dag"))
        case _ if days > 0:
            return locale.t(Counted("{days} dag kvar", "{days} dagar kvar", "days"), days=days)
        case _:
            return locale.t(Counted("{days} dag försenat", "{days} dagar försenat", "days"), days=-days)


def tone_of_goal(goal: date, locale: Locale) -> Tone:
    """Whether the goal is passed or near."""
    days = (goal - locale.today).days
    if days < 0:
        return "late"
    return "soon" if days <= SOON else ""
