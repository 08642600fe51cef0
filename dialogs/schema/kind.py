"""What there is to know of a kind of question, beside how it is drawn. Each kind is a file of `dialogs/kinds/`.

Nothing else knows which kinds there are: whoever needs something of a question asks its kind here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

import msgspec
from msgspec import Struct

from dialogs.answers.forms import Raw
from dialogs.errors import Invalid
from dialogs.schema.model import Choice, Step
from dialogs.schema.values import DialogContext, Telling, Value
from dialogs.sentences import Translate

Picks = tuple[str, ...]

LONGEST_FIELD = 120
"""Letters of a field that its kind says nothing else of."""


class Asked(Struct, frozen=True):
    """A question as it is asked: its step, the choices that it offers now, and what the server knows."""

    step: Step
    choices: Picks
    facts: DialogContext

    def refused(self, code: str, field: str = "", **params: int | str) -> Invalid:
        """Why the answer cannot be taken, and at which field it is said."""
        return Invalid(code, self.step.id, field, **params)


class NoSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set."""


class Kind(ABC):
    """A kind of question. What is said here is true of most; each says what is different about it."""

    fields: ClassVar[Mapping[str, str]] = {}
    """The fields of its form, by name, and what a page calls what stands there (`N_`); "" is not told again."""
    chosen: ClassVar[frozenset[str]] = frozenset()
    """Fields in which nobody writes: what stands there was picked out of what the page offered."""
    own_words: ClassVar[str] = ""
    """The field in which somebody tells in words of their own; a page that cannot ask hands them back, for copying."""
    longest: ClassVar[int] = 0
    """Letters that the text may have, if the definition does not say; 0 if there is no text."""
    sentences: ClassVar[Mapping[str, str]] = {}
    """What a person is told when an answer is refused, by code (`N_`). The common ones are in `dialogs/errors.py`."""
    settings: ClassVar[type[Struct]] = NoSettings
    """What a definition may set of such a question, beside what is true of every step."""

    picks_one: ClassVar[bool] = False
    """Whether one choice is all that its form holds."""
    offers: ClassVar[bool] = False
    """Whether one picks among choices of the definition, and what was picked must still be offered."""
    own_choices: ClassVar[Picks] = ()
    """Choices that every question of the kind has. They are worded like others."""
    tells: ClassVar[Picks] = ()
    """What conditions may read of an answer that picks no choice of the definition."""
    asks: ClassVar[bool] = True
    """Whether there is an answer to show again. A note is only read."""
    picks_unit: ClassVar[bool] = False
    """Whether a unit of the directory is searched for and picked."""
    takes_files: ClassVar[bool] = False
    """Whether files are added."""
    listens: ClassVar[bool] = False
    """Whether a story is told here that others can be heard in."""
    hears: ClassVar[str] = ""
    """What sort of thing can be its answer where it is heard; "" for what is never heard. See `HEARERS`."""
    confirms: ClassVar[bool] = False
    """Whether it shows what was heard, to be confirmed or changed."""
    in_case: ClassVar[bool] = True
    """Whether it can be asked within a case. What is private, files and who receives belong to what begins one."""

    @abstractmethod
    def read(self, asked: Asked, raw: Raw) -> Value:
        """The answer, made clean; or `Invalid`, by name."""

    @abstractmethod
    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """Answers that such a question takes: the check of a definition gives them, and so do walks in tests."""

    def of_heard(self, said: object) -> Raw:
        """What was heard, as its form would send it: it is read, and refused, like anything else."""
        return {}

    def within(self, part: Value, whole: Value) -> bool:
        """Whether an answer says at least this."""
        return part == whole

    def takes(self, field: str) -> bool:
        """Whether a field belongs to its form."""
        return field in self.fields

    def set_by(self, step: Step) -> Struct:
        """What the definition sets of this question. Raises msgspec.ValidationError."""
        return msgspec.convert(step.settings, self.settings)

    def most(self, step: Step) -> int:
        """How many letters its text may have."""
        return step.max_length or self.longest or LONGEST_FIELD

    def worded(self, step: Step) -> Picks:
        """The choices that need words."""
        return self.own_choices or tuple(choice.id for choice in step.choices)

    def readable(self, step: Step) -> Picks:
        """What conditions may ask for."""
        return tuple(choice.id for choice in step.choices) if self.offers else self.own_choices or self.tells

    def ways(self, choices: tuple[Choice, ...]) -> Iterator[Picks]:
        """Picks that stand for all that can be picked of these."""
        yield from ((choice.id,) for choice in choices)

    def near(self, today: date) -> Mapping[str, str]:
        """Answers that a button gives at once: what it sends, and what stands on it (`N_`)."""
        return {}

    def kept_aside(self, sent: Raw) -> Raw:
        """What was chosen, so that it can be put back when the question is asked again."""
        return {name: texts for name, texts in sent.items() if name in self.chosen}

    def retold(self, sent: Raw, telling: Telling, say: Translate) -> Iterator[tuple[str, str]]:
        """What was sent, in words, for a page that cannot ask the question: what it is called, and what was typed."""
        for name, called in self.fields.items():
            if called:
                yield say(called), "".join(sent.get(name, ())[:1])

    def receiver(self, value: Value) -> str:
        """Who shall receive what is sent, "unit" or "board", where this question asks for it."""
        return ""

    def beginning_at(self, unit: str) -> Value | None:
        """The answer of somebody who has come from the unit's own page; None where that says nothing."""
        return None
