"""Phrases as a person reads them aloud, and where they stand in a text.

`word`, `word*` (any ending), `*word` (any beginning), `#` (number), `(one|other)`, `{group}`, `a+b` (two words as one).
Words side by side stand side by side; `..` lets at most four words come between, `...` nine, in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from dialogs.listen.text import word

GAPS = {"..": 4, "...": 9}
NUMBER = "#"
_ITEM = re.compile(r"\([^()]*\)|\{\w+\}|\S+")
_TERM = re.compile(r"#|(?:\*?[^\W_]+|[^\W_]+\*?)(?:\+(?:\*?[^\W_]+|[^\W_]+\*?))*")

Term = tuple[str, ...]
"""Words side by side; a star at one end lets it go on there."""


class Unreadable(ValueError):
    """A phrase that cannot be read."""


class Words(Struct, frozen=True):
    """Any of these, as one word each."""

    whole: frozenset[str]
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    number: bool = False

    def has(self, word: str) -> bool:
        """Whether it is one of them."""
        if word in self.whole or word.startswith(self.begun) or word.endswith(self.ended):
            return True
        return self.number and word.isdecimal()


class Said(Struct, frozen=True):
    """What an item may be: single words, or words side by side."""

    single: Words
    several: tuple[tuple[Words, ...], ...] = ()


class Item(Struct, frozen=True):
    """One of these words, and how many others may come before it."""

    said: Said
    gap: int = 0


class Phrase(Struct, frozen=True):
    """A line of a list."""

    key: str
    line: str
    items: tuple[Item, ...]


def phrase_of(key: str, line: str, groups: Mapping[str, str]) -> Phrase:
    """The phrase that a line means."""
    items: list[Item] = []
    gap = 0
    for each in _ITEM.findall(line):
        if each in GAPS:
            gap = GAPS[each]
            continue
        items.append(_item(tuple(dict.fromkeys(_terms(each, groups, line))), gap if items else 0))
        gap = 0
    if not items or gap or line.strip().startswith(".."):
        raise Unreadable(line)
    return Phrase(key, line, tuple(items))


def words_of(terms: Iterable[str]) -> Words:
    """Single words, with or without stars."""
    written = [_word(each) for each in terms]
    return Words(
        frozenset(each for each in written if "*" not in each and each != NUMBER),
        tuple(each[:-1] for each in written if each.endswith("*")),
        tuple(each[1:] for each in written if each.startswith("*")),
        NUMBER in written,
    )


def _item(terms: tuple[Term, ...], gap: int) -> Item:
    several = tuple(tuple(words_of([each]) for each in term) for term in terms if len(term) > 1)
    return Item(Said(words_of(term[0] for term in terms if len(term) == 1), several), gap)


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
    return f"{'*' * written.startswith('*')}{word(written.strip('*'))}{'*' * written.endswith('*')}"
