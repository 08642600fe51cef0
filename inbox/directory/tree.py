"""The directory as one value: who belongs to whom, and where to turn instead."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from inbox.directory.model import (
    CareProvider,
    Channel,
    Connection,
    ContactWay,
    Former,
    ProviderId,
    Region,
    RegionCode,
    Unit,
    UnitId,
)


class WaysOut(Struct, frozen=True):
    """Where to turn when a unit cannot receive cases here. Never empty: a region always has a board."""

    levels: tuple[Unit, ...]
    """Connected units that answer for it, nearest first."""
    board: Unit | None
    """The patient board's desk, if the unit's region is open here."""
    board_name: str
    contact: tuple[ContactWay, ...]
    """The unit's own contact card."""
    board_contact: tuple[ContactWay, ...]


class Directory(Struct, frozen=True):
    """All regions, care providers and units. Made by `directory_of`, which also refuses what does not fit together."""

    regions: dict[RegionCode, Region]
    providers: dict[ProviderId, CareProvider]
    units: dict[UnitId, Unit]
    below: dict[UnitId | None, tuple[UnitId, ...]]
    """Ids of the units right below a unit; below None are the tops and the boards' desks."""
    former: Mapping[UnitId, tuple[Former, ...]] = {}
    """What units were called before, the oldest name first."""
    merged: Mapping[UnitId, tuple[UnitId, ...]] = {}
    """Ids of the units that were merged into a unit."""
    version: int = 0
    """How many events it has."""
    own: RegionCode = ""
    """The region that answers for the installation."""

    def find(self, id: UnitId) -> Unit | None:
        """The unit with that HSA-id, large and small letters alike."""
        return self.units.get(id) or self.units.get(id.upper())

    def find_now(self, id: UnitId) -> Unit | None:
        """The same, or what it has become part of since."""
        unit = self.find(id)
        return self.successor(unit) if unit else None

    def parents(self, unit: Unit) -> tuple[Unit, ...]:
        """What the unit is part of, nearest first."""
        chain: list[Unit] = []
        above = unit.parent
        while above is not None:
            chain.append(self.units[above])
            above = self.units[above].parent
        return tuple(chain)

    def children(self, unit: Unit | None = None) -> tuple[Unit, ...]:
        """What is right below the unit; without a unit, the tops. For browsing level by level."""
        return tuple(self.units[id] for id in self.below.get(unit.id if unit else None, ()))

    def descendants(self, id: UnitId) -> tuple[UnitId, ...]:
        """Ids of every unit below, however far."""
        found = list(self.below.get(id, ()))
        for one in found:
            found += self.below.get(one, ())
        return tuple(found)

    def covered(self, id: UnitId, *, below: bool) -> tuple[UnitId, ...]:
        """Where a right at a unit holds: there, below it if so wished, and at whatever was merged into any of these."""
        found = [id, *(self.descendants(id) if below else ())]
        for one in found:
            found += self.merged.get(one, ())
        return tuple(dict.fromkeys(found))

    def answering(self, id: UnitId) -> dict[UnitId, bool]:
        """Units at which a right holds at this one too, each with whether it must be held for what lies below."""
        found: dict[UnitId, bool] = {}
        at: UnitId | None = id
        while at is not None and (unit := self.units.get(at)) is not None:
            found |= {above.id: True for above in self.parents(unit) if above.id not in found}
            found[at] = False
            at = unit.into
        return found or {id: False}

    def successor(self, unit: Unit) -> Unit:
        """What the unit is part of by now: what it was merged into, or itself."""
        while unit.into is not None:
            unit = self.units[unit.into]
        return unit

    def name_now(self, id: UnitId) -> str:
        """What answers for the unit is called by now; empty if there is none."""
        unit = self.find_now(id)
        return unit.name if unit else ""

    def name_at(self, id: UnitId, moment: datetime) -> str:
        """What the unit was called then; empty if there is none."""
        unit = self.find(id)
        if unit is None:
            return ""
        # The moment of a renaming has the new name.
        return next((one.name for one in self.former.get(unit.id, ()) if moment < one.until), unit.name)

    def region_of(self, unit: Unit) -> Region:
        """The region whose rules and board the unit follows."""
        return self.regions[unit.region]

    def board_of(self, unit: Unit) -> Unit | None:
        """The board that takes cases about the unit: that of the unit's region, wherever the citizen lives."""
        return self._desk(self.region_of(unit))

    def board_without_place(self, home: RegionCode | None) -> Unit | None:
        """The board that takes a case of which no unit is known: where the citizen lives, if that region is open.

        Else that of the region that answers for the installation, or of the first that is open.
        """
        regions = (self.regions.get(code) for code in (home or "", self.own))
        open_ones = (one for one in (*regions, *self.open_regions()) if one is not None and one.open)
        return next((desk for one in open_ones if (desk := self._desk(one)) is not None), None)

    def _desk(self, region: Region) -> Unit | None:
        return self.units[region.board.desk] if region.board and region.board.desk else None

    def provider_of(self, unit: Unit) -> CareProvider | None:
        """The legal person behind the unit; None for a patient board."""
        return self.providers[unit.provider] if unit.provider else None

    def same_provider(self, one: Unit, other: Unit) -> bool:
        """Whether a case may move between them without leaving the care provider. Never true of a board."""
        return one.provider is not None and one.provider == other.provider

    def authority_of(self, unit: Unit) -> str:
        """Id of who registers the unit's cases: its care provider, or the board's own desk."""
        return unit.provider or unit.id

    def register_prefix_of(self, unit: Unit) -> str:
        """How register numbers begin, as `PN`."""
        if unit.provider:
            return self.providers[unit.provider].register_prefix
        board = self.region_of(unit).board
        return board.register_prefix if board else ""

    def ways_out(self, unit: Unit) -> WaysOut:
        """Where else to turn with a case about this unit."""
        region = self.region_of(unit)
        return WaysOut(
            levels=tuple(above for above in self.parents(unit) if above.connected),
            board=self.board_of(unit),
            board_name=region.board.name if region.board else "",
            contact=contact_card(unit),
            board_contact=region.ways,
        )

    def open_regions(self) -> tuple[Region, ...]:
        """Regions whose units can receive cases here."""
        return tuple(region for region in self.regions.values() if region.open)

    def answering_regions(self) -> tuple[Region, ...]:
        """Regions that answer for the service: all that are open, the installation's own first; or its own alone.

        One whose own units are not open here runs it for others.
        """
        own = self.regions.get(self.own)
        if own is not None and not own.open:
            return (own,)
        return tuple(sorted(self.open_regions(), key=lambda region: (region.code != self.own, region.name)))

    def regions_not_open(self) -> tuple[Region, ...]:
        """Regions that can only be reached in other ways, in the order of their codes."""
        return tuple(sorted((r for r in self.regions.values() if not r.open), key=lambda region: region.code))


def contact_card(unit: Unit) -> tuple[ContactWay, ...]:
    """How to reach the unit by phone and letter."""
    ways = []
    if unit.phone:
        ways.append(ContactWay(Channel.PHONE, unit.phone))
    if unit.street:
        ways.append(ContactWay(Channel.LETTER, postal_address(unit)))
    return tuple(ways)


def postal_address(unit: Unit) -> str:
    """The unit's address on one line, with its name first."""
    return ", ".join(part for part in (unit.name, unit.street, f"{unit.postal_code} {unit.town}".strip()) if part)


def tree_of(
    regions: Iterable[Region],
    providers: Iterable[CareProvider],
    units: Iterable[Unit],
    *,
    former: Mapping[UnitId, tuple[Former, ...]] | None = None,
    day: date | None = None,
    version: int = 0,
    own: RegionCode = "",
) -> Directory:
    """A directory of records that are known to fit together; `inbox.directory.check` says whether they do.

    With a day, units whose days it is not one of receive nothing.
    """
    by_id = {unit.id: unit if day is None else _on(day, unit) for unit in units}
    below: dict[UnitId | None, list[UnitId]] = defaultdict(list)
    merged: dict[UnitId, list[UnitId]] = defaultdict(list)
    for unit in by_id.values():
        below[unit.parent].append(unit.id)
        if unit.into is not None:
            merged[unit.into].append(unit.id)
    return Directory(
        regions={region.code: region for region in regions},
        providers={provider.id: provider for provider in providers},
        units=by_id,
        below={above: tuple(ids) for above, ids in below.items()},
        former=former or {},
        merged={into: tuple(ids) for into, ids in merged.items()},
        version=version,
        own=own,
    )


def _on(day: date, unit: Unit) -> Unit:
    if unit.into is not None or (unit.until is not None and unit.until < day):
        return replace(unit, connection=Connection.ENDED)
    if unit.since is not None and day < unit.since:
        return replace(unit, connection=Connection.NOT_OPEN)
    return unit
