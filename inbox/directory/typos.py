"""Words one slip of the finger away: a letter missing, doubled, wrong, or two that changed places."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

# Shorter words have too many neighbours to guess among.
SHORTEST = 4


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
        for slip in _slips_at(alphabet, word, at):
            first = bisect_left(vocabulary, slip, within.start, within.stop)
            if first < within.stop and vocabulary[first].startswith(slip):
                found.update(with_prefix(vocabulary, slip))
    return found


def _slips_at(alphabet: str, word: str, at: int) -> Iterator[str]:
    before, after = word[:at], word[at:]
    yield before + after[1:]
    if after[1:]:
        yield before + after[1] + after[0] + after[2:]
    for letter in alphabet:
        yield before + letter + after
        yield before + letter + after[1:]
