"""In which cells of the tables a fact counts. The one definition of each figure, for unit, region and nation alike."""

from collections import Counter
from collections.abc import Iterable, Iterator

from inbox.statistics.fact import Fact

NATION = "nation"
LONGEST = 400
"""Days to an answer that are told apart; longer ones count as this."""
Cell = tuple[str, str, str, str, str]
"""Side, scope, month as `2026-11`, dimension, value."""


def scopes_of(fact: Fact) -> Iterator[str]:
    """Whose figures it is part of, from the nation down to the unit."""
    yield NATION
    where = fact.where
    if where.region:
        yield f"region:{where.region}"
    if where.provider:
        yield f"provider:{where.provider}"
    for unit in dict.fromkeys(where.units or (fact.at,)):
        yield f"unit:{unit}"


def values_of(fact: Fact) -> Iterator[tuple[str, str]]:
    """Each dimension with the value it has there. A case with two problems counts in both."""
    yield "all", ""
    yield "kind", fact.kind
    yield "relation", fact.relation
    yield "age", fact.age
    yield "sex", fact.sex
    yield "outcome", fact.outcome
    if fact.outcome == "answered":
        yield from _answered(fact)
    if fact.reopened:
        yield "reopened", "yes"


def _answered(fact: Fact) -> Iterator[tuple[str, str]]:
    for main in dict.fromkeys(code.split(".")[0] for code in fact.problems):
        yield "main", main
    for sub in dict.fromkeys(code for code in fact.problems if "." in code):
        yield "sub", sub
    yield "area", fact.area or fact.where.area
    yield "measure", "promised" if fact.measures else "none"
    yield "rated", fact.rated
    if fact.measures and fact.rated == "yes":
        yield "satisfied", "promised"
    if fact.days is not None:
        yield "days", f"{min(fact.days, LONGEST):03}"
    if fact.in_time is not None:
        yield "goal", "kept" if fact.in_time else "missed"


def cells_of(fact: Fact) -> Iterator[Cell]:
    """Every cell that it adds one to."""
    month, values = f"{fact.arrived:%Y-%m}", tuple(values_of(fact))
    for scope in scopes_of(fact):
        for dimension, value in values:
            yield fact.side, scope, month, dimension, value


def count(facts: Iterable[tuple[Fact, int]]) -> dict[Cell, tuple[int, int]]:
    """For each cell how many, and the sum of their keys, of facts with their keys."""
    number, keys = Counter[Cell](), Counter[Cell]()
    for fact, key in facts:
        for cell in cells_of(fact):
            number[cell] += 1
            keys[cell] += key
    return {cell: (n, keys[cell]) for cell, n in number.items()}
