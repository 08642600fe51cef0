"""Directory files: reading one, refusing a broken one by name, and writing one."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from inbox.directory.check import Flaw, flaws
from inbox.directory.model import CareProvider, Region, Unit
from inbox.directory.tree import Directory, tree_of

DATA = Path(__file__).parent / "data"
MITTLAND = DATA / "mittland.json"
"""The fictional region that everything can be tried in."""
NATIONAL = DATA / "regions.json"
"""The 21 regions, none of them open here yet."""


class BrokenDirectory(ValueError):
    """The directory cannot be used; `flaws` says everything that is wrong with it."""

    def __init__(self, source: str, flaws: list[Flaw]) -> None:
        super().__init__(f"{source}: {'; '.join(map(str, flaws[:10]))}")
        self.flaws = tuple(flaws)


class DirectoryFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What a directory file holds."""

    regions: tuple[Region, ...] = ()
    providers: tuple[CareProvider, ...] = ()
    units: tuple[Unit, ...] = ()


def load(path: Path) -> Directory:
    """The directory in the file, with the country's regions beside its own. Raises BrokenDirectory."""
    own, national = read(path), read(NATIONAL)
    codes = {region.code for region in own.regions}
    regions = [*own.regions, *(region for region in national.regions if region.code not in codes)]
    return directory_of(regions, own.providers, own.units, source=path.name)


def directory_of(
    regions: Iterable[Region], providers: Iterable[CareProvider], units: Iterable[Unit], *, source: str = "directory"
) -> Directory:
    """The directory of these records. Raises BrokenDirectory if they do not fit together."""
    regions, providers, units = list(regions), list(providers), list(units)
    if found := flaws(regions, providers, units):
        raise BrokenDirectory(source, found)
    return tree_of(regions, providers, units)


def dump(directory: Directory, path: Path) -> None:
    """Write the directory to a file that `load` reads; one record a line, so that differences are readable."""
    lists = {
        "regions": directory.regions.values(),
        "providers": directory.providers.values(),
        "units": directory.units.values(),
    }
    parts = [f'"{name}": [\n{_lines(records)}\n]' for name, records in lists.items()]
    path.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def _lines(records: Iterable[Struct]) -> str:
    return ",\n".join(msgspec.json.encode(record).decode() for record in records)


def read(path: Path) -> DirectoryFile:
    """What is in the file, whether it fits together or not. Raises BrokenDirectory where nothing can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=DirectoryFile)
    except FileNotFoundError:
        raise BrokenDirectory(path.name, [Flaw("no_such_file", path.name)]) from None
    except msgspec.DecodeError as error:
        raise BrokenDirectory(path.name, [Flaw("unreadable", str(error))]) from error
