"""Every word of the directory, and the units it belongs to. Built once, then only read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from inbox.directory.fold import words
from inbox.directory.model import RegionCode, Unit
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
    units = tuple(sorted(directory.units.values(), key=lambda unit: (not unit.connected, unit.name, unit.id)))
    found: dict[str, dict[Field, set[int]]] = defaultdict(lambda: defaultdict(set))
    called: dict[str, list[int]] = defaultdict(list)
    regions: dict[RegionCode, set[int]] = defaultdict(set)
    for number, unit in enumerate(units):
        regions[unit.region].add(number)
        for name in dict.fromkeys(" ".join(words(name)) for name in names_of(unit)):
            called[name].append(number)
        for field, word in _words_of(unit, directory):
            found[word][field].add(number)
    vocabulary = tuple(sorted(found))
    return Index(
        units=units,
        names=tuple(" ".join(words(unit.name)) for unit in units),
        called={name: tuple(numbers) for name, numbers in called.items()},
        vocabulary=vocabulary,
        postings=tuple({field: frozenset(numbers) for field, numbers in found[word].items()} for word in vocabulary),
        alphabet="".join(sorted({letter for word in vocabulary for letter in word})),
        regions={code: frozenset(numbers) for code, numbers in regions.items()},
    )


def names_of(unit: Unit) -> tuple[str, ...]:
    """Everything the unit is called."""
    return (unit.name, *unit.other_names, *unit.abbreviations)


def _words_of(unit: Unit, directory: Directory) -> Iterator[tuple[Field, str]]:
    for word in words(unit.name):
        yield Field.NAME, word
        yield from ((Field.OTHER_NAME, other) for other in synonyms(word))
    for word in words(" ".join((*unit.other_names, *unit.abbreviations))):
        yield Field.OTHER_NAME, word
        yield from ((Field.OTHER_NAME, other) for other in synonyms(word))
    for word in words(f"{unit.town} {unit.street}"):
        yield Field.PLACE, word
    larger = [name for above in directory.parents(unit) for name in names_of(above)]
    for word in words(" ".join((unit.municipality, *larger))):
        yield Field.PART_OF, word
