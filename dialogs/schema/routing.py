"""What follows what: the choices that are offered and the next step, read off what is known so far."""

from __future__ import annotations

from dialogs.schema.conditions import Knowledge, holds
from dialogs.schema.model import REVIEW, Choice, Dialog, Ending, Step


def offered(dialog: Dialog, step: Step, known: Knowledge) -> tuple[Choice, ...]:
    """The choices of a step that can be picked now."""
    if not step.offers_from:
        return tuple(choice for choice in step.choices if holds(choice.when, known))
    source = dialog.node(step.offers_from)
    picked = known.picked(step.offers_from)
    return tuple(choice for choice in source.choices if choice.id in picked) if isinstance(source, Step) else ()


def after(dialog: Dialog, step: Step, known: Knowledge) -> Step | Ending | None:
    """What comes after the step: the first rule that holds. None is the review."""
    return target(dialog, next(rule.to for rule in step.next if holds(rule.when, known)))


def target(dialog: Dialog, id: str) -> Step | Ending | None:
    """The node that a rule points at; None is the review."""
    if id == REVIEW:
        return None
    node = dialog.node(id)
    if node is None:
        raise LookupError(id)
    return node


def asked_on(dialog: Dialog, page: Step) -> tuple[Step, ...]:
    """The questions of a page: its own, and those beside it."""
    return tuple(step for step in dialog.steps if page.id in (step.id, step.beside))
