"""Days and periods in words: "21–23 oktober 2026"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from dialogs.locales import long_day, month_of


def span(first: date, last: date, language: str) -> str:
    """A day, a month, a year or a period, as short as it can be said."""
    if first == last:
        return long_day(first, language)
    if (first.day, last) == (1, date(first.year, first.month, monthrange(first.year, first.month)[1])):
        return f"{month_of(first, language)} {first.year}"
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{long_day(last, language)}"
    if first.year == last.year:
        return f"{first.day} {month_of(first, language)} – {long_day(last, language)}"
    return f"{long_day(first, language)} – {long_day(last, language)}"
