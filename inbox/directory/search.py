"""The picker's search: by name, abbreviation, town or street; accents optional, one slip a word forgiven."""

from collections.abc import Sequence
from heapq import nsmallest
from itertools import combinations

from msgspec import Struct

from inbox.directory.fold import words
from inbox.directory.index import Field, Index
from inbox.directory.matching import Match, forgiving_match, match
from inbox.directory.model import RegionCode, Unit

LONGEST = 100
"""Letters of a query that are looked at: more than any name has."""
MOST_WORDS = 6
# Enough to rank well, few enough to rank at once. Only queries as vague as a single letter find more.
CANDIDATES = 300
# Folded words that say nothing about which unit it is.
FILLERS = frozenset({"pa", "i", "vid", "och", "av", "for", "hos", "till", "den", "det"})

EXACT_NAME = 100.0
EXACT_OTHER_NAME = 50.0
NAME_BEGINS = 20.0


class Hit(Struct, frozen=True):
    """A unit that was found, what it was found by, and how well it fits (more is better)."""

    unit: Unit
    matched_on: Field
    score: float


def search(index: Index, query: str, limit: int = 8, region: RegionCode | None = None) -> list[Hit]:
    """The best units for the query, best first. With a region, its units come before others that fit as well."""
    asked = _asked(query)
    if not asked:
        return []
    name = " ".join(asked)
    own = index.regions.get(region, frozenset()) if region else frozenset()
    matches = [match(index, word) for word in asked]
    hits = _ranked(index, name, matches, _in_all(matches), own)
    if len(hits) < limit and name not in index.called:
        # Few fit as it stands. A slip may have made another word of it, and a word too many must not hide the rest.
        matches = [forgiving_match(index, word) for word in asked]
        hits = _ranked(index, name, matches, _in_most(matches), own)
    return hits[:limit]


def _asked(query: str) -> list[str]:
    given = words(query[:LONGEST])
    return ([word for word in given if word not in FILLERS] or given)[:MOST_WORDS]


def _in_all(matches: Sequence[Match]) -> frozenset[int]:
    # The smallest first: an intersection costs what its smallest part does.
    first, *rest = sorted((one.units for one in matches), key=len)
    return first.intersection(*rest)


def _in_most(matches: Sequence[Match]) -> frozenset[int]:
    """Units that have all words; if there are none, all but one; and so on."""
    known = [one for one in matches if one.units]
    for count in range(len(known), 0, -1):
        if found := frozenset().union(*(_in_all(some) for some in combinations(known, count))):
            return found
    return frozenset()


def _ranked(
    index: Index, name: str, matches: Sequence[Match], candidates: frozenset[int], own: frozenset[int]
) -> list[Hit]:
    called = frozenset(index.called.get(name, ()))
    if len(candidates) > CANDIDATES:
        candidates = _promising(matches, candidates, own, called)
    scored = []
    for number in candidates:
        score, field = _score(matches, number)
        score += _whole_name_bonus(index.names[number], name, number in called)
        # Units are numbered with the connected ones first, then by name.
        scored.append((-score, number not in own, number, field))
    return [Hit(index.units[number], field, -score) for score, _, number, field in sorted(scored)]


def _promising(
    matches: Sequence[Match], candidates: frozenset[int], own: frozenset[int], called: frozenset[int]
) -> frozenset[int]:
    """Some candidates, such that the best ones are among them: called so, then by name, then of the own region."""
    by_name = candidates.intersection(*(one.by_name for one in matches))
    chosen: set[int] = set(called & candidates)
    for group in (by_name & own, by_name, candidates & own, candidates):
        if len(chosen) < CANDIDATES:
            chosen.update(nsmallest(CANDIDATES - len(chosen), group - chosen))
    return frozenset(chosen)


def _score(matches: Sequence[Match], number: int) -> tuple[float, Field]:
    """How well the words fit a unit, and the field of the one that fits best."""
    fits = [next((group for group in one.groups if number in group.units), None) for one in matches]
    found = [group for group in fits if group is not None]
    return sum(group.worth for group in found), max(found, key=lambda group: group.worth).field


def _whole_name_bonus(unit_name: str, asked: str, called_so: bool) -> float:
    if unit_name == asked:
        return EXACT_NAME
    if called_so:
        return EXACT_OTHER_NAME
    return NAME_BEGINS if unit_name.startswith(asked) else 0.0
