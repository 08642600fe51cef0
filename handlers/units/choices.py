"""Units to choose from, for staff."""

from collections.abc import Callable, Iterable

from aiohttp import web
from msgspec import Struct

from handlers.requests import services_of
from handlers.view.locale import Locale, locale_of
from inbox.directory.model import Unit, UnitId
from inbox.directory.search import search
from inbox.directory.words import KINDS

MOST = 10
LOOKED_AT = 100
"""Hits that are looked through for those that fit."""


class UnitView(Struct, frozen=True):
    """A unit to choose."""

    id: UnitId
    name: str
    detail: str


class Choice(Struct, frozen=True):
    """Units to choose from, and whether there are more of them."""

    units: tuple[UnitView, ...]
    more: bool


def units_called(
    request: web.Request, query: str, chosen: UnitId, fits: Callable[[Unit], bool], near: Iterable[Unit] = ()
) -> Choice:
    """The units that fit the words, or those nearby before anything is asked; the chosen one always among them."""
    services, locale = services_of(request), locale_of(request)
    region = services.place.region
    hits = (hit.unit for hit in search(services.index, query, limit=LOOKED_AT, region=region)) if query else near
    fitting = [unit for unit in hits if fits(unit)]
    found = fitting[:MOST]
    before = services.directory.find(chosen) if chosen else None
    if before is not None and fits(before) and before not in found:
        found.insert(0, before)
    return Choice(tuple(_view(unit, locale) for unit in found), len(fitting) > MOST)


def _view(unit: Unit, locale: Locale) -> UnitView:
    kind = locale.t(KINDS[unit.kind]) if unit.kind in KINDS else ""
    return UnitView(unit.id, unit.name, ", ".join(part for part in (kind, unit.town) if part))
