"""The way through a dialog. The position is never stored: it follows from the answers, the definition and the facts."""

from __future__ import annotations

from msgspec import Struct

from dialogs.answers.forms import Raw
from dialogs.errors import Invalid
from dialogs.kinds import kind_of, validate
from dialogs.schema.conditions import Knowledge, holds
from dialogs.schema.model import Choice, Dialog, Ending, Step
from dialogs.schema.routing import after, offered, target
from dialogs.schema.values import Answers, DialogContext, Seen, Skipped, Value


class Walk(Struct, frozen=True):
    """How far the answers lead: the answered steps in order, their answers, and where one stands now."""

    steps: tuple[Step, ...]
    answers: dict[str, Value]
    now: Step | Ending | None
    """The question to answer, the way out that was reached, or None: ready for review."""

    def picked(self, step: str) -> tuple[str, ...]:
        """What was picked at a step of the path; nothing if it has no answer there."""
        value = self.answers.get(step)
        return value.picked if value is not None else ()


class Progress(Struct, frozen=True):
    """For "Fråga 3 av 8". The total is an estimate: it assumes the usual way from here on."""

    number: int
    total: int


def advance(dialog: Dialog, answers: Answers, facts: DialogContext) -> Step | Ending | None:
    """The question to answer now, the way out that was reached, or None when all is ready for review."""
    return walk(dialog, answers, facts).now


def path(dialog: Dialog, answers: Answers, facts: DialogContext) -> tuple[Step, ...]:
    """The answered steps on the path in order, and the current one last if there is one."""
    way = walk(dialog, answers, facts)
    return (*way.steps, way.now) if isinstance(way.now, Step) else way.steps


def answer(dialog: Dialog, answers: Answers, step_id: str, raw: Raw, facts: DialogContext) -> dict[str, Value]:
    """The answers with one more, or one changed. Later answers are kept; those off the new path lie hidden.

    Refuses, by name, what does not fit the step, and any answer to a step that is not on the path.
    """
    way = walk(dialog, answers, facts)
    if isinstance(way.now, Ending) and way.now.id == step_id and way.now.resume:
        return {**answers, step_id: Seen()}
    step = _on_path(way, step_id)
    known = _Known(_before(way, step), facts)
    choices = tuple(choice.id for choice in offered(dialog, step, known))
    return {**answers, step_id: validate(step, raw, choices, facts)}


def choices_at(dialog: Dialog, answers: Answers, step: Step, facts: DialogContext) -> tuple[Choice, ...]:
    """What can be picked at a step of the path."""
    return offered(dialog, step, _Known(_before(walk(dialog, answers, facts), step), facts))


def known_from(dialog: Dialog, answers: Answers, facts: DialogContext) -> Knowledge:
    """What conditions may read: the answers on the path, and the facts."""
    return _Known(walk(dialog, answers, facts).answers, facts)


def remaining(dialog: Dialog, answers: Answers, facts: DialogContext) -> Progress:
    """Which question one stands at, and about how many there are."""
    way = walk(dialog, answers, facts)
    known = _Known(way.answers, facts)
    total = len(way.steps)
    node = target(dialog, way.now.resume) if isinstance(way.now, Ending) and way.now.resume else way.now
    while isinstance(node, Step):
        total += holds(node.when, known)
        node = _likely(dialog, node, known)
    return Progress(number=min(len(way.steps) + 1, total), total=total)


def walk(dialog: Dialog, answers: Answers, facts: DialogContext) -> Walk:
    """Follow the answers from the first step as far as they reach."""
    steps: list[Step] = []
    # Conditions read only what lies on the path, so a hidden answer can never steer.
    given: dict[str, Value] = {}
    known = _Known(given, facts)
    node = target(dialog, dialog.first)
    while node is not None:
        if isinstance(node, Ending):
            if not node.resume or node.id not in answers:
                break
            node = target(dialog, node.resume)
            continue
        if holds(node.when, known):
            if not _still_fits(dialog, node, answers.get(node.id), known):
                break
            steps.append(node)
            given[node.id] = answers[node.id]
        node = after(dialog, node, known)
    return Walk(steps=tuple(steps), answers=given, now=node)


def _likely(dialog: Dialog, step: Step, known: Knowledge) -> Step | None:
    """What probably comes after a step without an answer: by what is known, but never a way out."""
    ways = (target(dialog, rule.to) for rule in step.next if holds(rule.when, known))
    return next((way for way in ways if not isinstance(way, Ending)), None)


class _Known:
    """Answers and facts, as conditions may read them."""

    def __init__(self, answers: Answers, facts: DialogContext) -> None:
        self._answers = answers
        self._facts = facts

    def picked(self, step: str) -> tuple[str, ...]:
        value = self._answers.get(step)
        return value.picked if value is not None else ()

    def fact(self, name: str) -> bool:
        return bool(getattr(self._facts, name))


def _still_fits(dialog: Dialog, step: Step, value: Value | None, known: _Known) -> bool:
    """Whether there is an answer that can still be given: an earlier change may have withdrawn the choice."""
    if value is None:
        return False
    if isinstance(value, Skipped):
        return step.optional
    if not kind_of(step).offers:
        return True
    choices = {choice.id for choice in offered(dialog, step, known)}
    return choices.issuperset(value.picked)


def _on_path(way: Walk, step_id: str) -> Step:
    here = (*way.steps, way.now)
    step = next((step for step in here if isinstance(step, Step) and step.id == step_id), None)
    if step is None:
        raise Invalid("not_on_path", step_id)
    return step


def _before(way: Walk, step: Step) -> dict[str, Value]:
    """The answers that come before the step: those that its choices may depend on."""
    before: dict[str, Value] = {}
    for earlier in way.steps:
        if earlier.id == step.id:
            break
        before[earlier.id] = way.answers[earlier.id]
    return before
