"""The directory level by level, for those who do not know what a unit is called."""

from collections import Counter
from collections.abc import Callable

from msgspec import Struct

from inbox.directory.alphabet import alphabetical
from inbox.directory.model import Connection, Unit
from inbox.directory.tree import Directory

CROWD = 40
"""More receptions than this right below one level are told apart by town first."""


class Door(Struct, frozen=True):
    """Something larger to look into, and how many things are right below it."""

    unit: Unit
    count: int


class Town(Struct, frozen=True):
    """A town with some of the receptions of a level."""

    name: str
    count: int


class Branch(Struct, frozen=True, kw_only=True):
    """One level: what it is part of, and what is right below it. Every list in the order of the Swedish alphabet."""

    here: Unit | None
    """None at the top, above all care providers."""
    town: str
    """Only what is there; empty for all of it."""
    above: tuple[Unit, ...]
    """The outermost first."""
    doors: tuple[Door, ...]
    towns: tuple[Town, ...]
    places: tuple[Unit, ...]
    """What nothing is below that could be chosen."""

    @property
    def count(self) -> int:
        """How many things can be chosen or opened."""
        return len(self.doors) + len(self.towns) + len(self.places)


def branch_of(
    directory: Directory, here: Unit | None = None, town: str = "", fits: Callable[[Unit], bool] = lambda _: True
) -> Branch:
    """The level below a unit, or below none; of receptions only those that fit. The boards' desks are no places."""
    below = [unit for unit in _there(directory, here) if not unit.is_board]
    inside = {unit.id: sum(_is_worth_a_look(one, directory, fits) for one in _there(directory, unit)) for unit in below}
    larger = [unit for unit in below if inside[unit.id]]
    places = [unit for unit in below if not inside[unit.id] and fits(unit)]
    counted = Counter(unit.town for unit in places if unit.town)
    crowded = len(places) > CROWD and len(counted) > 1
    in_town = town if crowded and town in counted else ""
    # Those of no town stand beside the towns.
    shown = [unit for unit in places if not crowded or unit.town == in_town]
    return Branch(
        here=here,
        town=in_town,
        above=tuple(reversed(directory.parents(here))) if here else (),
        doors=() if in_town else tuple(Door(unit, inside[unit.id]) for unit in _in_order(larger)),
        towns=_towns(counted) if crowded and not in_town else (),
        places=tuple(_in_order(shown)),
    )


def _in_order(units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: alphabetical(unit.name))


def _is_worth_a_look(unit: Unit, directory: Directory, fits: Callable[[Unit], bool]) -> bool:
    return bool(_there(directory, unit)) or fits(unit)


def _there(directory: Directory, here: Unit | None) -> list[Unit]:
    """What is below by now; what has ended is found by its name."""
    return [unit for unit in directory.children(here) if unit.connection is not Connection.ENDED]


def _towns(counted: Counter[str]) -> tuple[Town, ...]:
    return tuple(Town(name, counted[name]) for name in sorted(counted, key=alphabetical))
