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
    if len(word) < SHORTEST:
        return set()
    return {position for slip in _slips(vocabulary, alphabet, word) for position in with_prefix(vocabulary, slip)}


def _slips(vocabulary: Sequence[str], alphabet: str, word: str) -> Iterator[str]:
    for at in range(len(word)):
        before, after = word[:at], word[at:]
        # Nothing begins so, hence no later slip can help either.
        if not with_prefix(vocabulary, before):
            return
        yield before + after[1:]
        if after[1:]:
            yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after
            yield before + letter + after[1:]
