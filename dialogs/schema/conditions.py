"""Conditions on what is known so far: their shape in a definition, and whether they hold."""

from __future__ import annotations

from typing import Protocol, assert_never

from msgspec import Struct


class Is(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="is"):
    """The answer to the step is exactly this choice."""

    step: str
    choice: str


class In(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="in"):
    """The answer to the step is one of these choices."""

    step: str
    choices: tuple[str, ...]


class Has(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="has"):
    """The choice is among those that were picked."""

    step: str
    choice: str


class More(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="more"):
    """More than so many choices were picked."""

    step: str
    than: int


class Known(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="fact"):
    """The server knows this to be so: a yes-or-no field of `Facts`."""

    fact: str


class All(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="all"):
    """Every one of the conditions holds."""

    of: tuple[Condition, ...]


class Any(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="any"):
    """At least one of the conditions holds."""

    of: tuple[Condition, ...]


class Not(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op", tag="not"):
    """The condition does not hold."""

    of: Condition


Condition = Is | In | Has | More | Known | All | Any | Not


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
