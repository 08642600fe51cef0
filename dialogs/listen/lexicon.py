"""Phrases as a person reads them aloud, kept in files of each language, met in a text by an index of their first words.

`word`, `word*` (any ending), `*word` (any beginning), `#` (number), `(one|other)`, `{group}`, `a+b` (two words as one).
Words side by side stand side by side; `..` lets at most four words come between, `...` nine, in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from dialogs.listen.text import Token, word

DATA = Path(__file__).parent / "data"
GAPS = {"..": 4, "...": 9}
NUMBER = "#"
_ITEM = re.compile(r"\([^()]*\)|\{\w+\}|\S+")
_TERM = re.compile(r"#|(?:\*?[^\W_]+|[^\W_]+\*?)(?:\+(?:\*?[^\W_]+|[^\W_]+\*?))*")

Term = tuple[str, ...]
"""Words side by side; a star at one end lets it go on there."""


class Unreadable(ValueError):
    """A phrase that cannot be read."""


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


class Item(Struct, frozen=True):
    """One of these words, and how many others may come before it."""

    terms: tuple[Term, ...]
    gap: int = 0


class Phrase(Struct, frozen=True):
    """A line of a list."""

    key: str
    line: str
    items: tuple[Item, ...]


class Hit(Struct, frozen=True):
    """A phrase that a text has: from a token up to a token."""

    key: str
    line: str
    first: int
    last: int

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Its letters."""
        return tokens[self.first].start, tokens[self.last - 1].end


class Marks(Struct, frozen=True):
    """Single words of a group, for looking around at what was found."""

    whole: frozenset[str]
    begun: tuple[str, ...]
    ended: tuple[str, ...]

    def has(self, word: str) -> bool:
        """Whether it is one of them."""
        return word in self.whole or word.startswith(self.begun) or word.endswith(self.ended)


class Lexicon(Struct, frozen=True):
    """All phrases of a list, by their first words."""

    whole: Mapping[str, tuple[tuple[Term, Phrase], ...]]
    begun: Mapping[str, tuple[tuple[Term, Phrase], ...]]
    ended: Mapping[str, tuple[tuple[Term, Phrase], ...]]
    values: Mapping[str, Mapping[str, str]]
    """What the words of a group stand for."""
    groups: Mapping[str, Marks] = {}

    def has(self, group: str, word: str) -> bool:
        """Whether a word is one of a group's single words."""
        marks = self.groups.get(group)
        return marks is not None and marks.has(word)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every phrase at every place where it stands, in the order of the text."""
        known: dict[str, tuple[tuple[Term, Phrase], ...]] = {}
        found: list[Hit] = []
        dead: set[tuple[int, int, int]] = set()
        for at, token in enumerate(tokens):
            if token.word not in known:
                known[token.word] = self._beginning(token.word)
            for term, phrase in known[token.word]:
                end = _after(term, tokens, at)
                last = None if end is None else _reach(phrase, 1, end, tokens, dead)
                if last is not None:
                    found.append(Hit(phrase.key, phrase.line, at, last))
        return found

    def _beginning(self, word: str) -> tuple[tuple[Term, Phrase], ...]:
        found = [*self.whole.get(word, ())]
        if word.isdecimal():
            found += self.whole.get(NUMBER, ())
        for cut in range(2, len(word) + 1):
            found += self.begun.get(word[:cut], ())
            found += self.ended.get(word[-cut:], ())
        return tuple(found)


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
    phrases = (phrase_of(key, line, words) for key, lines in file.phrases.items() for line in lines)
    return _indexed(phrases, _meanings(file), {name: _marks(line) for name, line in file.groups.items()})


def _marks(line: str) -> Marks:
    words = [_word(each) for each in line.split() if "+" not in each]
    return Marks(
        frozenset(each for each in words if "*" not in each),
        tuple(each[:-1] for each in words if each.endswith("*")),
        tuple(each[1:] for each in words if each.startswith("*")),
    )


def _meanings(file: File) -> dict[str, dict[str, str]]:
    return {
        name: {word(each): value for value, words in table.items() for each in words.split()}
        for name, table in file.values.items()
    }


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


def phrase_of(key: str, line: str, groups: Mapping[str, str]) -> Phrase:
    """The phrase that a line means."""
    items: list[Item] = []
    gap = 0
    for each in _ITEM.findall(line):
        if each in GAPS:
            gap = GAPS[each]
            continue
        items.append(Item(tuple(dict.fromkeys(_terms(each, groups, line))), gap if items else 0))
        gap = 0
    if not items or gap or line.strip().startswith(".."):
        raise Unreadable(line)
    return Phrase(key, line, tuple(items))


def _terms(item: str, groups: Mapping[str, str], line: str) -> Iterator[Term]:
    if item.startswith("(") and item.endswith(")"):
        for choice in item[1:-1].split("|"):
            yield from _terms("+".join(choice.split()), groups, line)
    elif item.startswith("{") and item.endswith("}"):
        if item[1:-1] not in groups:
            raise Unreadable(line)
        for each in groups[item[1:-1]].split():
            yield _term(each, line)
    else:
        yield _term(item, line)


def _term(written: str, line: str) -> Term:
    if not _TERM.fullmatch(written):
        raise Unreadable(line)
    return tuple(_word(each) for each in written.split("+"))


def _word(written: str) -> str:
    if written == NUMBER:
        return written
    bare = word(written.strip("*"))
    return f"{'*' * written.startswith('*')}{bare}{'*' * written.endswith('*')}"


def _indexed(
    phrases: Iterable[Phrase], values: Mapping[str, Mapping[str, str]], groups: Mapping[str, Marks]
) -> Lexicon:
    whole: dict[str, list[tuple[Term, Phrase]]] = {}
    begun: dict[str, list[tuple[Term, Phrase]]] = {}
    ended: dict[str, list[tuple[Term, Phrase]]] = {}
    for phrase in phrases:
        for term in phrase.items[0].terms:
            first = term[0]
            where = begun if first.endswith("*") else ended if first.startswith("*") else whole
            where.setdefault(first.strip("*"), []).append((term, phrase))
    return Lexicon(_frozen(whole), _frozen(begun), _frozen(ended), values, groups)


def _frozen(index: Mapping[str, list[tuple[Term, Phrase]]]) -> Mapping[str, tuple[tuple[Term, Phrase], ...]]:
    return {word: tuple(found) for word, found in index.items()}


def _reach(phrase: Phrase, step: int, at: int, tokens: Sequence[Token], dead: set[tuple[int, int, int]]) -> int | None:
    """Where the rest of a phrase ends, begun at a token; what has failed once is not tried again."""
    if step == len(phrase.items):
        return at
    mark = (id(phrase), step, at)
    if mark in dead:
        return None
    item = phrase.items[step]
    sentence = tokens[at - 1].sentence
    for place in range(at, min(at + item.gap + 1, len(tokens))):
        if tokens[place].sentence != sentence:
            break
        for term in item.terms:
            end = _after(term, tokens, place)
            last = None if end is None else _reach(phrase, step + 1, end, tokens, dead)
            if last is not None:
                return last
    dead.add(mark)
    return None


def _after(term: Term, tokens: Sequence[Token], at: int) -> int | None:
    """The token after a term that stands there; None where it does not."""
    if at + len(term) > len(tokens) or tokens[at + len(term) - 1].sentence != tokens[at].sentence:
        return None
    return at + len(term) if all(_is(tokens[at + i].word, each) for i, each in enumerate(term)) else None


def _is(word: str, meant: str) -> bool:
    if meant.endswith("*"):
        return word.startswith(meant[:-1])
    if meant.startswith("*"):
        return word.endswith(meant[1:])
    return word == meant or (meant == NUMBER and word.isdecimal())
