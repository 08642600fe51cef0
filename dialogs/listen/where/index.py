"""A directory as it is listened for: units by kind, name, town and number of a ward. Built once for each directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from dialogs.listen.lexicon import Lexicon, load
from dialogs.listen.places import Known, Places
from dialogs.listen.slips import Slips, slips_of
from dialogs.listen.standing import Hit, found, longest
from dialogs.listen.text import tokens

DIRECTORY_LANGUAGE = "sv"
"""The language in which units are named."""
SHORT = 3
"""Letters of a word that says nothing of a name."""
Numbers = frozenset[int]
NONE: Numbers = frozenset()


class Index(Struct, frozen=True):
    """Made by `index_of`. A unit's number is its place in `units`."""

    units: tuple[Known, ...]
    kinds: Mapping[str, Numbers]
    names: Mapping[str, Numbers]
    """By each word that is a name: `ekbacken`, and `ekbackens`."""
    towns: Mapping[str, Numbers]
    wards: Mapping[str, Numbers]
    within: Mapping[str, Numbers]
    """By the id of something larger, what lies in it."""
    slips: Slips
    hospitals: Numbers


@lru_cache(maxsize=4)
def index_of(places: Places) -> Index:
    """The index of a directory. One object is one directory: a changed one is another object."""
    kinds: dict[str, set[int]] = {}
    names: dict[str, set[int]] = {}
    towns: dict[str, set[int]] = {}
    wards: dict[str, set[int]] = {}
    within: dict[str, set[int]] = {}
    units = tuple(known for known in places.known if known.kind != "provider")
    lexicon = load(DIRECTORY_LANGUAGE)
    for number, unit in enumerate(units):
        for town in with_genitive(_flat(unit.town)):
            towns.setdefault(town, set()).add(number)
        for above in unit.part_of:
            within.setdefault(above, set()).add(number)
        for group, word in _words(unit, lexicon):
            {"kind": kinds, "name": names, "ward": wards}[group].setdefault(word, set()).add(number)
    for town in towns:
        names.pop(town, None)
    hospitals = frozenset(number for number, unit in enumerate(units) if unit.kind == "hospital")
    known = (*names, *towns)
    return Index(
        units,
        _frozen(kinds),
        _frozen(names),
        _frozen(towns),
        _frozen(wards),
        _frozen(within),
        slips_of(known),
        hospitals,
    )


def with_genitive(word: str) -> Iterator[str]:
    """The word with and without the s of "its"."""
    if len(word) >= SHORT:
        yield word
        yield word.removesuffix("s") if word.endswith("s") else f"{word}s"


def _words(unit: Known, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for name in unit.names:
        said = tokens(name, {})
        hits = longest(found(lexicon, "places", said), "unknown")
        for hit in _own(hits, unit):
            yield "kind", hit.key
            if hit.key == "ward":
                yield "ward", next(said[at].word for at in range(hit.first, hit.last) if said[at].word.isdecimal())
        taken = {at for hit in hits for at in range(hit.first, hit.last)}
        for at, token in enumerate(said):
            if (
                at not in taken
                and len(token.word) >= SHORT
                and "places common" not in lexicon.groups(token.word)
                and token.word.isalpha()
            ):
                for word in with_genitive(token.word):
                    yield "name", word


def _own(hits: list[Hit], unit: Known) -> list[Hit]:
    """What a unit is, and not what it is part of: "Röntgen Lindby sjukhus" is no hospital."""
    own = [hit for hit in hits if hit.key != "hospital"]
    return hits if unit.kind == "hospital" or not own else own


def _flat(name: str) -> str:
    return " ".join(token.word for token in tokens(name, {}))


def _frozen(index: Mapping[str, set[int]]) -> dict[str, Numbers]:
    return {word: frozenset(numbers) for word, numbers in index.items()}
