"""When it happened: a day, a period, or as much of a date as is remembered."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from dialogs.errors import Invalid
from dialogs.forms import Raw, day_names
from dialogs.model import Step
from dialogs.values import Facts, When

OLDEST = 120
"""Nobody is older than this: an earlier year is a slip of the finger."""


def validate_when(step: Step, raw: Raw, facts: Facts) -> When:
    """A day, a period or "I do not know"; or a refusal by name."""
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


def _read(step: Step, raw: Raw, field: str, facts: Facts) -> tuple[date, date]:
    """The first and the last day that the person may mean, as far as they have passed."""
    try:
        first, last = _days(*_numbers(raw, field))
    except ValueError as error:
        raise Invalid("bad_date", step.id, field) from error
    if first > facts.today:
        raise Invalid("future_date", step.id, field)
    if first.year < facts.today.year - OLDEST:
        raise Invalid("bad_date", step.id, field)
    return first, min(last, facts.today)


def _numbers(raw: Raw, field: str) -> tuple[int, ...]:
    """Year, month and day; what is missing at the end is left out."""
    whole, *parts = ("".join(raw.get(name, ())[:1]).strip() for name in day_names(field))
    texts = whole.split("-") if whole else parts
    while texts and not texts[-1]:
        texts.pop()
    if not 1 <= len(texts) <= 3 or not all(re.fullmatch("[0-9]{1,4}", text) for text in texts):
        raise ValueError(field)
    return tuple(int(text) for text in texts)


def _days(year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """The day; or the whole month or year when only that is known."""
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
