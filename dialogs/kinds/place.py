"""Where it happened: a unit of the directory, or the place in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogs.answers.forms import Raw, first
from dialogs.answers.typed import named, shows
from dialogs.kinds.short_text import words_in
from dialogs.schema.kind import Asked, Kind, Picks
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_, Translate


class Place(Value, frozen=True, tag="place"):
    """A unit of the directory, or the place in the person's own words."""

    unit: str = ""
    text: str = ""

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return ("unit",) if self.unit else ("text",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """The unit's name, or the words."""
        yield telling.name(self.unit) if self.unit else self.text


class WhereItWas(Kind):
    """A unit that is searched for and picked, or words."""

    fields = {"unit": N_("Du valde"), "text": ""}
    chosen = frozenset({"unit"})
    own_words = "text"
    longest = 300
    tells = ("unit", "text")
    picks_unit = True
    hears = "place"
    sentences = {
        "unknown_unit": N_("Vi hittar inte mottagningen. Sök igen eller skriv med egna ord."),
        "choose_place": N_("Välj en mottagning i listan eller skriv med egna ord var det hände."),
    }

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The unit, if there is one in the directory; else the words."""
        unit = first(raw, "unit")
        if not unit and not shows(named(first(raw, "text"))):
            # Neither was given: it is said where one searches and chooses.
            raise asked.refused("choose_place", "unit")
        if not unit:
            return Place(text=words_in(asked, raw, "text", self.most(asked.step)))
        if unit not in asked.facts.units:
            raise asked.refused("unknown_unit", "unit")
        return Place(unit=unit)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """The first units there are, and a place in words."""
        units = sorted(asked.facts.units)[:2]
        return (*({"unit": (unit,)} for unit in units), {"text": ("Vårdcentralen vid torget",)})

    def retold(self, sent: Raw, telling: Telling, say: Translate) -> Iterator[tuple[str, str]]:
        """The unit by its name; the words stand in a field of their own."""
        yield say(self.fields["unit"]), telling.name(first(sent, "unit"))

    def of_heard(self, said: object) -> Raw:
        """The unit, or the words for it."""
        if not isinstance(said, Place):
            return {}
        return {"unit": (said.unit,)} if said.unit else {"text": (said.text,)}

    def beginning_at(self, unit: str) -> Value | None:
        """The unit."""
        return Place(unit=unit)


KIND = WhereItWas()
