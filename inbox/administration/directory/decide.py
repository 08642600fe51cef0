"""What a command about the directory leads to."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from inbox.administration.directory import commands as c
from inbox.administration.directory import events as e
from inbox.administration.directory.records import Records
from inbox.administration.errors import (
    DirectoryFlawed,
    EndsBeforeItBegins,
    HasUnitsBelow,
    NoSuchProvider,
    NoSuchRegion,
    UnitAndItself,
    UnitIsOver,
    UnitsOfTwoProviders,
)
from inbox.cases.errors import NoSuchUnit
from inbox.directory.check import Flaw, flaws_after, region_flaws, unit_flaws
from inbox.directory.model import Unit, UnitId


def decide(records: Records, command: c.AnyDirectoryCommand, today: date) -> list[e.AnyDirectoryEvent]:
    """What happens, in this order; nothing where it is so already. Raises the refusal of the rule that hinders it."""
    match command:
        case c.TakeRecords():
            return _taken(records, command)
        case c.RenameUnit(unit=id, name=name):
            unit = _living(records, id)
            return [] if unit.name == name else [e.UnitRenamed(unit=unit.id, name=name, before=unit.name)]
        case c.MoveUnit(unit=id, parent=parent):
            return _moved(records, _living(records, id), _open(records, parent, today))
        case c.ChangeUnit(unit=id):
            return _changed(records, _living(records, id), command)
        case c.MergeUnits(unit=id, into=into):
            return _merged(records, _living(records, id), _open(records, into, today), today)
        case c.EndUnit(unit=id, until=until):
            return _ended(records, _living(records, id), until or today - timedelta(days=1), today)
        case c.RenameProvider(provider=id, name=name):
            known = records.providers.get(id)
            if known is None:
                raise NoSuchProvider
            return [] if known.name == name else [e.ProviderRenamed(provider=id, name=name, before=known.name)]
        case c.ChangeRegion():
            return _region(records, command)


def _living(records: Records, id: UnitId) -> Unit:
    """The unit. Raises UnitIsOver if it was merged into another one: then that one is meant."""
    unit = records.unit(id)
    if unit is None:
        raise NoSuchUnit
    if unit.into is not None:
        raise UnitIsOver(unit=unit.id)
    return unit


def _open(records: Records, id: UnitId, today: date) -> Unit:
    """The unit, if its days are not over."""
    unit = _living(records, id)
    if unit.until is not None and unit.until < today:
        raise UnitIsOver(unit=unit.id)
    return unit


def _taken(records: Records, command: c.TakeRecords) -> list[e.AnyDirectoryEvent]:
    regions = tuple(one for one in command.regions if records.regions.get(one.code) != one)
    providers = tuple(one for one in command.providers if records.providers.get(one.id) != one)
    given = (_with_days(one, records.units.get(one.id)) for one in command.units)
    units = tuple(one for one in given if records.units.get(one.id) != one)
    if not (regions or providers or units):
        return []
    _sound(
        flaws_after(
            units,
            {**records.regions, **{one.code: one for one in regions}},
            {**records.providers, **{one.id: one for one in providers}},
            {**records.units, **{one.id: one for one in units}},
        )
    )
    for one in units:
        before = records.units.get(one.id)
        # Whose case it is follows from the care provider: that of a unit with cases is never another one.
        if before is not None and (before.provider, before.region) != (one.provider, one.region):
            raise DirectoryFlawed(flaws=str(Flaw("unit_of_another_provider", one.id)))
    return [e.RecordsTaken(regions=regions, providers=providers, units=units)]


def _with_days(unit: Unit, before: Unit | None) -> Unit:
    """A unit that has ended, or was merged, does not come back because a file still names it."""
    if before is None:
        return unit
    return replace(unit, since=unit.since or before.since, until=unit.until or before.until, into=before.into)


def _moved(records: Records, unit: Unit, parent: Unit) -> list[e.AnyDirectoryEvent]:
    if unit.parent == parent.id:
        return []
    if unit.provider is None or unit.provider != parent.provider:
        raise UnitsOfTwoProviders
    if unit.id == parent.id:
        raise UnitAndItself
    _fits(records, replace(unit, parent=parent.id))
    return [e.UnitMoved(unit=unit.id, parent=parent.id, before=unit.parent)]


def _changed(records: Records, unit: Unit, command: c.ChangeUnit) -> list[e.AnyDirectoryEvent]:
    after = replace(unit, **_given(command, "unit"))
    if after == unit:
        return []
    _fits(records, after)
    return [e.UnitChanged(unit=after)]


def _merged(records: Records, unit: Unit, into: Unit, today: date) -> list[e.AnyDirectoryEvent]:
    if unit.id == into.id:
        raise UnitAndItself
    # Another care provider is another authority: what is registered with one is not read by the other (PSL 3:8 e).
    if unit.provider is None or unit.provider != into.provider:
        raise UnitsOfTwoProviders
    moved: list[e.AnyDirectoryEvent] = []
    for one in _below(records, unit.id):
        after = replace(one, parent=into.id)
        _sound(unit_flaws(after, records.regions, records.providers, {**records.units, one.id: after}))
        moved.append(e.UnitMoved(unit=one.id, parent=into.id, before=unit.id))
    over = unit.until if unit.until is not None and unit.until < today else today
    return [*moved, e.UnitsMerged(unit=unit.id, into=into.id, until=over)]


def _ended(records: Records, unit: Unit, until: date, today: date) -> list[e.AnyDirectoryEvent]:
    if unit.until == until:
        return []
    if unit.since is not None and until < unit.since:
        raise EndsBeforeItBegins
    if any(one.until is None or one.until > until for one in _below(records, unit.id)):
        raise HasUnitsBelow(unit=unit.id)
    if any(region.board and region.board.desk == unit.id and region.open for region in records.regions.values()):
        raise DirectoryFlawed(flaws=str(Flaw("open_region_without_board", unit.id)))
    return [e.UnitEnded(unit=unit.id, until=until)]


def _region(records: Records, command: c.ChangeRegion) -> list[e.AnyDirectoryEvent]:
    region = records.regions.get(command.region)
    if region is None:
        raise NoSuchRegion
    after = replace(region, **_given(command, "region"))
    if after == region:
        return []
    _sound(region_flaws(after, records.units))
    return [e.RegionChanged(region=after)]


def _below(records: Records, id: UnitId) -> list[Unit]:
    return [one for one in records.units.values() if one.parent == id and one.into is None]


def _fits(records: Records, after: Unit) -> None:
    _sound(unit_flaws(after, records.regions, records.providers, {**records.units, after.id: after}))


def _sound(found: Iterable[Flaw]) -> None:
    told = [str(flaw) for flaw in found]
    if told:
        raise DirectoryFlawed(flaws="; ".join(told[:10]))


def _given(command: Struct, about: str) -> dict[str, object]:
    """What a command names, of all that it could."""
    given = {name: value for name, value in asdict(command).items() if value is not UNSET}
    return {name: value for name, value in given.items() if name not in {about, "client_id"}}
