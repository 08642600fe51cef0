"""Which figures are asked for, as the address says: `?sida=vard&var=region:99&ar=2026`."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from msgspec import Struct

from inbox.cases.errors import Malformed
from inbox.directory.tree import Directory
from inbox.statistics.counting import NATION
from inbox.statistics.fact import BOARD, CARE

SIDE, SCOPE, YEAR = "sida", "var", "ar"
SIDES = {"vard": CARE, "namnd": BOARD}
FIRST_YEAR = 2020
LONGEST = 80


class Asked(Struct, frozen=True):
    """Whose figures, of whom, of which year."""

    side: str
    """As in the address."""
    scope: str
    year: int

    @property
    def first(self) -> str:
        """The first month."""
        return f"{self.year}-01"

    @property
    def last(self) -> str:
        """The last month."""
        return f"{self.year}-12"

    @property
    def counted(self) -> str:
        """The side, as it is counted."""
        return SIDES[self.side]

    def address(self, path: str, scope: str = "", side: str = "", year: int = 0) -> str:
        """The address of these figures, or of others."""
        asked = {SIDE: side or self.side, SCOPE: scope or self.scope, YEAR: year or self.year}
        return f"{path}?{urlencode(asked, safe=':')}"


def asked_in(query: Mapping[str, str], directory: Directory, today: date, usual: str = NATION) -> Asked:
    """What the address asks for. Raises Malformed, with the name in the address, where there is no such thing."""
    side, scope, year = query.get(SIDE, "vard"), query.get(SCOPE, usual), query.get(YEAR, str(today.year))
    if side not in SIDES:
        raise Malformed(where=SIDE)
    if not _there(scope, directory):
        raise Malformed(where=SCOPE)
    if len(year) != 4 or not (year.isascii() and year.isdecimal()) or not FIRST_YEAR <= int(year) <= today.year:
        raise Malformed(where=YEAR)
    return Asked(side, scope, int(year))


def _there(scope: str, directory: Directory) -> bool:
    if scope == NATION:
        return True
    kind, _, id = scope.partition(":")
    if len(scope) > LONGEST:
        return False
    match kind:
        case "region":
            return id in directory.regions
        case "provider":
            return id in directory.providers
        case "unit":
            return directory.find(id) is not None
    return False
