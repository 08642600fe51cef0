"""A slip is a letter left out, put in or wrong, or two letters that changed places."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.directory.typos import FEW, SHORTEST, near

LETTERS = "abc"
WORDS = st.text(LETTERS, min_size=1, max_size=8)


def distance(one: str, other: str) -> int:
    """Slips between two words (Damerau-Levenshtein, no letter in two slips), counted the slow and sure way."""
    table = [[max(row, column) for column in range(len(other) + 1)] for row in range(len(one) + 1)]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            wrong = one[row - 1] != other[column - 1]
            table[row][column] = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + wrong
            )
            if one[row - 2 : row] == other[column - 2 : column][::-1] and min(row, column) > 1:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@settings(deadline=None)
@given(st.sets(WORDS, min_size=1, max_size=3 * FEW), st.text(LETTERS, min_size=SHORTEST, max_size=8))
def test_exactly_the_words_that_begin_one_slip_away_are_near(words: set[str], word: str) -> None:
    vocabulary = sorted(words)
    expected = {
        at
        for at, known in enumerate(vocabulary)
        if any(distance(known[:end], word) <= 1 for end in range(len(known) + 1))
    }
    assert near(vocabulary, LETTERS, word) == expected


def test_nothing_is_near_a_word_too_short_to_guess_from() -> None:
    assert near(["abd"], LETTERS, "abc") == set()
