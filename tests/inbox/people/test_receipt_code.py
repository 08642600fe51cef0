"""Receipt codes: as many as there are, each slip told before anything is looked up."""

from itertools import combinations
from random import Random

import pytest

from inbox.principals.receipt_code import LETTERS, NotACode, _sum, code_of, grouped, last_group, read_code

CHANCE = Random(11)
ONE = code_of(bytes(range(16, 48)))


def refused(typed: str) -> bool:
    try:
        read_code(typed)
    except NotACode:
        return True
    return False


def test_a_code_is_five_groups_of_letters_that_look_like_no_others() -> None:
    assert [len(group) for group in ONE.split("-")] == [4] * 5
    assert not set(LETTERS) & set("0OQ1I2Z5S8BGU")
    assert len(LETTERS) ** 19 > 2**80
    assert last_group(ONE) == ONE.split("-")[-1]


def test_no_two_are_alike_and_each_letter_comes_as_often_as_others_at_each_place() -> None:
    made = [code_of(CHANCE.randbytes(32)) for _ in range(20_000)]
    assert len(set(made)) == len(made)
    for place in range(len(ONE)):
        seen = {code[place] for code in made}
        assert seen == ({"-"} if ONE[place] == "-" else set(LETTERS))


def test_each_wrong_letter_and_each_two_that_changed_places_are_told() -> None:
    for _ in range(20):
        code = code_of(CHANCE.randbytes(32)).replace("-", "")
        assert read_code(code) == code
        for place, letter in enumerate(code):
            wrong = (code[:place] + other + code[place + 1 :] for other in LETTERS if other != letter)
            assert all(refused(typed) for typed in wrong)
            for further in range(place + 1, len(code)):
                if code[further] != letter:
                    swapped = list(code)
                    swapped[place], swapped[further] = swapped[further], swapped[place]
                    assert refused("".join(swapped))


def test_that_holds_for_every_code_there_can_be() -> None:
    """Only the letters that differ, and their places, decide whether the sum stays nought: all of them are tried."""
    one, places, letters = read_code(ONE), range(len(read_code(ONE))), len(LETTERS)
    digits = [LETTERS.index(letter) for letter in one]
    for place in places:
        sums = {_sum([*digits[:place], digit, *digits[place + 1 :]]) % letters for digit in range(letters)}
        assert len(sums) == letters
    for first, second in combinations(places, 2):
        for a, b in combinations(range(letters), 2):
            pair = digits.copy()
            pair[first], pair[second] = a, b
            swapped = digits.copy()
            swapped[first], swapped[second] = b, a
            assert (_sum(pair) - _sum(swapped)) % letters


@pytest.mark.parametrize(
    "typed", ["", "A", ONE[:-1], ONE + "A", ONE.replace("-", "-O", 1), "å" * 20, "\x00" * 20, "9" * 10**6]
)
def test_what_is_no_code_is_refused_by_name(typed: str) -> None:
    assert refused(typed)


@pytest.mark.parametrize("between", ["", " ", "-", " \n", "–", ". "])
def test_how_it_is_written_does_not_matter(between: str) -> None:
    assert grouped(read_code(between.join(ONE.split("-")).lower())) == ONE


def test_a_code_is_never_made_of_too_little_chance() -> None:
    with pytest.raises(ValueError, match="too little"):
        code_of(b"short")
