"""Whom it is about: the writer, their child, somebody close, somebody they act for, or nobody alone."""

from __future__ import annotations

from dialogs.listen.heard import Heard, Sure
from dialogs.listen.story import Story
from dialogs.listen.whom.reading import whom


def hear(story: Story) -> tuple[Heard, ...]:
    """The choice; it always has to be asked: of those that seemed sure too many were wrong."""
    found = whom(story)
    return (Heard(found.about, found.span, Sure.LIKELY, found.others, found.reason),)
