"""Words that call for help at once. They only show where to call: nothing is blocked, nothing is sent to anybody."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from dialogs.model import Step
from dialogs.values import Text, Value

LIST = Path(__file__).parent / "data" / "emergency.toml"


class _List(Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, tuple[str, ...]]


def emergency(text: str) -> bool:
    """Whether the text speaks of acute danger or of not wanting to live, in any of the languages."""
    return _pattern().search(" ".join(text.casefold().split())) is not None


def alarming(step: Step, value: Value) -> bool:
    """Whether an answer should show where to get help, in the same turn."""
    if isinstance(value, Text):
        return emergency(value.text)
    return any(choice.urgent and choice.id in value.picked for choice in step.choices)


@cache
def _pattern() -> re.Pattern[str]:
    """All words at once. A star at the end of a word lets it go on: självmord* finds självmordstankar."""
    lists = msgspec.toml.decode(LIST.read_bytes(), type=_List).words
    words = (re.escape(word.casefold()).replace(r"\*", r"\w*") for each in lists.values() for word in each)
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
