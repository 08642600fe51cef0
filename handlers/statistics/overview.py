"""The figures of one scope as a page shows them, with what lies above and below it."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from dialogs.sentences import N_
from handlers.services import Services
from handlers.statistics.asked import SIDES, Asked
from handlers.statistics.cells import Figures, figures_of
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
from inbox.directory.tree import Directory
from inbox.statistics.counting import NATION

SHARES = ("kind", "outcome", "age", "sex", "relation", "area")
FILES = (("csv", "CSV"), ("json", "JSON"), ("jsonstat", "JSON-stat"))
YEARS = 5
"""How many years one can choose."""
MOST_BELOW = 200
"""Units that are asked for at once; the largest are shown."""
SHOWN_BELOW = 30
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
    empty: bool
    trends: Trends
    times: Times
    funnel: tuple[Step, ...]
    below_heading: str
    below: tuple[Below, ...]
    whole: Below
    shares: tuple[Shares, ...]
    meanings: tuple[str, ...]
    files: tuple[Link, ...]


async def figures_view(
    services: Services, asked: Asked, locale: Locale, path: str, *, exact: bool, own: Sequence[str] = ()
) -> FiguresView:
    """The figures that are asked for. `own`: scopes to choose first."""
    counted, under = services.statistics.counted, below_of(asked.scope, locale.directory)[1]
    scopes = [asked.scope, *under[:MOST_BELOW]]
    now = figures_of(await counted(asked.counted, scopes, asked.first, asked.last, ("main",)), exact)
    past = (f"{asked.year - 1}-01", f"{asked.year - 1}-12")
    before = figures_of(await counted(asked.counted, [asked.scope], *past, ("main",)), exact)
    goal = goal_of(asked.scope, locale.directory, services.place.goal_days)
    return view_of(now, before, asked, locale, path, goal=goal, own=own)


def view_of(
    now: Figures, before: Figures, asked: Asked, locale: Locale, path: str, *, goal: int | None, own: Sequence[str]
) -> FiguresView:
    """The page of figures of a year and of the year before."""
    directory = locale.directory
    heading, under = below_of(asked.scope, directory)
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
        trail=tuple(_link(asked, scope, path, locale) for scope in above_of(asked.scope, directory)),
        exact=now.exact,
        empty=not now.cells.get((asked.scope, "", "all", ""), (0, 0))[0],
        trends=shown_trends,
        times=times(now, asked, goal, locale),
        funnel=funnel(now, asked, locale),
        below_heading=locale.t(heading) if heading else "",
        below=_below(now, asked, under[:MOST_BELOW], path, locale),
        whole=_row(now, asked, asked.scope, path, locale),
        shares=tuple(found for found in every if found.rows),
        meanings=tuple(map(locale.t, MEANINGS)),
        files=tuple(Link(asked.address(f"{path}.{ending}"), label) for ending, label in FILES),
    )


def below_of(scope: str, directory: Directory) -> tuple[str, list[str]]:
    """What lies one level below, with a heading for it."""
    kind, _, id = scope.partition(":")
    if scope == NATION:
        return N_("Regioner"), [f"region:{region.code}" for region in directory.regions.values()]
    if kind == "region":
        found = {u.provider for u in directory.units.values() if u.region == id and u.provider}
        return N_("Vårdgivare"), [f"provider:{one}" for one in sorted(found)]
    if kind == "provider":
        tops = [u for u in directory.units.values() if u.provider == id and not u.parent]
        under = [child for top in tops for child in (directory.children(top) or (top,))]
        return N_("Enheter"), [f"unit:{one.id}" for one in under]
    unit = directory.find(id)
    under = list(directory.children(unit)) if unit else []
    return (N_("Enheter"), [f"unit:{one.id}" for one in under]) if under else ("", [])


def above_of(scope: str, directory: Directory) -> list[str]:
    """What it is part of, the nation first."""
    kind, _, id = scope.partition(":")
    if scope == NATION:
        return []
    if kind == "unit" and (unit := directory.find(id)):
        parents = [f"unit:{one.id}" for one in reversed(directory.parents(unit))]
        provider = [f"provider:{unit.provider}"] if unit.provider else []
        return [NATION, f"region:{unit.region}", *provider, *parents]
    if kind == "provider":
        regions = sorted({u.region for u in directory.units.values() if u.provider == id})
        return [NATION, *(f"region:{region}" for region in regions[:1])]
    return [NATION]


def goal_of(scope: str, directory: Directory, usual: int) -> int | None:
    """The goal in days, where it is one for all that is counted."""
    kind, _, id = scope.partition(":")
    if kind == "unit" and (unit := directory.find(id)):
        regions: Collection[str] = {unit.region}
    elif kind == "region":
        regions = {id}
    elif kind == "provider":
        regions = {u.region for u in directory.units.values() if u.provider == id}
    else:
        regions = {region.code for region in directory.open_regions()}
    goals = {directory.regions[code].goal_days or usual for code in regions if code in directory.regions}
    return goals.pop() if len(goals) == 1 else None


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


def _below(now: Figures, asked: Asked, under: Sequence[str], path: str, locale: Locale) -> tuple[Below, ...]:
    """The largest first; those of which nothing is told are left out."""
    told = [(now.told(scope, "all"), scope) for scope in under]
    some = sorted(((n, scope) for n, scope in told if n), key=lambda one: (-one[0], scope_words(one[1], locale)))
    return tuple(_row(now, asked, scope, path, locale) for _, scope in some[:SHOWN_BELOW])


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
