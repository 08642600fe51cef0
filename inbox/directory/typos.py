"""Words one slip of the finger away: a letter missing, doubled, wrong, or two that changed places."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

# Shorter words have too many neighbours to guess among.
SHORTEST = 4
# Up to so many words are looked at one by one; among more it is quicker to look every possible slip up.
FEW = 64


def with_prefix(vocabulary: Sequence[str], prefix: str) -> range:
    """Positions in the sorted vocabulary of the words that begin so."""
    return range(bisect_left(vocabulary, prefix), bisect_left(vocabulary, prefix + "\U0010ffff"))


def near(vocabulary: Sequence[str], alphabet: str, word: str) -> set[int]:
    """Positions of the words that begin at most one slip (Damerau-Levenshtein) from the given one."""
    found: set[int] = set()
    if len(word) < SHORTEST:
        return found
    for at in range(len(word)):
        within = with_prefix(vocabulary, word[:at])
        # Nothing begins so, hence no later slip can help either.
        if not within:
            break
        if len(within) <= FEW:
            found.update(position for position in within if _slipped(vocabulary[position][at:], word[at:]))
        else:
            found.update(_search(vocabulary, within, _slips(alphabet, word, at)))
    return found


def _slipped(there: str, meant: str) -> bool:
    """Whether `there` begins as `meant` with a slip at its first letter."""
    rest = meant[1:]
    return there.startswith((rest, rest[:1] + meant[0] + rest[1:])) or there[1:].startswith((meant, rest))


def _slips(alphabet: str, word: str, at: int) -> Iterator[str]:
    """The word with every slip that there could be at this place."""
    before, after = word[:at], word[at:]
    yield before + after[1:]
    yield before + after[1:2] + after[0] + after[2:]
    for letter in alphabet:
        yield before + letter + after
        yield before + letter + after[1:]


def _search(vocabulary: Sequence[str], within: range, slips: Iterator[str]) -> Iterator[int]:
    for slip in slips:
        first = bisect_left(vocabulary, slip, within.start, within.stop)
        if first < within.stop and vocabulary[first].startswith(slip):
            yield from with_prefix(vocabulary, slip)
