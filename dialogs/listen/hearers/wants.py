"""What somebody wants to come of it."""

from __future__ import annotations

from dialogs.listen.heard import Heard
from dialogs.listen.hearers import leave
from dialogs.listen.hearers.choices import several
from dialogs.listen.story import Story

NOTHING_MORE = "just_tell"
"""The wish to have said it: only where nothing else is wished. Whoever praises says so too, and is not asked."""

_wishes = several("wants")


def hear(story: Story) -> tuple[Heard, ...]:
    """All that is wished, in the order in which it is said outright."""
    wishes = _wishes(story)
    if len(wishes) > 1 or leave.hear(story)[0].value == leave.PRAISE:
        return tuple(each for each in wishes if each.value != NOTHING_MORE)
    return wishes
