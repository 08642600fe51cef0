"""The directory as one value: who belongs to whom, and where to turn instead."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from inbox.directory.model import CareProvider, Channel, ContactWay, ProviderId, Region, RegionCode, Unit, UnitId


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

    def find(self, id: UnitId) -> Unit | None:
        """The unit with that HSA-id, large and small letters alike."""
        return self.units.get(id) or self.units.get(id.upper())

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

    def region_of(self, unit: Unit) -> Region:
        """The region whose rules and board the unit follows."""
        return self.regions[unit.region]

    def board_of(self, unit: Unit) -> Unit | None:
        """The board that takes cases about the unit: that of the unit's region, wherever the citizen lives."""
        board = self.region_of(unit).board
        return self.units[board.desk] if board and board.desk else None

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


def tree_of(regions: Iterable[Region], providers: Iterable[CareProvider], units: Iterable[Unit]) -> Directory:
    """A directory of records that are known to fit together; `inbox.directory.check` says whether they do."""
    by_id = {unit.id: unit for unit in units}
    below: dict[UnitId | None, list[UnitId]] = defaultdict(list)
    for unit in by_id.values():
        below[unit.parent].append(unit.id)
    return Directory(
        regions={region.code: region for region in regions},
        providers={provider.id: provider for provider in providers},
        units=by_id,
        below={above: tuple(ids) for above, ids in below.items()},
    )
