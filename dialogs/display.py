"""An answer as a person reads it again: in the transcript, in the review, and later in the case."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from dialogs.schema.conditions import Knowledge, holds
from dialogs.schema.model import Dialog, Step, StepText, Words
from dialogs.schema.values import Telling, Value

WORDED = ("question", "label", "hint", "why", "example", "reply", "beginnings")
"""What other words may stand for."""


def display(
    dialog: Dialog, step: Step, value: Value, language: str, names: Mapping[str, str] | None = None
) -> list[str]:
    """The lines of an answer. `names` gives units and files their names, by id."""
    return list(value.lines(telling_of(dialog, step, language, names or {})))


def telling_of(dialog: Dialog, step: Step, language: str, names: Mapping[str, str]) -> Telling:
    """How the answers of a step are told."""
    return Telling(language, lambda choice: choice_label(dialog, step, choice, language), lambda id: names.get(id, id))


def words(dialog: Dialog, language: str) -> Words:
    """The dialog's words in this language, or in its first one."""
    return dialog.words.get(language) or dialog.words[dialog.languages[0]]


def step_text(dialog: Dialog, step: Step, language: str, known: Knowledge | None = None) -> StepText:
    """How the step is worded; by what is known of the answers, if that is given."""
    text = words(dialog, language).steps[step.id]
    other = next((each for each in text.instead if known is not None and holds(each.when, known)), None)
    if other is None:
        return text
    return replace(text, **{name: getattr(other, name) or getattr(text, name) for name in WORDED})


def choice_label(dialog: Dialog, step: Step, choice: str, language: str) -> str:
    """How the choice is worded; where the choices come from another step, as it is worded there."""
    steps = words(dialog, language).steps
    texts = steps[step.offers_from or step.id].choices
    return texts[choice].label if choice in texts else choice
