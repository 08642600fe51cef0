"""The family of refusals, and those of an answer. The sentences are for people; English lies in the catalogue."""

from __future__ import annotations

from enum import Enum, auto
from typing import ClassVar

from dialogs.sentences import N_, Counted

SENTENCES = {
    "required": N_("Skriv ett svar för att gå vidare."),
    "choose_one": N_("Välj ett alternativ för att gå vidare."),
    "choose_some": N_("Välj minst ett alternativ för att gå vidare."),
    "unknown_choice": N_("Det svaret går inte att välja här. Välj ett av alternativen."),
    "exclusive_choice": N_("Två av dina val går inte ihop. Välj ”nej” eller välj något av de andra."),
    "too_long": Counted(
        "Texten är för lång. Den får ha högst {limit} tecken. Ta bort {over} tecken.",
        "Texten är för lång. Den får ha högst {limit} tecken. Ta bort {over} tecken.",
        "over",
    ),
    "date_missing": N_("Skriv vilken dag det var. Det räcker med året."),
    "year_missing": N_("Skriv också året."),
    "month_missing": N_("Skriv också månaden."),
    "bad_date": N_("Skriv bara siffror. Så här: 2026, 5 och 3."),
    "bad_month": N_("Månaden finns inte. Skriv en siffra från 1 till 12."),
    "bad_day": Counted(
        "Dagen finns inte. Månaden har {days} dag.", "Dagen finns inte. Månaden har {days} dagar.", "days"
    ),
    "early_date": N_("Året är för långt tillbaka. Skriv {year} eller senare."),
    "future_date": N_("Datumet ligger i framtiden. Välj en dag som har passerat."),
    "date_order": N_("Den första dagen ligger efter den sista. Kontrollera ordningen."),
    "unknown_unit": N_("Vi hittar inte mottagningen. Sök igen eller skriv med egna ord."),
    "choose_place": N_("Välj en mottagning i listan eller skriv med egna ord var det hände."),
    "unknown_file": N_("Filen finns inte kvar. Lägg till den igen."),
    "name_missing": N_("Skriv namnet på personen."),
    "bad_year": N_("Skriv året med fyra siffror. Till exempel 1950."),
    "bad_phone": N_("Skriv ett nummer att ringa, till exempel 070-123 45 67."),
    "street_missing": N_("Skriv gata och nummer."),
    "bad_postcode": N_("Skriv postnumret med fem siffror. Så här: 123 45."),
    "town_missing": N_("Skriv vilken ort det är."),
    "not_on_path": N_("Den frågan hör inte längre till dina svar. Fortsätt med frågan som visas nu."),
}
"""What a person is told, by code."""


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
