"""What each form of a thread is: the texts that are written in it, where they stand on the page, where it leads.

How long a text may be, and whether it may be left out, is said once: by the fields of the command.
"""

from collections.abc import Mapping
from functools import cache
from typing import cast

import msgspec
from msgspec import Struct
from msgspec.inspect import StrType, StructType, type_info

from dialogs.sentences import N_
from inbox.cases.commands import KINDS


class TextField(Struct, frozen=True):
    """A field in which people write sentences."""

    name: str
    id: str = ""
    """Its id on the page, where that is another: a page has several forms."""
    empty: str = ""
    """What is asked for where nothing stands in it, if more can be said than that something is to be written."""


class FormSpec(Struct, frozen=True, kw_only=True):
    """The form of a command."""

    tag: str
    texts: tuple[TextField, ...] = ()
    ids: Mapping[str, str] = {}
    """Of other fields: their ids, where those are not their names."""
    after: str = "{url}"
    """Where to go when it is done: to the thread, if nothing else is said."""
    widens: bool = False
    """Whether it is asked before more people read it than what it answers."""
    name: str = ""
    """What it is called at the desk beside the thread, where it needs no more than a press, or one text; empty: it has
    a place of its own."""
    question: str = ""
    """What is asked for there, if it has a text."""

    @property
    def suffix(self) -> str:
        """A page has several forms: each makes the id of its command from the page's own."""
        return f"-{self.tag}"

    def id_of(self, field: str) -> str:
        """The id on the page."""
        named = next((text for text in self.texts if text.name == field), None)
        return (named.id if named else self.ids.get(field, "")) or field

    def longest(self, field: str) -> int | None:
        """How many letters it may have; None where it is no text of the command."""
        return _limits(self.tag).get(field)

    def may_be_empty(self, field: str) -> bool:
        """Whether the command can do without."""
        return field not in _needed(self.tag)

    def on_page(self, typed: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """What was written, by the id of the field."""
        return {self.id_of(text.name): next(iter(typed.get(text.name, ())), "") for text in self.texts}


TEXT = TextField("text")
REASON = TextField("reason", empty=N_("Skriv ett skäl."))
_TO_THE_FIELD = "{url}#text"


def _reason(id: str) -> TextField:
    return TextField("reason", id, REASON.empty)


FORMS = {
    spec.tag: spec
    for spec in (
        FormSpec(tag="post_message", texts=(TEXT,), after=_TO_THE_FIELD, widens=True),
        FormSpec(tag="ask_reporter", texts=(TEXT,), after=_TO_THE_FIELD, widens=True),
        FormSpec(tag="write_note", texts=(TextField("text", "note"),)),
        FormSpec(tag="take_case", after=_TO_THE_FIELD),
        FormSpec(tag="assign_case", after="/personal?klart=gett"),
        FormSpec(tag="release_case", after="{url}?klart=lagt"),
        FormSpec(tag="stop_waiting", name=N_("Fortsätt utan svar")),
        FormSpec(tag="set_place"),
        FormSpec(tag="forward_case", texts=(REASON,), after="/personal?klart=vidare"),
        FormSpec(
            tag="refer_case",
            texts=(_reason("refer-reason"), TextField("turn_to", empty=N_("Skriv vart personen ska vända sig."))),
            after="{url}?klart=hanvisat",
        ),
        FormSpec(tag="propose_sharing", texts=(REASON,)),
        FormSpec(tag="give_consent"),
        FormSpec(tag="refuse_consent"),
        FormSpec(tag="withdraw_consent"),
        FormSpec(tag="leave_case", texts=(_reason("leave_case-reason"),), after="/personal?klart=lamnat"),
        FormSpec(tag="ask_statement", texts=(TextField("text", "ask_statement"),)),
        FormSpec(tag="give_statement", texts=(TextField("text", "give_statement"),)),
        FormSpec(tag="release_statement"),
        FormSpec(
            tag="answer_case",
            texts=tuple(map(TextField, ("explanation", "measure_text", "no_measures", "regret", "assessment"))),
            ids={"measures": "measure-1"},
            # Beside the answer stands what there is to go on with.
            after="{url}?klart=svar&visa=mina",
        ),
        FormSpec(
            tag="add_to_answer",
            texts=(TextField("text", "add_to_answer"),),
            name=N_("Lägg till något"),
            question=N_("Vad vill ni lägga till efter svaret? Alla i ärendet läser det."),
        ),
        FormSpec(tag="rate_answer", after="{url}/svar#tack"),
        FormSpec(tag="ask_on", texts=(TEXT,)),
        FormSpec(
            tag="reopen_case",
            texts=(_reason("reopen_case-reason"),),
            name=N_("Öppna igen"),
            question=N_("Skäl (alla i ärendet ser det)"),
        ),
        FormSpec(tag="ask_questions"),
        FormSpec(tag="answer_questions"),
        FormSpec(tag="withdraw_case", texts=(REASON,)),
    )
}
"""By command. Those that are not here have no form on a thread."""


@cache
def _limits(tag: str) -> dict[str, int]:
    texts = ((field.name, field.type) for field in cast(StructType, type_info(KINDS[tag])).fields)
    return {name: kind.max_length for name, kind in texts if isinstance(kind, StrType) and kind.max_length}


@cache
def _needed(tag: str) -> frozenset[str]:
    return frozenset(field.name for field in msgspec.structs.fields(KINDS[tag]) if field.required)
