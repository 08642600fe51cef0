"""Receipt codes: what somebody who files without saying who they are opens their case with.

Twenty letters in groups of four. The first nineteen are chance, almost 86 bits; the last one follows from them, so that
a slip of the pen is told before anything is looked up. There are 23 letters, none of which is easily taken for another;
as 23 is a prime, each single wrong letter and each two that changed places give another last one.
"""

from dialogs.errors import Category, Refused

LETTERS = "34679ACDEFHJKLMNPRTVWXY"
"""Not 0, O, Q, 1, I, 2, Z, 5, S, 8, B, G and U: each of them looks like another one."""
GROUP, LENGTH = 4, 20
MOST_TYPED = 100
"""Letters that are looked at, with whatever people put between them."""


class NotACode(Refused):
    """What was typed cannot be a code: it has a slip in it, and was not looked up."""

    code = "not_a_code"
    category = Category.INVALID


def code_of(chance: bytes) -> str:
    """A code made of at least 16 random bytes, as it is kept by people: `XXXX-XXXX-XXXX-XXXX-XXXX`."""
    if len(chance) < 16:
        raise ValueError("too little chance for a code")
    number, digits = int.from_bytes(chance), list[int]()
    for _ in range(LENGTH - 1):
        number, digit = divmod(number, len(LETTERS))
        digits.append(digit)
    digits.append(-_sum(digits) % len(LETTERS))
    return grouped("".join(LETTERS[digit] for digit in digits))


def read_code(typed: str) -> str:
    """The code in what somebody typed or pasted, in one piece; spaces, signs and small letters do not matter.

    Raises NotACode.
    """
    letters = "".join(letter for letter in typed[:MOST_TYPED].upper() if letter.isalnum())
    digits = [LETTERS.find(letter) for letter in letters]
    if len(digits) != LENGTH or -1 in digits or _sum(digits) % len(LETTERS):
        raise NotACode
    return letters


def grouped(code: str) -> str:
    """The code as people read it."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def last_group(code: str) -> str:
    """What is typed to show that the code was saved."""
    return code[-GROUP:]


def _sum(digits: list[int]) -> int:
    """Zero, within 23, for a whole code: each letter counts by its place, the last one by itself."""
    return sum(digit * (LENGTH - place) for place, digit in enumerate(digits))
