"""Whether a definition asks each question as its kind can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from dialogs.errors import Invalid
from dialogs.kinds import kind_of, validate
from dialogs.schema.kind import Asked, Kind
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import DialogContext

SOMEWHERE = DialogContext(today=date(2026, 11, 20), units=("a unit",), files=("a file",))
"""Where there is something of everything that an answer may name."""


def of_questions(dialog: Dialog) -> Iterator[tuple[str, str, str]]:
    """Code, place and detail of what is wrong with a question."""
    for step in dialog.steps:
        kind = kind_of(step)
        if kind.offers and not step.choices and not step.offers_from:
            yield "dead_end", step.id, "nothing to pick"
        if not kind.offers and (step.choices or step.offers_from):
            yield "stray_choices", step.id, f"{step.kind} has none"
        try:
            kind.set_by(step)
        except msgspec.ValidationError as error:
            yield "bad_settings", step.id, str(error)
        else:
            yield from (("refuses_all", step.id, code) for code in _refusals(kind, step))


def _refusals(kind: Kind, step: Step) -> Iterator[str]:
    """Why an example of what can be answered is refused: a text that may have three letters is a slip of the pen."""
    choices = tuple(choice.id for choice in step.choices)
    for example in kind.examples(Asked(step, choices, SOMEWHERE)):
        try:
            validate(step, example, choices, SOMEWHERE)
        except Invalid as refusal:
            yield refusal.code
