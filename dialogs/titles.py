"""A title for a case, suggested from what was picked. Never from what was written: that may hold names."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.display import choice_label
from dialogs.engine import walk
from dialogs.model import Dialog, Kind, Step
from dialogs.values import Answers, Facts, Place

LONGEST = 80


def suggest_title(
    dialog: Dialog, answers: Answers, facts: Facts, language: str, names: Mapping[str, str] | None = None
) -> str:
    """Theme and unit, as "Väntetid, Ekbackens vårdcentral"; what it is, if no theme was picked.

    `names` gives units their names by id. A place in free text is left out.
    """
    way = walk(dialog, answers, facts)
    theme = next((label for label in (_picked(dialog, answers, way.steps, id, language) for id in ORDER) if label), "")
    unit = next((_unit(answers[step.id], names or {}) for step in way.steps if step.kind is Kind.PLACE), "")
    title = ", ".join(part for part in (theme, unit) if part) or dialog.id
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip(' ,')}…"


ORDER = ("main_theme", "themes", "leave")
"""The steps that give the title its first words: the first that has an answer."""


def _picked(dialog: Dialog, answers: Answers, steps: tuple[Step, ...], id: str, language: str) -> str:
    step = next((step for step in steps if step.id == id), None)
    return choice_label(dialog, step, answers[id].picked[0], language) if step and answers[id].picked else ""


def _unit(value: object, names: Mapping[str, str]) -> str:
    return names.get(value.unit, "") if isinstance(value, Place) else ""
