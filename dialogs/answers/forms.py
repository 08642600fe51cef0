"""From the fields of a form to what a step is asked to take. The names are those in the README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from dialogs.schema.model import Kind, Step

Raw = Mapping[str, tuple[str, ...]]
"""What was sent for one step: texts by field name, blanks left out."""

SKIP = "skip"
"""The button that leaves an optional question without an answer."""


def from_form(step: Step, fields: Mapping[str, Sequence[str]]) -> Raw:
    """What the form says about this step; fields that are not the step's own are left out."""
    names = (SKIP, *names_of(step.kind))
    sent = {name: tuple(text for text in fields.get(name, ()) if text.strip()) for name in names}
    return {name: texts for name, texts in sent.items() if texts}


def names_of(kind: Kind) -> tuple[str, ...]:
    """The field names of a step's form."""
    match kind:
        case Kind.ONE | Kind.SEVERAL | Kind.RECIPIENT | Kind.CONSENT:
            return ("choice",)
        case Kind.SHORT_TEXT | Kind.LONG_TEXT:
            return ("text",)
        case Kind.WHEN:
            return ("when", *(name for day in ("date", "first", "last") for name in day_names(day)))
        case Kind.PLACE:
            return ("unit", "text")
        case Kind.FILES:
            return ("file",)
        case Kind.PERSON:
            return ("name", "birth_year")
        case Kind.PHONE:
            return ("phone",)
        case Kind.ADDRESS:
            return ("street", "postcode", "town")
        case Kind.NOTE:
            return ()
        case _:
            assert_never(kind)


def day_names(day: str) -> tuple[str, ...]:
    """A day may come as one field (2026-05-03) or as three."""
    return (day, f"{day}_year", f"{day}_month", f"{day}_day")
