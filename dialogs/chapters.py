"""How far one has come in parts that are fixed: what is asked, or passed by, never makes the way longer."""

from __future__ import annotations

from msgspec import Struct

from dialogs.display import words
from dialogs.schema.model import REVIEW, Dialog


class Part(Struct, frozen=True):
    """One of the parts, and how much of it lies behind."""

    name: str
    done: int
    """In percent: all of those before, nothing of those to come."""


class Progressing(Struct, frozen=True, kw_only=True):
    """Where one stands among the parts."""

    number: int
    parts: tuple[Part, ...]
    minutes: int
    """About how many are left; 0: it is soon done."""

    @property
    def name(self) -> str:
        """What the part is called that one is in."""
        return self.parts[self.number - 1].name


def part_at(dialog: Dialog, id: str, language: str) -> Progressing | None:
    """Where a step, or the review, lies; None in a dialog that has no parts.

    It follows from the definition alone, in whose order one walks: so it goes on with each answer, and never back.
    """
    if not dialog.chapters:
        return None
    places = [*(step.id for step in dialog.steps), REVIEW]
    starts = [places.index(chapter.first) for chapter in dialog.chapters]
    here = places.index(id)
    number = sum(start <= here for start in starts)
    pages = _pages(dialog, places, starts[number - 1], [*starts, len(places)][number])
    behind = sum(page <= here for page in pages)
    names = words(dialog, language).chapters
    shares = [100] * (number - 1) + [100 * behind // (len(pages) + 1)] + [0] * (len(starts) - number)
    return Progressing(
        number=number,
        parts=tuple(Part(names[chapter.id], done) for chapter, done in zip(dialog.chapters, shares, strict=True)),
        minutes=dialog.chapters[number - 1].minutes,
    )


def _pages(dialog: Dialog, places: list[str], first: int, end: int) -> list[int]:
    """Where the pages of a part lie, that are asked of anybody unasked."""
    steps = {step.id: step for step in dialog.steps}
    return [
        place
        for place in range(first, end)
        if (step := steps.get(places[place])) is None or not (step.beside or step.aside)
    ]
