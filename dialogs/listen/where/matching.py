"""Which units a naming may mean, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dialogs.listen.where.index import NONE, Index, Numbers
from dialogs.listen.where.naming import KIND, NAME, STRANGE, TOWN, WARD, Naming

LEVELS = {"unit": 0, "clinic": 1, "area": 2, "provider": 3}
PRIMARY = {"home_care", "rehab", "diabetes", "doctor", "child_health", "midwife", "oncall"}
"""Kinds that are found at a health centre where they have no place of their own."""
FEW = 4
ELSEWHERE = ("x_", "unknown", "other_clinic")


def units_of(naming: Naming, index: Index, around: Sequence[Naming]) -> list[int]:
    """Numbers of units. Empty where nothing of the directory is meant. What is named around says where it is."""
    kinds, names = naming.all(KIND), naming.all(NAME)
    if naming.all(STRANGE) or any(kind.startswith(ELSEWHERE) for kind in kinds):
        return []
    if naming.all(TOWN) and not kinds and not names and not naming.all(WARD):
        return _of_town(naming, index, ("hospital", "health_centre"))
    found = _by_parts(naming, index)
    towns = _union(index.towns.get(town, NONE) for town in naming.all(TOWN))
    if towns and not found & towns and not naming.all(WARD) and (found or "doctor" in kinds):
        # There is no such unit in that town: it is called so by people, and is part of something there.
        return _of_town(naming, index, ("health_centre",) if kinds[-1:] and kinds[-1] in PRIMARY else ("hospital",))
    if not found:
        return []
    if not naming.all(TOWN):
        found = _narrowed(found, index, around, within="hospital" not in kinds)
    main = [kind for kind in kinds if kind != "hospital"]
    if main or names or naming.all(WARD):
        small = {number for number in found if index.units[number].level in {"unit", "clinic"}}
        found = frozenset(small) or found
        return sorted(found, key=lambda number: (LEVELS.get(index.units[number].level, 3), number))
    return sorted(found & index.hospitals) if "hospital" in kinds else []


def _of_town(naming: Naming, index: Index, kinds: tuple[str, ...]) -> list[int]:
    """What there is of some kinds in the town, if it is not much."""
    there = _union(index.towns.get(town, NONE) for town in naming.all(TOWN))
    found = [number for kind in kinds for number in sorted(there) if index.units[number].kind == kind]
    return found if len(found) <= FEW else []


def _by_parts(naming: Naming, index: Index) -> Numbers:
    """Units that all parts fit; a town or a name that fits none is passed by."""
    found: Numbers | None = None
    for numbers in _numbers(naming, index):
        if found is None:
            found = numbers
        elif found & numbers:
            found &= numbers
    return found or NONE


def _numbers(naming: Naming, index: Index) -> Iterator[Numbers]:
    """What each part fits, the strongest first."""
    hospital = "hospital" in naming.all(KIND)
    main = [kind for kind in naming.all(KIND) if kind != "hospital"]
    for ward in naming.all(WARD):
        yield index.wards.get(ward, NONE)
    for kind in main:
        yield index.kinds.get(kind, NONE)
    for name in naming.all(NAME):
        yield index.names.get(name, NONE)
    if hospital:
        larger = _union(index.within.get(index.units[each].id, NONE) for each in index.hospitals)
        yield larger if main or naming.all(WARD) else index.hospitals
    for town in naming.all(TOWN):
        yield index.towns.get(town, NONE)


def _narrowed(found: Numbers, index: Index, around: Sequence[Naming], *, within: bool) -> Numbers:
    """Of several units those in a hospital, a town or of a name that is spoken of as well."""
    for other in around:
        if len(found) == 1:
            break
        towns = _union(index.towns.get(town, NONE) for town in other.all(TOWN))
        if within and "hospital" in other.all(KIND) and towns:
            inside = _union(index.within.get(index.units[each].id, NONE) for each in index.hospitals & towns)
            found = found & inside or found
        found = found & towns or found
    return found


def _union(parts: Iterable[Numbers]) -> Numbers:
    return NONE.union(*parts)
