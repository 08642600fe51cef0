"""Whether it is a complaint, a thought, or praise. What cuts the path short is only ever likely: it takes a press."""

from __future__ import annotations

from dialogs.listen.heard import Heard, Sure
from dialogs.listen.hearers.choices import IN_PASSING, said
from dialogs.listen.standing import Hit
from dialogs.listen.story import Story

USUAL = "complaint"
PRAISE, THOUGHT = "praise", "suggestion"
UNHAPPY = ("explanation", "apology", "not_again", "correction")
"""Wishes of somebody who complains."""
FEW = 2
"""Signs of what went wrong of which so few are no complaint."""
ENOUGH_BESIDE = 2
"""Ways of saying it that are needed beside what went wrong."""


def hear(story: Story) -> tuple[Heard, ...]:
    """One of the three; a complaint where nothing is said, since that is usual."""
    found = said(story, "leave")
    wishes = said(story, "wants")
    against = [*found.get(USUAL, []), *(hit for wish in UNHAPPY for hit in wishes.get(wish, []))]
    for choice in (PRAISE, THOUGHT):
        hits = found.get(choice, [])
        if not against and _weight(hits) >= (ENOUGH_BESIDE if _gone_wrong(story) else 1):
            return (Heard(choice, hits[0].span(story.tokens), Sure.LIKELY, (USUAL,), hits[0].line),)
    if not against:
        return (Heard(USUAL, (0, 0), Sure.LIKELY, reason="usual"),)
    first = against[0]
    return (Heard(USUAL, first.span(story.tokens), Sure.SURE, reason=first.line),)


def _weight(hits: list[Hit]) -> float:
    """How much is said for it. What is said in passing counts half, and the same words count once."""
    outright = {hit.first for hit in hits if not hit.key.endswith(IN_PASSING)}
    passing = {hit.first for hit in hits if hit.key.endswith(IN_PASSING)} - outright
    return len(outright) + len(passing) / 2


def _gone_wrong(story: Story) -> bool:
    """Whether it also tells of what complaints are about."""
    return len({hit.line for hit in story.find("themes") if " " not in hit.key}) > FEW
