"""The Swedish alphabet: å, ä and ö come last, and numbers by their size, so that Avdelning 3 stands before 11."""

import re
import unicodedata

_PARTS = re.compile(r"(\d+)")
# Behind z, in this order. Their neighbours' letters stand with them, as in Swedish reference books.
_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}

Place = tuple[tuple[int, int, str], ...]
"""Where a text stands among others. Only compared."""


def alphabetical(text: str) -> Place:
    """What to sort names by, as the key of `sorted`."""
    parts = (part for part in _PARTS.split(text.casefold().strip()) if part)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, _letters(part)) for part in parts)


def _letters(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(_LAST.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in composed)
