"""How easy a text is to read: LIX, words per sentence plus the share of words over six letters in percent."""

from __future__ import annotations

import re

LIMIT = 38
"""The most that a text for citizens may have."""
LIMIT_OF_GUIDE = 30
"""The most that may have what the guide says: its questions, choices, reasons, refusals and ways out."""
LONG_WORD = 6
"""Words with more letters than this count as long."""

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_END = re.compile(r"[.!?:]+(?=\s|[”\"’)]|$)|\n+")


def lix(text: str) -> float:
    """The LIX of a text; 0 if there are no words.

    A line ends a sentence: headings and list items have no full stop.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for sentence in _END.split(text) if _WORD.search(sentence))
    long_words = sum(1 for word in words if len(word) > LONG_WORD)
    return len(words) / sentences + 100 * long_words / len(words)
