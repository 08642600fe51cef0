"""Where it happened: search without script, and where to turn when the unit does not take cases here."""

from collections.abc import Mapping

from aiohttp import web
from msgspec import Struct

from dialogs.values import Place, Value
from handlers.pages.speech import Speech, speech_of
from handlers.requests import services_of
from handlers.words import N_
from inbox.directory.contact import Line, contact_lines
from inbox.directory.model import Connection, Unit
from inbox.directory.search import search
from inbox.directory.words import CONNECTIONS, KINDS

MOST = 8
"""Hits on a page: more is another search."""
REASONS = {
    Connection.NOT_CONNECTED: N_("{unit} tar inte emot ärenden här än."),
    Connection.EXTERNAL: N_("{unit} tar emot synpunkter i ett eget system."),
}


class HitView(Struct, frozen=True):
    """A unit to pick."""

    id: str
    name: str
    detail: str
    connected: bool
    note: str


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


def place_view(request: web.Request, value: Value | None) -> PlaceView:
    """The picker as the address asks for it: `?q=` searches, `?vald=` is a unit that cannot receive here."""
    services, speech = services_of(request), speech_of(request)
    query = request.query.get("q", "").strip()
    found = search(services.index, query, limit=MOST, region=services.place.region) if query else []
    picked = services.directory.find(request.query.get("vald", ""))
    chosen = services.directory.find(value.unit) if isinstance(value, Place) and value.unit else None
    return PlaceView(
        query=query,
        hits=tuple(_hit(hit.unit, speech) for hit in found if not hit.unit.is_board),
        chosen=_hit(chosen, speech) if chosen else None,
        stopped=_stopped(picked, speech) if picked and not picked.connected else None,
    )


def stops_at(request: web.Request, fields: Mapping[str, tuple[str, ...]]) -> Unit | None:
    """The unit in the form that cannot receive here, unless the person has been told and goes on."""
    unit = services_of(request).directory.find("".join(fields.get("unit", ())[:1]))
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


def _hit(unit: Unit, speech: Speech) -> HitView:
    kind = speech.say(KINDS[unit.kind]) if unit.kind in KINDS else ""
    return HitView(
        id=unit.id,
        name=unit.name,
        detail=", ".join(part for part in (kind, unit.town) if part),
        connected=unit.connected,
        note="" if unit.connected else speech.say(CONNECTIONS[unit.connection]),
    )


def _stopped(unit: Unit, speech: Speech) -> Stopped:
    ways = speech.directory.ways_out(unit)
    return Stopped(
        unit=_hit(unit, speech),
        reason=speech.say(REASONS[unit.connection], unit=unit.name),
        levels=tuple(_hit(level, speech) for level in ways.levels),
        board=ways.board is not None and ways.board.connected,
        board_name=ways.board_name,
        contact=contact_lines(ways.contact, speech.translate),
        board_contact=contact_lines(ways.board_contact, speech.translate),
    )
