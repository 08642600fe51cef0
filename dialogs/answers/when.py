"""When it happened: a day, a period, or as much of a date as is remembered."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from dialogs.answers.forms import Raw, day_names
from dialogs.answers.typed import line
from dialogs.errors import Invalid
from dialogs.schema.model import Step
from dialogs.schema.values import DialogContext, When

EARLIEST = 1900
"""Nobody tells of care before this year: an earlier one is a slip of the finger."""
MONTHS = 12
_NEAR = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
"""A day, or the first and the last one, as a button of `near_days` says it."""


def validate_when(step: Step, raw: Raw, facts: DialogContext) -> When:
    """A day, a period or "I do not know"; or a refusal by name."""
    near = when_pressed(raw.get("when", ()))
    if near is not None:
        return _passed(step, near, facts)
    match raw.get("when", ()):
        case ("unknown",):
            return When()
        case ("date",):
            first, last = _read(step, raw, "date", facts)
        case ("period",):
            first, _ = _read(step, raw, "first", facts)
            _, last = _read(step, raw, "last", facts)
        case _:
            raise Invalid("choose_one", step.id, "when")
    if first > last:
        raise Invalid("date_order", step.id, "first")
    return When(first=first, last=last)


def near_days(today: date) -> dict[str, When]:
    """What lies so near that nobody should have to write it. A week is all that is known then, as a month may be."""
    yesterday, monday = today - timedelta(days=1), today - timedelta(days=today.weekday() + 7)
    return {
        "today": When(today, today),
        "yesterday": When(yesterday, yesterday),
        "last_week": When(monday, monday + timedelta(days=6)),
    }


def pressed_as(near: When) -> str:
    """What the button for these days sends. Days, not words: "today" is the day on which it was read."""
    return "/".join(dict.fromkeys(day.isoformat() for day in (near.first, near.last) if day))


def when_pressed(sent: Sequence[str]) -> When | None:
    """The days of the button that was pressed; None if it was none of them."""
    found = next((match for text in sent if (match := _NEAR.fullmatch(text))), None)
    try:
        return When(date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1])) if found else None
    except ValueError:
        return None


def _passed(step: Step, near: When, facts: DialogContext) -> When:
    if near.first is None or near.last is None or not near.first.year >= EARLIEST or near.first > near.last:
        raise Invalid("choose_one", step.id, "when")
    if near.last > facts.today:
        raise Invalid("future_date", step.id, "when")
    return near


def _read(step: Step, raw: Raw, field: str, facts: DialogContext) -> tuple[date, date]:
    """The first and the last day that the person may mean, as far as they have passed."""
    written, month, day = _texts(step, raw, field)
    year = _year(written, facts.today)
    if year < EARLIEST:
        raise Invalid("early_date", step.id, field, year=str(EARLIEST))
    if month and not 1 <= int(month) <= MONTHS:
        raise Invalid("bad_month", step.id, field)
    days = monthrange(year, int(month))[1] if month else 0
    if day and not 1 <= int(day) <= days:
        raise Invalid("bad_day", step.id, field, days=days)
    first, last = _days(year, int(month or 0), int(day or 0))
    if first > facts.today:
        raise Invalid("future_date", step.id, field)
    return first, min(last, facts.today)


def _texts(step: Step, raw: Raw, field: str) -> tuple[str, str, str]:
    """Year, month and day as they were written; what is missing, or no number, is refused by name."""
    whole, *parts = (line("".join(raw.get(name, ())[:1])).rstrip(".") for name in day_names(field))
    texts = _apart(whole) if whole else parts
    if len(texts) > len(parts) or not all(re.fullmatch("[0-9]{0,4}", text) for text in texts):
        raise Invalid("bad_date", step.id, field)
    year, month, day = (*texts, "", "")[: len(parts)]
    if not year:
        raise Invalid("year_missing" if month or day else "date_missing", step.id, field)
    if len(year) not in {2, 4}:
        raise Invalid("bad_year", step.id, field)
    if day and not month:
        raise Invalid("month_missing", step.id, field)
    return year, month, day


def _apart(whole: str) -> list[str]:
    """Year, month and day of a date in one field, whatever stands between them; `20261026` too."""
    if re.fullmatch("[0-9]{8}", whole):
        return [whole[:4], whole[4:6], whole[6:]]
    return re.split(" *[-/.] *| +", whole)


def _year(written: str, today: date) -> int:
    """The year; by two digits the latest one that has begun."""
    if len(written) > 2:
        return int(written)
    century = today.year - today.year % 100
    return century + int(written) - (100 if int(written) > today.year % 100 else 0)


def _days(year: int, month: int, day: int) -> tuple[date, date]:
    """The day; or the whole month or year when only that is known."""
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
