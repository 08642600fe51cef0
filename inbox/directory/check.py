"""What is wrong with directory data. A broken directory would send cases to the wrong place, so it is refused whole."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from inbox.directory.model import CareProvider, Level, Region, Unit
from inbox.directory.words import KINDS

# Strictly, as for ids of our own making (domain: HSA).
HSA_ID = re.compile(r"SE\d{10}-[A-Za-z0-9]{1,18}", re.ASCII)


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
        *(flaw for region in regions for flaw in _region_flaws(region, by_id)),
        *(flaw for unit in units for flaw in _unit_flaws(unit, codes, provider_ids, by_id)),
    ]


def _repeated(name: str, ids: list[str]) -> Iterator[Flaw]:
    return (Flaw(name, id) for id, times in Counter(ids).items() if times > 1)


def _bad_ids(ids: Iterable[str]) -> Iterator[Flaw]:
    return (Flaw("bad_hsa_id", id) for id in ids if not HSA_ID.fullmatch(id))


def _region_flaws(region: Region, units: dict[str, Unit]) -> Iterator[Flaw]:
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


def _unit_flaws(unit: Unit, regions: set[str], providers: set[str], units: dict[str, Unit]) -> Iterator[Flaw]:
    if not unit.name.strip():
        yield Flaw("unit_without_name", unit.id)
    if unit.kind not in KINDS:
        yield Flaw("unknown_kind", unit.id)
    if unit.region not in regions:
        yield Flaw("unknown_region", unit.id)
    if unit.is_board:
        return
    if unit.provider not in providers:
        yield Flaw("unknown_provider", unit.id)
    yield from _place_flaws(unit, units)


def _place_flaws(unit: Unit, units: dict[str, Unit]) -> Iterator[Flaw]:
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


def _in_cycle(unit: Unit, units: dict[str, Unit]) -> bool:
    seen = {unit.id}
    above = units.get(unit.parent) if unit.parent else None
    while above is not None:
        if above.id in seen:
            return True
        seen.add(above.id)
        above = units.get(above.parent) if above.parent else None
    return False
