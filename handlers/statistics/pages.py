"""The pages of figures: for everybody, with small numbers protected; for those who work, of their own as they are."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from aiohttp import web
from msgspec.structs import replace

from handlers.limits import Act
from handlers.page import Page
from handlers.requests import count, services_of, staff
from handlers.statistics.asked import SIDE, Asked, asked_in
from handlers.statistics.cells import Figures, figures_of
from handlers.statistics.download import as_csv, as_json, as_jsonstat
from handlers.statistics.overview import FiguresView, figures_view
from handlers.view.locale import Locale, locale_of
from inbox.cases.model import Identity, Role
from inbox.directory.tree import Directory
from inbox.statistics.counting import NATION
from inbox.statistics.fact import BOARD, CARE

PUBLIC, STAFF = "/statistik", "/personal/statistik"
Write = Callable[[Figures, Asked, Locale], str]
FORMATS: Mapping[str, tuple[str, Write]] = {
    "csv": ("text/csv", as_csv),
    "json": ("application/json", as_json),
    "jsonstat": ("application/json", as_jsonstat),
}


class PublicFigures(Page, frozen=True, kw_only=True):
    """Figures for everybody."""

    template: ClassVar[str] = "statistics/public.html"

    figures: FiguresView


class StaffFigures(Page, frozen=True, kw_only=True):
    """Figures for those who work."""

    template: ClassVar[str] = "staff/statistics.html"

    figures: FiguresView


async def get_public(request: web.Request) -> web.Response:
    """Figures for everybody."""
    await count(request, Act.LOOK)
    services, locale = services_of(request), locale_of(request)
    asked = asked_in(request.query, locale.directory, locale.today)
    view = await figures_view(services, asked, locale, PUBLIC, exact=False)
    return services.render(request, PublicFigures(figures=view))


async def get_staff(request: web.Request) -> web.Response:
    """Figures for those who work: of where they work exactly."""
    identity = await staff(request)
    await count(request, Act.LOOK)
    services, locale = services_of(request), locale_of(request)
    own = own_scopes(identity, locale.directory)
    asked = _asked_at_work(request, own, locale)
    exact = own.get(asked.scope) == asked.counted
    view = await figures_view(services, asked, locale, STAFF, exact=exact, own=tuple(own))
    return services.render(request, StaffFigures(figures=view))


async def get_public_file(request: web.Request) -> web.Response:
    """The same as a file."""
    await count(request, Act.LOOK)
    locale = locale_of(request)
    return await _file(request, asked_in(request.query, locale.directory, locale.today), locale, exact=False)


async def get_staff_file(request: web.Request) -> web.Response:
    """The same as a file, for those who work."""
    identity = await staff(request)
    await count(request, Act.LOOK)
    locale = locale_of(request)
    own = own_scopes(identity, locale.directory)
    asked = _asked_at_work(request, own, locale)
    return await _file(request, asked, locale, exact=own.get(asked.scope) == asked.counted)


def own_scopes(identity: Identity, directory: Directory) -> dict[str, str]:
    """Of what somebody sees figures as they are, each with whose: a unit's of its own care, a board's of its region.

    A unit's are those of all that lies below it too: whoever does not work there sees them as everybody does.
    """
    found, works = dict[str, str](), {grant.unit for grant in identity.grants if grant.role is Role.CASEWORKER}
    for grant in identity.grants:
        unit = directory.find(grant.unit)
        if unit is None:
            continue
        if grant.role is Role.OFFICER:
            found[f"region:{unit.region}"] = BOARD
        elif grant.role is Role.CASEWORKER and works.issuperset(directory.descendants(unit.id)):
            found[f"unit:{unit.id}"] = CARE
    return found


def _asked_at_work(request: web.Request, own: Mapping[str, str], locale: Locale) -> Asked:
    """What is asked for; where nothing is, what is somebody's own."""
    asked = asked_in(request.query, locale.directory, locale.today, next(iter(own), NATION))
    if SIDE not in request.query and own.get(asked.scope) == BOARD:
        return replace(asked, side="namnd")
    return asked


async def _file(request: web.Request, asked: Asked, locale: Locale, *, exact: bool) -> web.Response:
    kind, write = FORMATS[request.match_info["format"]]
    counted = await services_of(request).statistics.counted(asked.counted, [asked.scope], asked.first, asked.last)
    name = f"statistik-{asked.side}-{asked.scope.replace(':', '-')}-{asked.year}.{request.match_info['format']}"
    return web.Response(
        text=write(figures_of(counted, exact), asked, locale),
        content_type=kind,
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
