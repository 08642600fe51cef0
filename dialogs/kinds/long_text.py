"""As much as one needs to tell, up to a limit that is told."""

from __future__ import annotations

from dialogs.answers.forms import Raw
from dialogs.answers.typed import clean
from dialogs.kinds.short_text import ShortText, Text, words_in
from dialogs.schema.kind import Asked
from dialogs.schema.values import Value


class LongText(ShortText):
    """A story, with its lines."""

    longest = 8_000
    listens = True

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The story, line by line as it was written."""
        return Text(words_in(asked, raw, "text", self.most(asked.step), cleaned=clean))

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Some lines, as two browsers send them."""
        return {"text": ("Jag ringde tre dagar i rad.",)}, {"text": ("Ingen svarade.\r\nJag gav upp.",)}


KIND = LongText()
