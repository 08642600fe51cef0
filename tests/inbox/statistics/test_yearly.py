"""The yearly figures, by hand for forty cases."""

from datetime import date
from random import Random

from inbox.statistics.fact import BOARD, Fact, Where
from inbox.statistics.yearly import Line, yearly

ANSWERED = Fact(
    registration="r1",
    side=BOARD,
    arrived=date(2026, 3, 1),
    owner="N",
    place="A",
    where=Where("99", "P", ("A",), "primarvard"),
    kind="complaint",
    relation="self",
    sex="woman",
    age="30-39",
    problems=("6.2", "6.1", "3.1"),
    outcome="answered",
    measures=1,
)
OPEN = Fact(
    registration="r1", side=BOARD, arrived=date(2026, 12, 31), owner="B", where=Where("99", "P"), kind="complaint"
)
FORTY = [ANSWERED] * 25 + [OPEN] * 15


def test_forty_cases_are_counted_as_by_hand() -> None:
    assert yearly(FORTY) == [
        Line("all", "", 40),
        Line("month", "2026-03", 25),
        Line("month", "2026-12", 15),
        Line("kind", "complaint", 40),
        Line("relation", "", 15),
        Line("relation", "self", 25),
        Line("age", "", 15),
        Line("age", "30-39", 25),
        Line("sex", "", 15),
        Line("sex", "woman", 25),
        Line("outcome", "answered", 25),
        Line("outcome", "open", 15),
        Line("main", "3", 25),
        Line("main", "6", 25),
        Line("sub", "3.1", 25),
        Line("sub", "6.1", 25),
        Line("sub", "6.2", 25),
        Line("area", "primarvard", 25),
        Line("measure", "promised", 25),
        Line("provider", "P", 40),
        Line("unit", "A", 25),
        Line("unit", "B", 15),
    ]


def test_the_order_in_which_cases_come_changes_nothing() -> None:
    mixed = [*FORTY]
    Random(1).shuffle(mixed)
    assert yearly(mixed) == yearly(FORTY)
