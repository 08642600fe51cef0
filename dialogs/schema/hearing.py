"""What can be heard in a story, and what is proposed of it. Who listens is none of the dialog's business."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Protocol

Span = tuple[int, int]
"""From a letter of the story up to a letter."""

HEARERS: Mapping[str, str] = {
    "leave": "choice",
    "belongs": "choice",
    "about": "choice",
    "relation": "choice",
    "sex": "choice",
    "basis": "choice",
    "patient_knows": "choice",
    "recipient": "choice",
    "answer_way": "choice",
    "themes": "choices",
    "wants": "choices",
    "when": "time",
    "place": "place",
}
"""Whatever can be heard, by the name that a definition says, and the sort of thing that it is (`Kind.hears`)."""


class Heard(Protocol):
    """Something that the story seems to say. It is no answer before somebody has confirmed it."""

    @property
    def value(self) -> object:
        """A choice by its id, a time, or a place."""
        ...

    @property
    def span(self) -> Span:
        """The words in which it was heard; empty for what is only usual."""
        ...

    @property
    def how(self) -> Enum:
        """Whether it may stand in a list of what was understood ("sure") or must be asked ("likely")."""
        ...

    @property
    def others(self) -> tuple[object, ...]:
        """What else it may be, the likeliest first."""
        ...
