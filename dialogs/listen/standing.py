"""Where the phrases of lists stand in a text. What a text lacks a word of is passed by at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from msgspec import Struct

from dialogs.listen.lexicon import Lexicon, Line, Run
from dialogs.listen.phrases import GAPS
from dialogs.listen.text import Token

APART = max(GAPS.values()) + 1
"""How much further away the next sentence lies than the next word: no phrase reaches over it."""

Bits = int
"""Places in a text, a bit each: all of them are compared in one step."""
Ways = tuple[tuple[int, Bits], ...]
"""An item by how many words it has: where it begins so. The shortest first."""


class Hit(Struct, frozen=True):
    """A phrase that a text has: from a token up to a token."""

    key: str
    line: str
    first: int
    last: int

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Its letters."""
        return tokens[self.first].start, tokens[self.last - 1].end


def longest(hits: Iterable[Hit], weak: str = "") -> list[Hit]:
    """Of hits that share a word the longer one, in the order of the text; of two as long not the weak one."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda each: (each.first - each.last, each.key == weak, each.first)):
        words = range(hit.first, hit.last)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(hit)
    return sorted(kept, key=lambda each: each.first)


class Standing:
    """The lists of a language beside one text. Lives as long as its story."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token]) -> None:
        self._lexicon = lexicon
        self._token = {at + APART * token.sentence: at for at, token in enumerate(tokens)}
        self._groups: dict[str, set[str]] = {}
        self._single: dict[int, Bits] = {}
        places: dict[str, Bits] = {}
        for place, at in self._token.items():
            places[tokens[at].word] = places.get(tokens[at].word, 0) | 1 << place
        for word, bits in places.items():
            for entry in lexicon.entries(word):
                for group in entry.groups:
                    self._groups.setdefault(group, set()).add(word)
                for item in entry.items:
                    self._single[item] = self._single.get(item, 0) | bits
        self._known = self._single.keys() | {run for item in self._single for run in lexicon.begun_by.get(item, ())}
        self._ways: dict[int, Ways] = {}

    def list(self, name: str) -> Reading:
        """One list."""
        return Reading(self, name, self._lexicon.values.get(name, {}))

    def group(self, name: str) -> AbstractSet[str]:
        """The words of the text that are single words of a list's group."""
        return self._groups.get(name, frozenset())

    def hits(self, name: str) -> Sequence[Hit]:
        """Every phrase of a list at every place where it stands, in the order of the text."""
        lines = self._lexicon.lines.get(name, ())
        known = self._known
        found = [hit for line in lines if known.issuperset(line.items) for hit in self._stands(line)]
        return sorted(found, key=lambda hit: hit.first)

    def _stands(self, line: Line) -> Iterator[Hit]:
        """From the last item to the first: where each begins from which the rest can follow."""
        rest: list[tuple[Ways, Bits, int]] = []
        ends = -1
        for step in range(len(line.items) - 1, -1, -1):
            ways = self._ways_of(line.items[step])
            begins = 0
            for words, bits in ways:
                begins |= bits & (ends >> words)
            if not begins:
                return
            rest.append((ways, begins, line.gaps[step]))
            ends = _reaching(begins, line.gaps[step])
        rest.reverse()
        for start in _each(rest[0][1]):
            yield Hit(line.key, line.line, self._token[start], self._token[_end(rest, start) - 1] + 1)

    def _ways_of(self, item: int) -> Ways:
        if item not in self._ways:
            ways: dict[int, Bits] = {}
            if item in self._single:
                ways[1] = self._single[item]
            for run in self._lexicon.runs.get(item, ()):
                bits = self._side_by_side(run)
                if bits:
                    ways[len(run)] = ways.get(len(run), 0) | bits
            self._ways[item] = tuple(sorted(ways.items()))
        return self._ways[item]

    def _side_by_side(self, run: Run) -> Bits:
        bits = self._single.get(run[0], 0)
        for away in range(1, len(run)):
            if not bits:
                break
            bits &= self._single.get(run[away], 0) >> away
        return bits


def _reaching(begins: Bits, gap: int) -> Bits:
    """The places from which something that begins there is reached, over at most so many words."""
    reach = 1
    while reach <= gap:
        more = min(reach, gap + 1 - reach)
        begins |= begins >> more
        reach += more
    return begins


def _each(bits: Bits) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _end(rest: Sequence[tuple[Ways, Bits, int]], start: int) -> int:
    """Where a phrase ends that begins at a place: each item near and short; one alone as long as can be."""
    if len(rest) == 1:
        return max(start + words for words, bits in rest[0][0] if bits >> start & 1)
    at = start
    for (ways, _, _), (_, begins, gap) in pairwise(rest):
        near = (2 << gap) - 1
        at, ahead = next(
            (at + words, ahead) for words, bits in ways if bits >> at & 1 and (ahead := begins >> (at + words) & near)
        )
        at += (ahead & -ahead).bit_length() - 1
    return min(at + words for words, bits in rest[-1][0] if bits >> at & 1)


class Reading:
    """A list beside one text."""

    def __init__(self, standing: Standing, name: str, values: Mapping[str, Mapping[str, str]]) -> None:
        self._standing = standing
        self._name = name
        self._groups: dict[str, AbstractSet[str]] = {}
        self.values = values
        """What the words of a group stand for."""
        self.hits = standing.hits(name)
        """Every phrase at every place where it stands, in the order of the text."""

    def has(self, group: str, word: str) -> bool:
        """Whether a word of the text is one of a group's single words."""
        if group not in self._groups:
            self._groups[group] = self._standing.group(f"{self._name} {group}")
        return word in self._groups[group]

    def meanings(self, group: str) -> Mapping[str, str]:
        """What the words of a group stand for; nothing where a language lacks it."""
        return self.values.get(group, {})


def found(lexicon: Lexicon, name: str, tokens: Sequence[Token]) -> Sequence[Hit]:
    """Where the phrases of one list stand in a text."""
    return Standing(lexicon, tokens).hits(name)
