"""Phrases as a person reads them aloud, and where they stand in a text.

`word`, `word*` (any ending), `*word` (any beginning), `#` (number), `(one|other)`, `{group}`, `a+b` (two words as one).
Words side by side stand side by side; `..` lets at most four words come between, `...` nine, in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from dialogs.listen.text import Token, word

GAPS = {"..": 4, "...": 9}
NUMBER = "#"
_ITEM = re.compile(r"\([^()]*\)|\{\w+\}|\S+")
_TERM = re.compile(r"#|(?:\*?[^\W_]+|[^\W_]+\*?)(?:\+(?:\*?[^\W_]+|[^\W_]+\*?))*")

Term = tuple[str, ...]
"""Words side by side; a star at one end lets it go on there."""
Dead = set[tuple[int, int, int]]
"""Where the rest of a phrase was looked for in vain."""


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


class Item(Struct, frozen=True):
    """One of these words, and how many others may come before it."""

    single: Words
    several: tuple[tuple[Words, ...], ...]
    terms: tuple[Term, ...]
    gap: int = 0

    def ends(self, tokens: Sequence[Token], at: int) -> Iterator[int]:
        """The tokens after it, where it stands at a token."""
        if self.single.has(tokens[at].word):
            yield at + 1
        for words in self.several:
            last = at + len(words)
            if last > len(tokens) or not words[0].has(tokens[at].word):
                continue
            together = tokens[last - 1].sentence == tokens[at].sentence
            if together and all(each.has(tokens[at + i].word) for i, each in enumerate(words)):
                yield last


class Phrase(Struct, frozen=True):
    """A line of a list."""

    key: str
    line: str
    items: tuple[Item, ...]
    second: Words | None = None
    """What has to stand right behind its first word, if something has to: most places are passed by that way."""

    def stands(self, tokens: Sequence[Token], at: int, dead: Dead) -> int | None:
        """Where the phrase ends that begins at a token; None if it does not stand there."""
        if self.second is not None and (at + 1 >= len(tokens) or not self.second.has(tokens[at + 1].word)):
            return None
        return self.reach(tokens, at, dead)

    def reach(self, tokens: Sequence[Token], at: int, dead: Dead, step: int = 0) -> int | None:
        """Where the phrase ends, begun at a token; what has failed once is not tried again."""
        if step == len(self.items):
            return at
        mark = (id(self), step, at)
        if mark in dead or at >= len(tokens):
            return None
        item = self.items[step]
        sentence = tokens[at - 1 if step else at].sentence
        for place in range(at, min(at + item.gap + 1, len(tokens))):
            if tokens[place].sentence != sentence:
                break
            for end in item.ends(tokens, place):
                last = self.reach(tokens, end, dead, step + 1)
                if last is not None:
                    return last
        dead.add(mark)
        return None


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
    return Phrase(key, line, tuple(items), _second(items))


def _second(items: Sequence[Item]) -> Words | None:
    if items[0].several or len(items) == 1 or items[1].gap:
        return None
    return words_of({term[0] for term in items[1].terms})


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
    return Item(words_of(term[0] for term in terms if len(term) == 1), several, terms, gap)


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
