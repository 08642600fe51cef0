"""When it happened: a day, a period, or as much of a date as is remembered."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from dialogs.answers.dates import span
from dialogs.answers.forms import Raw, first
from dialogs.answers.typed import line
from dialogs.schema.kind import Asked, Kind, Picks
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_, Counted, Translate

EARLIEST = 1900
"""Nobody tells of care before this year: an earlier one is a slip of the finger."""
MONTHS = 12
NEAR = {"today": N_("I dag"), "yesterday": N_("I går"), "last_week": N_("Förra veckan")}
"""What stands on the buttons of `near_days`."""
DAYS = {"date": N_("Vilken dag?"), "first": N_("Från"), "last": N_("Till")}
WHENS = {"date": N_("En dag"), "period": N_("Flera dagar eller en längre tid"), "unknown": N_("Jag vet inte")}
NOT_KNOWN = {"sv": "Vet inte", "en": "Not sure"}
_NEAR = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
"""A day, or the first and the last one, as a button of `near_days` says it."""


def day_names(day: str) -> tuple[str, ...]:
    """A day may come as one field (2026-05-03) or as three."""
    return (day, f"{day}_year", f"{day}_month", f"{day}_day")


class When(Value, frozen=True, tag="when"):
    """A day (first and last are the same), a period, or neither: the person does not know."""

    first: date | None = None
    last: date | None = None

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        if self.first is None:
            return ("unknown",)
        return ("date",) if self.first == self.last else ("period",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """The time, as short as it can be said."""
        known = self.first and self.last
        yield span(self.first, self.last, telling.language) if known else telling.of(NOT_KNOWN)  # type: ignore[arg-type]


class SomeTime(Kind):
    """A day, a period, or not known."""

    fields = {"when": N_("Du valde"), **dict.fromkeys((name for day in DAYS for name in day_names(day)), "")}
    chosen = frozenset({"when"})
    tells = ("date", "period", "unknown")
    hears = "time"
    sentences = {
        "date_missing": N_("Skriv vilken dag det var. Det räcker med året."),
        "year_missing": N_("Skriv också året."),
        "month_missing": N_("Skriv också månaden."),
        "bad_date": N_("Skriv bara siffror. Så här: 2026, 5 och 3."),
        "bad_month": N_("Månaden finns inte. Skriv en siffra från 1 till 12."),
        "bad_day": Counted(
            "Dagen finns inte. Månaden har {days} dag.", "Dagen finns inte. Månaden har {days} dagar.", "days"
        ),
        "early_date": N_("Året är för långt tillbaka. Skriv {year} eller senare."),
        "future_date": N_("Den dagen har inte varit än. Välj en tidigare dag."),
        "date_order": N_("Den första dagen ligger efter den sista. Kontrollera ordningen."),
    }

    def read(self, asked: Asked, raw: Raw) -> Value:
        """A day, a period or "I do not know"; or a refusal by name."""
        near = when_pressed(raw.get("when", ()))
        if near is not None:
            return _passed(asked, near)
        match raw.get("when", ()):
            case ("unknown",):
                return When()
            case ("date",):
                first, last = _read(asked, raw, "date")
            case ("period",):
                first, _ = _read(asked, raw, "first")
                _, last = _read(asked, raw, "last")
            case _:
                raise asked.refused("choose_one", "when")
        if first > last:
            raise asked.refused("date_order", "first")
        return When(first=first, last=last)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Not known, a day, and some days."""
        day, later = ((asked.facts.today - timedelta(days=ago)).isoformat() for ago in (30, 28))
        return (
            {"when": ("unknown",)},
            {"when": ("date",), "date": (day,)},
            {"when": ("period",), "first": (day,), "last": (later,)},
        )

    def of_heard(self, said: object) -> Raw:
        """The days, as a button for them sends them."""
        return {"when": (pressed_as(said),)} if isinstance(said, When) and said.first else {}

    def near(self, today: date) -> Mapping[str, str]:
        """What lies so near that nobody should have to write it."""
        return {pressed_as(days): NEAR[name] for name, days in near_days(today).items()}

    def kept_aside(self, sent: Raw) -> Raw:
        """All of it. A button of that moment is said in the fields, which are there on every day."""
        near = when_pressed(sent.get("when", ()))
        if near and near.first and near.last:
            return dict(_spelled("date", near.first) if near.first == near.last else _period(near.first, near.last))
        return {name: texts for name, texts in sent.items() if name in self.fields}

    def retold(self, sent: Raw, telling: Telling, say: Translate) -> Iterator[tuple[str, str]]:
        """What was chosen, and each day as far as it was written."""
        near, called = when_pressed(sent.get("when", ())), say(self.fields["when"])
        yield called, "".join(near.lines(telling)) if near else ""
        yield called, say(WHENS[chosen]) if (chosen := first(sent, "when")) in WHENS else ""
        for day, name in DAYS.items():
            yield say(name), " ".join(filter(None, (first(sent, part) for part in day_names(day))))


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


def _passed(asked: Asked, near: When) -> When:
    if near.first is None or near.last is None or not near.first.year >= EARLIEST or near.first > near.last:
        raise asked.refused("choose_one", "when")
    if near.last > asked.facts.today:
        raise asked.refused("future_date", "when")
    return near


def _read(asked: Asked, raw: Raw, field: str) -> tuple[date, date]:
    """The first and the last day that the person may mean, as far as they have passed."""
    written, month, day = _texts(asked, raw, field)
    year = _year(written, asked.facts.today)
    if year < EARLIEST:
        raise asked.refused("early_date", field, year=str(EARLIEST))
    if month and not 1 <= int(month) <= MONTHS:
        raise asked.refused("bad_month", field)
    days = monthrange(year, int(month))[1] if month else 0
    if day and not 1 <= int(day) <= days:
        raise asked.refused("bad_day", field, days=days)
    first, last = _days(year, int(month or 0), int(day or 0))
    if first > asked.facts.today:
        raise asked.refused("future_date", field)
    return first, min(last, asked.facts.today)


def _texts(asked: Asked, raw: Raw, field: str) -> tuple[str, str, str]:
    """Year, month and day as they were written; what is missing, or no number, is refused by name."""
    whole, *parts = (line(first(raw, name)).rstrip(".") for name in day_names(field))
    texts = _apart(whole) if whole else parts
    if len(texts) > len(parts) or not all(re.fullmatch("[0-9]{0,4}", text) for text in texts):
        raise asked.refused("bad_date", field)
    year, month, day = (*texts, "", "")[: len(parts)]
    if not year:
        raise asked.refused("year_missing" if month or day else "date_missing", field)
    if len(year) not in {2, 4}:
        raise asked.refused("bad_year", field)
    if day and not month:
        raise asked.refused("month_missing", field)
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


def _spelled(day: str, at: date, when: str = "date") -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "when", (when,)
    _, *names = day_names(day)
    yield from zip(names, ((str(part),) for part in (at.year, at.month, at.day)), strict=True)


def _period(first: date, last: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from _spelled("first", first, "period")
    yield from _spelled("last", last, "period")


KIND = SomeTime()
