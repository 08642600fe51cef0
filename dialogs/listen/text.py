"""A text as words with places, sentences and clauses. Case and accents do not matter; every letter keeps its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

_WHOLE = {"ø": "o", "æ": "a", "ß": "s", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "’": "'", "‘": "'", "´": "'", "`": "'"}
# What sits inside a word unseen, or as an accent of its own.
_INSIDE = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f'"
_TOKEN = re.compile(rf"[^\W_](?:[{_INSIDE}]*[^\W_])*[\u0300-\u036f]*")
_UNSEEN = re.compile(f"[{_INSIDE}]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
# A full stop ends a sentence, unless it is one of several, or stands after an abbreviation or a number: "kl. 9".
_SENTENCE = re.compile(
    # It begins with the signs themselves, so that all other letters are passed by at once.
    r"[.!?…\n](?:(?<=[!?…\n])|(?=\s|$)(?<![.\d]\.)(?<!\b\w\.)(?<!\bkl\.)(?<!\bca\.)(?<!\bavd\.)(?<!\bdr\.)"
    r"|(?<=\d\.)(?=\s+[A-ZÅÄÖ]|\s*$))"
)
_CLAUSE = re.compile(r"[,;:()\"”“«»\-–—](?:(?<![-–—])|(?<=\s[-–—])(?=\s))")
_TURNS = frozenset({"men", "utan", "fast", "eftersom", "medan", "but", "although", "because", "while"})


LATIN = 0x2100
"""Where letters begin that are left as they are."""


class Token(Struct, frozen=True):
    """One word of a text."""

    word: str
    """As the lists write it, and spelled as usual: `Sjä\u00adlvmooord` is `sjalvmord`, "ja" in Swedish is `jag`."""
    start: int
    end: int
    sentence: int
    clause: int
    """Counts through the whole text, so that another sentence is another clause too."""


def fold(text: str) -> str:
    """The text in small letters without accents, as long as it was: letter for letter, so that places hold."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


def word(written: str) -> str:
    """A single word as tokens have it, before the spelling of a language."""
    return _DRAWN_OUT.sub(r"\1", _UNSEEN.sub("", fold(written)))


def tokens(text: str, spelling: Mapping[str, str]) -> tuple[Token, ...]:
    """The words of a text in order, with where they stand in it."""
    return tuple(_tokens(text, fold(text), spelling))


def _tokens(text: str, folded: str, spelling: Mapping[str, str]) -> Iterator[Token]:
    sentences = _places(_SENTENCE, text)
    clauses = _places(_CLAUSE, text)
    sentence = passed = turned = 0
    plainly: dict[str, str] = {}
    for match in _TOKEN.finditer(folded):
        start = match.start()
        while sentence < len(sentences) and sentences[sentence] < start:
            sentence += 1
        while passed < len(clauses) and clauses[passed] < start:
            passed += 1
        # Here accents count: "å" is "och", "ä" is "är".
        written = text[start : match.end()]
        plain = plainly.get(written)
        if plain is None:
            bare = _DRAWN_OUT.sub(r"\1", _UNSEEN.sub("", match.group()))
            plain = plainly[written] = spelling.get(unicodedata.normalize("NFC", written.lower()), bare)
        turned += plain in _TURNS
        yield Token(plain, start, match.end(), sentence, sentence + passed + turned)


def _places(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text)]


class _Letters(dict[int, str]):
    """Letters by what they fold to; those of the Latin alphabets are remembered."""

    def __missing__(self, letter: int) -> str:
        folded = _letter(chr(letter))
        if letter < LATIN:
            self[letter] = folded
        return folded


def _bare(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", letter.lower())
    return apart[0] if apart and apart[0].isalnum() else letter


def _letter(letter: str) -> str:
    if letter in _WHOLE:
        return _WHOLE[letter]
    small = letter.lower()
    if len(small) != 1:
        small = letter
    return _WHOLE.get(small) or (_bare(small) if ord(small) < LATIN else small)


_LETTERS = _Letters()
