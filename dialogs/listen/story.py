"""A story, read once for all who listen to it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from dialogs.listen.lexicon import Hit, load, spelling
from dialogs.listen.places import Places
from dialogs.listen.text import Token, tokens

UP_TO = 10_000
"""Letters that are listened to: what comes after them is read by people alone."""


class Story(Struct, frozen=True):
    """What somebody has told."""

    text: str
    lang: str
    today: date
    places: Places
    tokens: tuple[Token, ...]

    def find(self, name: str) -> list[Hit]:
        """Where the phrases of a list stand, in the order of the text."""
        return load(self.lang, name).find(self.tokens)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The letters from a token up to a token."""
        return self.tokens[first].start, self.tokens[last - 1].end


def story_of(text: str, lang: str, today: date, places: Places) -> Story:
    """The story with its words."""
    heard = text[:UP_TO]
    return Story(heard, lang, today, places, tokens(heard, spelling(lang)))
