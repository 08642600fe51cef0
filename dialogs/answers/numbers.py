"""Numbers as people read them."""

from __future__ import annotations

from collections.abc import Mapping

MARKS = {"sv": "\u00a0"}
"""What stands between thousands; in Swedish a space at which no line is broken."""


def grouped(number: int, language: str) -> str:
    """`8 000` in Swedish, `8,000` in English."""
    return f"{number:,}".replace(",", MARKS.get(language, ","))


def filled(sentence: str, language: str, params: Mapping[str, object]) -> str:
    """The sentence with its parts; numbers as people read them."""
    parts = {name: grouped(part, language) if isinstance(part, int) else part for name, part in params.items()}
    return sentence.format(**parts)
