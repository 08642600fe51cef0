"""Whether what a phrase says is denied. A denial belongs to its clause, and only takes back what it stands before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dialogs.listen.lexicon import load, spelling
from dialogs.listen.standing import Hit, found
from dialogs.listen.story import Story
from dialogs.listen.text import tokens

BEFORE = 3
"""Words before a phrase among which a denial takes it back."""


def stated(story: Story, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that no word denies: before them in their clause, behind their verb, or inside and not their own."""
    denials = {each.first for each in story.find("denial")}
    return [hit for hit in hits if not _denied(story, hit, denials)]


def _denied(story: Story, hit: Hit, denials: set[int]) -> bool:
    clause = story.tokens[hit.first].clause
    before = range(max(0, hit.first - BEFORE), hit.first)
    if any(at in denials and story.tokens[at].clause == clause for at in before):
        return True
    after = story.tokens[hit.last].clause == clause if hit.last < len(story.tokens) else False
    wished = story.list("denial").has("wished", story.tokens[hit.last - 1].word)
    if after and wished and hit.last in denials:
        return True
    return not _denies(story.lang, hit.line) and any(at in denials for at in range(hit.first, hit.last))


@cache
def _denies(language: str, line: str) -> bool:
    """Whether a line of a list has a denial of its own: "ska inte hända igen"."""
    return (
        "{not}" in line or "{none}" in line or bool(found(load(language), "denial", tokens(line, spelling(language))))
    )
