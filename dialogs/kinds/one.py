"""One choice out of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogs.answers.forms import Raw
from dialogs.schema.kind import Asked, Kind, Picks
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_, Translate


class One(Value, frozen=True, tag="one"):
    """One choice was picked."""

    choice: str

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return (self.choice,)

    def lines(self, telling: Telling) -> Iterable[str]:
        """The choice in words."""
        yield telling.choice(self.choice)


class OneOf(Kind):
    """One choice out of several."""

    fields = {"choice": N_("Du valde")}
    chosen = frozenset({"choice"})
    picks_one = True
    offers = True
    hears = "choice"

    def of_heard(self, said: object) -> Raw:
        """The choice by its id."""
        return {"choice": (said,)} if isinstance(said, str) else {}

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The choice, which must be offered."""
        return One(the_choice(asked, raw, asked.choices))

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Each choice."""
        return tuple({"choice": (choice,)} for choice in asked.choices)

    def retold(self, sent: Raw, telling: Telling, say: Translate) -> Iterator[tuple[str, str]]:
        """Each choice in words: two may have been sent."""
        for choice in sent.get("choice", ()):
            yield say(self.fields["choice"]), telling.choice(choice)


def the_choice(asked: Asked, raw: Raw, choices: Picks) -> str:
    """The one that was picked among these; or a refusal by name."""
    picked = raw.get("choice", ())
    if len(picked) != 1:
        raise asked.refused("choose_one", "choice")
    if picked[0] not in choices:
        raise asked.refused("unknown_choice", "choice")
    return picked[0]


KIND = OneOf()
