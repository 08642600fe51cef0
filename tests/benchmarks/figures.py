"""Figures: one JSON object a line for programs, a short table for people."""

import json
import math
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Figure(Struct, frozen=True):
    """Something measured: what, how much, of what; and what else belongs to it."""

    name: str
    value: float
    unit: str
    more: dict[str, float | str] = {}

    def line(self) -> str:
        """The figure as one JSON object."""
        return json.dumps({"name": self.name, "value": self.value, "unit": self.unit, **self.more})


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share (0 to 1) of them do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def table(figures: Iterable[Figure]) -> str:
    """The figures in columns."""
    rows = [
        (
            figure.name,
            f"{figure.value:g} {figure.unit}",
            "  ".join(f"{key} {_short(what)}" for key, what in figure.more.items()),
        )
        for figure in figures
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(2)]
    return "\n".join(f"{name:<{widths[0]}}  {value:>{widths[1]}}  {more}".rstrip() for name, value, more in rows)


def _short(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"
