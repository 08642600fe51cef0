"""A story, read once for all who listen to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field

from dialogs.listen.lexicon import load, spelling
from dialogs.listen.places import Places
from dialogs.listen.standing import Hit, Reading, Standing
from dialogs.listen.text import Token, tokens

T = TypeVar("T")
UP_TO = 10_000
"""Letters that are listened to: what comes after them is read by people alone."""


class Story(Struct, frozen=True):
    """What somebody has told."""

    text: str
    lang: str
    today: date
    places: Places
    tokens: tuple[Token, ...]
    read: dict[str, Any] = field(default_factory=dict)
    """What was already read of it, for whoever asks again. Goes when the story goes: nothing of it is kept."""

    @property
    def standing(self) -> Standing:
        """All lists of its language, as they meet this text."""
        return self.once("lists", lambda: Standing(load(self.lang), self.tokens))

    def list(self, name: str) -> Reading:
        """A list of its language, as it meets this text."""
        return self.once(f"list {name}", lambda: self.standing.list(name))

    def find(self, name: str) -> Sequence[Hit]:
        """Where the phrases of a list stand, in the order of the text."""
        return self.list(name).hits

    def once(self, name: str, reading: Callable[[], T]) -> T:
        """What somebody reads in it, read only once."""
        if name not in self.read:
            self.read[name] = reading()
        found: T = self.read[name]
        return found

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The letters from a token up to a token."""
        return self.tokens[first].start, self.tokens[last - 1].end


def story_of(text: str, lang: str, today: date, places: Places) -> Story:
    """The story with its words."""
    heard = text[:UP_TO]
    return Story(heard, lang, today, places, tokens(heard, spelling(lang)))
