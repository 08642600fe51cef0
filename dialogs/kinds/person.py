"""Somebody by name and year of birth: the patient, when that is somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialogs.answers.forms import Raw, first
from dialogs.answers.typed import line
from dialogs.kinds.short_text import words_in
from dialogs.schema.kind import LONGEST_FIELD, Asked, Kind, Picks
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_

OLDEST = 120
"""Nobody is older than this: an earlier year of birth is a slip of the finger."""
BORN = {"sv": "född", "en": "born"}


class Person(Value, frozen=True, tag="person"):
    """The patient, when that is somebody else."""

    name: str
    birth_year: int

    @property
    def picked(self) -> Picks:
        """What conditions see: never who it is."""
        return ("person",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """Name and year."""
        yield f"{self.name}, {telling.of(BORN)} {self.birth_year}"


class Somebody(Kind):
    """Somebody by name and year of birth."""

    in_case = False
    fields = {"name": N_("Namn"), "birth_year": N_("Född år")}
    tells = ("person",)
    sentences = {"name_missing": N_("Skriv namnet på personen.")}

    def read(self, asked: Asked, raw: Raw) -> Value:
        """A name, and a year in which somebody alive was born."""
        name, today = words_in(asked, raw, "name", LONGEST_FIELD, missing="name_missing"), asked.facts.today
        year = line(first(raw, "birth_year"))
        if not re.fullmatch(r"[0-9]{4}", year) or not today.year - OLDEST <= int(year) <= today.year:
            raise asked.refused("bad_year", "birth_year")
        return Person(name=name, birth_year=int(year))

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """A grown-up and a child."""
        return {"name": ("Kim Exempel",), "birth_year": ("1950",)}, {"name": ("Bo",), "birth_year": ("2015",)}


KIND = Somebody()
