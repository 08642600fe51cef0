"""Days and periods in words: "21–23 oktober 2026"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def span(first: date, last: date, language: str) -> str:
    """A day, a month, a year or a period, as short as it can be said."""
    if first == last:
        return day(first, language)
    if (first.day, last) == (1, date(first.year, first.month, monthrange(first.year, first.month)[1])):
        return f"{_month(first, language)} {first.year}"
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, language)}"
    if first.year == last.year:
        return f"{first.day} {_month(first, language)} – {day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"


def day(when: date, language: str) -> str:
    """One day with its year."""
    return f"{when.day} {_month(when, language)} {when.year}"


def _month(when: date, language: str) -> str:
    return MONTHS.get(language, MONTHS["sv"])[when.month - 1]
