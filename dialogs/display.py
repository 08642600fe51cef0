"""An answer as a person reads it again: in the transcript, in the review, and later in the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from dialogs.answers.dates import span
from dialogs.schema.conditions import Knowledge, holds
from dialogs.schema.model import Dialog, Step, StepText, Words
from dialogs.schema.values import (
    Address,
    Consent,
    Files,
    One,
    Person,
    Phone,
    Place,
    Seen,
    Several,
    Skipped,
    Text,
    Value,
    When,
)

WORDED = ("question", "label", "hint", "why", "example")
"""What other words may stand for."""
PHRASES = {
    "sv": {"unknown": "Vet inte", "born": "född", "skipped": "Hoppade över", "seen": "Jag har läst"},
    "en": {"unknown": "Not sure", "born": "born", "skipped": "Skipped", "seen": "I have read this"},
}


def display(
    dialog: Dialog, step: Step, value: Value, language: str, names: Mapping[str, str] | None = None
) -> list[str]:
    """The lines of an answer. `names` gives units and files their names, by id."""
    phrase = PHRASES.get(language, PHRASES["sv"])
    known = names or {}
    match value:
        case One(choice=choice):
            return [choice_label(dialog, step, choice, language)]
        case Several(choices=choices):
            return [choice_label(dialog, step, choice, language) for choice in choices]
        case Text(text=text):
            return text.split("\n")
        case When(first=first, last=last):
            return [span(first, last, language) if first and last else phrase["unknown"]]
        case Place(unit=unit, text=text):
            return [known.get(unit, unit) if unit else text]
        case Files(ids=ids):
            return [known.get(id, id) for id in ids]
        case Person(name=name, birth_year=year):
            return [f"{name}, {phrase['born']} {year}"]
        case Phone(number=number):
            return [number]
        case Address(street=street, postcode=postcode, town=town):
            return [street, f"{postcode} {town}"]
        case Consent(given=given):
            return [choice_label(dialog, step, "yes" if given else "no", language)]
        case Seen():
            return [phrase["seen"]]
        case Skipped():
            return [phrase["skipped"]]
        case _:
            assert_never(value)


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
