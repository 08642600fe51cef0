"""What was heard in the story, shown to be confirmed or changed. What is taken is the answer to its own question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogs.answers.forms import Raw
from dialogs.schema.kind import Asked, Kind, Picks
from dialogs.schema.values import Telling, Value

PROPOSED = "heard-"
"""Before the id of a question: the field in which its proposal is taken."""
AGREED = {"sv": "Det stämmer", "en": "That’s right"}


class Understood(Value, frozen=True, tag="understood"):
    """Somebody has looked at what was heard in a story. What they took of it stands as answers, not here."""

    story: str = ""
    """Which story it was: a digest of its words."""
    lexicon: str = ""
    """By which lists it was listened to."""
    shown: Mapping[str, Picks] = {}
    """What was proposed, by question: what was left is not brought up again."""

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return ("understood",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """That it was looked at."""
        yield telling.of(AGREED)


class WhatWasHeard(Kind):
    """Proposals, each in a field of its own: what stands on the page is what is taken, and nothing else."""

    in_case = False
    tells = ("understood",)
    asks = False
    confirms = True

    def takes(self, field: str) -> bool:
        """A field for each proposal."""
        return field.startswith(PROPOSED)

    def read(self, asked: Asked, raw: Raw) -> Value:
        """That it was looked at; what was taken is read by its own question (`dialogs/proposals.py`)."""
        return Understood()

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Taking nothing."""
        return ({},)


KIND = WhatWasHeard()
