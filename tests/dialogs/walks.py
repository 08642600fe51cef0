"""Random walks through a dialog: bytes decide each turn, so that a failing walk can be made smaller."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from dialogs.answers.forms import Raw
from dialogs.engine import advance, answer, choices_at, proposed, reachable
from dialogs.kinds import kind_of
from dialogs.kinds.place import Place
from dialogs.kinds.understood import PROPOSED
from dialogs.kinds.when import When
from dialogs.schema.kind import Asked
from dialogs.schema.model import Dialog, Ending, Step
from dialogs.schema.values import Answers, DialogContext
from tests.dialogs.telling import likely, sure

T = TypeVar("T")
UNIT = "SE0000000001-1001"
OTHER_UNIT = "SE0000000001-1002"
TODAY = date(2026, 11, 20)
EVERYWHERE = DialogContext(
    today=TODAY, units=(UNIT, OTHER_UNIT), files=("file-1", "file-2"), unit_receives=True, board_receives=True
)


HEARD = {
    "belongs": likely("compensation"),
    "about": likely("relative", "self"),
    "relation": sure("child"),
    "place": likely(Place(unit=UNIT), Place(text="Torget")),
    "when": sure(When(date(2026, 11, 17), date(2026, 11, 17))),
    "themes": likely("waiting"),
    "wants": sure("explanation"),
}
"""What a story may say."""


class Picks:
    """Choices made by bytes, one after the other, over and over."""

    def __init__(self, data: bytes) -> None:
        self._data = data or b"\0"
        self._at = 0

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        byte = self._data[self._at % len(self._data)]
        self._at += 1
        return options[byte % len(options)]

    def yes(self, share: int = 2) -> bool:
        """Yes about every so many times."""
        return self.one(range(share)) == 0


class Walked(Struct):
    """Where a walk ended, and what was sent at each turn."""

    answers: Answers
    sent: dict[str, Raw]
    turns: int
    end: Step | Ending | None


def facts(picks: Picks) -> DialogContext:
    """What the server may know about somebody who files."""
    return DialogContext(
        today=TODAY,
        units=EVERYWHERE.units,
        files=EVERYWHERE.files,
        unit_receives=picks.yes(),
        board_receives=not picks.yes(4),
        age_known=picks.yes(),
        sex_known=picks.yes(),
        heard=HEARD if picks.yes() else {},
    )


def walk_on(
    dialog: Dialog, known: DialogContext, picks: Picks, answers: Answers | None = None, turns: int = 100
) -> Walked:
    """Answer whatever is asked until the review or a way out is reached, or the turns are used up."""
    walked = Walked(answers={} if answers is None else answers, sent={}, turns=0, end=None)
    while walked.turns < turns:
        walked.end = advance(dialog, walked.answers, known)
        here = walked.end
        if isinstance(here, Ending) and (not here.resume or picks.yes(3)):
            return walked
        passed = [each for each in reachable(dialog, walked.answers, known) if isinstance(each, Step) and each.aside]
        unasked = [each for each in passed if each.id not in walked.answers]
        if unasked and picks.yes(5):
            here = walked.end = picks.one(unasked)
        if here is None:
            return walked
        raw = some_answer(dialog, here, walked.answers, known, picks) if isinstance(here, Step) else {}
        walked.answers = answer(dialog, walked.answers, here.id, raw, known)
        walked.sent[here.id] = raw
        walked.turns += 1
    return walked


def some_answer(dialog: Dialog, step: Step, answers: Answers, known: DialogContext, picks: Picks) -> Raw:
    """Something that the step takes."""
    if step.optional and picks.yes(3):
        return {"skip": ("1",)}
    if kind_of(step).confirms:
        return {
            PROPOSED + each.step.id: (picks.one(each.tokens),)
            for each in proposed(dialog, answers, known)
            if each.tokens and picks.yes()
        }
    ids = tuple(choice.id for choice in choices_at(dialog, answers, step, known))
    if step.kind == "several":
        return {"choice": _some(step, list(ids), picks)}
    return picks.one(kind_of(step).examples(Asked(step, ids, known)))


def _some(step: Step, ids: list[str], picks: Picks) -> tuple[str, ...]:
    alone = {choice.id for choice in step.choices if choice.exclusive}
    first = picks.one(ids)
    if first in alone:
        return (first,)
    return (first, *(id for id in ids if id != first and id not in alone and picks.yes(3)))


def answered(dialog: Dialog, known: DialogContext, sent: Mapping[str, Raw]) -> Answers:
    """The answers after sending these, in this order."""
    answers: Answers = {}
    for step, raw in sent.items():
        answers = answer(dialog, answers, step, raw, known)
    return answers
