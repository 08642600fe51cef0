"""A time that a story names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from dialogs.listen.when.calendar import Days


class Time(Struct, frozen=True):
    """Days, and how they were said."""

    days: Days
    precision: str
    """`day`, `about`, `week`, `month`, `season`, `holiday`, `year`, `bare` (a weekday alone) or `now`."""
    rolled: bool = False
    """Whether the year was not said, and this year's day is still to come."""


class Mention(Struct, frozen=True):
    """A time and where it stands: from a token up to a token."""

    time: Time
    first: int
    last: int
    worth: float = 0.0
    since: bool = False


class Said(Struct, frozen=True):
    """The words of one time, with what they stand for."""

    words: Sequence[str]
    values: Mapping[str, Mapping[str, str]]
    today: date

    def value(self, group: str) -> str | None:
        """What the first word of a group stands for."""
        table = self.values.get(group, {})
        return next((table[each] for each in self.words if each in table), None)

    def number(self, group: str) -> int | None:
        """The same as a number."""
        found = self.value(group)
        return None if found is None else int(found)

    def counts(self) -> list[float]:
        """All numbers, in figures and in words."""
        table = self.values.get("count", {})
        return [
            float(each if each.isdecimal() else table[each])
            for each in self.words
            if (each.isascii() and each.isdecimal() and len(each) < 5) or each in table
        ]

    def figures(self) -> list[int]:
        """The numbers in figures, and ordinals in words."""
        table = self.values.get("ordinal", {})
        return [
            int(each if each.isdecimal() else table[each])
            for each in self.words
            if (each.isascii() and each.isdecimal() and len(each) < 5) or each in table
        ]
