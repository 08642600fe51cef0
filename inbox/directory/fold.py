"""Text as the search sees it: no case, no accents, only words."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
# The blocks of combining marks that are written on Latin, Greek and Cyrillic letters.
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Letters that do not come apart into a base letter and an accent.
_WHOLE = str.maketrans({"ø": "o", "æ": "a", "ß": "ss", "ð": "d", "þ": "th", "ł": "l"})


def fold(text: str) -> str:
    """Small letters without accents: `Sjöstad` and `SJOSTAD` become the same."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    # Once more: a few compatibility characters come apart into capital letters.
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart).casefold()).translate(_WHOLE)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


def stem(word: str) -> str:
    """The word without a Swedish ending for "the" or "of", if enough of it is left: `vardcentralen` → `vardcentral`."""
    for ending in ("arnas", "ernas", "arna", "erna", "ens", "ets", "en", "et", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
