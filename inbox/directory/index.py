"""Every word of the directory, and the units it belongs to. Built once, then only read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from inbox.directory.fold import words
from inbox.directory.model import RegionCode, Unit, UnitId
from inbox.directory.synonyms import synonyms
from inbox.directory.tree import Directory


class Field(StrEnum):
    """What a word of the search was found in, best first."""

    NAME = "name"
    OTHER_NAME = "other_name"
    PLACE = "place"
    PART_OF = "part_of"
    """Something larger: a name of what the unit is part of, or its municipality."""


Postings = Mapping[Field, frozenset[int]]
"""For one word: numbers of the units that have it, by field."""


class Index(Struct, frozen=True):
    """Made by `build`. A unit's number is its place in `units`: connected first, then by name."""

    units: tuple[Unit, ...]
    names: tuple[str, ...]
    """The folded full name of each unit."""
    called: dict[str, tuple[int, ...]]
    """Units by folded full name, other name or abbreviation."""
    vocabulary: tuple[str, ...]
    """All words, sorted."""
    postings: tuple[Postings, ...]
    """One for each word of the vocabulary."""
    alphabet: str
    regions: dict[RegionCode, frozenset[int]]


def build(directory: Directory) -> Index:
    """An index of all units, for `inbox.directory.search`."""
    # What was merged into another unit is found as that one, by the names it had.
    there = (unit for unit in directory.units.values() if unit.into is None)
    units = tuple(sorted(there, key=lambda unit: (not unit.connected, unit.name, unit.id)))
    found = _postings(units, directory)
    vocabulary = tuple(sorted(found))
    return Index(
        units=units,
        names=tuple(_flat(unit.name) for unit in units),
        called=_called(units, directory),
        vocabulary=vocabulary,
        postings=tuple({field: frozenset(numbers) for field, numbers in found[word].items()} for word in vocabulary),
        alphabet="".join(sorted({letter for word in vocabulary for letter in word})),
        regions=_by_region(units),
    )


def names_of(unit: Unit, directory: Directory) -> tuple[str, ...]:
    """Everything the unit is called, or was, its name first; what was merged into it included."""
    return (unit.name, *_other_names(unit, directory))


def _other_names(unit: Unit, directory: Directory) -> tuple[str, ...]:
    before = tuple(former.name for former in directory.former.get(unit.id, ()))
    parts = (directory.units[id] for id in directory.merged.get(unit.id, ()))
    return (*unit.other_names, *unit.abbreviations, *before, *(n for part in parts for n in names_of(part, directory)))


def _flat(name: str) -> str:
    return " ".join(words(name))


def _called(units: Sequence[Unit], directory: Directory) -> dict[str, tuple[int, ...]]:
    called: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for name in {_flat(name) for name in names_of(unit, directory)}:
            called[name].append(number)
    return {name: tuple(numbers) for name, numbers in called.items()}


def _by_region(units: Sequence[Unit]) -> dict[RegionCode, frozenset[int]]:
    regions: dict[RegionCode, set[int]] = defaultdict(set)
    for number, unit in enumerate(units):
        regions[unit.region].add(number)
    return {code: frozenset(numbers) for code, numbers in regions.items()}


def _postings(units: Sequence[Unit], directory: Directory) -> dict[str, dict[Field, set[int]]]:
    found: dict[str, dict[Field, set[int]]] = defaultdict(lambda: defaultdict(set))
    # Thousands of units are part of the same few: their words are taken once.
    larger: dict[UnitId | None, tuple[str, ...]] = {None: ()}
    for number, unit in enumerate(units):
        if unit.parent not in larger:
            larger[unit.parent] = _words_of_larger(unit, directory)
        for field, word in _words_of(unit, directory):
            found[word][field].add(number)
        for word in larger[unit.parent]:
            found[word][Field.PART_OF].add(number)
    return found


def _words_of_larger(unit: Unit, directory: Directory) -> tuple[str, ...]:
    names = [name for above in directory.parents(unit) for name in names_of(above, directory)]
    return tuple(dict.fromkeys(words(" ".join(names))))


def _words_of(unit: Unit, directory: Directory) -> Iterator[tuple[Field, str]]:
    named = words(unit.name)
    others = words(" ".join(_other_names(unit, directory)))
    yield from ((Field.NAME, word) for word in named)
    yield from ((Field.OTHER_NAME, word) for word in others)
    yield from ((Field.OTHER_NAME, same) for word in (*named, *others) for same in synonyms(word))
    yield from ((Field.PLACE, word) for word in words(f"{unit.town} {unit.street}"))
    yield from ((Field.PART_OF, word) for word in words(unit.municipality))
