"""What a case begins with is said by the definition: no code knows what its questions are called."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import pytest

from dialogs.checks.problems import problems
from dialogs.engine import advance, answer
from dialogs.load import load
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import DialogContext, Value
from dialogs.submission import submission
from inbox.actions.context import Sending
from inbox.cases.case_types import CASE_TYPES
from inbox.cases.model import Relation
from inbox.intake.mapping import sending_of
from tests.dialogs.small import text
from tests.people import EKBACKEN
from tests.world import DIRECTORY

TODAY = date(2026, 11, 21)
WORDS = {
    "name": "Ros och ris",
    "hello": "Hej",
    "emergency": {"title": "Ord", "body": ["Ord"], "ways": [{"name": "112", "text": "Ord", "phone": "112"}]},
    "steps": {
        "ton": text("ros", "ris"),
        "vem": text("jag", "mamma"),
        "stalle": text(),
        "hur": text(),
        "rubrik": text(),
    },
}
LETTER: dict[str, Any] = {
    "id": "letter",
    "version": 1,
    "case_type": "letter",
    "languages": ["sv"],
    "first": "ton",
    "case": {
        "type": "ton",
        "types": {"ros": "praise", "ris": "complaint"},
        "relation": "vem",
        "relations": {"jag": "self", "mamma": "relative"},
        "place": "stalle",
        "story": "berattelse",
        "title": "rubrik",
        "facts": {"wants": ["hur"]},
    },
    "steps": [
        {"id": "ton", "kind": "one", "choices": [{"id": "ros"}, {"id": "ris"}], "next": [{"to": "vem"}]},
        {"id": "vem", "kind": "one", "choices": [{"id": "jag"}, {"id": "mamma"}], "next": [{"to": "stalle"}]},
        {"id": "stalle", "kind": "place", "max_length": 200, "next": [{"to": "hur"}]},
        {"id": "hur", "kind": "long_text", "field": "berattelse", "max_length": 500, "next": [{"to": "rubrik"}]},
        {"id": "rubrik", "kind": "short_text", "optional": True, "max_length": 80, "next": [{"to": "review"}]},
    ],
    "words": {"sv": WORDS},
}
TOLD: dict[str, dict[str, tuple[str, ...]]] = {
    "vem": {"choice": ("mamma",)},
    "stalle": {"unit": (EKBACKEN,)},
    "hur": {"text": ("Hon fick vänta i tre timmar.",)},
    "rubrik": {"text": ("Väntan",)},
}


def sent(dialog: Dialog, told: Mapping[str, dict[str, tuple[str, ...]]]) -> Sending:
    """What the answers make of a case."""
    facts = DialogContext(today=TODAY, units={EKBACKEN}, unit_receives=True)
    answers: Mapping[str, Value] = {}
    while isinstance(step := advance(dialog, answers, facts), Step):
        answers = answer(dialog, answers, step.id, told[step.id], facts)
    filled = submission(dialog, answers, facts)
    return sending_of("c", filled, dialog, "letter/1", "sv", DIRECTORY, None, (), TODAY)


@pytest.mark.parametrize(("tone", "type"), [("ros", "praise"), ("ris", "complaint")])
def test_a_dialog_of_other_words_begins_a_case_all_the_same(tone: str, type: str) -> None:
    dialog = msgspec.convert(LETTER, Dialog)
    assert problems(dialog) == ()
    case = sent(dialog, {"ton": {"choice": (tone,)}, **TOLD})
    assert (case.type, case.relation, case.title) == (type, Relation.RELATIVE, "Väntan")
    assert (case.place, case.receiver, case.story) == (EKBACKEN, EKBACKEN, "Hon fick vänta i tre timmar.")


def test_what_a_choice_means_is_a_type_or_a_relation_that_there_is() -> None:
    case = load("complaint").case
    assert set(case.types.values()) == set(CASE_TYPES)
    assert {Relation(meant) for meant in case.relations.values()} == set(Relation)
