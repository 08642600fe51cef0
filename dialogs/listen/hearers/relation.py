"""What the writer is to the patient."""

from __future__ import annotations

from dialogs.listen.heard import Heard, Sure
from dialogs.listen.story import Story
from dialogs.listen.whom.reading import RELATION, whom


def hear(story: Story) -> tuple[Heard, ...]:
    """The relation, where it is about a relative or somebody who has died."""
    found = whom(story)
    if found.about not in {"relative", "deceased"} or found.who is None:
        return ()
    return (Heard(RELATION[found.who], found.span, Sure.LIKELY, (), found.reason),)
