"""Whether a text speaks of danger, and by which words. Pure, bounded by the length of the text, the same every time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from dialogs.danger.lists import NUMBER, Family, Level, Lists, is_number, load_lists, without_one
from dialogs.danger.phrases import Item, Rule, Term, Terms
from dialogs.danger.words import APART, Word, words_of

NEAR = 10
"""Words away at which a sign of time still says when."""
CLOSE = 5
"""Words away at which a verb says whether something happens or happened."""
ASKED = 7
"""Words from a question to what was asked."""

Span = tuple[int, int]
"""From a place up to a place."""


class Danger(Struct, frozen=True):
    """What was met."""

    level: Level
    """`now`: show at once where to call. `spoken`: it is only spoken of; one calm line does."""
    family: str
    """The family that met it, for whoever owns the lists. It is told nobody."""
    start: int
    end: int


def danger_in(text: str) -> Danger | None:
    """The gravest danger that the text speaks of, or None. Never raises, whatever the text."""
    return _Reading(text, load_lists()).gravest()


class _Reading:
    """One text, with where each group of words stands in it. Lives for one answer: nothing of a text is kept."""

    def __init__(self, text: str, lists: Lists) -> None:
        self._lists = lists
        self._words = words_of(text)
        self._index = {word.place: at for at, word in enumerate(self._words)}
        self._at: dict[Terms, dict[int, int]] = {}
        self._place_all()
        self._sort()
        self._leave_out_idioms()

    def gravest(self) -> Danger | None:
        """The first `now`; else the first that is spoken of."""
        spoken = None
        for known in self._lists.rules:
            for span in self._spans(known.rule):
                level = self._level(known.family, span)
                if level is None or (level == "spoken" and spoken):
                    continue
                danger = self._danger(level, known.name, span)
                if level == "now":
                    return danger
                spoken = danger
        return spoken

    def _danger(self, level: Level, family: str, span: Span) -> Danger:
        first, last = self._words[self._index[span[0]]], self._words[self._index[span[1] - 1]]
        return Danger(level, family, first.start, last.end)

    # Where words stand

    def _place_all(self) -> None:
        places: dict[str, dict[int, int]] = {}
        for word in self._words:
            places.setdefault(word.word, {})[word.place] = word.place + 1
        for written, spans in places.items():
            for terms in self._terms_of(written):
                self._at.setdefault(terms, {}).update(spans)
        for at, word in enumerate(self._words[:-1]):
            seconds = self._lists.several.get(word.word)
            if seconds is None:
                continue
            for term, terms in (*seconds.get(self._words[at + 1].word, ()), *seconds.get("*", ())):
                if self._stands(term, at):
                    found = self._at.setdefault(terms, {})
                    found[word.place] = max(found.get(word.place, 0), word.place + len(term))

    def _terms_of(self, word: str) -> frozenset[Terms]:
        lists = self._lists
        found = set(lists.whole.get(word, ()))
        for end in lists.begun_lengths.get(word[:2], ()):
            if end <= len(word):
                found |= lists.begun.get(word[:end], frozenset())
        if is_number(word):
            found |= lists.whole.get(NUMBER, frozenset())
        if not found:
            for meant in self._meant(word):
                found |= lists.whole.get(meant, frozenset()) | lists.begun.get(meant, frozenset())
        return frozenset(found)

    def _meant(self, word: str) -> Iterator[str]:
        """The long words that this one is, but for one slip: a letter lost, added or changed, or two swapped."""
        for slip in (word, *without_one(word)):
            for meant in self._lists.slips.get(slip, ()):
                if _one_slip(word, meant):
                    yield meant

    def _stands(self, term: Term, at: int) -> bool:
        words = self._words[at : at + len(term)]
        side_by_side = len(words) == len(term) and words[-1].place - words[0].place == len(term) - 1
        return side_by_side and all(_is(word, meant) for word, meant in zip(words, term, strict=True))

    def _leave_out_idioms(self) -> None:
        """What is surely only a way of speaking takes no part in any rule."""
        left_out: set[int] = set()
        for rule in self._lists.idioms:
            for start, end in self._spans(rule):
                left_out.update(range(start, end))
        if not left_out:
            return
        kept = set(self._lists.groups.values())
        for terms, found in self._at.items():
            if terms not in kept and not left_out.isdisjoint(found):
                self._at[terms] = {start: end for start, end in found.items() if start not in left_out}
        self._sort()

    def _sort(self) -> None:
        self._starts = {terms: sorted(found) for terms, found in self._at.items()}
        self._there = frozenset(terms for terms, found in self._at.items() if found)

    # Where rules hold

    def _spans(self, rule: Rule) -> Iterator[Span]:
        """Where a rule holds, from its first word to its last."""
        if not rule.needs <= self._there:
            return
        parts = sorted((list(self._runs(part)) for part in rule.parts), key=len)
        if not parts[0]:
            return
        for span in parts[0]:
            joined = _joined(span, parts[1:], rule.within)
            if joined is not None:
                yield joined

    def _runs(self, part: Sequence[Item]) -> Iterator[Span]:
        """Where the items of a part follow each other, in the order of the text."""
        dead: set[tuple[int, int]] = set()
        for start in self._starts[part[0].terms]:
            end = self._at[part[0].terms].get(start)
            reached = None if end is None else self._reach(part, 1, end, dead)
            if reached is not None:
                yield start, reached

    def _reach(self, part: Sequence[Item], step: int, place: int, dead: set[tuple[int, int]]) -> int | None:
        """Where the rest of a part ends, begun at a place; what has failed once is not tried again."""
        if step == len(part):
            return place
        if (step, place) in dead:
            return None
        item = part[step]
        stands = self._at[item.terms]
        for away in range(item.gap + 1):
            end = stands.get(place + away)
            reached = None if end is None else self._reach(part, step + 1, end, dead)
            if reached is not None:
                return reached
            if item.small and not self._has("small", place + away, place + away + 1):
                break
        dead.add((step, place))
        return None

    # How it is said

    def _level(self, family: Family, span: Span) -> Level | None:
        start, end = span
        lowered: Level | None = "spoken" if family.lowered == "spoken" else None
        if family.happening:
            return family.level if self._happens(span) else lowered
        if self._has("asked", start - ASKED, start) or (family.denied and self._has("not", start - 1, end)):
            return lowered
        fresh = self._has("now", start - NEAR, end + NEAR) or self._has("lately", start - NEAR, end + NEAR)
        if not fresh and self._has("past", start - NEAR, end + NEAR):
            return lowered
        return family.level

    def _happens(self, span: Span) -> bool:
        """Whether something is told as happening: by the word now, or by the nearest verb."""
        start, end = span
        if self._has("now", start - NEAR, end + NEAR):
            return True
        if self._has("past", start - NEAR, end + NEAR) or self._has("asked", start - ASKED, start):
            return False
        for place in (*range(end - 1, start - CLOSE - 1, -1), *range(end, end + CLOSE)):
            if self._has("happened", place, place + 1) or self._ended(place):
                return False
            if self._has("happens", place, place + 1):
                return True
        # Told without a verb, or with one that no list knows: it is shown rather than missed.
        return True

    def _ended(self, place: int) -> bool:
        """Whether the word there ends as a verb of what is past: "väntade"."""
        at = self._index.get(place)
        return at is not None and self._words[at].word.endswith(self._lists.past_endings)

    def _has(self, group: str, start: int, end: int) -> bool:
        """Whether one of the group's words begins there."""
        starts = self._starts.get(self._lists.groups[group], [])
        at = bisect_left(starts, start)
        return at < len(starts) and starts[at] < end


def _joined(span: Span, others: list[list[Span]], within: int) -> Span | None:
    """The span together with the nearest of each other part, if all lie within so many words and none upon another."""
    taken = [span]
    for spans in others:
        near = _nearest(taken, spans, within)
        if near is None:
            return None
        taken.append(near)
    start, end = min(each[0] for each in taken), max(each[1] for each in taken)
    return (start, end) if end - start <= within else None


def _nearest(taken: list[Span], spans: list[Span], within: int) -> Span | None:
    start, end = taken[0]
    first = bisect_left(spans, (start - within, 0))
    best, least = None, within + APART
    for each in spans[first : first + 2 * within]:
        apart = max(each[0] - end, start - each[1])
        if apart < least and all(each[1] <= a or each[0] >= b for a, b in taken):
            best, least = each, apart
    return best


def _is(word: Word, meant: str) -> bool:
    return word.word.startswith(meant[:-1]) if meant.endswith("*") else word.word == meant


def _one_slip(word: str, meant: str) -> bool:
    """Whether one letter is lost, added or changed, or two side by side changed places; an ending of two may follow."""
    if word[:1] != meant[:1] or abs(len(word) - len(meant)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), min(len(word), len(meant)))
    rest, wanted = word[at:], meant[at:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == wanted
    return swapped or rest[1:] in {wanted, wanted[1:]} or rest == wanted[1:]
