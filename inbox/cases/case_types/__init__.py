"""What kinds of cases there are, and in what they differ: read once, from the file beside. No other code names one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from inbox.cases.errors import UnknownCaseType
from inbox.cases.model import CaseTypeId

FILE = Path(__file__).with_name("types.toml")
USUAL = "sv"
"""The language of which there are always words."""

End = Literal["answer_case", "refer_case", "withdraw_case"]
ENDS: frozenset[End] = frozenset({"answer_case", "refer_case", "withdraw_case"})
"""Commands that not every type can be ended by."""
ENDED_BY_STAFF: frozenset[End] = frozenset({"answer_case", "refer_case"})
AnswerPart = Literal["measures", "assessment", "classification"]


class ByReceiver(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, by who receives the case."""

    care: str
    board: str


class TypeWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the type is called in one language, and what is told of it."""

    kind: str
    """For staff."""
    ended: str = ""
    """Stands on the reporter's home beside what became of the case."""
    review: ByReceiver | None = None
    """Told before sending, where no date for an answer is."""
    receipt: ByReceiver | None = None
    """What happens now, on the receipt; without it the stages are shown."""


class CaseType(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of case."""

    id: CaseTypeId
    icon: str = ""
    """Of what is told before sending."""
    goal: Literal["goal_days"] | None = None
    """The rule of the region by which a date for the answer is set; None: none is."""
    window: Literal["reply_days"] | None = None
    """The rule by which one can ask on after the answer; None: the case is closed with its answer."""
    ends: frozenset[End]
    answer: frozenset[AnswerPart] = frozenset()
    """What a final answer must have."""
    words: dict[str, TypeWords]

    def told_in(self, language: str) -> TypeWords:
        """Its words in a language, in Swedish if there are no others."""
        return self.words.get(language) or self.words[USUAL]


class BrokenCaseTypes(ValueError):
    """The file cannot be used; the text names each type that is wrong, and what is."""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    types: tuple[CaseType, ...]


def read(content: bytes) -> dict[CaseTypeId, CaseType]:
    """The types of a file, by id. Raises BrokenCaseTypes."""
    try:
        types = msgspec.toml.decode(content, type=_File).types
    except msgspec.DecodeError as error:
        raise BrokenCaseTypes(f"bad_shape: {error}") from None
    if found := list(_problems(types)):
        raise BrokenCaseTypes(", ".join(found))
    return {each.id: each for each in types}


def _problems(types: tuple[CaseType, ...]) -> Iterator[str]:
    """What is wrong, as `code id`."""
    if not types:
        yield "no_types"
    yield from (f"duplicate_id {id}" for id, count in Counter(each.id for each in types).items() if count > 1)
    languages = {language for each in types for language in each.words} | {USUAL}
    for each in types:
        if not each.id.isascii() or not each.id.isidentifier():
            yield f"bad_id {each.id}"
        if not each.ends & ENDED_BY_STAFF:
            yield f"no_end {each.id}"
        yield from _beside_the_point(each)
        yield from (f"no_words {each.id} {language}" for language in sorted(languages - set(each.words)))
        yield from (f"no_kind {each.id} {language}" for language, words in each.words.items() if not words.kind)


def _beside_the_point(type: CaseType) -> Iterator[str]:
    """What is said of an answer that is never given, and what nobody is told where no date for one is set."""
    if "answer_case" not in type.ends:
        if type.window:
            yield f"window_without_answer {type.id}"
        yield from (f"part_without_answer {type.id} {part}" for part in sorted(type.answer))
    if type.goal is None:
        untold = ((language, words) for language, words in sorted(type.words.items()) if words.kind)
        yield from (f"no_review {type.id} {language}" for language, words in untold if words.review is None)


CASE_TYPES: Mapping[CaseTypeId, CaseType] = read(FILE.read_bytes())
"""Each type by its id. A file that cannot be used stops the program before it starts."""


def type_of(id: CaseTypeId) -> CaseType:
    """The type with that id. Raises UnknownCaseType."""
    if id not in CASE_TYPES:
        raise UnknownCaseType(type=id)
    return CASE_TYPES[id]
