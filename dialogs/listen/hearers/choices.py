"""What is said in so many words: the choices of a question, by the phrases of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dialogs.listen.denial import stated
from dialogs.listen.heard import Heard, Sure
from dialogs.listen.standing import Hit
from dialogs.listen.story import Story

IN_PASSING = "?"
"""Ends the key of phrases that only hint at a choice."""
ASKED = " ??"
"""Ends the key of phrases that do so only in a question."""
SPOKEN_OF = "spoken_of"
"""The key of phrases that name a choice without choosing it: "the board said"."""

_END = re.compile(r"[.!?\n]")


def several(name: str) -> Callable[[Story], tuple[Heard, ...]]:
    """A hearer of every choice that the phrases of a list name, in the order of the list."""

    def hear(story: Story) -> tuple[Heard, ...]:
        return tuple(_heard(story, choice, hits) for choice, hits in said(story, name).items())

    return hear


def one(name: str) -> Callable[[Story], tuple[Heard, ...]]:
    """A hearer of one choice: the first of the list that is named. Where others are named too it is only likely."""

    def hear(story: Story) -> tuple[Heard, ...]:
        return only([_heard(story, choice, hits) for choice, hits in said(story, name).items()])

    return hear


def only(found: Sequence[Heard]) -> tuple[Heard, ...]:
    """The first, with what else it may be."""
    if len(found) < 2:
        return tuple(found)
    first = found[0]
    return (Heard(first.value, first.span, Sure.LIKELY, tuple(each.value for each in found[1:]), first.reason),)


def said(story: Story, name: str) -> dict[str, list[Hit]]:
    """Where each choice is named, and not denied. What says it outright comes first."""
    choices: dict[str, list[Hit]] = {}
    hits = [hit for hit in stated(story, story.find(name)) if not hit.key.endswith(ASKED) or _asked(story, hit)]
    spoken = {at for hit in hits if hit.key == SPOKEN_OF for at in range(hit.first, hit.last)}
    for hit in sorted(hits, key=lambda each: each.key.endswith(IN_PASSING)):
        if spoken.isdisjoint(range(hit.first, hit.last)):
            choices.setdefault(hit.key.partition(" ")[0], []).append(hit)
    return choices


def _heard(story: Story, choice: str, hits: list[Hit]) -> Heard:
    best = hits[0]
    sure = Sure.LIKELY if best.key.endswith(IN_PASSING) else Sure.SURE
    return Heard(choice, best.span(story.tokens), sure, reason=best.line)


def _asked(story: Story, hit: Hit) -> bool:
    """Whether the sentence of a hit is a question."""
    end = _END.search(story.text, story.tokens[hit.last - 1].end)
    return end is not None and end.group() == "?"
