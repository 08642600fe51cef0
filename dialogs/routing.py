"""What follows what: conditions, offers and the next step, read off what is known so far."""

from __future__ import annotations

from typing import Protocol, assert_never

from dialogs.model import (
    REVIEW,
    All,
    Any,
    Choice,
    Condition,
    Dialog,
    Ending,
    Has,
    In,
    Is,
    Known,
    More,
    Not,
    Step,
)


class Knowledge(Protocol):
    """What may be asked about the answers so far and about the facts."""

    def picked(self, step: str) -> tuple[str, ...]:
        """What was picked at a step of the path; nothing if it has no answer there."""
        ...

    def fact(self, name: str) -> bool:
        """Whether the server knows this to be so."""
        ...


def holds(condition: Condition | None, known: Knowledge) -> bool:
    """Whether the condition is true; no condition always is."""
    match condition:
        case None:
            return True
        case Is(step=step, choice=choice):
            return known.picked(step) == (choice,)
        case In(step=step, choices=choices):
            picked = known.picked(step)
            return len(picked) == 1 and picked[0] in choices
        case Has(step=step, choice=choice):
            return choice in known.picked(step)
        case More(step=step, than=than):
            return len(known.picked(step)) > than
        case Known(fact=fact):
            return known.fact(fact)
        case All(of=parts):
            return all(holds(part, known) for part in parts)
        case Any(of=parts):
            return any(holds(part, known) for part in parts)
        case Not(of=part):
            return not holds(part, known)
        case _:
            assert_never(condition)


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
