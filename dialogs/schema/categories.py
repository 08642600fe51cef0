"""The patient boards' classification: main and sub problems, and areas of activity. A list with versions.

Follows the boards' national handbook, with "Positiv återkoppling" from the national service beside it.
Codes are never used again: what is no longer in use gets a last day.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

LIST = Path(__file__).parents[1] / "data" / "categories.toml"


class Category(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the list. A sub problem has a main problem as its parent, a specialty has an area."""

    code: str
    parent: str = ""
    labels: dict[str, str]
    valid_from: date
    valid_to: date | None = None

    def label(self, language: str) -> str:
        """How the entry is called, in Swedish if there is no other."""
        return self.labels.get(language) or self.labels["sv"]

    def valid_on(self, day: date) -> bool:
        """Whether it can be used for what is coded on this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Categories(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of the list."""

    version: int
    problems: tuple[Category, ...]
    areas: tuple[Category, ...]

    def problem(self, code: str) -> Category | None:
        """The main or sub problem with this code."""
        return next((each for each in self.problems if each.code == code), None)

    def area(self, code: str) -> Category | None:
        """The area of activity or specialty with this code."""
        return next((each for each in self.areas if each.code == code), None)

    def main_problems(self, day: date) -> tuple[Category, ...]:
        """The main problems in use on this day."""
        return tuple(each for each in self.problems if not each.parent and each.valid_on(day))

    def sub_problems(self, main: str, day: date) -> tuple[Category, ...]:
        """The sub problems of a main problem in use on this day."""
        return tuple(each for each in self.problems if each.parent == main and each.valid_on(day))

    def main_areas(self, day: date) -> tuple[Category, ...]:
        """The areas of activity in use on this day."""
        return tuple(each for each in self.areas if not each.parent and each.valid_on(day))

    def specialties(self, area: str, day: date) -> tuple[Category, ...]:
        """The specialties of an area in use on this day."""
        return tuple(each for each in self.areas if each.parent == area and each.valid_on(day))

    def main_of(self, code: str) -> str:
        """The main problem that a code belongs to; itself if it is one."""
        found = self.problem(code)
        return found.parent or found.code if found else ""


@cache
def load_categories() -> Categories:
    """The list in use."""
    return msgspec.toml.decode(LIST.read_bytes(), type=Categories)
