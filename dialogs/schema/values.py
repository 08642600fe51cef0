"""Answers: one frozen value per step. They survive JSON unchanged, and know which choices conditions may read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct

from dialogs.schema.hearing import Heard


class Telling(Struct, frozen=True):
    """What an answer is told with: the language, how its choices are worded, what units and files are called."""

    language: str
    choice: Callable[[str], str]
    name: Callable[[str], str]

    def of(self, texts: Mapping[str, str]) -> str:
        """The text in the language; in Swedish if there is no other."""
        return texts.get(self.language) or texts["sv"]


class Value(Struct, frozen=True):
    """An answer. Each kind of question has its own: `dialogs/kinds/`."""

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see: choices, or which sort of answer it is. Never what was typed."""
        return ()

    @property
    def written(self) -> str:
        """What was typed in words of one's own, for whoever looks for danger in it; empty if nothing was."""
        return ""

    def lines(self, telling: Telling) -> Iterable[str]:
        """The answer as a person reads it again."""
        return ()


class Seen(Value, frozen=True, tag="seen"):
    """A note was read, or a way out was passed by."""

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("seen",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """That it was read."""
        yield telling.of(READ)


class Skipped(Value, frozen=True, tag="skipped"):
    """An optional question was left without an answer."""

    def lines(self, telling: Telling) -> Iterable[str]:
        """That it was left out."""
        yield telling.of(LEFT_OUT)


READ = {"sv": "Jag har läst", "en": "I have read this"}
LEFT_OUT = {"sv": "Hoppade över", "en": "Skipped"}

Answers = Mapping[str, Value]


class DialogContext(Struct, frozen=True, kw_only=True):
    """What the server knows that the answers do not say. The yes-or-no fields may be read by conditions.

    Made anew for each request: `unit_receives` and `board_receives` follow from the place in the answers.
    """

    today: date
    units: Collection[str] = ()
    """Ids of the units that can be picked as a place."""
    files: Collection[str] = ()
    """Ids of the files that hang on this draft."""
    unit_receives: bool = False
    """The place is a unit that takes cases here."""
    board_receives: bool = False
    """The place's region has a board that takes cases here. For a place in free text: this region's board."""
    age_known: bool = False
    sex_known: bool = False
    language: str = "sv"
    """The language in which the questions are asked."""
    heard: Mapping[str, tuple[Heard, ...]] = {}
    """What was heard in the story of the answers, by hearer. Proposals: nothing follows from them by itself."""
    lexicon: str = ""
    """By which lists it was listened to."""
