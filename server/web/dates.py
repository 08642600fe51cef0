"""Days, times and sizes as people write them, in Sweden's time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")

MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
WEEKDAYS = {
    "sv": "Måndag Tisdag Onsdag Torsdag Fredag Lördag Söndag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
NEAR = {
    "sv": {0: "i dag", -1: "i går", 1: "i morgon"},
    "en": {0: "today", -1: "yesterday", 1: "tomorrow"},
}
KB, MB = 1024, 1024 * 1024


def date_long(moment: date, language: str) -> str:
    """25 november 2026."""
    day = in_sweden(moment)
    return f"{_day_and_month(day, language)} {day.year}"


def date_day(moment: date, language: str, now: datetime) -> str:
    """Onsdag 28 oktober; with the year when it is another."""
    day = in_sweden(moment)
    return f"{_in(WEEKDAYS, language)[day.weekday()]} {_this_year(day, language, now)}"


def relative_day(moment: date, language: str, now: datetime) -> str:
    """`i dag`, `i går`, `i morgon`, else `28 oktober`; with the year when it is another."""
    day, today = in_sweden(moment), in_sweden(now)
    near = NEAR.get(language, NEAR["sv"]).get((day - today) // timedelta(days=1))
    if near:
        return near
    return _this_year(day, language, now)


def clock(moment: datetime, language: str) -> str:
    """14.36 in Swedish, 14:36 in English."""
    return moment.astimezone(SWEDEN).strftime("%H.%M" if language == "sv" else "%H:%M")


def filesize(size: int, language: str) -> str:
    """0,4 MB; below a tenth of that in kB."""
    number = f"{size / MB:.1f} MB" if size >= MB // 10 else f"{max(1, round(size / KB))} kB"
    return number.replace(".", ",") if language == "sv" else number


def in_sweden(moment: date) -> date:
    """The day it is in Sweden at that moment; a plain date is that day."""
    return moment.astimezone(SWEDEN).date() if isinstance(moment, datetime) else moment


def _this_year(day: date, language: str, now: datetime) -> str:
    return _day_and_month(day, language) if day.year == in_sweden(now).year else date_long(day, language)


def _day_and_month(day: date, language: str) -> str:
    return f"{day.day} {_in(MONTHS, language)[day.month - 1]}"


def _in(words: dict[str, list[str]], language: str) -> list[str]:
    return words.get(language, words["sv"])
