"""The family of refusals, and those of an answer. The sentences are for people; English lies in the catalogue."""

from __future__ import annotations

from enum import Enum, auto
from typing import ClassVar

from dialogs.sentences import N_, Counted

SENTENCES = {
    "required": N_("Skriv ett svar för att gå vidare."),
    "choose_one": N_("Välj ett alternativ för att gå vidare."),
    "unknown_choice": N_("Det svaret går inte att välja här. Välj ett av alternativen."),
    "too_long": Counted(
        "Texten är för lång. Den får ha högst {limit} tecken. Ta bort {over} tecken.",
        "Texten är för lång. Den får ha högst {limit} tecken. Ta bort {over} tecken.",
        "over",
    ),
    "bad_year": N_("Skriv året med fyra siffror. Till exempel 1950."),
    "not_on_path": N_("Den frågan hör inte längre till dina svar. Fortsätt med frågan som visas nu."),
}
"""What is said of an answer of any kind, by code. What one kind alone says is in its file in `dialogs/kinds/`."""


class Category(Enum):
    """What kind of no it is. `handlers/errors.py` has one HTTP status for each."""

    INVALID = auto()
    """Something in it is to be mended by whoever sent it."""
    SIGN_IN = auto()
    """Only for somebody who is signed in."""
    FORBIDDEN = auto()
    """Not for this person."""
    UNKNOWN = auto()
    """There is none, or none that this person may know of."""
    CONFLICT = auto()
    """Something else has happened meanwhile: look again."""
    TOO_LARGE = auto()
    """More than is taken at once."""
    TOO_OFTEN = auto()
    """Enough for now: later it is taken again."""
    UNAVAILABLE = auto()
    """We cannot just now."""


class Refused(Exception):
    """Base of all refusals: a stable code, its category, and what its sentence is filled with."""

    code: str = "refused"
    category: ClassVar[Category] = Category.INVALID

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params


class Invalid(Refused):
    """An answer that cannot be taken: which step, why, and at which field of its form."""

    def __init__(self, code: str, step: str, field: str = "", **params: int | str) -> None:
        self.code = code
        super().__init__(**params)
        self.step = step
        self.field = field

    def at(self, step: str, field: str) -> Invalid:
        """The same, said at another field: that of the page on which it was answered."""
        other = Invalid(self.code, step, field)
        other.params = self.params
        return other
