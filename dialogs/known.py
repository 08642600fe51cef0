"""What is known on the way through a dialog: answers and facts as conditions read them, and what follows from them."""

from __future__ import annotations

from dialogs.kinds import kind_of
from dialogs.schema.conditions import Knowledge, holds
from dialogs.schema.model import Dialog, Ending, Step
from dialogs.schema.routing import offered, target
from dialogs.schema.values import Answers, DialogContext, Skipped, Value


class Known:
    """Answers and facts, as conditions may read them."""

    def __init__(self, answers: Answers, facts: DialogContext) -> None:
        self._answers = answers
        self._facts = facts

    def picked(self, step: str) -> tuple[str, ...]:
        """What was picked at a step; nothing if it has no answer."""
        value = self._answers.get(step)
        return value.picked if value is not None else ()

    def fact(self, name: str) -> bool:
        """Whether the server knows this to be so."""
        return bool(getattr(self._facts, name))


def still_fits(dialog: Dialog, step: Step, value: Value | None, known: Knowledge) -> bool:
    """Whether there is an answer that can still be given: an earlier change may have withdrawn the choice."""
    if value is None:
        return False
    if isinstance(value, Skipped):
        return step.optional
    if not kind_of(step).offers:
        return True
    choices = {choice.id for choice in offered(dialog, step, known)}
    return choices.issuperset(value.picked)


def likely_after(dialog: Dialog, step: Step, known: Knowledge) -> Step | None:
    """What probably comes after a step without an answer: by what is known, but never a way out."""
    ways = (target(dialog, rule.to) for rule in step.next if holds(rule.when, known))
    return next((way for way in ways if not isinstance(way, Ending)), None)
