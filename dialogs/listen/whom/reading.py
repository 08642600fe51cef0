"""Whom a story is about, weighed from all that it says of the writer and of theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from dialogs.listen.standing import Hit, Reading
from dialogs.listen.story import Story
from dialogs.listen.whom.kin import Kin, kin_in

RELATION = {
    "young": "partner",
    "parent": "child",
    "child": "parent",
    "partner": "partner",
    "sibling": "sibling",
    "other": "other",
}
"""What the writer is to the patient, by what the patient is to the writer."""
OF_AGE = 18
YEARS = frozenset({"ar", "years", "old", "aring", "aringen", "aringar"})
ENOUGH, CLEAR = 0.5, 1.2
NEAR = 7
"""Words from somebody to their death."""
EARLY = 60
"""Words at the beginning, in which one says what it is about."""


class Whom(Struct, frozen=True):
    """What was understood."""

    about: str
    who: str | None
    sex: str | None
    span: tuple[int, int]
    sure: bool
    others: tuple[str, ...]
    reason: str


def whom(story: Story) -> Whom:
    """About whom it is: as a rule the writer."""
    return story.once("whom", lambda: _whom(story))


def _whom(story: Story) -> Whom:
    lexicon = story.list("about")
    hits = lexicon.hits
    kin = [*_aged(story, hits), *(each for each in kin_in(story, lexicon) if not _born(story, each, hits))]
    by_key = Counter(hit.key for hit in hits)
    self_worth = _self(story, hits)
    chosen, worth = _chosen(kin)
    backwards = next(
        (found for hit in hits if hit.key == "reversed" and (found := _backwards(story, hit, lexicon))), None
    )
    if by_key["proxy"]:
        return _proxy(story, hits, chosen, lexicon)
    if backwards is not None:
        return backwards
    if chosen is None or worth < ENOUGH or (self_worth > worth + 0.8 and not by_key["death"]):
        return _writer(story, hits, by_key, self_worth, chosen)
    return _of_kin(story, lexicon, hits, chosen, worth, self_worth, kin)


def _aged(story: Story, hits: Sequence[Hit]) -> list[Kin]:
    """Children of whom only the age was said: "hon är fyra månader"."""
    return [
        Kin("child", "any", hit.first, 0.9, owned=False) for hit in hits if hit.key == "name_age" and _small(story, hit)
    ]


def _small(story: Story, hit: Hit) -> bool:
    ages = [
        token.word for token in story.tokens[hit.first : hit.last] if token.word.isascii() and token.word.isdecimal()
    ]
    return all(int(age[:4]) < OF_AGE for age in ages) or story.tokens[hit.last - 1].word not in YEARS


def _chosen(kin: Sequence[Kin]) -> tuple[Kin | None, float]:
    """Who is most spoken of as the patient, and how much."""
    sums: dict[str, float] = {}
    for each in kin:
        sums[each.who] = sums.get(each.who, 0.0) + each.worth
    if not sums:
        return None, 0.0
    best = max(sums, key=lambda who: sums[who])
    same = [each for each in kin if each.who == best]
    return max(same, key=lambda each: (each.worth, -each.at)), sums[best]


def _self(story: Story, hits: Sequence[Hit]) -> float:
    """How much the writer speaks of themselves as the patient: more counts where it comes first."""
    seen = {hit.first: hit for hit in hits if hit.key == "self"}
    return sum(0.55 if hit.first < EARLY else 0.3 for hit in seen.values())


def _born(story: Story, kin: Kin, hits: Sequence[Hit]) -> bool:
    """A child that is born is not the patient of that story, as a rule; nor is a partner who looks on."""
    if kin.who != "child":
        return False
    near = [
        hit for hit in hits if hit.key == "birth" and story.tokens[hit.first].sentence == story.tokens[kin.at].sentence
    ]
    return any(abs(hit.first - kin.at) <= 9 for hit in near)


def _writer(story: Story, hits: Sequence[Hit], by_key: Counter[str], self_worth: float, chosen: Kin | None) -> Whom:
    general = next((hit for hit in hits if hit.key == "general"), None)
    if general is not None and self_worth < 1.0 and chosen is None:
        return Whom("general", None, None, general.span(story.tokens), False, ("self",), "general")
    said = next((hit for hit in hits if hit.key == "self"), None)
    others = ("relative",) if chosen is not None and chosen.who != "child" else ("own_child", "relative")
    if said is None:
        return Whom("self", None, None, (0, 0), False, others, "usual")
    sure = self_worth >= CLEAR and chosen is None and not by_key["death"] and general is None
    return Whom("self", None, None, said.span(story.tokens), sure, others, "self")


def _of_kin(
    story: Story,
    lexicon: Reading,
    hits: Sequence[Hit],
    kin: Kin,
    worth: float,
    self_worth: float,
    all_kin: Sequence[Kin],
) -> Whom:
    span = story.span(max(0, kin.at - (kin.owned and kin.at > 0)), kin.at + 1)
    sex = kin.sex if kin.sex != "any" else _pronoun(story, lexicon)
    same = sum(each.who == kin.who for each in all_kin)
    clear = worth >= CLEAR and self_worth < worth / 2 and len({each.who for each in all_kin}) == 1
    if _dead(story, hits, all_kin):
        return Whom("deceased", kin.who, sex, span, False, ("relative",), "kin+death")
    age = _age(story, hits, kin) if kin.who in {"child", "young"} else None
    if kin.who == "young" and (age is None or age >= OF_AGE):
        return Whom("relative", "partner", sex, span, False, ("own_child", "self"), "young")
    if kin.who in {"child", "young"}:
        if age is not None and age >= OF_AGE:
            return Whom("relative", "child", sex, span, clear and same > 0, ("own_child",), "grown child")
        sure = clear and age is not None
        return Whom("own_child", "child", sex, span, sure, ("relative", "self"), "child")
    return Whom("relative", kin.who, sex, span, clear, ("self",), "kin")


def _dead(story: Story, hits: Sequence[Hit], kin: Sequence[Kin]) -> bool:
    """Whether somebody has died, and not nearly, nor long ago in passing."""
    denied = {at for hit in hits if hit.key == "not_death" for at in range(hit.first, hit.last)}
    deaths = [hit for hit in hits if hit.key == "death" and denied.isdisjoint(range(hit.first, hit.last))]
    named = {each.at for each in kin}
    return any(_of_somebody(story, hit, named) for hit in deaths)


def _of_somebody(story: Story, hit: Hit, named: set[int]) -> bool:
    """Whether it is theirs who is spoken of: the nearest word that can be its subject is "hon", or one of them."""
    for at in (*range(hit.last - 1, max(-1, hit.first - NEAR - 1), -1), *range(hit.last, hit.last + 3)):
        if at >= len(story.tokens) or story.tokens[at].sentence != story.tokens[hit.first].sentence:
            continue
        if at in named or story.tokens[at].word in {
            "han",
            "hon",
            "he",
            "she",
            "honom",
            "henne",
            "hans",
            "hennes",
            "her",
            "his",
        }:
            return True
        if story.tokens[at].word in {"jag", "i", "som"}:
            return False
    return False


def _age(story: Story, hits: Sequence[Hit], kin: Kin) -> int | None:
    """The child's age in years: as told right after, or as what is told of fits."""
    tokens = story.tokens
    for at in range(kin.at + 1, min(len(tokens), kin.at + 9)):
        if any(token.word in {"jag", "i"} for token in tokens[kin.at + 1 : at]):
            break
        if tokens[at].word.isascii() and tokens[at].word.isdecimal() and len(tokens[at].word) < 3:
            follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
            if (
                follows in {"ar", "aring", "arig", "years", "year", "and"}
                or at - kin.at <= 2
                or tokens[at - 1].word in {"ar", "is"}
            ):
                return int(tokens[at].word)
            if follows in {"manader", "man", "veckor", "dagar", "months", "weeks", "days"}:
                return 0
    if any(hit.key == "grown" for hit in hits):
        return OF_AGE
    return 5 if any(hit.key == "child_age" for hit in hits) else None


def _pronoun(story: Story, lexicon: Reading) -> str | None:
    """By "hon" and "han": only where one of them is nearly all."""
    female = sum(lexicon.has("female", token.word) for token in story.tokens)
    male = sum(lexicon.has("male", token.word) for token in story.tokens)
    if female + male < 1 or min(female, male) * 3 > max(female, male):
        return None
    return "woman" if female > male else "man"


def _backwards(story: Story, hit: Hit, lexicon: Reading) -> Whom | None:
    """The patient, named by what the writer is: "jag är svärdotter till"."""
    words = [token.word for token in story.tokens[hit.first : hit.last]]
    who = next((lexicon.meanings("kin_of")[word] for word in words if word in lexicon.meanings("kin_of")), None)
    span, sex = hit.span(story.tokens), _pronoun(story, lexicon)
    if who is None:
        return Whom("relative", None, sex, span, False, ("own_child", "deceased"), "as kin")
    dead = any(each.key == "death" for each in lexicon.hits)
    about = "deceased" if dead else "own_child" if who == "child" else "relative"
    return Whom(about, who, sex, span, False, ("relative",) if about != "relative" else (), "as kin")


def _proxy(story: Story, hits: Sequence[Hit], chosen: Kin | None, lexicon: Reading) -> Whom:
    hit = next(each for each in hits if each.key == "proxy")
    sex = chosen.sex if chosen is not None and chosen.sex != "any" else _pronoun(story, lexicon)
    return Whom("proxy", chosen.who if chosen else None, sex, hit.span(story.tokens), False, ("relative",), "proxy")
