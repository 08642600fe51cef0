"""A title for a case, suggested from what was picked. Never from what was written: that may hold names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dialogs.answers.dates import span
from dialogs.display import choice_label, words
from dialogs.kinds.when import When
from dialogs.locales import month_of
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import Value

LONGEST = 80
THEMES_NAMED = 2
"""So many themes are named: with the day they tell one case from the next in a long queue."""
WRITTEN = {"sv": "skrivet i {month} {year}", "en": "written in {month} {year}"}
"""What tells one case from the next where nobody knows the day."""

Picked = Callable[[str], tuple[str, ...]]


def suggest_title(
    dialog: Dialog,
    picked: Picked,
    language: str,
    when: Value | None = None,
    unit_name: str = "",
    today: date | None = None,
) -> str:
    """Themes and day, as "Väntetid, 21 oktober 2026"; without a day the unit, and the month in which it is written.

    Without themes it is what was left ("Beröm"). `picked` is that of a `Walk` or of a `Submission`. A place in free
    text gives no name to the title.
    """
    themes = _themes(dialog, picked, language)
    if isinstance(when, When) and when.first and when.last:
        return _short(*themes, span(when.first, when.last, language))
    written = _written(today, language) if today else ""
    whole = _joined(*themes, unit_name, written) or words(dialog, language).name
    # At the unit itself every title would end alike: the month tells more.
    return _short(whole) if len(whole) <= LONGEST or not written else _short(*themes, written)


def _written(today: date, language: str) -> str:
    phrase = WRITTEN.get(language, WRITTEN["sv"])
    return phrase.format(month=month_of(today, language), year=today.year)


def _short(*parts: str) -> str:
    title = _joined(*parts)
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip(' ,')}…"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _themes(dialog: Dialog, picked: Picked, language: str) -> tuple[str, ...]:
    case = dialog.case
    labels = [label for name in (case.main_theme, case.themes) for label in _labels(dialog, picked, name, language)]
    # What has no themes is named after what it is.
    return tuple(dict.fromkeys(labels))[:THEMES_NAMED] or _labels(dialog, picked, case.type, language)


def _labels(dialog: Dialog, picked: Picked, id: str, language: str) -> tuple[str, ...]:
    step = dialog.node(id)
    if not isinstance(step, Step):
        return ()
    return tuple(choice_label(dialog, step, choice, language) for choice in picked(id))
