"""Where it happened: search and browse without script, and where to turn when the unit does not take cases here."""

from collections.abc import Mapping

from aiohttp import web
from msgspec import Struct

from dialogs.kinds.place import Place
from dialogs.schema.values import Value
from dialogs.sentences import N_
from handlers.limits import Act
from handlers.requests import count_known, services_of
from handlers.units.browsing import BranchView, branch_asked_for
from handlers.units.unit_view import HitView, hit_view
from handlers.view.locale import Locale, locale_of
from inbox.cases.model import UnitId
from inbox.directory.contact import Line, contact_lines
from inbox.directory.model import Connection, Unit
from inbox.directory.search import search

MOST = 8
"""Hits on a page. Where there are more the page says so: more is another search."""
REASONS = {
    Connection.NOT_CONNECTED: N_("{unit} är inte ansluten till tjänsten ännu."),
    Connection.EXTERNAL: N_("{unit} tar emot synpunkter i ett eget system."),
    Connection.NOT_OPEN: N_("{unit} har inte öppnat ännu."),
    Connection.ENDED: N_("{unit} har upphört."),
}


class Stopped(Struct, frozen=True, kw_only=True):
    """The unit that was picked cannot receive cases here: where to turn instead. There is always a way on."""

    unit: HitView
    reason: str
    levels: tuple[HitView, ...]
    board: bool
    board_name: str
    contact: tuple[Line, ...]
    board_contact: tuple[Line, ...]


class PlaceView(Struct, frozen=True):
    """The picker."""

    query: str
    hits: tuple[HitView, ...]
    chosen: HitView | None
    stopped: Stopped | None
    more: bool
    """Whether more units fit than are shown."""
    branch: BranchView | None
    """The level that one looks through; None for who does not browse."""


def place_view(request: web.Request, value: Value | None, offered: UnitId = "") -> PlaceView:
    """The picker as the address asks for it.

    `?q=` searches, `?under=` browses, `?vald=` is a unit that cannot receive here, `?val=` one that was picked last.
    `offered`: one that was chosen when it could not be taken.
    """
    services, locale = services_of(request), locale_of(request)
    query = request.query.get("q", "").strip()
    if query:
        count_known(request, Act.SEARCH)
    found = search(services.index, query, limit=MOST + 1, region=services.place.region) if query else []
    picked = services.directory.find_now(request.query.get("vald", ""))
    kept = value.unit if isinstance(value, Place) else ""
    chosen = services.directory.find_now(request.query.get("val", "") or offered or kept)
    return PlaceView(
        query=query,
        hits=tuple(hit_view(hit.unit, locale) for hit in found[:MOST] if not hit.unit.is_board),
        chosen=hit_view(chosen, locale) if chosen else None,
        stopped=_stopped(picked, locale) if picked and not picked.connected else None,
        more=len(found) > MOST,
        branch=branch_asked_for(request),
    )


def stops_at(request: web.Request, fields: Mapping[str, tuple[str, ...]]) -> Unit | None:
    """The unit in the form that cannot receive here, unless the person has been told and goes on."""
    unit = services_of(request).directory.find_now("".join(fields.get("unit", ())[:1]))
    return unit if unit and not unit.connected and "confirmed" not in fields else None


def own_words_first(fields: Mapping[str, tuple[str, ...]], value: Value | None) -> Mapping[str, tuple[str, ...]]:
    """The form, where a place in words goes before the unit that was chosen earlier.

    A radio button cannot be unpicked: whoever writes instead means what they write.
    """
    before = value.unit if isinstance(value, Place) else ""
    wrote = "".join(fields.get("text", ())).strip()
    if wrote and before and fields.get("unit", ()) == (before,):
        return {**fields, "unit": ()}
    return fields


def called(unit: Unit) -> str:
    """The unit's name, with its town where the name does not say it."""
    return unit.name if not unit.town or unit.town.casefold() in unit.name.casefold() else f"{unit.name}, {unit.town}"


def _stopped(unit: Unit, locale: Locale) -> Stopped:
    ways = locale.directory.ways_out(unit)
    return Stopped(
        unit=hit_view(unit, locale),
        reason=locale.t(REASONS[unit.connection], unit=unit.name),
        levels=tuple(hit_view(level, locale) for level in ways.levels),
        board=ways.board is not None and ways.board.connected,
        board_name=ways.board_name,
        contact=contact_lines(ways.contact, locale.translate),
        board_contact=contact_lines(ways.board_contact, locale.translate),
    )
