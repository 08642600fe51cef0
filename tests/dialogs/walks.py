"""Random walks through a dialog: bytes decide each turn, so that a failing walk can be made smaller."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from dialogs.answers.forms import Raw
from dialogs.engine import advance, answer, choices_at
from dialogs.schema.model import Dialog, Ending, Kind, Step
from dialogs.schema.values import Answers, DialogContext

T = TypeVar("T")
UNIT = "SE0000000001-1001"
OTHER_UNIT = "SE0000000001-1002"
TODAY = date(2026, 11, 20)
EVERYWHERE = DialogContext(
    today=TODAY, units=(UNIT, OTHER_UNIT), files=("file-1", "file-2"), unit_receives=True, board_receives=True
)


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
    )


def walk_on(
    dialog: Dialog, known: DialogContext, picks: Picks, answers: Answers | None = None, turns: int = 100
) -> Walked:
    """Answer whatever is asked until the review or a way out is reached, or the turns are used up."""
    walked = Walked(answers={} if answers is None else answers, sent={}, turns=0, end=None)
    while walked.turns < turns:
        walked.end = advance(dialog, walked.answers, known)
        here = walked.end
        if here is None or (isinstance(here, Ending) and (not here.resume or picks.yes(3))):
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
    ids = [choice.id for choice in choices_at(dialog, answers, step, known)]
    match step.kind:
        case Kind.ONE | Kind.RECIPIENT:
            return {"choice": (picks.one(ids),)}
        case Kind.SEVERAL:
            return {"choice": _some(step, ids, picks)}
        case kind:
            return picks.one(GOOD[kind])


def _some(step: Step, ids: list[str], picks: Picks) -> tuple[str, ...]:
    alone = {choice.id for choice in step.choices if choice.exclusive}
    first = picks.one(ids)
    if first in alone:
        return (first,)
    return (first, *(id for id in ids if id != first and id not in alone and picks.yes(3)))


GOOD: dict[Kind, tuple[Raw, ...]] = {
    Kind.SHORT_TEXT: ({"text": ("Fick vänta länge",)}, {"text": ("Något annat",)}),
    Kind.LONG_TEXT: ({"text": ("Jag ringde tre dagar i rad.",)}, {"text": ("Ingen svarade.\r\nJag gav upp.",)}),
    Kind.WHEN: (
        {"when": ("unknown",)},
        {"when": ("date",), "date": ("2026-10-21",)},
        {"when": ("period",), "first": ("2026-10-21",), "last": ("2026-10-23",)},
    ),
    Kind.PLACE: ({"unit": (UNIT,)}, {"unit": (OTHER_UNIT,)}, {"text": ("Vårdcentralen vid torget",)}),
    Kind.FILES: ({"file": ("file-1",)}, {"file": ("file-1", "file-2")}),
    Kind.PERSON: ({"name": ("Kim Exempel",), "birth_year": ("1950",)}, {"name": ("Bo",), "birth_year": ("2015",)}),
    Kind.PHONE: ({"phone": ("070-123 45 67",)}, {"phone": ("+46 70 123 45 67",)}),
    Kind.ADDRESS: ({"street": ("Storgatan 1",), "postcode": ("12345",), "town": ("Lindby",)},),
    Kind.CONSENT: ({"choice": ("yes",)}, {"choice": ("no",)}),
    Kind.NOTE: ({},),
}


def answered(dialog: Dialog, known: DialogContext, sent: Mapping[str, Raw]) -> Answers:
    """The answers after sending these, in this order."""
    answers: Answers = {}
    for step, raw in sent.items():
        answers = answer(dialog, answers, step, raw, known)
    return answers
