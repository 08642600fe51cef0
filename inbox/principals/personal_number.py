"""Personal identity numbers and co-ordination numbers: what one tells, and whether it can be one."""

import re
from datetime import date

from msgspec import Struct

COORDINATION = 60
"""Added to the day in a co-ordination number (lag 2022:1697)."""
_SHAPE = re.compile(r"(\d{4})(\d{2})(\d{2})-?(\d{3})(\d)", re.ASCII)


class PersonalNumber(Struct, frozen=True):
    """Twelve digits, and what they say."""

    digits: str
    birth_year: int
    sex: str
    """`woman` or `man`, as registered."""


def read_number(typed: str) -> PersonalNumber | None:
    """The number; None if there is none like it."""
    found = _SHAPE.fullmatch(typed)
    if found is None:
        return None
    year, month, day, serial, check = found.groups()
    born = int(day) - COORDINATION if int(day) > COORDINATION else int(day)
    try:
        date(int(year), int(month), born)
    except ValueError:
        return None
    if _check_digit(year[2:] + month + day + serial) != int(check):
        return None
    return PersonalNumber("".join(found.groups()), int(year), "man" if int(serial) % 2 else "woman")


def _check_digit(digits: str) -> int:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return -sum(number // 10 + number % 10 for number in doubled) % 10
