"""All that a page needs to draw the guided chat: the talk so far, the question now, a way out, the review."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dialogs.chapters import Progressing, part_at
from dialogs.display import display, step_text, words
from dialogs.engine import Progress, choices_at, known_from, path, remaining, walk
from dialogs.kinds import KINDS, AnyValue, kind_of
from dialogs.proposals import heard_for_sure, origins
from dialogs.schema.conditions import Knowledge, holds
from dialogs.schema.model import Dialog, Ending, EndingText, Setting, Step, StepText
from dialogs.schema.values import Answers, DialogContext, Skipped, Value

Opened = frozenset[tuple[str, str]]
TRIES_BEFORE_HELP = 2
"""After so many refused answers the example and a way out are shown."""


class Option(Struct, frozen=True):
    """A choice to draw."""

    id: str
    label: str
    hint: str
    picked: bool
    exclusive: bool
    opens: str = ""
    """Numbers of the questions beside it that are asked where it is picked."""


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
    chapter: Progressing | None = None
    """Where it lies among the parts of the talk, if the definition has parts."""
    beginnings: tuple[str, ...] = ()
    """First words to take."""
    chips: bool = False
    """Whether each choice is a button that sends: there are few, one is picked, and nothing else is on the page."""
    beside: tuple[Beside, ...] = ()
    """What is asked on the same page."""


class Beside(Struct, frozen=True, kw_only=True):
    """A question on the page of another one. Its fields begin with its id and two dashes."""

    question: Question
    opened: str
    """The number by which a choice of the page opens it; empty if it is always asked."""


class Turn(Struct, frozen=True, kw_only=True):
    """A question and its answer. `label` is the short form for the review."""

    id: str
    kind: str
    question: str
    label: str
    lines: tuple[str, ...]
    reply: str = ""
    """What the guide says to the answer; mostly nothing."""
    from_story: bool = False
    """Whether the story says so."""
    left_out: bool = False
    """Whether it was left without an answer."""


class WayOut(Struct, frozen=True, kw_only=True):
    """A way out to draw: its words, whether one can go on, and which answer led here."""

    id: str
    text: EndingText
    can_resume: bool
    change: str


FEW = 6
"""So many choices can be buttons that send."""


def question(dialog: Dialog, step: Step, answers: Answers, facts: DialogContext, language: str) -> Question:
    """The question at a step of the path, with those of the same page. What is sure in the story stands in it."""
    known = known_from(dialog, answers, facts)
    beside = questions_beside(dialog, step, known)
    asked = _question(dialog, step, answers, facts, language, known)
    few = len(asked.options) <= FEW and not beside and any(each.listens for each in dialog.steps)
    return replace(
        asked,
        chips=few and kind_of(step).picks_one,
        options=_opening(asked.options, step, beside),
        beside=tuple(
            Beside(
                question=replace(each, options=_opening(each.options, other, beside)),
                opened=str(number) if opened else "",
            )
            for number, (other, opened) in enumerate(beside, 1)
            for each in [_question(dialog, other, answers, facts, language, known)]
        ),
    )


def beginnings(dialog: Dialog, step: Step, answers: Answers, facts: DialogContext, language: str) -> tuple[str, ...]:
    """First words of a long text, to take."""
    return step_text(dialog, step, language, known_from(dialog, answers, facts)).beginnings


def questions_beside(dialog: Dialog, step: Step, known: Knowledge) -> tuple[tuple[Step, Opened], ...]:
    """What may be asked on a step's page, each with what opens it, by step and choice; nothing where all are asked."""
    sharing = tuple(each for each in dialog.steps if each.beside == step.id)
    fixed = _Supposing(known, dict.fromkeys((step.id, *(each.id for each in sharing)), ()))
    found = []
    for each in sharing:
        always = holds(each.when, fixed)
        opened = frozenset(
            (by.id, choice)
            for by in (step, *sharing)
            for choice in kind_of(by).readable(by)
            if not always and holds(each.when, _Supposing(fixed, {by.id: (choice,)}))
        )
        if always or opened:
            found.append((each, opened))
    return tuple(found)


class _Supposing:
    """What is known, if something else were picked at some steps."""

    def __init__(self, known: Knowledge, picked: Mapping[str, tuple[str, ...]]) -> None:
        self._known = known
        self._picked = picked

    def picked(self, step: str) -> tuple[str, ...]:
        return self._picked[step] if step in self._picked else self._known.picked(step)

    def fact(self, name: str) -> bool:
        return self._known.fact(name)


def _opening(options: tuple[Option, ...], step: Step, beside: tuple[tuple[Step, Opened], ...]) -> tuple[Option, ...]:
    def numbers(choice: str) -> str:
        return " ".join(str(number) for number, (_, opened) in enumerate(beside, 1) if (step.id, choice) in opened)

    return tuple(replace(option, opens=numbers(option.id)) for option in options)


def _question(
    dialog: Dialog, step: Step, answers: Answers, facts: DialogContext, language: str, known: Knowledge
) -> Question:
    text = step_text(dialog, step, language, known)
    value = answers.get(step.id) or heard_for_sure(dialog, answers, step, facts)
    return Question(
        id=step.id,
        kind=step.kind,
        question=text.question,
        hint=text.hint,
        why=text.why,
        example=text.example,
        optional=step.optional,
        options=_options(dialog, step, answers, facts, language, value),
        max_length=kind_of(step).most(step),
        settings=msgspec.to_builtins(kind_of(step).set_by(step)),
        fields=tuple(kind_of(step).fields),
        value=value,
        progress=_progress_at(dialog, step, answers, facts),
        chapter=part_at(dialog, step.beside or step.id, language),
        beginnings=text.beginnings,
    )


def transcript(
    dialog: Dialog, answers: Answers, facts: DialogContext, language: str, names: Mapping[str, str] | None = None
) -> tuple[Turn, ...]:
    """The questions answered so far, in order."""
    way = walk(dialog, answers, facts)
    known = known_from(dialog, answers, facts)
    told = origins(way.answers, dialog, facts)

    def turn(step: Step) -> Turn:
        text, value = step_text(dialog, step, language, known), way.answers[step.id]
        return Turn(
            id=step.id,
            kind=step.kind,
            question=text.question,
            label=text.label,
            lines=tuple(display(dialog, step, value, language, names)),
            reply=text.reply,
            from_story=step.id in told,
            left_out=isinstance(value, Skipped),
        )

    return tuple(map(turn, way.steps))


def summary(
    dialog: Dialog, answers: Answers, facts: DialogContext, language: str, names: Mapping[str, str] | None = None
) -> tuple[Turn, ...]:
    """What is shown before sending: the transcript without notes that were only read."""
    return tuple(turn for turn in transcript(dialog, answers, facts, language, names) if KINDS[turn.kind].asks)


def to_know(dialog: Dialog, answers: Answers, facts: DialogContext, language: str) -> tuple[StepText, ...]:
    """What stands at the review to be read: notes that nobody was stopped by."""
    way, known = walk(dialog, answers, facts), known_from(dialog, answers, facts)
    notes = (step for step in (*way.steps, *way.passed) if step.aside and not kind_of(step).asks)
    return tuple(step_text(dialog, step, language, known) for step in notes)


def way_out(dialog: Dialog, ending: Ending, language: str) -> WayOut:
    """The words of a way out."""
    return WayOut(
        id=ending.id,
        text=words(dialog, language).endings[ending.id],
        can_resume=bool(ending.resume),
        change=ending.change,
    )


def _options(
    dialog: Dialog, step: Step, answers: Answers, facts: DialogContext, language: str, value: Value | None
) -> tuple[Option, ...]:
    texts = words(dialog, language).steps[step.offers_from or step.id].choices
    picked = value.picked if value is not None else ()
    if own := kind_of(step).own_choices:
        return tuple(Option(id, texts[id].label, texts[id].hint, id in picked, False) for id in own)
    return tuple(
        Option(choice.id, texts[choice.id].label, texts[choice.id].hint, choice.id in picked, choice.exclusive)
        for choice in choices_at(dialog, answers, step, facts)
    )


def _progress_at(dialog: Dialog, step: Step, answers: Answers, facts: DialogContext) -> Progress:
    """Where the step lies, also when an earlier answer is being changed."""
    pages = [each.id for each in path(dialog, answers, facts) if not each.beside]
    total, page = remaining(dialog, answers, facts).total, step.beside or step.id
    return Progress(number=pages.index(page) + 1 if page in pages else total, total=total)
