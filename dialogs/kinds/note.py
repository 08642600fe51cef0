"""Something to read before going on."""

from __future__ import annotations

from dialogs.answers.forms import Raw
from dialogs.schema.kind import Asked, Kind
from dialogs.schema.values import Seen, Value


class Note(Kind):
    """Nothing is asked: one goes on."""

    tells = ("seen",)
    asks = False

    def read(self, asked: Asked, raw: Raw) -> Value:
        """That it was read."""
        return Seen()

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Going on."""
        return ({},)


KIND = Note()
