"""Dates in figures: `2026-05-03`, `3/5`, `3.5.26`, `260503`, `v.12`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dialogs.listen.when.dates import date_of, year_of
from dialogs.listen.when.mention import Time

_END = r"(?![\d/:-])"
_ISO = re.compile(rf"(?<![\d/.:-])((?:19|20)\d\d)[-./ ]?(\d\d)[-./ ]?(\d\d){_END}")
_SHORT_ISO = re.compile(rf"(?<![\d/.:-])(\d\d)-?([01]\d)-?([0-3]\d){_END}")
_SLASHED = re.compile(
    r"(?<![\d/.:-])([0-3]?\d)(?:\s?[-–]\s?([0-3]?\d))?\s?/\s?([01]?\d)(?:(?:\s?[-–/. ]\s?|\s)((?:20)?\d\d))?(?![\d/:])"
)
# Two figures with a dot are a time of day more often than a day.
_DOTTED = re.compile(r"(?<![\d/.:-])([0-3]?\d)\.([01]?\d)(?:\.((?:20)?\d\d)|(?<=den .\...)|(?<=den ..\..))(?![\d/:])")
_WEEK = re.compile(r"(?<!\w)[vV]\.?\s?([1-5]?\d)(?!\w)")

Found = tuple[int, int, Time]
"""From a letter up to a letter."""


def figures_in(text: str, today: date) -> Iterator[Found]:
    """Every date that is written in figures, and the weeks."""
    for match in _ISO.finditer(text):
        yield from _found(match, date_of(today, int(match[3]), int(match[2]), int(match[1])))
    for match in _SHORT_ISO.finditer(text):
        if match[0].isdecimal() and len(match[0]) != 6:
            continue
        year = year_of(int(match[1]), today)
        yield from _found(match, date_of(today, int(match[3]), int(match[2]), year) if year else None)
    for match in _SLASHED.finditer(text):
        yield from _found(match, _slashed(match, today))
    for match in _DOTTED.finditer(text):
        year = year_of(int(match[3]), today) if match[3] else None
        yield from _found(match, date_of(today, int(match[1]), int(match[2]), year))
    for match in _WEEK.finditer(text):
        yield from _found(match, _week(int(match[1]), today))


def _slashed(match: re.Match[str], today: date) -> Time | None:
    if match[0] == "24/7":
        return None
    year = year_of(int(match[4]), today) if match[4] else None
    last = date_of(today, int(match[2] or match[1]), int(match[3]), year)
    first = date_of(today, int(match[1]), int(match[3]), year)
    if first is None or last is None or first.days > last.days:
        return None
    return Time((first.days[0], last.days[1]), "day", rolled=last.rolled)


def _week(week: int, today: date) -> Time | None:
    for year in (today.year, today.year - 1):
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError:
            continue
        if monday <= today:
            return Time((monday, min(monday + timedelta(6), today)), "week")
    return None


def _found(match: re.Match[str], time: Time | None) -> Iterator[Found]:
    if time is not None:
        yield match.start(), match.end(), time
