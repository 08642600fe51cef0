"""Seasons, feasts and numbered weeks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dialogs.listen.when.calendar import Days, feast, season
from dialogs.listen.when.dates import year_of
from dialogs.listen.when.mention import Said, Time

WELL_BEGUN = timedelta(20)
"""Into a season, before people speak of it as past."""


def latest_feast(name: str, today: date) -> Days:
    """The last time that a feast was."""
    return next(
        days for year in (today.year + 1, today.year, today.year - 1) if (days := feast(name, year))[0] <= today
    )


def _past(said: Said) -> Time | None:
    name = said.value("seasons")
    return None if name is None else _season(said, name, said.today - WELL_BEGUN)


def _now(said: Said) -> Time | None:
    name = said.value("season_now") or said.value("season")
    return None if name is None else _season(said, name, said.today)


def _last(said: Said) -> Time | None:
    name = said.value("season")
    if name is None:
        return None
    winter = name == "winter"
    before = 1 if not winter or said.today.month == 12 or said.today.month > 2 else 2
    return Time(season(name, said.today.year - before), "season")


def _of_year(said: Said) -> Time | None:
    name, figures = said.value("season"), said.figures()
    year = year_of(figures[0], said.today) if figures else None
    return None if name is None or year is None else Time(season(name, year), "season")


def _season(said: Said, name: str, begun: date) -> Time:
    years = (said.today.year, said.today.year - 1, said.today.year - 2)
    first, last = next(days for year in years if (days := season(name, year))[0] <= begun)
    return Time((first, min(last, said.today)), "season")


def _week(said: Said) -> Time | None:
    figures = said.figures()
    for year in (said.today.year, said.today.year - 1):
        try:
            monday = date.fromisocalendar(year, figures[0] if figures else 0, 1)
        except ValueError:
            continue
        if monday <= said.today:
            return Time((monday, min(monday + timedelta(6), said.today)), "week")
    return None


def _holiday(said: Said) -> Time | None:
    name = _named(said)
    if name is None:
        return None
    first, last = latest_feast(name, said.today)
    return Time((first, min(last, said.today)), "day" if first == last else "holiday")


def _offset(said: Said) -> Time | None:
    name = next((said.values["holiday"][each] for each in said.words if each in said.values["holiday"]), None)
    if name is None:
        return None
    away = round((said.counts() or [1])[0])
    first, last = latest_feast(name, said.today)
    after = bool({"efter", "after"} & set(said.words))
    day = last + timedelta(away) if after else first - timedelta(away)
    return Time((day, day), "day") if day <= said.today and away < 60 else None


def _named(said: Said) -> str | None:
    words = said.words
    if any(each.startswith("mellandag") for each in words) or ("mellan" in words and len(words) > 2):
        return "between"
    if words[0].startswith("annandag"):
        return "boxing_day" if any(each.startswith("jul") for each in words) else "easter_monday"
    if words[0] in {"forsta", "may"} and words[-1] in {"maj", "day"}:
        return "may_day"
    table = said.values["holiday"]
    for each in words:
        if each in table:
            return table[each]
        # "julaftonens", "nationaldagens": an ending more
        for cut in range(len(each) - 1, 4, -1):
            if each[:cut] in table:
                return table[each[:cut]]
    return None


READINGS: Mapping[str, Callable[[Said], Time | None]] = {
    "season_past": _past,
    "season_last": _last,
    "season_year": _of_year,
    "season_now": _now,
    "week": _week,
    "holiday": _holiday,
    "offset": _offset,
}
