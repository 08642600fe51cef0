"""Whether it is a complaint, a thought, or praise. What cuts the path short is only ever likely: it takes a press."""

from __future__ import annotations

from dialogs.listen.heard import Heard, Sure
from dialogs.listen.hearers.choices import said
from dialogs.listen.standing import Hit
from dialogs.listen.story import Story

USUAL = "complaint"
UNHAPPY = frozenset({"explanation", "apology", "not_again", "correction"})
"""Wishes of somebody who complains."""
FEW = 2
"""Ways of saying it that are needed beside what went wrong."""


def hear(story: Story) -> tuple[Heard, ...]:
    """One of the three; a complaint where nothing is said, since that is usual."""
    found = said(story, "leave")
    wishes = said(story, "wants")
    against = [*found.get(USUAL, []), *(hit for wish in UNHAPPY for hit in wishes.get(wish, []))]
    for choice in ("praise", "suggestion"):
        hits = found.get(choice, [])
        if not against and _lines(hits) >= (FEW if _gone_wrong(story) else 1):
            return (Heard(choice, hits[0].span(story.tokens), Sure.LIKELY, (USUAL,), hits[0].line),)
    if not against:
        return (Heard(USUAL, (0, 0), Sure.LIKELY, reason="usual"),)
    first = against[0]
    return (Heard(USUAL, first.span(story.tokens), Sure.SURE, reason=first.line),)


def _lines(hits: list[Hit]) -> int:
    return len({hit.first for hit in hits})


def _gone_wrong(story: Story) -> bool:
    """Whether it also tells of what complaints are about."""
    return len({hit.line for hit in story.find("themes") if " " not in hit.key}) > FEW
