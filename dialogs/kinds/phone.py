"""A number to call, as it is written or pasted out of an address book."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialogs.answers.forms import Raw
from dialogs.answers.typed import line
from dialogs.kinds.short_text import words_in
from dialogs.schema.kind import Asked, Kind, Picks
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_

LONGEST_PHONE = 60
"""Letters of a telephone number as it is pasted, with marks that nobody sees."""
_LABEL = re.compile(
    r"^(?:(?:mobil|mob|m|tele|telefon|tel|tfn|t|phone|mobile|cell|hem|home|arbete|jobb|work|nr|nummer|number)"
    r"[ .]*(?:fon|telefon|nr|nummer|number|phone)?)(?![^\W_])[.: ]*",
    re.IGNORECASE,
)
"""What address books call a number, before it."""
_REMARK = re.compile(r"(?: *\((?:hem|mobil|arbete|jobb|home|mobile|work)\))?[ .,;]*$", re.IGNORECASE)
"""And after it."""
_NUMBER = re.compile(r"\+?[0-9 ()/.·–-]+")


class Phone(Value, frozen=True, tag="phone"):
    """A number to call."""

    number: str

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return ("phone",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """The number."""
        yield self.number


class NumberToCall(Kind):
    """A number to call."""

    in_case = False
    fields = {"phone": N_("Telefonnummer")}
    tells = ("phone",)
    sentences = {"bad_phone": N_("Skriv ett nummer att ringa, till exempel 070-123 45 67.")}

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The number, without what an address book says of it."""
        number = _LABEL.sub("", line(words_in(asked, raw, "phone", LONGEST_PHONE, missing="bad_phone")))
        number = _REMARK.sub("", number)
        if not _NUMBER.fullmatch(number) or not 6 <= len(re.sub(r"\D", "", number)) <= 15:
            raise asked.refused("bad_phone", "phone")
        return Phone(number)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """One at home, and one with its country."""
        return {"phone": ("070-123 45 67",)}, {"phone": ("+46 70 123 45 67",)}


KIND = NumberToCall()
