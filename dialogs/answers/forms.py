"""What a form sends for a question, and reading one of its fields."""

from __future__ import annotations

from collections.abc import Mapping

Raw = Mapping[str, tuple[str, ...]]
"""What was sent for one step: texts by field name, blanks left out."""

SKIP = "skip"
"""The button that leaves an optional question without an answer."""


def first(raw: Raw, field: str) -> str:
    """The first text of a field; empty if there is none."""
    return "".join(raw.get(field, ())[:1])
