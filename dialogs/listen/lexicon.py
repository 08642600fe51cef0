"""Lists of phrases in files of each language, with an index from a word to what it says in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from dialogs.listen.phrases import NUMBER, Said, Unreadable, Words, phrase_of, words_of
from dialogs.listen.text import word

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


class Entry(Struct, frozen=True):
    """What a word is: items of phrases by their numbers, and groups."""

    items: tuple[int, ...] = ()
    groups: frozenset[str] = frozenset()
    """Each after the name of its list: `places common`."""


Run = tuple[int, ...]
"""Words side by side, by their numbers."""


class Line(Struct, frozen=True):
    """A phrase by the numbers of its items, and how many other words may come before each."""

    key: str
    line: str
    items: tuple[int, ...]
    gaps: tuple[int, ...]


class Lexicon(Struct, frozen=True):
    """The lists of a language with one index: by whole words, by how words begin, and by how they end."""

    lines: Mapping[str, tuple[Line, ...]]
    runs: Mapping[int, tuple[Run, ...]]
    """Items that may be words side by side: each word as an item of its own."""
    begun_by: Mapping[int, tuple[int, ...]]
    """From the first word of such an item to the item."""
    whole: Mapping[str, Entry]
    begun: Mapping[str, Entry]
    ended: Mapping[str, Entry]
    begun_lengths: Mapping[str, tuple[int, ...]]
    """By the shortest beginning, how long those are that begin so: few of a word have to be looked up."""
    ended_lengths: Mapping[str, tuple[int, ...]]
    values: Mapping[str, Mapping[str, Mapping[str, str]]]
    """What the words of a list's groups stand for."""

    def entries(self, word: str) -> Iterator[Entry]:
        """All that is known of a word."""
        if word in self.whole:
            yield self.whole[word]
        if word.isdecimal() and NUMBER in self.whole:
            yield self.whole[NUMBER]
        for cut in self.begun_lengths.get(word[:SHORTEST], ()):
            if word[:cut] in self.begun and cut <= len(word):
                yield self.begun[word[:cut]]
        for cut in self.ended_lengths.get(word[-SHORTEST:], ()):
            if word[-cut:] in self.ended and cut <= len(word):
                yield self.ended[word[-cut:]]

    def groups(self, word: str) -> frozenset[str]:
        """The groups that a word is one of."""
        return frozenset().union(*(entry.groups for entry in self.entries(word)))


@cache
def load(language: str) -> Lexicon:
    """The lists of a language; none where there is no such language. Raises `Unreadable` where one cannot be read."""
    paths = (path for path in sorted((DATA / language).glob("*.toml")) if path.stem != "spelling")
    return compiled({path.stem: msgspec.toml.decode(path.read_bytes(), type=File) for path in paths})


@cache
def spelling(language: str) -> Mapping[str, str]:
    """Other ways to write a common word, in small letters, and the usual word as tokens have it."""
    path = DATA / language / "spelling.toml"
    if not path.exists():
        return {}
    lines = msgspec.toml.decode(path.read_bytes(), type=dict[str, str])
    return {each: word(usual) for usual, others in lines.items() for each in others.split()}


def compiled(files: Mapping[str, File]) -> Lexicon:
    """Lists by their names, with their index."""
    numbers: dict[Said, int] = {}
    lines = {name: tuple(_lines(file, numbers)) for name, file in files.items()}
    groups = {
        f"{name} {group}": words_of(each for each in line.split() if "+" not in each)
        for name, file in files.items()
        for group, line in file.groups.items()
    }
    runs = dict(_runs(numbers))
    whole, begun, ended = (_indexed(numbers, groups, sort) for sort in ("whole", "begun", "ended"))
    begun_by: dict[int, set[int]] = {}
    for number, several in runs.items():
        for run in several:
            begun_by.setdefault(run[0], set()).add(number)
    firsts = {item: tuple(found) for item, found in begun_by.items()}
    lengths = _lengths(begun, slice(SHORTEST)), _lengths(ended, slice(-SHORTEST, None))
    meanings = {name: _meanings(file) for name, file in files.items()}
    return Lexicon(lines, runs, firsts, whole, begun, ended, *lengths, meanings)


def _runs(numbers: dict[Said, int]) -> Iterator[tuple[int, tuple[Run, ...]]]:
    """The items that may be words side by side; their words get numbers too."""
    for said, number in list(numbers.items()):
        if said.several:
            yield (
                number,
                tuple(tuple(numbers.setdefault(Said(each), len(numbers)) for each in run) for run in said.several),
            )


def _lines(file: File, numbers: dict[Said, int]) -> Iterator[Line]:
    words = file.words
    for key, lines in file.phrases.items():
        for line in lines:
            items = phrase_of(key, line, words).items
            said = tuple(numbers.setdefault(item.said, len(numbers)) for item in items)
            yield Line(key, line, said, tuple(item.gap for item in items))


def _meanings(file: File) -> dict[str, dict[str, str]]:
    return {
        name: {word(each): value for value, words in table.items() for each in words.split()}
        for name, table in file.values.items()
    }


def _indexed(numbers: Mapping[Said, int], groups: Mapping[str, Words], sort: str) -> dict[str, Entry]:
    """One of the three indexes."""
    items: dict[str, list[int]] = {}
    marks: dict[str, list[str]] = {}
    for said, number in numbers.items():
        for each in _words(said.single, sort):
            items.setdefault(each, []).append(number)
    for name, words in groups.items():
        for each in _words(words, sort):
            marks.setdefault(each, []).append(name)
    return {each: Entry(tuple(items.get(each, ())), frozenset(marks.get(each, ()))) for each in items | marks}


def _lengths(index: Iterable[str], shortest: slice) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for each in index:
        found.setdefault(each[shortest], set()).add(len(each))
    return {each: tuple(sorted(lengths)) for each, lengths in found.items()}


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
