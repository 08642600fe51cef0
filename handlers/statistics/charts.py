"""Charts as numbers for SVG: where lines and columns stand. What they say stands in words and tables beside them."""

from collections.abc import Sequence

from msgspec import Struct

WIDE, HIGH = 160, 32
"""Of a small line, in units of its own."""
EDGE = 3
CHART_WIDE, CHART_HIGH, FOOT, SIDE = 380, 190, 32, 36


class Spark(Struct, frozen=True):
    """A small line of a year."""

    points: str
    """As SVG has them; empty where there are fewer than two."""
    end_x: float = 0
    end_y: float = 0


class Column(Struct, frozen=True):
    """A column of a chart."""

    x: float
    y: float
    width: float
    height: float
    label: str
    label_x: float
    late: bool
    """Whether it lies after the goal."""


class Tick(Struct, frozen=True):
    """A line across."""

    y: float
    label: str


class ColumnChart(Struct, frozen=True):
    """Columns with their axis."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    goal_x: float | None
    width: int = CHART_WIDE
    height: int = CHART_HIGH
    base: int = CHART_HIGH - FOOT


def line(values: Sequence[int], most: int) -> Spark:
    """The values of months one after the other, none above `most`."""
    if len(values) < 2 or most <= 0:
        return Spark("")
    step = (WIDE - 2 * EDGE) / 11
    points = [
        (round(EDGE + at * step, 1), round(HIGH - EDGE - value / most * (HIGH - 2 * EDGE), 1))
        for at, value in enumerate(values)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in points), *points[-1])


def columns(values: Sequence[tuple[str, int, bool]], goal_after: int | None) -> ColumnChart:
    """Columns of label, number and whether it is late; the goal stands after so many of them."""
    most = _round_up(max((number for _, number, _ in values), default=0))
    base, room = CHART_HIGH - FOOT, CHART_HIGH - FOOT - 16
    each = (CHART_WIDE - SIDE) / max(1, len(values))
    made = tuple(
        Column(
            x=round(SIDE + at * each + 2, 1),
            y=round(base - number / most * room, 1),
            width=round(each - 4, 1),
            height=round(number / most * room, 1),
            label=label,
            label_x=round(SIDE + (at + 0.5) * each, 1),
            late=late,
        )
        for at, (label, number, late) in enumerate(values)
    )
    ticks = tuple(Tick(round(base - part / 2 * room, 1), str(most * part // 2)) for part in (1, 2))
    return ColumnChart(made, ticks, None if goal_after is None else round(SIDE + goal_after * each, 1))


def _round_up(number: int) -> int:
    """An even number, at least 4, with few digits: what half of it is can be read."""
    size = 1
    while number > size * 10:
        size *= 10
    return max(4, -(-number // (2 * size)) * 2 * size)
