"""What is sent: the answers that lie on the path, and nothing else."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from dialogs.engine import walk
from dialogs.kinds import AnyValue, kind_of
from dialogs.proposals import origins
from dialogs.schema.conditions import Knowledge
from dialogs.schema.hearing import Span
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import Answers, DialogContext, Skipped, Value


class NotReady(Exception):
    """There are questions left, or the answers lead to a way out."""

    code = "not_ready"


class Given(Struct, frozen=True, omit_defaults=True):
    """One answer: at which step it was given, what it is called, and the value."""

    step: str
    field: str
    value: AnyValue
    spans: tuple[Span, ...] = ()
    """The reporter's own words in the story that say it, where it was heard there."""


class Submission(Struct, frozen=True, kw_only=True):
    """A filled-in dialog. The recipient is "unit" or "board": the one that was picked, or the only one there is."""

    dialog: str
    version: int
    case_type: str
    recipient: str
    answers: tuple[Given, ...]

    def get(self, field: str) -> Value | None:
        """The answer with this name; None if the question was not asked or was skipped."""
        return next((given.value for given in self.answers if given.field == field), None)

    def known(self) -> Knowledge:
        """What conditions on words may read of it: what was picked, by step."""
        return _Sent({given.step: given.value for given in self.answers})

    def picked(self, field: str) -> tuple[str, ...]:
        """The choices picked at the question with this name."""
        value = self.get(field)
        return value.picked if value is not None else ()


class _Sent(Struct, frozen=True):
    """A filled-in dialog as conditions may read it. No facts: they were those of the day on which it was sent."""

    values: dict[str, Value]

    def picked(self, step: str) -> tuple[str, ...]:
        value = self.values.get(step)
        return value.picked if value is not None else ()

    def fact(self, name: str) -> bool:
        return False


def submission(dialog: Dialog, answers: Answers, facts: DialogContext) -> Submission:
    """The submission that the answers make. Refused while a question is open."""
    way = walk(dialog, answers, facts)
    if way.now is not None:
        raise NotReady(way.now.id)
    heard = origins(way.answers, dialog, facts)
    given = [
        Given(step.id, step.name, way.answers[step.id], heard.get(step.id, ()))
        for step in way.steps
        # What was confirmed stands as answers; that it was looked at is no answer.
        if not kind_of(step).confirms
    ]
    return Submission(
        dialog=dialog.id,
        version=dialog.version,
        case_type=dialog.case_type,
        recipient=_recipient(dialog, given, facts),
        answers=tuple(each for each in given if not isinstance(each.value, Skipped)),
    )


def encode(sent: Submission) -> bytes:
    """The submission as JSON: the same answers give the same bytes."""
    return msgspec.json.encode(sent, order="deterministic")


def decode(data: bytes | str) -> Submission:
    """The submission back from JSON."""
    return msgspec.json.decode(data, type=Submission)


def _recipient(dialog: Dialog, given: list[Given], facts: DialogContext) -> str:
    usual = "unit" if facts.unit_receives else "board"
    steps = ((dialog.node(each.step), each.value) for each in given)
    named = (kind_of(step).receiver(value) for step, value in steps if isinstance(step, Step))
    return next(filter(None, named), usual)
