"""Long words that are met with one slip in them: a letter lost, added or changed, or two that changed places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

LONG_ENOUGH = 6
"""Letters. In a shorter word, one letter more or less makes another word."""

Slips = Mapping[str, tuple[str, ...]]
"""From a word without one of its letters to the words that it may be."""


def slips_of(words: Iterable[str]) -> Slips:
    """All words that are long enough, by what is left of them after a slip."""
    found: dict[str, set[str]] = {}
    for word in words:
        if len(word) >= LONG_ENOUGH:
            for slip in (word, *without_one(word)):
                found.setdefault(slip, set()).add(word)
    return {slip: tuple(sorted(words)) for slip, words in found.items()}


def meant(slips: Slips, word: str) -> Iterator[str]:
    """The words that this one is, but for one slip."""
    if len(word) < LONG_ENOUGH - 1:
        return
    for slip in (word, *without_one(word)):
        for each in slips.get(slip, ()):
            if one_slip(word, each):
                yield each


def without_one(word: str) -> Iterator[str]:
    """The word without one of its letters, in every way. The first letter is seldom the slip."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def one_slip(word: str, other: str) -> bool:
    """Whether one letter is lost, added or changed, or two side by side changed places."""
    if word[:1] != other[:1] or abs(len(word) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, wanted = word[at:], other[at:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == wanted
    return swapped or rest[1:] in {wanted, wanted[1:]} or rest == wanted[1:]
