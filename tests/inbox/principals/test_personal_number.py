"""Personal and co-ordination numbers: which can be one, and what they tell. Among those published for tests."""

import pytest

from inbox.principals.personal_number import PersonalNumber, read_number


@pytest.mark.parametrize("typed", ["191212121212", "19121212-1212"])
def test_a_number_tells_year_and_sex(typed: str) -> None:
    assert read_number(typed) == PersonalNumber("191212121212", 1912, "man")


def test_a_co_ordination_number_has_sixty_added_to_the_day() -> None:
    assert read_number("197010632391") == PersonalNumber("197010632391", 1970, "man")


def test_every_single_wrong_digit_is_told() -> None:
    right = "196101182803"
    wrong = [
        right[:at] + digit + right[at + 1 :] for at in range(2, 12) for digit in "0123456789" if digit != right[at]
    ]
    assert (read_number(right) is not None, len(wrong)) == (True, 90)
    assert [number for number in wrong if read_number(number)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1212121212",
        "191213121212",
        "191202301212",
        "191212001212",
        "x91212121212",
        "１９１２１２１２１２１２",
        " 191212121212",
    ],
)
def test_what_is_none_is_none(typed: str) -> None:
    assert read_number(typed) is None
