"""Sentences for people. They are written in Swedish, marked where they stand, and translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self

from dialogs.locales import grouped


class Counted(str):
    """A sentence that changes with one of its numbers. As text it is the form for many.

    `Counted("{days} dag kvar", "{days} dagar kvar", "days")`: a language may have six forms of it, by its own rule.
    """

    __slots__ = ("by", "one")
    one: str
    by: str

    def __new__(cls, one: str, many: str, by: str) -> Self:
        """Both Swedish forms, and the name of the number."""
        made = super().__new__(cls, many)
        made.one, made.by = one, by
        return made


class Translate(Protocol):
    """Says a Swedish sentence in another language."""

    def __call__(self, sentence: str, /) -> str:
        """The sentence; in Swedish where there is no translation."""

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        """The form for the number by the language's rule."""


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext looks for
    """Marks a sentence for translation; whoever shows it translates it."""
    return sentence


def filled(sentence: str, translate: Translate, language: str, params: Mapping[str, object]) -> str:
    """The sentence in the language with its parts; numbers as people read them."""
    number = params.get(sentence.by) if isinstance(sentence, Counted) else None
    if isinstance(sentence, Counted) and isinstance(number, int):
        text = translate.ngettext(sentence.one, str(sentence), number)
    else:
        text = translate(sentence)
    return text.format(
        **{name: grouped(part, language) if isinstance(part, int) else part for name, part in params.items()}
    )
