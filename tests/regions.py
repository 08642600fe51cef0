"""Several regions: that of the tests, and two others with a board and a unit each; and who works in the north."""

from msgspec.structs import replace

from inbox.cases.model import Grant, Identity, Role
from inbox.directory.model import BoardInfo, CareProvider, Level, Ownership
from inbox.directory.tree import Directory, tree_of
from inbox.storage.people import Person
from tests.people import BOARD, EKBACKEN, identity
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

NILS = Person(id="nils", name="Nils Norrman", staff=True)
NORA = Person(id="nora", name="Nora Norrnämnd", staff=True)
DORA = Person(id="dora", name="Dora Norrdelare", staff=True)
ELIN = Person(id="elin", name="Elin Norrbo", staff=False, region="98")
NORTH = {
    NILS.id: (Grant(Role.CASEWORKER, OTHER_CARE),),
    NORA.id: (Grant(Role.OFFICER, OTHER_BOARD),),
    DORA.id: (Grant(Role.DISTRIBUTOR, OTHER_CARE),),
}


def two() -> Directory:
    """Two open regions that have decided otherwise: Mittland, 99, and the north, 98."""
    rules = {"99": {"goal_days": 21, "reply_days": 14}, "98": {"goal_days": 45, "reply_days": 60}}
    regions = [replace(one, **rules.get(one.code, {})) for one in WIDE.regions.values()]
    return tree_of(regions, WIDE.providers.values(), WIDE.units.values(), own="99")


def who(person: Person) -> Identity:
    """As somebody signs in, people of the north too."""
    return replace(identity(person), grants=NORTH[person.id]) if person.id in NORTH else identity(person)
