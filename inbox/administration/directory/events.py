"""What has happened to the directory. An event holds all that it changed: to apply it nobody asks a rule."""

from datetime import date, datetime

from msgspec import Struct

from inbox.cases.model import EventId
from inbox.directory.model import CareProvider, ProviderId, Region, Unit, UnitId


class DirectoryEvent(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Base of all that happens to it."""


class RecordsTaken(DirectoryEvent, frozen=True, kw_only=True, tag="records_taken"):
    """These were added, or are what they say from now on."""

    regions: tuple[Region, ...] = ()
    providers: tuple[CareProvider, ...] = ()
    units: tuple[Unit, ...] = ()


class UnitRenamed(DirectoryEvent, frozen=True, kw_only=True, tag="unit_renamed"):
    """A unit got another name."""

    unit: UnitId
    name: str
    before: str


class UnitMoved(DirectoryEvent, frozen=True, kw_only=True, tag="unit_moved"):
    """A unit is part of another one than before."""

    unit: UnitId
    parent: UnitId
    before: UnitId | None


class UnitChanged(DirectoryEvent, frozen=True, kw_only=True, tag="unit_changed"):
    """How a unit is reached, what else it is called or what it aims at is what this says."""

    unit: Unit


class UnitsMerged(DirectoryEvent, frozen=True, kw_only=True, tag="units_merged"):
    """A unit became part of another one, and has ended."""

    unit: UnitId
    into: UnitId
    until: date


class UnitEnded(DirectoryEvent, frozen=True, kw_only=True, tag="unit_ended"):
    """A unit's last day was set."""

    unit: UnitId
    until: date


class ProviderRenamed(DirectoryEvent, frozen=True, kw_only=True, tag="provider_renamed"):
    """A care provider got another name."""

    provider: ProviderId
    name: str
    before: str


class RegionChanged(DirectoryEvent, frozen=True, kw_only=True, tag="region_changed"):
    """What a region decides is what this says."""

    region: Region


AnyDirectoryEvent = (
    RecordsTaken | UnitRenamed | UnitMoved | UnitChanged | UnitsMerged | UnitEnded | ProviderRenamed | RegionChanged
)


class DirectoryRecorded(Struct, frozen=True):
    """An event with its place among all of the directory, and the digest of the command that it came of."""

    id: EventId
    seq: int
    at: datetime
    client_id: str
    digest: str
    event: AnyDirectoryEvent
