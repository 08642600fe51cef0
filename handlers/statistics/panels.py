"""What the page of figures shows: trends, how long answers take, from answer to satisfied, and who writes."""

from collections.abc import Sequence

from msgspec import Struct

from dialogs.locales import grouped
from dialogs.sentences import N_
from handlers.statistics.asked import Asked
from handlers.statistics.cells import Figures, Told
from handlers.statistics.charts import ColumnChart, Spark, columns, line
from handlers.statistics.words import DIMENSIONS, FEW, month_words, value_words
from handlers.view.locale import Locale

BINS = ((0, 7), (8, 14), (15, 21), (22, 28), (29, 42), (43, 60), (61, 1000))
"""Days to an answer, from and to. Four weeks are the usual goal."""
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
RISE = 5
"""By how many more a problem has to have grown to be named in the heading."""


class Trend(Struct, frozen=True):
    """A problem over the year."""

    name: str
    now: Spark
    before: Spark
    month: str
    month_before: str
    whole: str
    most: bool
    """Whether it has grown most."""


class Trends(Struct, frozen=True):
    """Problems by month, this year and the year before."""

    heading: str
    span: str
    month: str
    rows: tuple[Trend, ...]


class BinView(Struct, frozen=True):
    """How many answers came within some days."""

    days: str
    number: str
    percent: str
    late: bool


class Times(Struct, frozen=True):
    """How long answers take."""

    heading: str
    said: str
    chart: ColumnChart
    rows: tuple[BinView, ...]
    whole: str
    goal: str
    """What is said at the goal's line; empty where there is none."""


class Step(Struct, frozen=True):
    """A step from problem to satisfied."""

    name: str
    number: str
    width: int
    """In a hundred of the first."""
    said: str


class Share(Struct, frozen=True):
    """A value with how many."""

    name: str
    number: str
    width: int
    percent: str


class Shares(Struct, frozen=True):
    """All values of one kind."""

    id: str
    heading: str
    rows: tuple[Share, ...]


def number_words(told: Told, locale: Locale) -> str:
    """A number as it is told."""
    return locale.t(FEW) if told is None else grouped(told, locale.language)


def percent_words(percent: int | None, locale: Locale) -> str:
    """A share as it is told."""
    return "–" if percent is None else locale.t(N_("{percent} %"), percent=percent)


def trends(now: Figures, before: Figures, asked: Asked, last_month: int, locale: Locale) -> Trends:
    """The main problems, month by month."""
    rows, risen = list[Trend](), ("", 0)
    dimension = "main"
    for code, whole in now.values(asked.scope, dimension):
        this = [now.told(asked.scope, dimension, code, f"{asked.year}-{month}") for month in MONTHS[:last_month]]
        past = [before.told(asked.scope, dimension, code, f"{asked.year - 1}-{month}") for month in MONTHS]
        most = max([one or 0 for one in (*this, *past)], default=0)
        name = value_words(dimension, code, locale)
        sofar = sum(one or 0 for one in this) - sum(one or 0 for one in past[:last_month])
        if sofar > risen[1] and any(past):
            risen = (name, sofar)
        rows.append(
            Trend(
                name=name,
                now=line([one or 0 for one in this], most),
                before=line([one or 0 for one in past], most),
                month=number_words(this[-1], locale),
                month_before=number_words(past[last_month - 1], locale),
                whole=number_words(whole, locale),
                most=False,
            )
        )
    named = risen[0] if risen[1] >= RISE else ""
    heading = locale.t(N_("{problem} växer mest"), problem=named) if named else locale.t(N_("Problem månad för månad"))
    marked = tuple(Trend(r.name, r.now, r.before, r.month, r.month_before, r.whole, r.name == named) for r in rows)
    span = locale.t(N_("januari till {month}"), month=month_words(last_month, locale.language))
    return Trends(heading, span, month_words(last_month, locale.language), marked)


def times(figures: Figures, asked: Asked, goal: int | None, locale: Locale) -> Times:
    """How many days answers took, beside the goal where it is one for all."""
    told = [
        figures.together(asked.scope, "days", lambda day, low=low, high=high: low <= int(day) <= high)  # type: ignore[misc]
        for low, high in BINS
    ]
    whole = figures.together(asked.scope, "days", lambda _: True)
    late = [goal is not None and low > goal for low, _ in BINS]
    names = tuple(_days_words(low, high, locale) for low, high in BINS)
    rows = tuple(
        BinView(name, number_words(n, locale), percent_words(_share(n, whole), locale), after)
        for name, n, after in zip(names, told, late, strict=True)
    )
    at = sum(1 for one in late if not one) if goal is not None and any(late) else None
    kept = figures.percent(asked.scope, "goal", ("kept", "missed"), "kept")
    half, most = figures.day_of(asked.scope, 0.5), figures.day_of(asked.scope, 0.9)
    return Times(
        heading=locale.t(N_("{share} fick svar inom målet"), share=percent_words(kept, locale))
        if kept is not None
        else locale.t(N_("Hur länge man väntar på svar")),
        said=locale.t(N_("Hälften fick svar inom {half} dagar, nio av tio inom {most}."), half=half, most=most)
        if half is not None and most is not None
        else locale.t(N_("För få svar än för att säga hur länge man väntar.")),
        chart=columns([(_short(bin), n or 0, after) for bin, n, after in zip(BINS, told, late, strict=True)], at),
        rows=rows,
        whole=number_words(whole, locale),
        goal=locale.t(N_("Mål {days} dagar"), days=goal) if goal is not None and at is not None else "",
    )


def funnel(figures: Figures, asked: Asked, locale: Locale) -> tuple[Step, ...]:
    """From what was answered, by measures that were promised, to those who got an answer to their question."""
    scope = asked.scope
    answered = figures.together(scope, "days", lambda _: True)
    promised = figures.told(scope, "measure", "promised")
    rated = figures.together(scope, "rated", lambda value: value != "")
    content = figures.told(scope, "satisfied", "promised")
    steps = (
        (N_("Besvarat"), answered, ""),
        (N_("Åtgärd lovad"), promised, _of_words(promised, answered, N_("{share} av svaren"), locale)),
        (N_("Har sagt vad de tycker"), rated, _of_words(rated, answered, N_("{share} av svaren"), locale)),
        (
            N_("Åtgärd lovad, och svar på frågan"),
            content,
            _of_words(content, promised, N_("{share} av de lovade"), locale),
        ),
    )
    whole = answered or 0
    return tuple(
        Step(locale.t(name), number_words(n, locale), round(100 * min(n or 0, whole) / whole) if whole else 0, said)
        for name, n, said in steps
    )


def shares(figures: Figures, asked: Asked, dimension: str, locale: Locale) -> Shares:
    """All values of a dimension, with their part of the whole."""
    values = figures.values(asked.scope, dimension)
    whole = figures.together(asked.scope, dimension, lambda _: True)
    most = max((told or 0 for _, told in values), default=0)
    rows = tuple(
        Share(
            name=value_words(dimension, value, locale),
            number=number_words(told, locale),
            width=round(100 * (told or 0) / most) if most else 0,
            percent=percent_words(_share(told, whole), locale),
        )
        for value, told in _in_order(dimension, values)
    )
    return Shares(dimension, locale.t(DIMENSIONS[dimension]), rows)


def _in_order(dimension: str, values: Sequence[tuple[str, Told]]) -> Sequence[tuple[str, Told]]:
    """Ages as one gets older; else the most first."""
    return sorted(values, key=lambda one: (not one[0], one[0])) if dimension == "age" else values


def _share(told: Told, whole: Told) -> int | None:
    return None if told is None or not whole else min(100, round(100 * told / whole))


def _of_words(told: Told, whole: Told, said: str, locale: Locale) -> str:
    percent = _share(told, whole)
    return "" if percent is None else locale.t(said, share=percent_words(percent, locale))


def _short(days: tuple[int, int]) -> str:
    """As it has room below a column."""
    low, high = days
    return f"{low}–{high}" if high < 1000 else f"{low}+"


def _days_words(low: int, high: int, locale: Locale) -> str:
    return f"{low}–{high}" if high < 1000 else locale.t(N_("{low} eller fler"), low=low)
