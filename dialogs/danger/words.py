"""A text as words with places: case and accents do not matter, and the letters can be pointed at."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

APART = 20
"""How much further away the next sentence lies than the next word: no rule reaches over it by chance."""
# What sits inside a word unseen, or as an accent of its own; and the apostrophes of "don't".
_INSIDE = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f'’‘´`"
_WORD = re.compile(rf"[^\W_](?:[{_INSIDE}]*[^\W_])*[\u0300-\u036f]*")
_ENDS = re.compile(r"[.!?\n](?:(?<=[!?])|(?<=\.)(?<!\.\.)(?=\s|$)|(?<=\n)\s*\n)")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_SWEDISH = str.maketrans("åäöÅÄÖ", "aaoAAO")
"""Most of what is not ASCII: the same as below, in one step."""
_PLAIN = str.maketrans({"ø": "o", "æ": "a", "ß": "s", "ı": "i", "ł": "l", "đ": "d"})


class Word(Struct, frozen=True):
    """One word of a text."""

    word: str
    """As the lists write it: `Sjä\u00adlvmooord` is `sjalvmord`."""
    place: int
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order, with where they stand in it."""
    ends = [match.start() for match in _ENDS.finditer(text)]
    found, place, sentence = [], 0, 0
    folded: dict[str, str] = {}
    for match in _WORD.finditer(text):
        while sentence < len(ends) and ends[sentence] < match.start():
            sentence += 1
            place += APART
        written = match.group()
        if written not in folded:
            folded[written] = fold(written)
        found.append(Word(folded[written], place, match.start(), match.end()))
        place += 1
    return found


def fold(word: str) -> str:
    """A word without case, accents and drawn-out letters."""
    word = word.translate(_SWEDISH)
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(each for each in parts if each.isalnum()).translate(_PLAIN)
    folded = word.casefold()
    if not folded.isalnum():
        folded = "".join(each for each in folded if each.isalnum())
    return _DRAWN_OUT.sub(r"\1", folded)
