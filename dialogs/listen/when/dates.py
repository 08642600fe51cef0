"""Dates and months. A year that is not said is the latest one in which the day has been."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dialogs.listen.when.calendar import Days, month_days
from dialogs.listen.when.mention import Said, Time

EARLIEST = 1950
SHORT_YEARS = 100
RECENT = 5
"""Years back that people write with two figures."""
AHEAD = 150
"""Days ahead up to which a day without a year may be an appointment still to come."""


def date_of(today: date, day: int, month: int, year: int | None) -> Time | None:
    """A day, if there is one."""
    try:
        if year is not None:
            found = date(year, month, day)
            return Time((found, found), "day") if year >= EARLIEST else None
        found = date(today.year, month, day)
    except ValueError:
        return None
    if found <= today:
        return Time((found, found), "day")
    try:
        before = found.replace(year=today.year - 1)
    except ValueError:
        return None
    return Time((before, before), "day", rolled=(found - today).days < AHEAD)


def year_of(figure: int, today: date) -> int | None:
    """The year that a figure stands for."""
    if EARLIEST <= figure <= today.year + 1:
        return figure
    if figure < SHORT_YEARS and figure <= today.year % SHORT_YEARS:
        return today.year - today.year % SHORT_YEARS + figure
    return None


def _date(said: Said) -> Time | None:
    month, figures = said.number("month"), said.figures()
    if month is None:
        return None
    year = next((each for each in figures if each >= EARLIEST), None)
    if len(figures) > 1 and year is None:
        year = year_of(figures[-1], said.today)
        if year is None or year < said.today.year - RECENT:
            return None
    day = next((each for each in figures if each <= 31), None)
    if day is None:
        if figures or year:
            return None
        # "the last of September"
        days = _month_of(said, month, year)
        return Time((days[1], days[1]), "day")
    return date_of(said.today, day, month, year or _relative_year(said))


def _dates(said: Said) -> Time | None:
    month, figures = said.number("month"), [each for each in said.figures() if each <= 31]
    if month is None or len(figures) != 2 or figures[0] >= figures[1]:
        return None
    first, last = (date_of(said.today, day, month, _relative_year(said)) for day in figures)
    return Time((first.days[0], last.days[0]), "day", rolled=last.rolled) if first and last else None


def _day_only(said: Said) -> Time | None:
    figures = said.figures()
    day = figures[0] if figures else 0
    weekday = said.number("weekday")
    for month in range(said.today.month, said.today.month - 12, -1):
        year = said.today.year if month > 0 else said.today.year - 1
        try:
            found = date(year, month if month > 0 else month + 12, day)
        except ValueError:
            continue
        if found <= said.today and weekday in {None, found.weekday()}:
            return Time((found, found), "day" if weekday is not None else "bare")
    return None


def _month(said: Said) -> Time | None:
    month = said.number("month")
    if month is None:
        return None
    figure = next((each for each in said.figures() if each > 31), None)
    year = year_of(figure, said.today) if figure else _relative_year(said)
    if figure and year is None:
        return None
    days = _month_of(said, month, year)
    this = date(said.today.year, month, 1)
    coming = year is None and this > said.today
    return Time((days[0], min(days[1], said.today)), "month", rolled=coming and (this - said.today).days < AHEAD)


def _months(said: Said) -> Time | None:
    numbers = [int(said.values["month"][each]) for each in said.words if each in said.values["month"]]
    if len(numbers) != 2 or numbers[0] == numbers[1]:
        return None
    figure = next((each for each in said.figures() if each > 31), None)
    year = year_of(figure, said.today) if figure else _relative_year(said)
    last = _month_of(said, numbers[1], year)
    first = month_days(last[0].year - (numbers[0] > numbers[1]), numbers[0])
    return Time((first[0], min(last[1], said.today)), "month")


def _part(first: int, last: int) -> Callable[[Said], Time | None]:
    def read(said: Said) -> Time | None:
        month = said.number("month")
        if month is None:
            return None
        days = _month_of(said, month, _relative_year(said))
        return Time((days[0] + timedelta(first), min(days[0] + timedelta(last), days[1])), "month")

    return read


def _month_of(said: Said, month: int, year: int | None) -> Days:
    if year is None:
        year = said.today.year - (date(said.today.year, month, 1) > said.today)
    return month_days(year, month)


def _relative_year(said: Said) -> int | None:
    words = set(said.words)
    if {"fjol", "ifjol", "forra", "last"} & words:
        return said.today.year - 1
    return None


def _only_year(said: Said) -> Time | None:
    figures = said.figures()
    if len(figures) != 1 or not EARLIEST <= figures[0] <= said.today.year:
        return None
    return Time((date(figures[0], 1, 1), min(date(figures[0], 12, 31), said.today)), "year")


READINGS: Mapping[str, Callable[[Said], Time | None]] = {
    "date": _date,
    "dates": _dates,
    "day_only": _day_only,
    "month": _month,
    "months": _months,
    "early": _part(0, 9),
    "middle": _part(9, 20),
    "late": _part(19, 31),
    "year": _only_year,
}
