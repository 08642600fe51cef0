"""What the parts of a definition point at: where rules lead, and which answers conditions read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.schema.conditions import All, Any, Condition, Has, In, Is, Known, More, Not
from dialogs.schema.model import REVIEW, Dialog, Ending, Step
from dialogs.schema.routing import target


def reads(condition: Condition | None) -> Iterator[Is | In | Has | More | Known]:
    """The parts of a condition that look at something."""
    match condition:
        case All(of=parts) | Any(of=parts):
            for part in parts:
                yield from reads(part)
        case Not(of=part):
            yield from reads(part)
        case None:
            return
        case _:
            yield condition


def conditions(step: Step) -> Iterator[Condition]:
    """The conditions that a step holds."""
    for condition in (step.when, *(rule.when for rule in step.next), *(choice.when for choice in step.choices)):
        if condition is not None:
            yield condition


def live_steps(dialog: Dialog) -> Mapping[str, frozenset[str]]:
    """For each node: the steps whose answers are read there or later."""
    always = frozenset(_steps_read(*(rule.when for rule in dialog.statistics)))
    live: dict[str, frozenset[str]] = {REVIEW: always}

    def reach(id: str) -> frozenset[str]:
        if id not in live:
            node = target(dialog, id)
            read = {*_steps_read(*conditions(node)), node.offers_from} if isinstance(node, Step) else set()
            live[id] = frozenset(read.union(*(reach(each) for each in leads_to(node))))
        return live[id]

    for node in dialog.parts:
        reach(node.id)
    return live


def leads_to(node: Step | Ending | None) -> tuple[str, ...]:
    """Where the rules of a node point."""
    match node:
        case Step(next=rules):
            return tuple(rule.to for rule in rules)
        case Ending(resume=resume):
            return (resume,) if resume else ()
        case None:
            return ()


def _steps_read(*several: Condition | None) -> set[str]:
    return {part.step for condition in several for part in reads(condition) if not isinstance(part, Known)}
