"""Small numbers: what all published tables of all levels and dates, taken together, tell of them."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest

from inbox.statistics.protection import FEWEST, deviation, shown

REGIONS, UNITS, MONTHS, SEXES = 3, 4, 6, ("woman", "man")
Cell = tuple[str, str, str]
"""Scope, time, sex; each may be the whole."""
Published = dict[Cell, int | None]


def people(seed: int) -> list[tuple[int, int, int, str, int]]:
    """Region, unit, month, sex and key of each: many women, few men, so that most of what is asked for is small."""
    some = random.Random(seed)
    return [
        (region, unit, month, "man" if some.random() < 0.04 else "woman", some.getrandbits(31))
        for region in range(REGIONS)
        for unit in range(UNITS)
        for month in range(MONTHS)
        for _ in range(some.randint(20, 60))
    ]


def tables(everybody: list[tuple[int, int, int, str, int]]) -> dict[Cell, tuple[int, int]]:
    """Every cell of every level, by month and as a whole: its number and the sum of keys."""
    number, keys = Counter[Cell](), Counter[Cell]()
    for region, unit, month, sex, key in everybody:
        for scope in ("nation", f"r{region}", f"r{region}u{unit}"):
            for time in ("all", str(month)):
                for value in ("all", sex):
                    number[scope, time, value] += 1
                    keys[scope, time, value] += key
    return {cell: (n, keys[cell]) for cell, n in number.items()}


def equations(cell: Cell) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each way to come by a cell: a whole, and what has to be taken from it."""
    scope, time, sex = cell
    yield (scope, time, "all"), [(scope, time, other) for other in SEXES if other != sex]
    if time != "all":
        yield (scope, "all", sex), [(scope, str(month), sex) for month in range(MONTHS) if str(month) != time]
    if "u" in scope:
        region = scope.partition("u")[0]
        siblings = [f"{region}u{unit}" for unit in range(UNITS) if f"{region}u{unit}" != scope]
        yield (region, time, sex), [(sibling, time, sex) for sibling in siblings]


def attack(truth: dict[Cell, tuple[int, int]], published: list[Published]) -> tuple[int, int]:
    """How many small cells there are, and how many of them the best guess from all tables together hits."""
    small = [cell for cell, (n, _) in truth.items() if 0 < n < FEWEST]
    hits = 0
    for cell in small:
        guesses = defaultdict[int, float](float)
        for tables in published:
            for whole, others in equations(cell):
                known = [tables.get(one, 0) for one in (whole, *others)]
                if None not in known:
                    told = [n for n in known if n is not None]
                    guesses[told[0] - sum(told[1:])] += 1 / len(told)
            if (own := tables.get(cell)) is not None:
                guesses[own] += 1
        if guesses:
            hits += max(guesses, key=lambda guess: guesses[guess]) == truth[cell][0]
    return len(small), hits


def publish(truth: dict[Cell, tuple[int, int]], by: Callable[[int, int], int | None]) -> Published:
    """All tables as they are shown."""
    return {cell: by(*known) for cell, known in truth.items()}


@pytest.mark.parametrize("seed", range(6))
def test_all_tables_of_all_levels_and_dates_together_tell_no_small_number(seed: int) -> None:
    everybody = people(seed)
    # Published again after some have come in late: the difference is a handful of people.
    later = [*everybody, *people(seed + 100)[:7]]
    truth = tables(later)
    both = [publish(tables(everybody), shown), publish(truth, shown)]
    small, hits = attack(truth, both)
    assert small > 40
    # Whoever has no table and guesses the commonest of four small numbers is right more often.
    usual = Counter(n for n, _ in truth.values() if 0 < n < FEWEST).most_common(1)[0][1]
    assert hits / small < max(0.25, usual / small)
    assert not any(told is not None and told < FEWEST for each in both for told in each.values())


def test_the_attack_finds_what_is_hidden_alone() -> None:
    """Where small numbers are only left out, as is often done, nearly all of them are found by subtraction."""
    truth = tables(people(1))
    small, hits = attack(truth, [publish(truth, lambda n, _: n if n >= FEWEST or n == 0 else None)])
    assert hits / small > 0.9


def test_the_same_people_give_the_same_number_whenever_and_wherever_it_is_shown() -> None:
    assert len({shown(17, 12345) for _ in range(50)}) == 1
    assert shown(0, 0) is None


def test_what_is_shown_is_right_on_average_and_seldom_far_off() -> None:
    some = random.Random(1)
    found = [deviation(some.getrandbits(40), 40) for _ in range(20_000)]
    assert abs(sum(found)) / len(found) < 0.05
    assert 0.30 < sum(d == 0 for d in found) / len(found) < 0.37
    assert sum(abs(d) > 5 for d in found) / len(found) < 0.03
    assert max(map(abs, found)) > 7
