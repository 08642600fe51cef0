"""A number on a scale, between two ends that the definition says."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from dialogs.answers.forms import Raw, first
from dialogs.answers.typed import line
from dialogs.schema.kind import Asked, Kind
from dialogs.schema.model import Step
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_

OF = {"sv": "av", "en": "of"}


class Number(Value, frozen=True, tag="scale"):
    """A number, and the highest that could be picked."""

    number: int
    highest: int

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("scale",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """`4 av 5`."""
        yield f"{self.number} {telling.of(OF)} {self.highest}"


class Ends(Struct, frozen=True, forbid_unknown_fields=True):
    """The ends of the scale."""

    lowest: int = 1
    highest: int = 5


class Scale(Kind):
    """A number between the ends."""

    fields = {"number": N_("Du valde")}
    chosen = frozenset({"number"})
    tells = ("scale",)
    settings = Ends
    sentences = {"off_scale": N_("Välj en siffra på skalan.")}

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The number, which must lie on the scale."""
        ends, typed = self.ends(asked.step), line(first(raw, "number"))
        if not typed.isdecimal() or not ends.lowest <= int(typed) <= ends.highest:
            raise asked.refused("off_scale", "number")
        return Number(int(typed), ends.highest)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Both ends."""
        ends = self.ends(asked.step)
        return {"number": (str(ends.lowest),)}, {"number": (str(ends.highest),)}

    def ends(self, step: Step) -> Ends:
        """The ends of this question's scale."""
        ends = self.set_by(step)
        assert isinstance(ends, Ends)
        return ends


KIND = Scale()
