"""The patient's sex, where the story is about somebody else and names them by a word that says it."""

from __future__ import annotations

from dialogs.listen.heard import Heard, Sure
from dialogs.listen.story import Story
from dialogs.listen.whom.reading import whom


def hear(story: Story) -> tuple[Heard, ...]:
    """Woman or man. Never of the writer: that is known, or asked."""
    found = whom(story)
    if found.about in {"self", "general"} or found.sex not in {"woman", "man"}:
        return ()
    return (Heard(found.sex, found.span, Sure.SURE if found.sure else Sure.LIKELY, (), found.reason),)
