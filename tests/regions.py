"""A directory of several regions: that of the tests, and two others with a board and a unit each."""

from msgspec.structs import replace

from inbox.directory.model import BoardInfo, CareProvider, Level, Ownership
from inbox.directory.tree import Directory, tree_of
from tests.people import BOARD, EKBACKEN
from tests.world import DIRECTORY

OTHER_BOARD, OTHER_CARE = "SE0000000002-PN", "SE0000000002-VC"
SHUT_BOARD, SHUT_CARE = "SE0000000003-PN", "SE0000000003-VC"


def wide() -> Directory:
    """The directory, and two other regions: one open, one not."""
    mittland = DIRECTORY.regions["99"]
    own_board, own_care = DIRECTORY.units[BOARD], DIRECTORY.units[EKBACKEN]
    regions, providers, units = list(DIRECTORY.regions.values()), list(DIRECTORY.providers.values()), []
    for code, is_open, board, care in (("98", True, OTHER_BOARD, OTHER_CARE), ("97", False, SHUT_BOARD, SHUT_CARE)):
        info = BoardInfo(name="Nämnden", desk=board, register_prefix="PX")
        regions.append(replace(mittland, code=code, open=is_open, board=info))
        providers.append(CareProvider(f"SE00000000{code}-R", "Region", "0", Ownership.PUBLIC, "RX"))
        units += [
            replace(own_board, id=board, region=code),
            replace(own_care, id=care, region=code, provider=f"SE00000000{code}-R", parent=None, level=Level.PROVIDER),
        ]
    return tree_of(regions, providers, (*DIRECTORY.units.values(), *units))


WIDE = wide()
