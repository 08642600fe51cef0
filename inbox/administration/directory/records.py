"""The directory as it is kept: records by id, and what units were called. Values only."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from inbox.directory.model import CareProvider, Former, ProviderId, Region, RegionCode, Unit, UnitId
from inbox.directory.tree import Directory, tree_of


class Records(Struct, frozen=True, kw_only=True):
    """Every region, care provider and unit, those that have ended too, after `version` events."""

    version: int = 0
    regions: Mapping[RegionCode, Region] = {}
    providers: Mapping[ProviderId, CareProvider] = {}
    units: Mapping[UnitId, Unit] = {}
    former: Mapping[UnitId, tuple[Former, ...]] = {}

    def unit(self, id: UnitId) -> Unit | None:
        """The unit with that HSA-id, large and small letters alike."""
        return self.units.get(id) or self.units.get(id.upper())


def directory_on(records: Records, day: date, own: RegionCode) -> Directory:
    """The directory as it is that day, for an installation that a region of its own answers for."""
    return tree_of(
        records.regions.values(),
        records.providers.values(),
        records.units.values(),
        former=records.former,
        day=day,
        version=records.version,
        own=own,
    )
