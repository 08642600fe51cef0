"""Yes or no to something that needs a yes."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.answers.forms import Raw
from dialogs.kinds.one import OneOf, the_choice
from dialogs.schema.kind import Asked, Picks
from dialogs.schema.values import Telling, Value

YES, NO = "yes", "no"


class Consent(Value, frozen=True, tag="consent"):
    """Yes or no to something that needs a yes."""

    given: bool

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return (YES,) if self.given else (NO,)

    def lines(self, telling: Telling) -> Iterable[str]:
        """The yes or the no, as the definition words it."""
        return map(telling.choice, self.picked)


class YesOrNo(OneOf):
    """Yes or no. Both are there in every definition."""

    in_case = False
    offers = False
    hears = ""
    own_choices = (YES, NO)

    def read(self, asked: Asked, raw: Raw) -> Value:
        """Whether it was a yes."""
        return Consent(the_choice(asked, raw, self.own_choices) == YES)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Both."""
        return tuple({"choice": (choice,)} for choice in self.own_choices)


KIND = YesOrNo()
