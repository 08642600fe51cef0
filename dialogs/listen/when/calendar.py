"""Days of the year that have a name: feasts, seasons, weeks. Computed, for any year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last."""

FIXED = {
    "christmas": ((12, 24), (12, 26)),
    "christmas_eve": ((12, 24), (12, 24)),
    "christmas_day": ((12, 25), (12, 25)),
    "boxing_day": ((12, 26), (12, 26)),
    "between": ((12, 27), (12, 30)),
    "new_year_eve": ((12, 31), (12, 31)),
    "new_year_day": ((1, 1), (1, 1)),
    "epiphany": ((1, 5), (1, 6)),
    "walpurgis": ((4, 30), (4, 30)),
    "may_day": ((5, 1), (5, 1)),
    "national_day": ((6, 6), (6, 6)),
    "lucia": ((12, 13), (12, 13)),
    "valentine": ((2, 14), (2, 14)),
    "sports_break": ((2, 10), (3, 12)),
}
FROM_EASTER = {
    "easter": (-2, 1),
    "maundy": (-3, -3),
    "good_friday": (-2, -2),
    "easter_eve": (-1, -1),
    "easter_day": (0, 0),
    "easter_monday": (1, 1),
    "ascension": (39, 39),
    "pentecost": (48, 49),
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def easter(year: int) -> date:
    """Easter Sunday, by the rule of Gauss as Meeus and Butcher wrote it."""
    century, rest = divmod(year, 100)
    golden = year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    moon = (19 * golden + skipped + 15) % 30
    moon -= (golden + 11 * moon) // 319
    sunday = (2 * (century % 4) + 2 * (rest // 4) - rest % 4 - moon + 32) % 7
    month = (moon + sunday + 90) // 25
    return date(year, month, (moon + sunday + month + 19) % 32)


def feast(name: str, year: int) -> Days:
    """The days of a feast in a year; those of a turn of the year begin in the year before."""
    if name in FIXED:
        (first, last) = FIXED[name]
        return date(year, *first), date(year, *last)
    if name in FROM_EASTER:
        begins, ends = FROM_EASTER[name]
        return easter(year) + timedelta(begins), easter(year) + timedelta(ends)
    if name == "new_year":
        return date(year - 1, 12, 31), date(year, 1, 1)
    if name == "midsummer":
        eve = _first(FRIDAY, date(year, 6, 19))
        return eve, eve + timedelta(1)
    if name == "all_saints":
        saturday = _first(SATURDAY, date(year, 10, 31))
        return saturday, saturday
    if name == "advent":
        sunday = _first(SUNDAY, date(year, 11, 27))
        return sunday, sunday
    monday = date.fromisocalendar(year, 44, 1)
    return monday, monday + timedelta(6)


def season(name: str, year: int) -> Days:
    """A season; winter by the year in which it begins."""
    month = SEASONS[name]
    last_year, last_month = (year + 1, 2) if name == "winter" else (year, month + 2)
    return date(year, month, 1), month_days(last_year, last_month)[1]


def month_days(year: int, month: int) -> Days:
    """A whole month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def week_days(day: date, back: int = 0) -> Days:
    """The week of a day, or one so many weeks before it."""
    monday = day - timedelta(day.weekday() + 7 * back)
    return monday, monday + timedelta(6)


def _first(weekday: int, day: date) -> date:
    return day + timedelta((weekday - day.weekday()) % 7)
