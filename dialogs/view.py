"""All that a page needs to draw the guided chat: the talk so far, the question now, a way out, the review."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from dialogs.display import display, step_text, words
from dialogs.engine import Progress, choices_at, known_from, path, remaining, walk
from dialogs.kinds import KINDS, AnyValue, kind_of
from dialogs.schema.model import Dialog, Ending, EndingText, Setting, Step, StepText
from dialogs.schema.values import Answers, DialogContext

TRIES_BEFORE_HELP = 2
"""After so many refused answers the example and a way out are shown."""


class Option(Struct, frozen=True):
    """A choice to draw."""

    id: str
    label: str
    hint: str
    picked: bool
    exclusive: bool


class Question(Struct, frozen=True, kw_only=True):
    """A question to draw. `value` is the answer already given, when it is being changed."""

    id: str
    kind: str
    question: str
    hint: str
    why: str
    example: str
    optional: bool
    options: tuple[Option, ...]
    max_length: int
    settings: Mapping[str, Setting]
    """What the definition sets of it, with what is usual where it says nothing."""
    fields: tuple[str, ...]
    value: AnyValue | None
    progress: Progress


class Turn(Struct, frozen=True, kw_only=True):
    """A question and its answer. `label` is the short form for the review."""

    id: str
    kind: str
    question: str
    label: str
    lines: tuple[str, ...]


class WayOut(Struct, frozen=True, kw_only=True):
    """A way out to draw: its words, whether one can go on, and which answer led here."""

    id: str
    text: EndingText
    can_resume: bool
    change: str


def question(dialog: Dialog, step: Step, answers: Answers, facts: DialogContext, language: str) -> Question:
    """The question at a step of the path."""
    text = step_text(dialog, step, language, known_from(dialog, answers, facts))
    value = answers.get(step.id)
    return Question(
        id=step.id,
        kind=step.kind,
        question=text.question,
        hint=text.hint,
        why=text.why,
        example=text.example,
        optional=step.optional,
        options=_options(dialog, step, answers, facts, language),
        max_length=kind_of(step).most(step),
        settings=msgspec.to_builtins(kind_of(step).set_by(step)),
        fields=tuple(kind_of(step).fields),
        value=value,
        progress=_progress_at(dialog, step, answers, facts),
    )


def transcript(
    dialog: Dialog, answers: Answers, facts: DialogContext, language: str, names: Mapping[str, str] | None = None
) -> tuple[Turn, ...]:
    """The questions answered so far, in order."""
    way = walk(dialog, answers, facts)
    known = known_from(dialog, answers, facts)
    return tuple(
        _turn(
            step, step_text(dialog, step, language, known), display(dialog, step, way.answers[step.id], language, names)
        )
        for step in way.steps
    )


def summary(
    dialog: Dialog, answers: Answers, facts: DialogContext, language: str, names: Mapping[str, str] | None = None
) -> tuple[Turn, ...]:
    """What is shown before sending: the transcript without notes that were only read."""
    return tuple(turn for turn in transcript(dialog, answers, facts, language, names) if KINDS[turn.kind].asks)


def way_out(dialog: Dialog, ending: Ending, language: str) -> WayOut:
    """The words of a way out."""
    return WayOut(
        id=ending.id,
        text=words(dialog, language).endings[ending.id],
        can_resume=bool(ending.resume),
        change=ending.change,
    )


def _options(dialog: Dialog, step: Step, answers: Answers, facts: DialogContext, language: str) -> tuple[Option, ...]:
    texts = words(dialog, language).steps[step.offers_from or step.id].choices
    value = answers.get(step.id)
    picked = value.picked if value is not None else ()
    if own := kind_of(step).own_choices:
        return tuple(Option(id, texts[id].label, texts[id].hint, id in picked, False) for id in own)
    return tuple(
        Option(choice.id, texts[choice.id].label, texts[choice.id].hint, choice.id in picked, choice.exclusive)
        for choice in choices_at(dialog, answers, step, facts)
    )


def _progress_at(dialog: Dialog, step: Step, answers: Answers, facts: DialogContext) -> Progress:
    """Where the step lies, also when an earlier answer is being changed."""
    ids = [each.id for each in path(dialog, answers, facts)]
    total = remaining(dialog, answers, facts).total
    return Progress(number=ids.index(step.id) + 1 if step.id in ids else total, total=total)


def _turn(step: Step, text: StepText, lines: list[str]) -> Turn:
    return Turn(
        id=step.id,
        kind=step.kind,
        question=text.question,
        label=text.label,
        lines=tuple(lines),
    )
