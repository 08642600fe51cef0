"""Where the phrases of lists stand in a text. What a text lacks a word of is passed by at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from dialogs.listen.lexicon import Lexicon, Line
from dialogs.listen.phrases import Words
from dialogs.listen.text import Token

Places = tuple[Sequence[int], Sequence[int]]
"""Where something begins, in the order of the text; and where each ends."""
Dead = set[tuple[int, int]]
"""From where the rest of a phrase was looked for in vain."""


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
        self._said = [token.word for token in tokens]
        self._sentences = [token.sentence for token in tokens]
        self._lexicon = lexicon
        self._at: dict[str, list[int]] = {}
        for at, token in enumerate(tokens):
            self._at.setdefault(token.word, []).append(at)
        self._entries = {word: lexicon.entry(word) for word in self._at}
        self._words: dict[int, list[str]] = {}
        self._runs: dict[int, list[tuple[str, tuple[Words, ...]]]] = {}
        for word, entry in self._entries.items():
            for item in entry.items:
                self._words.setdefault(item, []).append(word)
            for item, run in entry.runs:
                self._runs.setdefault(item, []).append((word, run))
        self._known = self._words.keys() | self._runs.keys()
        self._places: dict[int, Places] = {}

    def list(self, name: str) -> Reading:
        """One list."""
        return Reading(self, name, self._lexicon.values.get(name, {}))

    def has(self, group: str, word: str) -> bool:
        """Whether a word of the text is one of the single words of a list's group."""
        return group in self._entries[word].groups

    def hits(self, name: str) -> Sequence[Hit]:
        """Every phrase of a list at every place where it stands, in the order of the text."""
        lines = self._lexicon.lines.get(name, ())
        found = [hit for line in lines if self._known.issuperset(line.items) for hit in self._stands(line)]
        return sorted(found, key=lambda hit: hit.first)

    def _stands(self, line: Line) -> Iterator[Hit]:
        places = [self._places_of(item) for item in line.items]
        if len(places) == 1:
            yield from (
                Hit(line.key, line.line, start, end) for start, end in dict(zip(*places[0], strict=True)).items()
            )
            return
        dead: Dead = set()
        passed = -1
        for start, end in zip(*places[0], strict=True):
            last = self._reach(line, places, 1, end, dead) if start > passed else None
            if last is not None:
                passed = start
                yield Hit(line.key, line.line, start, last)

    def _reach(self, line: Line, places: Sequence[Places], step: int, at: int, dead: Dead) -> int | None:
        """Where a phrase ends of which the first items end at a token; what has failed once is not tried again."""
        if (step, at) in dead:
            return None
        starts, ends = places[step]
        sentence, furthest = self._sentences[at - 1], at + line.gaps[step]
        for i in range(bisect_left(starts, at), len(starts)):
            if starts[i] > furthest or self._sentences[starts[i]] != sentence:
                break
            last = ends[i] if step + 1 == len(places) else self._reach(line, places, step + 1, ends[i], dead)
            if last is not None:
                return last
        dead.add((step, at))
        return None

    def _places_of(self, item: int) -> Places:
        if item not in self._places:
            spans = [(at, at + 1) for word in self._words.get(item, ()) for at in self._at[word]]
            spans += (
                (at, at + len(run)) for word, run in self._runs.get(item, ()) for at in self._side_by_side(word, run)
            )
            spans.sort()
            self._places[item] = [start for start, _ in spans], [end for _, end in spans]
        return self._places[item]

    def _side_by_side(self, word: str, run: tuple[Words, ...]) -> Iterator[int]:
        said, sentences, more = self._said, self._sentences, len(run) - 1
        for at in self._at[word]:
            together = at + more < len(said) and sentences[at + more] == sentences[at]
            if together and all(run[i].has(said[at + i]) for i in range(1, more + 1)):
                yield at


class Reading:
    """A list beside one text."""

    def __init__(self, standing: Standing, name: str, values: Mapping[str, Mapping[str, str]]) -> None:
        self._standing = standing
        self._name = name
        self.values = values
        """What the words of a group stand for."""
        self.hits = standing.hits(name)
        """Every phrase at every place where it stands, in the order of the text."""

    def has(self, group: str, word: str) -> bool:
        """Whether a word of the text is one of a group's single words."""
        return self._standing.has(f"{self._name} {group}", word)

    def meanings(self, group: str) -> Mapping[str, str]:
        """What the words of a group stand for; nothing where a language lacks it."""
        return self.values.get(group, {})


def found(lexicon: Lexicon, name: str, tokens: Sequence[Token]) -> Sequence[Hit]:
    """Where the phrases of one list stand in a text."""
    return Standing(lexicon, tokens).hits(name)
