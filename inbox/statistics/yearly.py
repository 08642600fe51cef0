"""The yearly figures of a patient board: what lag (2017:372) 7 § asks it to report each year, as counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from inbox.statistics.fact import Fact

Values = Callable[[Fact], Sequence[str]]


class Line(Struct, frozen=True):
    """How many have a value."""

    part: str
    value: str
    number: int


def yearly(facts: Iterable[Fact]) -> list[Line]:
    """Counts part by part, values in the order of their codes. A case with two problems counts in both."""
    every = list(facts)
    lines = [Line("all", "", len(every))]
    for part, values in PARTS.items():
        number = Counter(value for fact in every for value in dict.fromkeys(values(fact)))
        lines += [Line(part, value, number[value]) for value in sorted(number)]
    return lines


def _answered(value: Values) -> Values:
    """Of what was answered alone."""
    return lambda fact: value(fact) if fact.outcome == "answered" else ()


PARTS: dict[str, Values] = {
    "month": lambda fact: (f"{fact.arrived:%Y-%m}",),
    "kind": lambda fact: (fact.kind,),
    "relation": lambda fact: (fact.relation,),
    "age": lambda fact: (fact.age,),
    "sex": lambda fact: (fact.sex,),
    "outcome": lambda fact: (fact.outcome,),
    "main": _answered(lambda fact: [code.split(".")[0] for code in fact.problems]),
    "sub": _answered(lambda fact: [code for code in fact.problems if "." in code]),
    "area": _answered(lambda fact: (fact.area or fact.where.area,)),
    "measure": _answered(lambda fact: ("promised" if fact.measures else "none",)),
    "provider": lambda fact: (fact.where.provider,),
    "unit": lambda fact: (fact.at,),
}
