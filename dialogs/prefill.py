"""What the answers suggest to whoever handles the case: problems of the boards' classification."""

from __future__ import annotations

from msgspec import Struct

from dialogs.schema.categories import load_categories
from dialogs.schema.model import Dialog, Step
from dialogs.submission import Submission


class Problems(Struct, frozen=True):
    """Suggested codes, to be confirmed or changed by a caseworker."""

    main: str
    """The main problem that comes first; empty if the answers suggest none."""
    subs: tuple[str, ...]
    """Sub problems, that of the main theme first."""
    mains: tuple[str, ...]
    """All main problems, in the same order."""


def suggest_problems(dialog: Dialog, sent: Submission) -> Problems:
    """The codes that stand for what the citizen picked."""
    first = sent.picked(dialog.case.main_theme)
    codes: list[str] = []
    for given in sent.answers:
        step = dialog.node(given.step)
        if isinstance(step, Step):
            picked = given.value.picked
            choices = sorted(
                (each for each in step.choices if each.id in picked), key=lambda each: each.id not in first
            )
            codes.extend(code for choice in choices for code in choice.categories)
    list_in_use = load_categories()
    mains = tuple(dict.fromkeys(list_in_use.main_of(code) for code in codes))
    subs = tuple(code for code in dict.fromkeys(codes) if code not in mains)
    return Problems(main=mains[0] if mains else "", subs=subs, mains=mains)
