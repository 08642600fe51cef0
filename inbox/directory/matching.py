"""What one word of a query finds: the same word, longer ones, ones without its ending, and ones a slip away."""

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct

from inbox.directory.fold import stem
from inbox.directory.index import Field, Index
from inbox.directory.typos import near, with_prefix


class Closeness(IntEnum):
    """How a word of the query fits a word of the directory, best first."""

    SAME = 0
    BEGINS = 1
    STEM = 2
    SLIP = 3
    SLIP_BEGINS = 4


FIELD_WORTH = {Field.NAME: 10.0, Field.OTHER_NAME: 8.0, Field.PLACE: 6.0, Field.PART_OF: 4.0}
CLOSENESS_WORTH = {
    Closeness.SAME: 1.0,
    Closeness.BEGINS: 0.8,
    Closeness.STEM: 0.7,
    Closeness.SLIP: 0.5,
    Closeness.SLIP_BEGINS: 0.3,
}


class Group(Struct, frozen=True):
    """Numbers of the units that have a word equally close in the same field."""

    worth: float
    field: Field
    units: frozenset[int]


class Match(Struct, frozen=True):
    """All units that one word of the query found."""

    groups: tuple[Group, ...]
    """Best first."""
    units: frozenset[int]
    by_name: frozenset[int]


def match(index: Index, word: str) -> Match:
    """What the word finds as it stands; if that is nothing, without its ending; if that is nothing, by a slip."""
    found = _as_it_stands(index, word) or _by_stem(index, word) or _by_slip(index, word)
    return _match(index, found)


def forgiving_match(index: Index, word: str) -> Match:
    """What the word finds in all these ways together."""
    return _match(index, _by_slip(index, word) | _by_stem(index, word) | _as_it_stands(index, word))


def _as_it_stands(index: Index, word: str) -> dict[int, Closeness]:
    return {
        position: Closeness.SAME if index.vocabulary[position] == word else Closeness.BEGINS
        for position in with_prefix(index.vocabulary, word)
    }


def _by_stem(index: Index, word: str) -> dict[int, Closeness]:
    bare = stem(word)
    return {} if bare == word else dict.fromkeys(with_prefix(index.vocabulary, bare), Closeness.STEM)


def _by_slip(index: Index, word: str) -> dict[int, Closeness]:
    return {
        position: Closeness.SLIP if len(index.vocabulary[position]) <= len(word) + 1 else Closeness.SLIP_BEGINS
        for position in near(index.vocabulary, index.alphabet, word)
    }


def _match(index: Index, found: dict[int, Closeness]) -> Match:
    gathered: dict[tuple[Closeness, Field], list[frozenset[int]]] = {}
    for position, closeness in found.items():
        for field, units in index.postings[position].items():
            gathered.setdefault((closeness, field), []).append(units)
    groups = [
        Group(FIELD_WORTH[field] * CLOSENESS_WORTH[closeness], field, _union(parts))
        for (closeness, field), parts in gathered.items()
    ]
    return Match(
        groups=tuple(sorted(groups, key=lambda group: -group.worth)),
        units=_union(group.units for group in groups),
        by_name=_union(group.units for group in groups if group.field is Field.NAME),
    )


def _union(parts: Iterable[frozenset[int]]) -> frozenset[int]:
    none: frozenset[int] = frozenset()
    return none.union(*parts)
