"""What went wrong, by the definition's choices: the three likeliest, to be offered first. Never filled in."""

from __future__ import annotations

import re
from collections import defaultdict

from dialogs.listen.heard import Heard, Span, Sure
from dialogs.listen.story import Story

SHOWN = 3
CLEAR, FAINT = 1.0, 0.3
"""What a phrase counts that says it nearly alone, and one that does so only beside others."""
QUOTED = 0.7
"""What it counts for `SPOKEN` that staff are quoted. Whoever was treated badly tells it as a scene, word for word."""
ENOUGH = 0.6
QUOTES_COUNTED = 2
SPOKEN = "attitude"
FAINTLY = " plain"
"""Ends the key of phrases that count only beside others."""
_QUOTE = re.compile(r"[\"”“»][^\"”“»]{4,120}[\"”“«]")


def hear(story: Story) -> tuple[Heard, ...]:
    """At most three themes, the likeliest first."""
    signs = _signs(story)
    scores = {theme: sum(found.values()) for theme, found in signs.items()}
    first = sorted((theme for theme in scores if scores[theme] >= ENOUGH), key=lambda theme: -scores[theme])[:SHOWN]
    return tuple(_heard(story, theme, signs[theme]) for theme in first)


def _signs(story: Story) -> dict[str, dict[str, float]]:
    """What each phrase that stands there counts, by theme. Said twice counts once."""
    signs: dict[str, dict[str, float]] = defaultdict(dict)
    for hit in story.find("themes"):
        signs[hit.key.removesuffix(FAINTLY)][hit.line] = FAINT if hit.key.endswith(FAINTLY) else CLEAR
    for at in range(min(QUOTES_COUNTED, len(_QUOTE.findall(story.text)))):
        signs[SPOKEN][f"quoted {at + 1}"] = QUOTED
    return signs


def _heard(story: Story, theme: str, found: dict[str, float]) -> Heard:
    best = max(found, key=lambda line: found[line])
    return Heard(theme, _span(story, best), Sure.LIKELY, reason=best)


def _span(story: Story, line: str) -> Span:
    for hit in story.find("themes"):
        if hit.line == line:
            return hit.span(story.tokens)
    quote = _QUOTE.search(story.text)
    return quote.span() if quote else (0, 0)
