"""Where a letter should go."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialogs.answers.forms import Raw, first
from dialogs.answers.typed import line, shows
from dialogs.kinds.short_text import words_in
from dialogs.schema.kind import LONGEST_FIELD, Asked, Kind, Picks
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_

_POSTCODE = re.compile(r"(?:SWE|SE|S)?[ -]*([0-9]{3})[ .-]*([0-9]{2})[ .,]*([^0-9]*)", re.IGNORECASE)
"""With the town behind it, as on an envelope."""


class Address(Value, frozen=True, tag="address"):
    """Where a letter should go."""

    street: str
    postcode: str
    town: str

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return ("address",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """As on an envelope."""
        return self.street, f"{self.postcode} {self.town}"


class Letterbox(Kind):
    """Street, postcode and town."""

    in_case = False
    fields = {"street": N_("Gata och nummer"), "postcode": N_("Postnummer"), "town": N_("Postort")}
    tells = ("address",)
    sentences = {
        "street_missing": N_("Skriv gata och nummer."),
        "bad_postcode": N_("Skriv postnumret med fem siffror. Så här: 123 45."),
        "town_missing": N_("Skriv vilken ort det är."),
    }

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The address; the town may stand behind its postcode."""
        street = words_in(asked, raw, "street", LONGEST_FIELD, missing="street_missing")
        code = _POSTCODE.fullmatch(line(first(raw, "postcode")))
        if not code:
            raise asked.refused("bad_postcode", "postcode")
        if not shows(first(raw, "town")):
            raw = {**raw, "town": (code[3],)}
        town = words_in(asked, raw, "town", LONGEST_FIELD, missing="town_missing")
        return Address(street=street, postcode=f"{code[1]} {code[2]}", town=town)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """A street in a town."""
        return ({"street": ("Storgatan 1",), "postcode": ("12345",), "town": ("Lindby",)},)


KIND = Letterbox()
