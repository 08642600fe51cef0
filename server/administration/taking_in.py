"""Taking a directory file into the tables: block by block, each a command, so that it can be done anew."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from inbox.administration.directory.commands import TakeRecords
from inbox.administration.directory.records import Records
from inbox.directory.check import flaws
from inbox.directory.load import NATIONAL, BrokenDirectory, read
from inbox.directory.model import CareProvider, Region, Unit
from inbox.execution.directory_changes import DirectoryKernel
from inbox.storage.administration.directory import load_records
from inbox.storage.engine.store import Store

BLOCK = 1_000
"""Units of one command."""
Tell = Callable[[int, int], None]
"""Hears how many records are done, and how many there are."""


class _Wanted(Struct, frozen=True):
    regions: tuple[Region, ...]
    providers: tuple[CareProvider, ...]
    units: tuple[Unit, ...]


async def take_in(path: Path, store: Store, kernel: DirectoryKernel, new_id: Callable[[], str], tell: Tell) -> int:
    """How many events came of it. What the file does not name stays. Raises BrokenDirectory, with nothing taken."""
    async with store.reading() as connection:
        records = await load_records(connection)
    wanted = _wanted(path, records)
    done, whole, events = 0, len(wanted.units), 0
    for command in _blocks(wanted, new_id):
        events += len((await kernel.carry_out(command, None)).recorded)
        done += len(command.units)
        if done >= min(whole, BLOCK):
            tell(done, whole)
    return events


def _wanted(path: Path, records: Records) -> _Wanted:
    """What is in the file, and the country's regions where they are not known yet."""
    file = read(path)
    known = {*records.regions, *(region.code for region in file.regions)}
    regions = (*file.regions, *(region for region in read(NATIONAL).regions if region.code not in known))
    whole = (
        {**records.regions, **{one.code: one for one in regions}}.values(),
        {**records.providers, **{one.id: one for one in file.providers}}.values(),
    )
    twice = {one.id: one for one in records.units.values()}
    kept = [unit for id, unit in twice.items() if id not in {one.id for one in file.units}]
    if found := flaws(*whole, [*kept, *file.units]):
        raise BrokenDirectory(path.name, found)
    return _Wanted(regions, file.providers, file.units)


def _blocks(wanted: _Wanted, new_id: Callable[[], str]) -> Iterator[TakeRecords]:
    # A region needs its board's desk, and a desk its region: they come together, before whatever is of the care.
    desks = tuple(unit for unit in wanted.units if unit.is_board)
    yield TakeRecords(client_id=new_id(), regions=wanted.regions, providers=wanted.providers, units=desks)
    care = sorted((unit for unit in wanted.units if not unit.is_board), key=lambda unit: unit.level.depth)
    for units in _of_size(care, BLOCK):
        yield TakeRecords(client_id=new_id(), units=tuple(units))


def _of_size(units: list[Unit], size: int) -> Iterable[list[Unit]]:
    return (units[at : at + size] for at in range(0, len(units), size))
