"""Several choices at once. One that is exclusive ("No, none of these") stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from dialogs.answers.forms import Raw
from dialogs.kinds.one import OneOf
from dialogs.schema.kind import Asked, Picks
from dialogs.schema.model import Choice
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_


class Several(Value, frozen=True, tag="several"):
    """Some choices were picked, in the order in which they are offered."""

    choices: Picks

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return self.choices

    def lines(self, telling: Telling) -> Iterable[str]:
        """A line for each."""
        return map(telling.choice, self.choices)


class SomeOf(OneOf):
    """Some choices out of several."""

    picks_one = False
    hears = "choices"
    sentences = {
        "choose_some": N_("Välj minst ett alternativ för att gå vidare."),
        "exclusive_choice": N_("Två av dina val går inte ihop. Välj ”nej” eller välj något av de andra."),
    }

    def read(self, asked: Asked, raw: Raw) -> Value:
        """What was picked, in the order of the definition: the same picks give the same bytes."""
        picked = set(raw.get("choice", ()))
        if not picked:
            raise asked.refused("choose_some", "choice")
        if not picked.issubset(asked.choices):
            raise asked.refused("unknown_choice", "choice")
        if len(picked) > 1 and any(choice.exclusive for choice in asked.step.choices if choice.id in picked):
            raise asked.refused("exclusive_choice", "choice")
        return Several(tuple(choice for choice in asked.choices if choice in picked))

    def within(self, part: Value, whole: Value) -> bool:
        """Whether these are among what was picked."""
        return set(part.picked) <= set(whole.picked)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Each choice alone, and all together that can be."""
        alone = {choice.id for choice in asked.step.choices if choice.exclusive}
        together = tuple(choice for choice in asked.choices if choice not in alone)
        return (*super().examples(asked), *([{"choice": together}] if together else []))

    def ways(self, choices: tuple[Choice, ...]) -> Iterator[Picks]:
        """Each choice alone, each pair, and all together."""
        yield from super().ways(choices)
        together = tuple(choice.id for choice in choices if not choice.exclusive)
        yield from combinations(together, 2)
        yield together


KIND = SomeOf()
