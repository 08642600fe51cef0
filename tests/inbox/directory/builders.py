"""Small directories for tests: only what a sentence is about."""

from inbox.directory.load import directory_of
from inbox.directory.model import BoardInfo, CareProvider, Connection, Level, Ownership, Region, Unit
from inbox.directory.tree import Directory


def hsa(suffix: str) -> str:
    return f"SE0000000001-{suffix}"


def a_region(code: str = "91") -> Region:
    board = BoardInfo(f"Patientnämnden {code}", desk=hsa(f"PN{code}"), register_prefix="PN")
    return Region(code, f"Region {code}", "0000000001", open=True, board=board)


def a_provider(suffix: str = "RM") -> CareProvider:
    return CareProvider(hsa(suffix), suffix, "0000000001", Ownership.PUBLIC, suffix)


def a_desk(code: str = "91") -> Unit:
    return Unit(id=hsa(f"PN{code}"), name=f"Patientnämnden {code}", level=Level.UNIT, kind="board", region=code)


def a_unit(
    suffix: str,
    name: str = "",
    *,
    level: Level = Level.PROVIDER,
    parent: str | None = None,
    provider: str = "RM",
    region: str = "91",
    connection: Connection = Connection.CONNECTED,
    town: str = "",
    other_names: tuple[str, ...] = (),
    abbreviations: tuple[str, ...] = (),
) -> Unit:
    return Unit(
        id=hsa(suffix),
        name=name or suffix,
        level=level,
        kind="clinic",
        region=region,
        provider=hsa(provider),
        parent=hsa(parent) if parent else None,
        connection=connection,
        town=town,
        other_names=other_names,
        abbreviations=abbreviations,
    )


def a_directory(*units: Unit) -> Directory:
    """These units in two open regions under two care providers."""
    regions = [a_region("91"), a_region("92")]
    return directory_of(regions, [a_provider("RM"), a_provider("AV")], [a_desk("91"), a_desk("92"), *units])
