"""How a language writes numbers, days and lists: what Babel knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

WRITTEN = {"en": "en_GB"}
"""Where a language is written in several ways: the one here."""
SEVERAL_DAYS = 512
"""Days whose words are kept at a time: a page has the same few again and again."""


@lru_cache
def locale(language: str) -> Locale:
    """What is known of it."""
    return Locale.parse(WRITTEN.get(language, language))


def grouped(number: int, language: str) -> str:
    """`8 000` in Swedish, with a space at which no line is broken; `8,000` in English."""
    return format_decimal(number, locale=locale(language)) if number >= 1000 else str(number)


def listed(parts: Sequence[str], language: str) -> str:
    """`A`, `A och B`, `A, B och C`."""
    return format_list(parts, locale=locale(language))


@lru_cache(SEVERAL_DAYS)
def long_day(day: date, language: str) -> str:
    """`25 november 2026`."""
    return format_date(day, "long", locale=locale(language))


@lru_cache(SEVERAL_DAYS)
def day_and_month(day: date, language: str) -> str:
    """`25 november`."""
    return format_skeleton("MMMMd", day, locale=locale(language))


@lru_cache(SEVERAL_DAYS)
def month_of(day: date, language: str) -> str:
    """`november`, as it stands in a date."""
    return str(get_month_names("wide", "format", locale(language))[day.month])


@lru_cache(SEVERAL_DAYS)
def weekday_of(day: date, language: str) -> str:
    """`Onsdag`, as a sentence begins."""
    name = str(get_day_names("wide", "stand-alone", locale(language))[day.weekday()])
    return name[0].upper() + name[1:]
