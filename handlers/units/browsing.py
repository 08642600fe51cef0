"""Looking through care providers, hospitals and clinics, for those who do not know a name. Works without script."""

from collections.abc import Callable
from urllib.parse import urlencode

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from dialogs.sentences import N_
from handlers.units.unit_view import HitView, hit_view, kind_of
from handlers.view.locale import Locale, locale_of
from inbox.directory.browse import Branch, Door, Town, branch_of
from inbox.directory.model import Unit

TOP = N_("Alla vårdgivare")
UNDER = "under:"
"""How the buttons begin that open a level inside a form: `under:<unit>` or `under:<unit>:<town>`."""


class Crumb(Struct, frozen=True):
    """A level above."""

    name: str
    address: str
    button: str


class DoorView(Struct, frozen=True):
    """Something larger to look into."""

    unit: str
    """Its id; that of the level itself for a town in it."""
    name: str
    detail: str
    note: str
    count: int
    address: str
    button: str


class BranchView(Struct, frozen=True):
    """A level: where it stands, what to look into, and what to pick."""

    address: str
    """The query that leads here, as `?under=…`; inside a form its buttons lead on instead."""
    name: str
    trail: tuple[Crumb, ...]
    count: int
    doors: tuple[DoorView, ...]
    here: HitView | None
    """The level itself: it can be picked as a whole."""
    places: tuple[HitView, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Everything that can be picked here."""
        return frozenset(hit.id for hit in (*self.places, *([self.here] if self.here else [])))


def branch_asked_for(request: web.Request) -> BranchView | None:
    """The level in the address: `?under=<unit>`, with `&ort=` only one town of it; empty or unknown is the top."""
    if "under" not in request.query:
        return None
    locale = locale_of(request)
    here = locale.directory.find_now(request.query["under"])
    here = None if here and here.is_board else here
    return branch_view(branch_of(locale.directory, here, request.query.get("ort", "")), locale)


def branch_within(button: str, top: Unit, fits: Callable[[Unit], bool], locale: Locale) -> BranchView | None:
    """The level that a button opens, at or below a unit; None if the button is another one."""
    if not button.startswith(UNDER):
        return None
    id, _, town = button.removeprefix(UNDER).partition(":")
    asked = locale.directory.find(id)
    here = asked if asked and top in locale.directory.parents(asked) else top
    whole = branch_view(branch_of(locale.directory, here, town, fits), locale)
    return replace(whole, here=whole.here if fits(here) else None)


def branch_view(branch: Branch, locale: Locale) -> BranchView:
    """A level as it is shown."""
    here, town = branch.here, branch.town
    above: list[Unit | None] = [None, *branch.above, *([here] if here and town else [])]
    return BranchView(
        address=_address(here, town),
        name=town or (here.name if here else locale.t(TOP)),
        trail=tuple(_crumb(unit, locale) for unit in above) if here else (),
        count=branch.count,
        doors=(*(_door(door, locale) for door in branch.doors), *(_town(one, here) for one in branch.towns)),
        here=hit_view(here, locale) if here and not town else None,
        places=tuple(hit_view(unit, locale) for unit in branch.places),
    )


def _crumb(unit: Unit | None, locale: Locale) -> Crumb:
    return Crumb(unit.name if unit else locale.t(TOP), _address(unit), _button(unit))


def _door(door: Door, locale: Locale) -> DoorView:
    unit, hit = door.unit, hit_view(door.unit, locale)
    return DoorView(unit.id, unit.name, kind_of(unit, locale), hit.note, door.count, _address(unit), _button(unit))


def _town(town: Town, here: Unit | None) -> DoorView:
    address, button = _address(here, town.name), _button(here, town.name)
    return DoorView(here.id if here else "", town.name, "", "", town.count, address, button)


def _address(unit: Unit | None, town: str = "") -> str:
    return "?" + urlencode({"under": unit.id if unit else ""} | ({"ort": town} if town else {}))


def _button(unit: Unit | None, town: str = "") -> str:
    return UNDER + ":".join(part for part in (unit.id if unit else "", town) if part)
