"""A title for a case, suggested from what was picked. Never from what was written: that may hold names."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.display import choice_label, words
from dialogs.model import Dialog, Step

LONGEST = 80
SOURCES = ("main_theme", "themes", "leave")
"""The questions that give the title its first words: the first that has an answer."""


def suggest_title(dialog: Dialog, picked: Callable[[str], tuple[str, ...]], language: str, unit_name: str = "") -> str:
    """Theme and unit, as "Väntetid, Ekbackens vårdcentral"; what was left ("Beröm") if no theme was picked.

    `picked` is that of a `Walk` or of a `Submission`. A place in free text gives no name to the title.
    """
    theme = next((label for id in SOURCES if (label := _label(dialog, picked, id, language))), "")
    title = ", ".join(part for part in (theme, unit_name) if part) or words(dialog, language).name
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip(' ,')}…"


def _label(dialog: Dialog, picked: Callable[[str], tuple[str, ...]], id: str, language: str) -> str:
    step = dialog.node(id)
    choices = picked(id)
    return choice_label(dialog, step, choices[0], language) if isinstance(step, Step) and choices else ""
