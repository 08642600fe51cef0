"""A unit as one picks it."""

from msgspec import Struct

from handlers.view.locale import Locale
from inbox.directory.model import Unit
from inbox.directory.words import CONNECTIONS, KINDS


class HitView(Struct, frozen=True):
    """A unit to pick."""

    id: str
    name: str
    detail: str
    connected: bool
    note: str


def hit_view(unit: Unit, locale: Locale) -> HitView:
    """The unit with what kind it is, where, and whether it takes cases here."""
    return HitView(
        id=unit.id,
        name=unit.name,
        detail=", ".join(part for part in (kind_of(unit, locale), unit.town) if part),
        connected=unit.connected,
        note="" if unit.connected else locale.t(CONNECTIONS[unit.connection]),
    )


def kind_of(unit: Unit, locale: Locale) -> str:
    """What people would call such a unit."""
    return locale.t(KINDS[unit.kind]) if unit.kind in KINDS else ""
