"""The kinds of question: each a file of this folder, found by its name. A definition says `kind = "phone"`.

A kind's value must keep its tag and its fields: drafts and submissions lie in databases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Union

import msgspec

from dialogs.answers.forms import SKIP, Raw
from dialogs.errors import SENTENCES as COMMON
from dialogs.schema.kind import Asked, Kind
from dialogs.schema.model import Step
from dialogs.schema.values import Answers, DialogContext, Skipped, Value


def _found() -> dict[str, Kind]:
    modules = [import_module(each.name) for each in walk_packages(__path__, f"{__name__}.") if not each.ispkg]
    return {module.__name__.rpartition(".")[2]: module.KIND for module in modules}


KINDS: Mapping[str, Kind] = _found()
"""Every kind by its name."""
SENTENCES = COMMON | {code: said for kind in KINDS.values() for code, said in kind.sentences.items()}
"""What a person is told when an answer is refused, by code."""

if TYPE_CHECKING:
    AnyValue = Value
else:
    AnyValue = Union[tuple(sorted(Value.__subclasses__(), key=lambda value: value.__name__))]  # noqa: UP007
    """Every value there is, as it is read back from JSON."""


def kind_of(step: Step) -> Kind:
    """The kind of the step's question."""
    return KINDS[step.kind]


def from_form(step: Step, fields: Mapping[str, Sequence[str]]) -> Raw:
    """What the form says about this step; fields that are not the step's own are left out."""
    kind = kind_of(step)
    names = (SKIP, *kind.fields, *(name for name in fields if name not in kind.fields and kind.takes(name)))
    sent = {name: tuple(text for text in fields.get(name, ()) if text.strip()) for name in names}
    return {name: texts for name, texts in sent.items() if texts}


def validate(step: Step, raw: Raw, choices: tuple[str, ...], facts: DialogContext) -> Value:
    """The value of an answer, cleaned; or a refusal by name. `choices` are those that the step offers now."""
    if step.optional and (SKIP in raw or not raw):
        return Skipped()
    return kind_of(step).read(Asked(step, choices, facts), raw)


def encode_answers(answers: Answers) -> bytes:
    """The answers as JSON, the same bytes for the same answers."""
    return msgspec.json.encode(answers, order="deterministic")


def decode_answers(data: bytes | str) -> dict[str, Value]:
    """The answers back from JSON."""
    return msgspec.json.decode(data, type=dict[str, AnyValue])
