"""Cells of one scope as they may be told: exactly to those who may read the cases, else protected."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from msgspec import Struct

from inbox.statistics.protection import FEWEST, shown
from inbox.storage.statistics.figures import Counted

Told = int | None
"""None: fewer than five."""
Cells = dict[tuple[str, str, str, str], tuple[int, int]]
"""Scope, month (empty: all of them), dimension and value: how many, and the sum of their keys."""


class Figures(Struct, frozen=True):
    """What was counted of some scopes."""

    cells: Cells
    exact: bool
    """Whether it is told as it is."""

    def told(self, scope: str, dimension: str, value: str = "", month: str = "") -> Told:
        """How many there are."""
        return self._told(*self.cells.get((scope, month, dimension, value), (0, 0)))

    def values(self, scope: str, dimension: str) -> list[tuple[str, Told]]:
        """Each value with how many, the most first; of none there is nothing told, not even that there are some."""
        told = [(value, self._told(*cell)) for value, cell in self._of(scope, dimension)]
        return sorted((one for one in told if one[1]), key=lambda one: (-(one[1] or 0), one[0]))

    def together(self, scope: str, dimension: str, wanted: Callable[[str], bool]) -> Told:
        """How many have one of the values that are wanted."""
        return self._told(*_sum(cell for value, cell in self._of(scope, dimension) if wanted(value)))

    def day_of(self, scope: str, part: float) -> int | None:
        """Within how many days that part of all answers came; None with fewer than five on either side of that day."""
        days = sorted((int(value), cell[0]) for value, cell in self._of(scope, "days"))
        whole = sum(number for _, number in days)
        told = self.together(scope, "days", lambda _: True) or 0
        if not whole or (not self.exact and told * round(100 * min(part, 1 - part)) < 100 * FEWEST):
            return None
        reached = 0
        for day, number in days:
            reached += number
            if reached >= whole * part:
                return day
        return None

    def percent(self, scope: str, dimension: str, of: Iterable[str], value: str) -> int | None:
        """How many in a hundred of those with one of the values have this one; None where too few are known."""
        told = self.told(scope, dimension, value)
        whole = self.together(scope, dimension, set(of).__contains__)
        if whole is None or whole == 0 or (told is None and not self.exact):
            return None
        return min(100, round(100 * (told or 0) / whole))

    def _of(self, scope: str, dimension: str) -> Iterable[tuple[str, tuple[int, int]]]:
        return ((key[3], cell) for key, cell in self.cells.items() if key[:3] == (scope, "", dimension))

    def _told(self, number: int, key: int) -> Told:
        return number if self.exact else shown(number, key)


def figures_of(counted: Iterable[Counted], exact: bool) -> Figures:
    """What was counted, by scope, month, dimension and value."""
    cells: Cells = defaultdict(lambda: (0, 0))
    for one in counted:
        cells[one.scope, one.month, one.dimension, one.value] = (one.number, one.key)
    return Figures(dict(cells), exact)


def _sum(cells: Iterable[tuple[int, int]]) -> tuple[int, int]:
    number = keys = 0
    for one, key in cells:
        number, keys = number + one, keys + key
    return number, keys
