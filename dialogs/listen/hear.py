"""All that a story says, by who listens for it. Pure, the same every time, and it never raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec.structs import replace

from dialogs.listen.heard import Heard, Sure
from dialogs.listen.hearers import about, belongs, choices, leave, place, relation, sex, themes, wants, when
from dialogs.listen.places import Places
from dialogs.listen.story import Story, story_of

Hearer = Callable[[Story], tuple[Heard, ...]]
"""Hears one thing in a story: its proposals, the best first; several only where several can be answered."""

HEARERS: Mapping[str, Hearer] = {
    "leave": leave.hear,
    "belongs": belongs.hear,
    "about": about.hear,
    "relation": relation.hear,
    "sex": sex.hear,
    "basis": choices.one("basis"),
    "patient_knows": choices.one("patient_knows"),
    "place": place.hear,
    "when": when.hear,
    "themes": themes.hear,
    "wants": wants.hear,
    "recipient": choices.one("recipient"),
    "answer_way": choices.one("answer_way"),
}
"""Everything that a question can be heard from, by the name that a definition uses."""


FEWEST, SHARE = 2, 0.15
"""Common words that a story has, at least: so many different ones, and such a part of all."""


def hear(text: str, lang: str, today: date, places: Places) -> dict[str, tuple[Heard, ...]]:
    """What each hearer heard; nothing of whoever heard nothing."""
    story = story_of(text, lang, today, places)
    heard = {name: hearer(story) for name, hearer in HEARERS.items()}
    written = _is_written(story)
    return {name: found if written else _doubted(found) for name, found in heard.items() if found}


def _is_written(story: Story) -> bool:
    """Whether it is a text in its language: in noise, in code and in another language nothing is sure."""
    common = story.list("common")
    words = [token.word for token in story.tokens if len(token.word) > 1 and common.has("common", token.word)]
    return len(set(words)) >= FEWEST and len(words) >= SHARE * len(story.tokens)


def _doubted(found: tuple[Heard, ...]) -> tuple[Heard, ...]:
    return tuple(replace(each, how=Sure.LIKELY) for each in found)
