"""Whether it belongs to somebody else: an offer beside the story, never an end by itself."""

from __future__ import annotations

from dialogs.listen.heard import Heard, Sure
from dialogs.listen.hearers.choices import IN_PASSING, only, said
from dialogs.listen.standing import Hit
from dialogs.listen.story import Story

HEALTH = "health"
"""What tells of care that is meant here after all."""
NAMED_ALONG = frozenset({"social", "school", "private"})
"""Those that many a story about care names in passing: the home help found her, the school nurse sent us there."""


def hear(story: Story) -> tuple[Heard, ...]:
    """Where else it may belong."""
    found = said(story, "belongs")
    care = found.pop(HEALTH, [])
    return only(
        [_heard(story, choice, hits, care) for choice, hits in found.items() if _meant(story, choice, hits, care)]
    )


def _meant(story: Story, choice: str, hits: list[Hit], care: list[Hit]) -> bool:
    """Whether it is what the story is about: begun with, and spoken of more than the care that is meant here."""
    if choice not in NAMED_ALONG:
        return True
    first = min(hit.first for hit in hits)
    places = {hit.first for hit in hits}
    cared = {hit.first for hit in care} - places
    return first * 2 <= len(story.tokens) and all(first < at for at in cared) and len(cared) < len(places)


def _heard(story: Story, choice: str, hits: list[Hit], care: list[Hit]) -> Heard:
    best = hits[0]
    certain = not best.key.endswith(IN_PASSING) and (choice not in NAMED_ALONG or not care)
    return Heard(choice, best.span(story.tokens), Sure.SURE if certain else Sure.LIKELY, reason=best.line)
