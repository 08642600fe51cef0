"""What people type: made clean, and whether there is anything to see in it."""

import re
import unicodedata


def clean(text: str) -> str:
    """The text in one Unicode form, without control signs and blank ends."""
    lines = with_line_ends(unicodedata.normalize("NFC", text))
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def with_line_ends(text: str) -> str:
    """The text with a new line wherever a program has written that one begins: left out, words would run together."""
    return _LINE_END.sub("\n", text) if _LINE_END.search(text) else text


def line(text: str) -> str:
    """A number, a code or a date as it is read aloud: plain spaces and dashes, and nothing that draws nothing.

    Pasted out of address books and documents they carry marks of direction, joiners, hard spaces, and digits of other
    shapes.
    """
    plain = unicodedata.normalize("NFKC", clean(text))
    return "".join(_plain(sign) for sign in plain if unicodedata.category(sign) != "Cf").strip()


def named(text: str) -> str:
    """A name, a title or a street: on one line, without the marks that address books and documents leave in it.

    Joiners stay: names in some scripts are not spelled without them.
    """
    return " ".join("".join(sign for sign in clean(text) if sign not in _MARKS).split())


def _plain(sign: str) -> str:
    match unicodedata.category(sign):
        case "Pd":
            return "-"
        case "Zs" | "Cc":
            return " "
        case "Nd":
            return str(unicodedata.decimal(sign))
    return "-" if sign in _DASHES else sign


def shows(text: str) -> bool:
    """Whether there is anything to see: white space, control characters and letters without width do not count."""
    return any(unicodedata.category(letter) not in _UNSEEN and letter not in _BLANK for letter in text)


_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
"""What programs write where a line ends."""
_DASHES = "\u2212\u2043\u30fc"
"""What stands for a dash, by whatever name: a minus, a bullet, a long vowel typed between wide digits."""
_MARKS = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
"""Marks of direction, of the order of bytes, and of where a word may be parted."""
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_BLANK = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters by name that draw nothing."""
