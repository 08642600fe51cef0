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
    """What a word is, or begins: items of phrases by their numbers, and groups."""

    items: tuple[int, ...] = ()
    runs: tuple[tuple[int, tuple[Words, ...]], ...] = ()
    """Items of words side by side, of which it is the first."""
    groups: frozenset[str] = frozenset()
    """Each after the name of its list: `places common`."""


NOTHING = Entry()


class Line(Struct, frozen=True):
    """A phrase by the numbers of its items, and how many other words may come before each."""

    key: str
    line: str
    items: tuple[int, ...]
    gaps: tuple[int, ...]


class Lexicon(Struct, frozen=True):
    """The lists of a language with one index: by whole words, by how words begin, and by how they end."""

    lines: Mapping[str, tuple[Line, ...]]
    whole: Mapping[str, Entry]
    begun: Mapping[str, Entry]
    ended: Mapping[str, Entry]
    values: Mapping[str, Mapping[str, Mapping[str, str]]]
    """What the words of a list's groups stand for."""

    def entry(self, word: str) -> Entry:
        """All that is known of a word."""
        found = [self.whole[word]] if word in self.whole else []
        if word.isdecimal() and NUMBER in self.whole:
            found.append(self.whole[NUMBER])
        if word[:SHORTEST] in self.begun:
            found += (self.begun[word[:cut]] for cut in range(SHORTEST, len(word) + 1) if word[:cut] in self.begun)
        if word[-SHORTEST:] in self.ended:
            found += (self.ended[word[-cut:]] for cut in range(SHORTEST, len(word) + 1) if word[-cut:] in self.ended)
        if len(found) < 2:
            return found[0] if found else NOTHING
        return Entry(
            tuple({item for entry in found for item in entry.items}),
            tuple(run for entry in found for run in entry.runs),
            frozenset().union(*(entry.groups for entry in found)),
        )


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
    whole, begun, ended = (_indexed(numbers, groups, sort) for sort in ("whole", "begun", "ended"))
    return Lexicon(lines, whole, begun, ended, {name: _meanings(file) for name, file in files.items()})


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
    """One of the three indexes. Those of stars have an entry for the shortest beginning of each of their words too."""
    items: dict[str, list[int]] = {}
    runs: dict[str, list[tuple[int, tuple[Words, ...]]]] = {}
    marks: dict[str, list[str]] = {}
    for said, number in numbers.items():
        for each in _words(said.single, sort):
            items.setdefault(each, []).append(number)
        for run in said.several:
            for each in _words(run[0], sort):
                runs.setdefault(each, []).append((number, run))
    for name, words in groups.items():
        for each in _words(words, sort):
            marks.setdefault(each, []).append(name)
    found = {
        each: Entry(tuple(items.get(each, ())), tuple(runs.get(each, ())), frozenset(marks.get(each, ())))
        for each in items | runs | marks
    }
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
