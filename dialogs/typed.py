"""What people type: made clean, and whether there is anything to see in it."""

import unicodedata


def clean(text: str) -> str:
    """The text in one Unicode form, without control signs and blank ends."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def shows(text: str) -> bool:
    """Whether there is anything to see: white space, control characters and letters without width do not count."""
    return any(unicodedata.category(letter) not in _UNSEEN and letter not in _BLANK for letter in text)


_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_BLANK = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters by name that draw nothing."""
