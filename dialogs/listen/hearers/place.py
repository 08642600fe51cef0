"""Where it happened: of all the places that a story names the one that it is about."""

from __future__ import annotations

from msgspec import Struct

from dialogs.kinds.place import Place
from dialogs.listen.heard import Heard, Sure
from dialogs.listen.standing import Reading
from dialogs.listen.story import Story
from dialogs.listen.where.index import Index, index_of
from dialogs.listen.where.matching import units_of
from dialogs.listen.where.naming import KIND, NAME, STRANGE, TOWN, WARD, Naming, namings_in

WORTH = {
    "unknown": 0.3, "advice": 0.55, "ambulance": 0.75, "transport": 0.8, "hospital": 0.8, "xray": 0.8, "rehab": 0.85,
    "residence": 0.75, "board": -1.0, "emergency": 1.0,
    "other_clinic": 0.8, "doctor": 0.6, "x_private": 0.85,
    "x_prison": 1.0, "x_school": 1.0, "x_social": 0.7, "x_outside": 1.0, "x_aside": 0.45,
}  # fmt: skip
NEAR, LEAST, CLOSE = 12, 0.35, 0.15
SHOWN = 4
"""Places that are shown at most, the proposed one with them."""


class Weighed(Struct, frozen=True):
    """A naming with the units that it may mean."""

    naming: Naming
    units: tuple[int, ...]
    worth: float


def hear(story: Story) -> tuple[Heard, ...]:
    """The place, with the others that it may be."""
    index, lexicon = index_of(story.places), story.list("places")
    namings = namings_in(story, index)
    calls = [_calls(each) for each in namings]
    again = [sum(not mine.isdisjoint(other) for other in calls) for mine in calls]
    weighed = [_weighed(at, again[at], namings, story, index, lexicon) for at in range(len(namings))]
    good = sorted((each for each in weighed if each.worth > LEAST), key=lambda each: -each.worth)
    if not good:
        return ()
    best = good[0]
    values = list(dict.fromkeys(value for each in good for value in _values(each, story, index)))
    rivals = [each for each in good[1:] if best.worth - each.worth < CLOSE and each.units[:1] != best.units[:1]]
    sure = len(best.units) == 1 and not rivals and _plain(best.naming) and _is_so_called(best, index) and len(good) == 1
    how = Sure.SURE if sure else Sure.LIKELY
    others = tuple(values[1:SHOWN])
    return (Heard(values[0], story.span(best.naming.first, best.naming.last), how, others, _reason(best)),)


def _values(each: Weighed, story: Story, index: Index) -> list[Place]:
    if 0 < len(each.units) <= SHOWN or (each.units and len(each.naming.parts) > 1):
        return [Place(unit=index.units[number].id) for number in each.units[:SHOWN]]
    start, end = story.span(each.naming.first, each.naming.last)
    return [Place(text=" ".join(story.text[start:end].split()))]


def _plain(naming: Naming) -> bool:
    """Whether kind, name, town or ward were said, and not one of them alone."""
    sorts = {part.sort for part in naming.parts}
    return WARD in sorts or KIND in sorts or {NAME, TOWN} <= sorts


def _is_so_called(best: Weighed, index: Index) -> bool:
    """Whether the unit is of the kinds that were said, and not only near."""
    kinds = [kind for kind in best.naming.all(KIND) if kind != "hospital"]
    return all(best.units[0] in index.kinds.get(kind, ()) for kind in kinds)


def _reason(best: Weighed) -> str:
    return "+".join(f"{part.sort}:{part.value}" if part.sort == KIND else part.sort for part in best.naming.parts)


def _weighed(at: int, said: int, namings: list[Naming], story: Story, index: Index, lexicon: Reading) -> Weighed:
    naming = namings[at]
    around = sorted((each for each in namings if each is not naming), key=lambda each: abs(each.first - naming.first))
    units = tuple(units_of(naming, index, around))
    worth = _worth(naming, story, units) + 0.08 * min(said - 1, 3) - 0.08 * min(at, 5)
    return Weighed(naming, units, worth + _context(naming, story, lexicon))


def _calls(naming: Naming) -> set[tuple[str, str]]:
    """The kinds, wards and names by which it is known when it is named again."""
    return {(part.sort, part.value) for part in naming.parts if part.sort in {KIND, WARD, NAME}}


def _worth(naming: Naming, story: Story, units: tuple[int, ...]) -> float:
    kinds = naming.all(KIND)
    if not kinds and not naming.all(WARD):
        return _of_name(naming, story) if naming.all(NAME) or not units else _of_town(naming, story)
    main = next((kind for kind in kinds if kind != "hospital"), kinds[0] if kinds else WARD)
    worth = WORTH.get(main, 1.0)
    worth += 0.15 * bool(naming.all(NAME)) + 0.1 * bool(naming.all(TOWN)) + 0.1 * bool(naming.all(WARD))
    if main == "hospital" and len(naming.parts) == 1:
        worth -= 0.35
    if naming.all(STRANGE):
        worth += 0.1
    elif not units and not main.startswith("x_"):
        worth -= 0.4
    return worth


def _of_town(naming: Naming, story: Story) -> float:
    """A town alone is where it was only if nothing else says so."""
    before = story.tokens[naming.first - 1].word if naming.first else ""
    return 0.4 if before in {"i", "hos", "fran", "in", "at", "pa"} else 0.0


def _of_name(naming: Naming, story: Story) -> float:
    """A name alone may be a word like any other: it counts where it is written as a name, after "på" or "hos"."""
    if not naming.all(NAME):
        return 0.0
    token = story.tokens[naming.first]
    before = story.tokens[naming.first - 1].word if naming.first else ""
    placed = before in {"pa", "hos", "fran", "vid", "till", "at", "from"}
    named = story.text[token.start].isupper() and (before != "" or bool(naming.all(TOWN)))
    return 0.6 + 0.2 * placed if named and (placed or naming.all(TOWN)) else 0.4 * placed


def _context(naming: Naming, story: Story, lexicon: Reading) -> float:
    tokens = story.tokens
    sentence = tokens[naming.first].sentence
    before = [i for i in range(max(0, naming.first - NEAR), naming.first) if tokens[i].sentence == sentence]
    after = [i for i in range(naming.last, min(len(tokens), naming.last + NEAR)) if tokens[i].sentence == sentence]
    clause = tokens[naming.first].clause
    near = [i for i in before if tokens[i].clause == clause]

    def has(group: str, places: list[int]) -> bool:
        return any(lexicon.has(group, tokens[i].word) for i in places)

    worth = 0.15 * has("happened", before + after) + 0.25 * has("blame", before)
    worth -= 0.3 * has("passing", near[-4:])
    worth -= 0.7 * has("not", near[-3:]) * (not has("happened", near[-3:]))
    worth -= 0.5 * (has("not", after) and has("blame", after))
    return worth - 0.3 * (has("praise", after) and not has("blame", before) and naming.first > 30)
