"""What an event makes of the directory. It sets, and never refuses."""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from inbox.administration.directory import events as e
from inbox.administration.directory.records import Records
from inbox.directory.model import Former, Unit


def apply(records: Records, recorded: e.DirectoryRecorded) -> Records:
    """The directory after the event."""
    after, at = replace(records, version=recorded.seq), recorded.at
    match recorded.event:
        case e.RecordsTaken(regions=regions, providers=providers, units=units):
            after = replace(
                after,
                regions={**records.regions, **{region.code: region for region in regions}},
                providers={**records.providers, **{provider.id: provider for provider in providers}},
            )
            changed: Iterable[Unit] = units
        case e.UnitRenamed(unit=unit, name=name):
            changed = [replace(records.units[unit], name=name)]
        case e.UnitMoved(unit=unit, parent=parent):
            changed = [replace(records.units[unit], parent=parent)]
        case e.UnitChanged(unit=one):
            changed = [one]
        case e.UnitsMerged(unit=unit, into=into, until=until):
            changed = [replace(records.units[unit], into=into, until=until)]
        case e.UnitEnded(unit=unit, until=until):
            changed = [replace(records.units[unit], until=until)]
        case e.ProviderRenamed(provider=provider, name=name):
            known = replace(records.providers[provider], name=name)
            return replace(after, providers={**records.providers, provider: known})
        case e.RegionChanged(region=region):
            return replace(after, regions={**records.regions, region.code: region})
        case _:
            assert_never(recorded.event)
    renamed = {
        one.id: (*records.former.get(one.id, ()), Former(before.name, at))
        for one in changed
        if (before := records.units.get(one.id)) is not None and before.name != one.name
    }
    units_now = {**records.units, **{one.id: one for one in changed}}
    return replace(after, units=units_now, former={**records.former, **renamed} if renamed else records.former)


def replay(recorded: Iterable[e.DirectoryRecorded]) -> Records:
    """The directory after all that has happened."""
    records = Records()
    for one in recorded:
        records = apply(records, one)
    return records
