"""A line of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from dialogs.answers.forms import Raw, first
from dialogs.answers.typed import named, shows
from dialogs.schema.kind import Asked, Kind
from dialogs.schema.values import Telling, Value


class Told(Struct, frozen=True):
    """When a story was told, and in which language: "yesterday" is that of the day on which it was written."""

    on: date
    language: str


class Text(Value, frozen=True, tag="text", omit_defaults=True):
    """Words of one's own."""

    text: str
    told: Told | None = None
    """Where something is listened for in them."""

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see: never the words."""
        return ("text",)

    @property
    def written(self) -> str:
        """The words."""
        return self.text

    def lines(self, telling: Telling) -> Iterable[str]:
        """The words, line by line."""
        return self.text.split("\n")


class ShortText(Kind):
    """A line of one's own."""

    fields = {"text": ""}
    own_words = "text"
    longest = 200
    tells = ("text",)

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The line, without what only a document needs."""
        return Text(words_in(asked, raw, "text", self.most(asked.step)))

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Some words."""
        return {"text": ("Fick vänta länge",)}, {"text": ("Något annat",)}


def words_in(
    asked: Asked,
    raw: Raw,
    field: str,
    most: int,
    missing: str = "required",
    cleaned: Callable[[str], str] = named,
) -> str:
    """What was typed into a field, made clean; refused if there is nothing to see in it, or too much."""
    text = cleaned(first(raw, field))
    if not shows(text):
        raise asked.refused(missing, field)
    if len(text) > most:
        raise asked.refused("too_long", field, limit=most, over=len(text) - most)
    return text


KIND = ShortText()
