"""What is wrong with directory data. A broken directory would send cases to the wrong place, so it is refused whole."""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from msgspec import Struct

from inbox.directory.model import CareProvider, Connection, Level, Region, Unit
from inbox.directory.words import KINDS, TEXTS

# Strictly, as for ids of our own making (domain: HSA).
HSA_ID = re.compile(r"SE\d{10}-[A-Za-z0-9]{1,18}", re.ASCII)
A_YEAR = 365
"""Days of the longest goal or window, as for the settings."""


class Flaw(Struct, frozen=True):
    """One thing wrong: its name, and the id of the record that it is about."""

    name: str
    about: str

    def __str__(self) -> str:
        return f"{self.name}: {self.about}"


def flaws(regions: Iterable[Region], providers: Iterable[CareProvider], units: Iterable[Unit]) -> list[Flaw]:
    """Everything wrong with the data; empty when it can be used."""
    regions, providers, units = list(regions), list(providers), list(units)
    by_id = {unit.id: unit for unit in units}
    codes, provider_ids = {region.code for region in regions}, {provider.id for provider in providers}
    return [
        *_repeated("duplicate_region", [region.code for region in regions]),
        *_repeated("duplicate_id", [provider.id for provider in providers]),
        # Catalogues compare HSA-ids without regard to case, so these would be the same unit.
        *_repeated("duplicate_id", [unit.id.upper() for unit in units]),
        *_bad_ids([provider.id for provider in providers]),
        *_bad_ids(by_id),
        *(flaw for region in regions for flaw in region_flaws(region, by_id)),
        *(flaw for unit in units for flaw in unit_flaws(unit, codes, provider_ids, by_id)),
    ]


def flaws_after(
    units: Collection[Unit],
    regions: Mapping[str, Region],
    providers: Mapping[str, CareProvider],
    whole: Mapping[str, Unit],
) -> list[Flaw]:
    """What is wrong once these units are among the `whole`, which had nothing wrong before."""
    changed = {unit.id for unit in units}
    folded = {id.upper() for id in changed}
    below = (unit for unit in whole.values() if unit.parent in changed and unit.id not in changed)
    return [
        *_repeated("duplicate_id", [unit.id.upper() for unit in units]),
        *(Flaw("duplicate_id", id) for id in whole if id not in changed and id.upper() in folded),
        *_bad_ids([*providers, *changed]),
        *(flaw for region in regions.values() for flaw in region_flaws(region, whole)),
        *(flaw for unit in (*units, *below) for flaw in unit_flaws(unit, regions, providers, whole)),
    ]


def _repeated(name: str, ids: list[str]) -> Iterator[Flaw]:
    return (Flaw(name, id) for id, times in Counter(ids).items() if times > 1)


def _bad_ids(ids: Iterable[str]) -> Iterator[Flaw]:
    return (Flaw("bad_hsa_id", id) for id in ids if not HSA_ID.fullmatch(id))


def region_flaws(region: Region, units: Mapping[str, Unit]) -> Iterator[Flaw]:
    """What is wrong with a region among these units."""
    if any(text.slot not in TEXTS for text in region.texts):
        yield Flaw("unknown_text", region.code)
    if any(days is not None and not 1 <= days <= A_YEAR for days in (region.goal_days, region.reply_days)):
        yield Flaw("days_out_of_range", region.code)
    if region.board is None:
        if region.open:
            yield Flaw("open_region_without_board", region.code)
        return
    desk = units.get(region.board.desk) if region.board.desk else None
    if desk is None:
        if region.open or region.board.desk:
            yield Flaw("board_without_desk", region.code)
    elif not desk.is_board or desk.region != region.code:
        yield Flaw("desk_of_another_kind", desk.id)
    elif not region.board.register_prefix:
        yield Flaw("board_without_register_prefix", region.code)


def unit_flaws(
    unit: Unit, regions: Container[str], providers: Container[str], units: Mapping[str, Unit]
) -> Iterator[Flaw]:
    """What is wrong with a unit among these."""
    if not unit.name.strip():
        yield Flaw("unit_without_name", unit.id)
    if unit.connection in {Connection.NOT_OPEN, Connection.ENDED}:
        yield Flaw("connection_follows_from_days", unit.id)
    if unit.goal_days is not None and not 1 <= unit.goal_days <= A_YEAR:
        yield Flaw("days_out_of_range", unit.id)
    if unit.since is not None and unit.until is not None and unit.until < unit.since:
        yield Flaw("ends_before_it_begins", unit.id)
    if unit.into is not None and unit.into not in units:
        yield Flaw("unknown_successor", unit.id)
    if unit.kind not in KINDS:
        yield Flaw("unknown_kind", unit.id)
    if unit.region not in regions:
        yield Flaw("unknown_region", unit.id)
    if unit.is_board:
        return
    if unit.provider not in providers:
        yield Flaw("unknown_provider", unit.id)
    yield from _place_flaws(unit, units)


def _place_flaws(unit: Unit, units: Mapping[str, Unit]) -> Iterator[Flaw]:
    if unit.parent is None:
        if unit.level is not Level.PROVIDER:
            yield Flaw("unit_without_parent", unit.id)
        return
    parent = units.get(unit.parent)
    if parent is None:
        yield Flaw("unknown_parent", unit.id)
    elif _in_cycle(unit, units):
        yield Flaw("cycle", unit.id)
    elif parent.level.depth >= unit.level.depth:
        yield Flaw("parent_not_above", unit.id)
    elif parent.provider != unit.provider:
        yield Flaw("parent_of_another_provider", unit.id)


def _in_cycle(unit: Unit, units: Mapping[str, Unit]) -> bool:
    seen = {unit.id}
    above = units.get(unit.parent) if unit.parent else None
    while above is not None:
        if above.id in seen:
            return True
        seen.add(above.id)
        above = units.get(above.parent) if above.parent else None
    return False
