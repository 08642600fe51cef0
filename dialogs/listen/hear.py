"""All that a story says, by who listens for it. Pure, the same every time, and it never raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dialogs.listen.heard import Heard
from dialogs.listen.hearers import about, place, relation, sex, when
from dialogs.listen.places import Places
from dialogs.listen.story import Story, story_of

Hearer = Callable[[Story], tuple[Heard, ...]]
"""Hears one thing in a story: its proposals, the best first; several only where several can be answered."""

HEARERS: Mapping[str, Hearer] = {
    "about": about.hear,
    "relation": relation.hear,
    "sex": sex.hear,
    "place": place.hear,
    "when": when.hear,
}
"""Everything that a question can be heard from, by the name that a definition uses."""


def hear(text: str, lang: str, today: date, places: Places) -> dict[str, tuple[Heard, ...]]:
    """What each hearer heard; nothing of whoever heard nothing."""
    story = story_of(text, lang, today, places)
    heard = {name: hearer(story) for name, hearer in HEARERS.items()}
    return {name: found for name, found in heard.items() if found}
