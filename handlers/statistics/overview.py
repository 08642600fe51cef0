"""The figures of one scope as a page shows them, with what lies above and below it."""

from collections.abc import Sequence

from msgspec import Struct

from dialogs.sentences import N_
from handlers.services import Services
from handlers.statistics.asked import SIDES, Asked
from handlers.statistics.cells import Figures, figures_of
from handlers.statistics.levels import above_of, below_of, goal_of
from handlers.statistics.panels import (
    Shares,
    Step,
    Times,
    Trends,
    funnel,
    number_words,
    percent_words,
    shares,
    times,
    trends,
)
from handlers.statistics.words import MEANINGS, scope_words
from handlers.view.locale import Locale
from handlers.view.models import Link
from inbox.statistics.counting import NATION

SHARES = ("kind", "outcome", "age", "sex", "relation", "area")
FILES = (("csv", "CSV"), ("json", "JSON"), ("jsonstat", "JSON-stat"))
YEARS = 5
"""How many years one can choose."""
SHOWN_BELOW = 30
"""Of what lies below, the largest."""
SIDE_WORDS = {"vard": N_("Vårdens svar"), "namnd": N_("Patientnämndens svar")}


class Option(Struct, frozen=True):
    """Something to choose in the form, or a tab."""

    value: str
    label: str
    current: bool
    url: str = ""


class Below(Struct, frozen=True):
    """What lies one level below."""

    name: str
    url: str
    number: str
    days: str
    goal: str
    rated: str


class FiguresView(Struct, frozen=True, kw_only=True):
    """Everything that the page shows."""

    path: str
    scope: str
    name: str
    year: int
    side: str
    said: str
    """Of when, and how many."""
    sides: tuple[Option, ...]
    scopes: tuple[Option, ...]
    years: tuple[Option, ...]
    trail: tuple[Link, ...]
    exact: bool
    trends: Trends
    times: Times
    funnel: tuple[Step, ...]
    below_heading: str
    """Empty where nothing lies below."""
    below_said: str
    below: tuple[Below, ...]
    whole: Below
    shares: tuple[Shares, ...]
    meanings: tuple[str, ...]
    files: tuple[Link, ...]


async def figures_view(
    services: Services, asked: Asked, locale: Locale, path: str, *, exact: bool, own: Sequence[str] = ()
) -> FiguresView:
    """The figures that are asked for. `own`: scopes to choose first."""
    counted, directory = services.statistics.counted, locale.directory
    year, before = (asked.first, asked.last), (f"{asked.year - 1}-01", f"{asked.year - 1}-12")
    heading, under = below_of(asked.scope, directory)
    sizes = figures_of(await counted(asked.counted, under, *year, dimensions=("all",)), exact)
    told = [(number, scope) for scope in under if (number := sizes.told(scope, "all"))]
    largest = [scope for _, scope in sorted(told, key=lambda one: (-one[0], scope_words(one[1], locale)))]
    scopes = [asked.scope, *largest[:SHOWN_BELOW]]
    return view_of(
        figures_of(await counted(asked.counted, scopes, *year, by_month=("main",)), exact),
        figures_of(await counted(asked.counted, [asked.scope], *before, by_month=("main",)), exact),
        asked,
        locale,
        path,
        goal=goal_of(asked.scope, directory, services.place.goal_days),
        own=own,
        heading=heading,
        largest=largest,
    )


def view_of(
    now: Figures,
    before: Figures,
    asked: Asked,
    locale: Locale,
    path: str,
    *,
    goal: int | None,
    own: Sequence[str] = (),
    heading: str = "",
    largest: Sequence[str] = (),
) -> FiguresView:
    """The page of figures of a year and of the year before; `largest`: what lies below, the largest first."""
    last_month = locale.today.month if asked.year == locale.today.year else 12
    shown_trends = trends(now, before, asked, last_month, locale)
    every = [shares(now, asked, each, locale) for each in SHARES]
    return FiguresView(
        path=path,
        scope=asked.scope,
        name=scope_words(asked.scope, locale),
        year=asked.year,
        side=asked.side,
        said=_said(now, asked, shown_trends.span, locale),
        sides=_sides(asked, path, locale),
        scopes=_scopes(asked, own, locale),
        years=_years(asked, locale),
        trail=tuple(_link(asked, scope, path, locale) for scope in above_of(asked.scope, locale.directory)),
        exact=now.exact,
        trends=shown_trends,
        times=times(now, asked, goal, locale),
        funnel=funnel(now, asked, locale),
        below_heading=locale.t(heading) if heading else "",
        below_said=_below_said(len(largest), locale),
        below=tuple(_row(now, asked, scope, path, locale) for scope in largest[:SHOWN_BELOW]),
        whole=_row(now, asked, asked.scope, path, locale),
        shares=tuple(found for found in every if found.rows),
        meanings=tuple(map(locale.t, MEANINGS)),
        files=tuple(Link(asked.address(f"{path}.{ending}"), label) for ending, label in FILES),
    )


def _said(now: Figures, asked: Asked, span: str, locale: Locale) -> str:
    told = now.told(asked.scope, "all")
    if told is None:
        return locale.t(N_("{span} {year}, färre än 5 ärenden"), span=span, year=str(asked.year))
    return locale.t(N_("{span} {year}, {number} ärenden"), span=span, year=str(asked.year), number=told)


def _sides(asked: Asked, path: str, locale: Locale) -> tuple[Option, ...]:
    return tuple(
        Option(side, locale.t(SIDE_WORDS[side]), side == asked.side, asked.address(path, side=side)) for side in SIDES
    )


def _years(asked: Asked, locale: Locale) -> tuple[Option, ...]:
    last = locale.today.year
    years = sorted({asked.year, *range(last - YEARS + 1, last + 1)}, reverse=True)
    return tuple(Option(str(year), str(year), year == asked.year) for year in years)


def _link(asked: Asked, scope: str, path: str, locale: Locale) -> Link:
    return Link(asked.address(path, scope), scope_words(scope, locale))


def _scopes(asked: Asked, own: Sequence[str], locale: Locale) -> tuple[Option, ...]:
    regions = [f"region:{region.code}" for region in locale.directory.regions.values()]
    every = dict.fromkeys([*own, NATION, *regions, asked.scope])
    return tuple(Option(scope, scope_words(scope, locale), scope == asked.scope) for scope in every)


def _below_said(number: int, locale: Locale) -> str:
    if number > SHOWN_BELOW:
        return locale.t(N_("De {shown} med flest ärenden, av {number}."), shown=SHOWN_BELOW, number=number)
    return locale.t(N_("De med flest ärenden först."))


def _row(now: Figures, asked: Asked, scope: str, path: str, locale: Locale) -> Below:
    days = now.day_of(scope, 0.5)
    return Below(
        name=scope_words(scope, locale),
        url=asked.address(path, scope),
        number=number_words(now.told(scope, "all"), locale),
        days="–" if days is None else str(days),
        goal=percent_words(now.percent(scope, "goal", ("kept", "missed"), "kept"), locale),
        rated=percent_words(now.percent(scope, "rated", ("yes", "partly", "no"), "yes"), locale),
    )
