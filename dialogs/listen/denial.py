"""Whether what a phrase says is denied. A denial belongs to its clause, and only takes back what it stands before."""

from __future__ import annotations

from functools import cache

from dialogs.listen.lexicon import Hit, load, spelling
from dialogs.listen.story import Story
from dialogs.listen.text import tokens

BEFORE = 3
"""Words before a phrase among which a denial takes it back."""


def stated(story: Story, hits: list[Hit]) -> list[Hit]:
    """The hits that are not denied: neither by a word before them in their clause, nor by one inside that is not the phrase's own."""
    denials = {each.first for each in story.find("denial")}
    return [hit for hit in hits if not _denied(story, hit, denials)]


def _denied(story: Story, hit: Hit, denials: set[int]) -> bool:
    clause = story.tokens[hit.first].clause
    before = range(max(0, hit.first - BEFORE), hit.first)
    if any(at in denials and story.tokens[at].clause == clause for at in before):
        return True
    return not _denies(story.lang, hit.line) and any(at in denials for at in range(hit.first, hit.last))


@cache
def _denies(language: str, line: str) -> bool:
    """Whether a line of a list has a denial of its own: "ska inte hända igen"."""
    return "{not}" in line or "{none}" in line or bool(load(language, "denial").find(tokens(line, spelling(language))))
