"""The lists of all languages, read and checked once, with an index from a word to the rules where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from dialogs.danger.phrases import NUMBER, Groups, Rule, Term, Terms, group_of, rule_of

DATA = Path(__file__).parent / "data"
NEEDED = frozenset({"small", "not", "now", "lately", "past", "asked", "happens", "happened"})
"""Groups that the reading itself uses: how something is said, beside what is said."""
LONG_ENOUGH = 7
"""Letters in a word that is met with one slip in it. In a shorter one, one letter more or less makes another word."""

Level = Literal["now", "spoken"]


class Family(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ways to say one thing."""

    means: str
    level: Level = "now"
    lowered: Literal["spoken", "nothing"] = "spoken"
    """What it comes to when it is past, or asked about."""
    denied: bool = False
    """Whether a `not` inside takes it back, as in "vill inte dö"."""
    happening: bool = False
    """Whether it counts only when it is told as happening now: many an illness is past."""
    rules: tuple[str, ...]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    groups: dict[str, str]
    idioms: tuple[str, ...]
    families: dict[str, Family]
    past_endings: tuple[str, ...] = ()


class Known(Struct, frozen=True):
    """A rule in its language and family."""

    name: str
    family: Family
    rule: Rule


class Lists(Struct, frozen=True):
    """Everything that is listened for."""

    rules: tuple[Known, ...]
    idioms: tuple[Rule, ...]
    groups: Mapping[str, Terms]
    """The groups that the reading uses, of all languages together."""
    past_endings: tuple[str, ...]
    """How verbs end that tell what is past, beside those in the groups."""
    whole: Mapping[str, frozenset[Terms]]
    begun: Mapping[str, frozenset[Terms]]
    slips: Mapping[str, frozenset[str]]
    """From a long word without one of its letters to the word."""
    begun_lengths: Mapping[str, tuple[int, ...]]
    """By two letters, how long the beginnings are that begin with them."""
    several: Mapping[str, Mapping[str, tuple[tuple[Term, Terms], ...]]]
    """Words side by side, by the first and the second of them; a star at the second stands alone: `*`."""


@cache
def load_lists() -> Lists:
    """All lists. Raises where one cannot be read: a list with a hole in it must not be served."""
    files = {path.stem: msgspec.toml.decode(path.read_bytes(), type=_File) for path in sorted(DATA.glob("*.toml"))}
    rules: list[Known] = []
    idioms: list[Rule] = []
    shared: dict[str, Terms] = dict.fromkeys(NEEDED, frozenset())
    for language, file in files.items():
        groups = {name: group_of(line) for name, line in file.groups.items()}
        shared = {name: terms | groups[name] for name, terms in shared.items()}
        idioms += [rule_of(line, groups) for line in file.idioms]
        rules += _rules(language, file, groups)
    endings = tuple(ending for file in files.values() for ending in file.past_endings)
    return _indexed(tuple(rules), tuple(idioms), shared, endings)


def _rules(language: str, file: _File, groups: Groups) -> Iterable[Known]:
    for name, family in file.families.items():
        for line in family.rules:
            yield Known(f"{language}.{name}", family, rule_of(line, groups))


def _indexed(
    rules: tuple[Known, ...], idioms: tuple[Rule, ...], groups: Mapping[str, Terms], past_endings: tuple[str, ...]
) -> Lists:
    whole: dict[str, set[Terms]] = {}
    begun: dict[str, set[Terms]] = {}
    slips: dict[str, set[str]] = {}
    several: dict[str, dict[str, set[tuple[Term, Terms]]]] = {}
    for terms in _all_terms(rules, idioms, groups):
        for term in terms:
            if len(term) > 1:
                second = "*" if term[1].endswith("*") else term[1]
                several.setdefault(term[0].rstrip("*"), {}).setdefault(second, set()).add((term, terms))
                continue
            word = term[0].rstrip("*")
            (begun if term[0].endswith("*") else whole).setdefault(word, set()).add(terms)
            if len(word) >= LONG_ENOUGH:
                for slip in (word, *without_one(word)):
                    slips.setdefault(slip, set()).add(word)
    twos = {word[:2] for word in begun}
    return Lists(
        rules=rules,
        idioms=idioms,
        groups=groups,
        past_endings=past_endings,
        whole={word: frozenset(found) for word, found in whole.items()},
        begun={word: frozenset(found) for word, found in begun.items()},
        slips={word: frozenset(found) for word, found in slips.items()},
        begun_lengths={two: tuple(sorted({len(word) for word in begun if word.startswith(two)})) for two in twos},
        several={
            first: {second: tuple(sorted(found, key=lambda each: len(each[0]))) for second, found in seconds.items()}
            for first, seconds in several.items()
        },
    )


def _all_terms(rules: tuple[Known, ...], idioms: tuple[Rule, ...], groups: Mapping[str, Terms]) -> frozenset[Terms]:
    plain = (*(known.rule for known in rules), *idioms)
    return frozenset({terms for rule in plain for terms in rule.needs} | set(groups.values()))


def without_one(word: str) -> set[str]:
    """The word without one of its letters, in every way. The first letter is seldom the slip."""
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def is_number(word: str) -> bool:
    """Whether a word counts as `#`."""
    return len(word) > 1 and word.isdecimal()


__all__ = ["NUMBER", "Family", "Known", "Level", "Lists", "is_number", "load_lists", "without_one"]
