"""Days, times and sizes as people write them, in Sweden's time."""

from datetime import date, datetime, timedelta

from dialogs.locales import day_and_month, long_day, weekday_of
from dialogs.sentences import N_, Translate
from handlers.view.locale import SWEDEN, in_sweden

NEAR = {0: N_("i dag"), -1: N_("i går"), 1: N_("i morgon")}
KB, MB = 1024, 1024 * 1024


def date_long(moment: date, language: str) -> str:
    """25 november 2026."""
    return long_day(in_sweden(moment), language)


def date_day(moment: date, language: str, now: datetime) -> str:
    """Onsdag 28 oktober; with the year when it is another."""
    day = in_sweden(moment)
    return f"{weekday_of(day, language)} {_this_year(day, language, now)}"


def relative_day(moment: date, language: str, now: datetime, translate: Translate) -> str:
    """`i dag`, `i går`, `i morgon`, else `28 oktober`; with the year when it is another."""
    day, today = in_sweden(moment), in_sweden(now)
    near = NEAR.get((day - today) // timedelta(days=1))
    return translate(near) if near else _this_year(day, language, now)


def clock(moment: datetime, language: str) -> str:
    """14.36 in Swedish, 14:36 in English."""
    return moment.astimezone(SWEDEN).strftime("%H.%M" if language == "sv" else "%H:%M")


def filesize(size: int, language: str) -> str:
    """0,4 MB; below a tenth of that in kB."""
    number = f"{size / MB:.1f} MB" if size >= MB // 10 else f"{max(1, round(size / KB))} kB"
    return number.replace(".", ",") if language == "sv" else number


def _this_year(day: date, language: str, now: datetime) -> str:
    return (day_and_month if day.year == in_sweden(now).year else long_day)(day, language)
