"""What a phrase about time means on a given day. Keys are those of `data/<language>/when.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dialogs.listen.when.calendar import Days, month_days, week_days
from dialogs.listen.when.dates import READINGS as DATES
from dialogs.listen.when.mention import Said, Time
from dialogs.listen.when.seasons import READINGS as SEASONS

Reading = Callable[[Said], Time | None]

HOURS = "0.04"
WEEK, MONTH, YEAR = 7, 30, 365
EXACT = 10
"""Days that people count: of more they only know about when."""


def _days_ago(days: int) -> Reading:
    return lambda said: Time(_one(said.today - timedelta(days)), "day")


def _ago(said: Said) -> Time | None:
    unit, counts = said.value("unit"), said.counts()
    if unit is None or (unit == HOURS and said.words[0] not in {"for", "about"}):
        return None
    halves = float(unit) >= MONTH and {"halv", "halvt"} & set(said.words[1:])
    many = (sum(counts) / len(counts) if len(counts) > 1 and not halves else counts[0]) if counts else 2.0
    away = round((many + (0.5 if halves and many >= 1 else 0)) * float(unit))
    if away > 80 * YEAR:
        return None
    middle, slack = said.today - timedelta(away), _slack(away)
    if not slack:
        return Time(_one(middle), "day")
    return Time((middle - timedelta(slack), min(middle + timedelta(slack), said.today)), "about")


def _lasting(said: Said) -> Time | None:
    """So long, and still."""
    about = _ago(said)
    if about is None or said.value("unit") == HOURS:
        return None
    first = about.days[0] + (about.days[1] - about.days[0]) // 2
    return Time((first, said.today), "lasting")


def _slack(away: int) -> int:
    """How far off people are who say so."""
    if away <= EXACT and away % WEEK:
        return 0
    for most, slack in ((WEEK, 2), (4 * WEEK, 4), (3 * MONTH, 12), (8 * MONTH, 20), (2 * YEAR, 45)):
        if away <= most:
            return slack
    return away // 10


def _last_weekday(said: Said) -> Time | None:
    day = said.number("weekdays")
    day = said.number("weekday") if day is None else day
    return None if day is None else Time(_one(_latest(said.today, day)), "weekday")


def _week_before(said: Said) -> Time | None:
    day = said.number("weekday")
    day = said.number("weekdays") if day is None else day
    return None if day is None else Time(_one(week_days(said.today, 1)[0] + timedelta(day)), "day")


def _night(said: Said) -> Time | None:
    days = [said.values["weekday"][each] for each in said.words if each in said.values["weekday"]]
    if not days:
        return _last_weekday(said)
    last = _latest(said.today, int(days[-1]), including_today=True)
    return Time((last - timedelta(1), last) if len(days) > 1 else _one(last), "day")


def _weekday(said: Said) -> Time | None:
    day = said.number("weekday")
    return None if day is None else Time(_one(_latest(said.today, day)), "bare")


def _today(said: Said) -> Time:
    return Time(_one(said.today), "now")


def _other_day(said: Said) -> Time:
    return Time((said.today - timedelta(7), said.today - timedelta(2)), "about")


def _other_week(said: Said) -> Time:
    return Time((said.today - timedelta(21), said.today - timedelta(7)), "about")


def _week(back: int) -> Reading:
    return lambda said: Time(_until_today(week_days(said.today, back), said.today), "week")


def _weekend(said: Said) -> Time:
    sunday = _latest(said.today, 6)
    return Time((sunday - timedelta(1), sunday), "day")


def _month(back: int) -> Reading:
    def read(said: Said) -> Time:
        day = said.today.replace(day=1)
        for _ in range(back):
            day = (day - timedelta(1)).replace(day=1)
        return Time(_until_today(month_days(day.year, day.month), said.today), "month")

    return read


def _year(back: int) -> Reading:
    def read(said: Said) -> Time:
        year = said.today.year - back
        return Time(_until_today((date(year, 1, 1), date(year, 12, 31)), said.today), "year")

    return read


def _one(day: date) -> Days:
    return day, day


def _until_today(days: Days, today: date) -> Days:
    return days[0], min(days[1], today)


def _latest(today: date, weekday: int, *, including_today: bool = False) -> date:
    back = (today.weekday() - weekday) % WEEK
    return today - timedelta(back if back or including_today else WEEK)


READINGS: Mapping[str, Reading] = {
    **DATES,
    **SEASONS,
    "ago": _ago,
    "lasting": _lasting,
    "last_weekday": _last_weekday,
    "week_before_weekday": _week_before,
    "night_to": _night,
    "night_between": _night,
    "weekday": _weekday,
    "today": _today,
    "tonight": _today,
    "this_morning": _days_ago(0),
    "yesterday": _days_ago(1),
    "two_days": _days_ago(2),
    "other_day": _other_day,
    "other_week": _other_week,
    "this_week": _week(0),
    "last_week": _week(1),
    "week_before_last": _week(2),
    "last_weekend": _weekend,
    "this_month": _month(0),
    "last_month": _month(1),
    "this_year": _year(0),
    "last_year": _year(1),
}
