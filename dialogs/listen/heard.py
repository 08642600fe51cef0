"""What was heard, how sure it is, and from which words."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from dialogs.kinds.place import Place
from dialogs.kinds.when import When

Said = str | When | Place
"""A choice by its id, a time, or a place; what the question that listens takes as an answer."""
Span = tuple[int, int]
"""From a letter of the story up to a letter."""


class Sure(Enum):
    """How sure a proposal is. What is not even likely is no proposal."""

    SURE = "sure"
    """It may stand in the list of what was understood: 95 of 100 are right."""
    LIKELY = "likely"
    """It has to be asked: 70 of 100 are right."""


class Heard(Struct, frozen=True):
    """A proposal. It is an answer only when somebody has confirmed it."""

    value: Said
    span: Span
    """The words it was heard in. Empty (0, 0) for what is only usual."""
    how: Sure
    others: tuple[Said, ...] = ()
    """What else it may be, the likeliest first."""
    reason: str = ""
    """The rule that heard it, for whoever owns the lists. Never a word of the story."""
