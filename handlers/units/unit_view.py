"""A unit as one picks it."""

from msgspec import Struct

from handlers.view.locale import Speech
from inbox.directory.model import Unit
from inbox.directory.words import CONNECTIONS, KINDS


class HitView(Struct, frozen=True):
    """A unit to pick."""

    id: str
    name: str
    detail: str
    connected: bool
    note: str


def hit_view(unit: Unit, speech: Speech) -> HitView:
    """The unit with what kind it is, where, and whether it takes cases here."""
    return HitView(
        id=unit.id,
        name=unit.name,
        detail=", ".join(part for part in (kind_of(unit, speech), unit.town) if part),
        connected=unit.connected,
        note="" if unit.connected else speech.say(CONNECTIONS[unit.connection]),
    )


def kind_of(unit: Unit, speech: Speech) -> str:
    """What people would call such a unit."""
    return speech.say(KINDS[unit.kind]) if unit.kind in KINDS else ""
