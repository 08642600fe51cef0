"""Small numbers are protected, also against subtraction: what is shown to those who may not read the cases.

Every fact has a key that nobody sees. A number is shown with a deviation that follows from the sum of the keys of
those it counts (the cell key method of the census bureaus): the same people counted give the same number, wherever
and whenever it is shown, so that nothing is gained by asking again; and two numbers that differ by one person deviate
each in its own way, so that their difference tells nothing of that person. The deviation is usually 0 or 1, and has no
bound: so no set of equations and inequalities over any number of tables holds a number fast. What is below five after
that is shown as fewer than five, nought included.
"""

from hashlib import blake2b

FEWEST = 5
"""What is shown as a number at all."""
SHARE = 0.5
"""Each step further from the truth is so many times as likely as the one before."""
_WHOLE = 1 << 64


def deviation(key: int, number: int) -> int:
    """By how much a number is shown otherwise, from the sum of the keys of what it counts."""
    if number == 0:
        return 0
    digest = blake2b(f"{key}:{number}".encode(), digest_size=9).digest()
    chance, sign = int.from_bytes(digest[:8]) / _WHOLE, -1 if digest[8] & 1 else 1
    # P(0) = (1 - s) / (1 + s), P(d) = P(0) · s^|d|: walked from the middle outwards.
    step, left = 0, chance
    here = (1 - SHARE) / (1 + SHARE)
    while left >= here and step < 60:
        left -= here
        here = here * SHARE * (2 if step == 0 else 1)
        step += 1
    return sign * step


def shown(number: int, key: int) -> int | None:
    """The number as it may be shown to everybody; None: fewer than five."""
    told = number + deviation(key, number)
    return told if told >= FEWEST else None
