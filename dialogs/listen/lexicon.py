"""Lists of phrases in files of each language, met in a text by an index of their first words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from dialogs.listen.phrases import NUMBER, Dead, Phrase, Unreadable, Words, phrase_of, words_of
from dialogs.listen.text import Token, word

DATA = Path(__file__).parent / "data"
SHORTEST = 2
"""Letters before or behind a star, at least."""


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A list of one language: phrases by what they say, and words that several of them use."""

    phrases: dict[str, tuple[str, ...]]
    groups: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    """Groups whose words stand for something: `{month}` has the words of `values.month`, each under its number."""

    @property
    def words(self) -> dict[str, str]:
        """All groups, by name."""
        return self.groups | {name: " ".join(table.values()) for name, table in self.values.items()}


class Hit(Struct, frozen=True):
    """A phrase that a text has: from a token up to a token."""

    key: str
    line: str
    first: int
    last: int

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Its letters."""
        return tokens[self.first].start, tokens[self.last - 1].end


class Entry(Struct, frozen=True):
    """What a word begins, and which groups it is in."""

    phrases: tuple[Phrase, ...] = ()
    groups: frozenset[str] = frozenset()


NOTHING = Entry()


class Lexicon(Struct, frozen=True):
    """A list with its index: by whole words, by how words begin, and by how they end."""

    whole: Mapping[str, Entry]
    begun: Mapping[str, Entry]
    ended: Mapping[str, Entry]
    values: Mapping[str, Mapping[str, str]]
    """What the words of a group stand for."""

    def read(self, tokens: Sequence[Token]) -> Reading:
        """The list as it meets a text."""
        return Reading(self, tokens)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every phrase at every place where it stands, in the order of the text."""
        return self.read(tokens).hits

    def entry(self, word: str) -> Entry:
        """All that is known of a word."""
        found = [self.whole[word]] if word in self.whole else []
        if word.isdecimal() and NUMBER in self.whole:
            found.append(self.whole[NUMBER])
        if word[:SHORTEST] in self.begun:
            found += (self.begun[word[:cut]] for cut in range(SHORTEST, len(word) + 1) if word[:cut] in self.begun)
        if word[-SHORTEST:] in self.ended:
            found += (self.ended[word[-cut:]] for cut in range(SHORTEST, len(word) + 1) if word[-cut:] in self.ended)
        if len(found) < SHORTEST:
            return found[0] if found else NOTHING
        phrases = dict.fromkeys(phrase for entry in found for phrase in entry.phrases)
        return Entry(tuple(phrases), frozenset().union(*(entry.groups for entry in found)))


class Reading:
    """A list beside one text. Lives as long as its story."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token]) -> None:
        self.values = lexicon.values
        """What the words of a group stand for."""
        self._entries = {word: lexicon.entry(word) for word in {token.word for token in tokens}}
        self.hits = list(self._find(tokens))
        """Every phrase at every place where it stands, in the order of the text."""

    def has(self, group: str, word: str) -> bool:
        """Whether a word of the text is one of a group's single words."""
        return group in self._entries[word].groups

    def meanings(self, group: str) -> Mapping[str, str]:
        """What the words of a group stand for; nothing where a language lacks it."""
        return self.values.get(group, {})

    def _find(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        dead: Dead = set()
        for at, token in enumerate(tokens):
            for phrase in self._entries[token.word].phrases:
                last = phrase.stands(tokens, at, dead)
                if last is not None:
                    yield Hit(phrase.key, phrase.line, at, last)


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


@cache
def load(language: str, name: str) -> Lexicon:
    """A list of a language; an empty one where there is none. Raises `Unreadable` where it cannot be read."""
    path = DATA / language / f"{name}.toml"
    return compiled(msgspec.toml.decode(path.read_bytes(), type=File)) if path.exists() else compiled(File({}))


@cache
def spelling(language: str) -> Mapping[str, str]:
    """Other ways to write a common word, in small letters, and the usual word as tokens have it."""
    path = DATA / language / "spelling.toml"
    if not path.exists():
        return {}
    lines = msgspec.toml.decode(path.read_bytes(), type=dict[str, str])
    return {each: word(usual) for usual, others in lines.items() for each in others.split()}


def compiled(file: File) -> Lexicon:
    """The phrases of a file, with their index."""
    words = file.words
    phrases = [phrase_of(key, line, words) for key, lines in file.phrases.items() for line in lines]
    groups = {name: words_of(each for each in line.split() if "+" not in each) for name, line in file.groups.items()}
    whole, begun, ended = (_indexed(phrases, groups, sort) for sort in ("whole", "begun", "ended"))
    return Lexicon(whole, begun, ended, _meanings(file))


def _meanings(file: File) -> dict[str, dict[str, str]]:
    return {
        name: {word(each): value for value, words in table.items() for each in words.split()}
        for name, table in file.values.items()
    }


def _indexed(phrases: Iterable[Phrase], groups: Mapping[str, Words], sort: str) -> dict[str, Entry]:
    """One of the three indexes. Those of stars have an entry for the shortest beginning of each of their words too."""
    first: dict[str, dict[Phrase, None]] = {}
    marks: dict[str, set[str]] = {}
    for phrase in phrases:
        item = phrase.items[0]
        for words in (item.single, *(several[0] for several in item.several)):
            for each in _words(words, sort):
                first.setdefault(each, {})[phrase] = None
    for name, words in groups.items():
        for each in _words(words, sort):
            marks.setdefault(each, set()).add(name)
    found = {each: Entry(tuple(first.get(each, ())), frozenset(marks.get(each, ()))) for each in (first | marks)}
    if sort != "whole":
        for each in list(found):
            found.setdefault(each[:SHORTEST] if sort == "begun" else each[-SHORTEST:], NOTHING)
    return found


def _words(words: Words, sort: str) -> Iterable[str]:
    if sort == "whole":
        return [*words.whole, *[NUMBER] * words.number]
    return words.begun if sort == "begun" else words.ended


def problems() -> list[str]:
    """Every line of every list that cannot be read, by its file and what it belongs to; empty when all can."""
    return [problem for path in sorted(DATA.glob("*/*.toml")) for problem in _problems(path)]


def _problems(path: Path) -> Iterator[str]:
    name = f"{path.parent.name}/{path.name}"
    if path.stem == "spelling":
        return
    try:
        file = msgspec.toml.decode(path.read_bytes(), type=File)
    except msgspec.DecodeError as error:
        yield f"{name}: {error}"
        return
    for key, lines in file.phrases.items():
        for line in lines:
            try:
                phrase_of(key, line, file.words)
            except Unreadable as error:
                yield f"{name}: {key}: {error}"
