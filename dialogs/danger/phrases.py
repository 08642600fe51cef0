"""The language of the lists: a rule is a line that a person can read aloud.

`word`, `word*` (any ending), `(one|other)`, `{group}`, `#` (a number of two digits or more), `a+b` (two words in one).
Words side by side stand side by side. `..` lets at most three words come between, `...` eight, `~` only small words
(the group `small`). `a & b` stand in any order within eight words, or within n when the line ends with `within n`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from dialogs.danger.words import fold

NUMBER = "#"
WITHIN = 8
GAPS = {"..": 3, "...": 8}
SMALL = "~"
_ITEM = re.compile(r"\([^()]*\)|\{\w+\}|\S+")
_TERM = re.compile(r"#|[^\W_]+\*?(?:\+[^\W_]+\*?)*")

Term = tuple[str, ...]
"""Words side by side; a star at the end of one lets it go on."""
Terms = frozenset[Term]
Groups = Mapping[str, Terms]


class Unreadable(ValueError):
    """A line of a list that cannot be read."""


class Item(Struct, frozen=True):
    """One of these words, and how far it may lie from the one before."""

    terms: Terms
    gap: int = 0
    small: bool = False
    """Whether only small words may come between."""


class Rule(Struct, frozen=True):
    """Parts that must all be there, near each other, in any order."""

    line: str
    parts: tuple[tuple[Item, ...], ...]
    within: int
    needs: frozenset[Terms]
    """What must all stand somewhere: most rules are passed by for that alone."""


def group_of(line: str) -> Terms:
    """The words of a group, written after each other. A plus joins words: `i+natt`."""
    return frozenset(_term(each) for each in line.split())


def rule_of(line: str, groups: Groups) -> Rule:
    """The rule that a line means."""
    body, _, within = line.partition(" within ")
    parts = tuple(_part(part, groups, line) for part in body.split("&"))
    needs = frozenset(item.terms for part in parts for item in part)
    return Rule(line, parts, int(within) if within else WITHIN, needs)


def _part(part: str, groups: Groups, line: str) -> tuple[Item, ...]:
    items: list[Item] = []
    gap, small = 0, False
    for each in _ITEM.findall(part):
        if each in GAPS or each == SMALL:
            gap, small = GAPS.get(each, GAPS[".."] + 1), each == SMALL
            continue
        items.append(Item(_terms(each, groups, line), gap if items else 0, small))
        gap, small = 0, False
    if not items or gap:
        raise Unreadable(line)
    return tuple(items)


def _terms(item: str, groups: Groups, line: str) -> Terms:
    choices = item[1:-1].split("|") if item.startswith("(") else [item]
    found: set[Term] = set()
    for choice in choices:
        if choice.startswith("{"):
            if choice[1:-1] not in groups:
                raise Unreadable(line)
            found |= groups[choice[1:-1]]
        else:
            found.add(_term(choice))
    return frozenset(found)


def _term(written: str) -> Term:
    if not _TERM.fullmatch(written):
        raise Unreadable(written)
    return tuple(NUMBER if each == NUMBER else _plain(each) for each in written.split("+"))


def _plain(word: str) -> str:
    return fold(word.rstrip("*")) + ("*" if word.endswith("*") else "")
