"""Stories filed from the first page to the receipt, without a person: how many screens it takes, and what is sent.

Whoever files knows what the story says, confirms what is right, changes what is wrong, and answers what is asked; what
the story does not say is answered as most people do.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from dialogs.answers.forms import Raw
from dialogs.engine import advance, answer, choices_at, proposed
from dialogs.kinds import kind_of, validate
from dialogs.kinds.understood import PROPOSED
from dialogs.load import coming
from dialogs.proposals import Proposal, token_of
from dialogs.schema.model import Ending, Step
from dialogs.schema.values import DialogContext, Value
from dialogs.submission import submission
from inbox.directory.current import CurrentDirectory
from inbox.directory.load import MITTLAND, load
from inbox.intake.listening import Listener
from tests.people import EKBACKEN

STORIES = Path(__file__).parent / "stories.jsonl"
COMING = coming("complaint")
CURRENT = CurrentDirectory(load(MITTLAND))
LISTENER = Listener(CURRENT)
USUAL: dict[str, Raw] = {
    "about": {"choice": ("self",)},
    "patient": {"name": ("Kim Exempel",), "birth_year": ("1950",)},
    "relation": {"choice": ("other",)},
    "guardian": {"choice": ("yes",)},
    "basis": {"choice": ("power_of_attorney",)},
    "patient_knows": {"choice": ("agrees",)},
    "place": {"unit": (EKBACKEN,)},
    "when": {"when": ("unknown",)},
    "themes": {"choice": ("other",)},
    "wants": {"choice": ("explanation",)},
    "recipient": {"choice": ("unit",)},
    "recipient_board": {"choice": ("board",)},
    "share": {"choice": ("yes",)},
    "answer_way": {"choice": ("inbox",)},
    "phone": {"phone": ("070-123 45 67",)},
    "address": {"street": ("Gatan 1",), "postcode": ("123 45",), "town": ("Lindby",)},
    "praise_answer": {"choice": ("none",)},
    "more": {},
}
LEFT_WITHOUT = ("belongs", "sex")
"""What is not told in an answer of its own: one goes on all the same, and it is left out."""


class Filed(Struct):
    """What became of a story."""

    id: str
    screens: int
    changed: int
    wrong: list[str]


def stories() -> list[dict[str, Any]]:
    """Those by the first author and the others, with what they say."""
    return [json.loads(line) for line in STORIES.read_text(encoding="utf-8").splitlines()]


def meant(story: dict[str, Any]) -> dict[str, Raw]:
    """The answers: as the story says, else as most people do."""
    told: dict[str, Raw] = {"leave": {"choice": (story["leave"],)}, "story": {"text": (story["text"],)}}
    when, place = story["when"], story["place"]
    for step, said in (("about", story["about"]), ("relation", story["relation"]), ("recipient", story["recipient"])):
        told |= {step: {"choice": (said,)}} if said else {}
    for step in ("basis", "patient_knows", "answer_way"):
        told |= {step: {"choice": (story[step],)}} if story.get(step) else {}
    told |= {"themes": {"choice": tuple(story["themes"])}} if story["themes"] else {}
    told |= {"wants": {"choice": tuple(story["wishes"])}} if story["wishes"] else {}
    if when:
        told["when"] = {"when": (f"{when['from']}/{when['to']}",)}
    if place or story["place_text"]:
        told["place"] = {"unit": (place,)} if place else {"text": (story["place_text"],)}
    return {**USUAL, **told}


def files(story: dict[str, Any]) -> Filed:
    """The story, from the first page to the receipt."""
    told, known, answers = meant(story), _context(story), dict[str, Value]()
    filed = Filed(story["id"], 0, 0, [])
    known = replace(known, language=story["lang"])
    while isinstance(step := advance(COMING, answers, known), Step):
        filed.screens += 1
        if kind_of(step).confirms:
            answers = _confirms(filed, told, answers, known, step)
        else:
            answers = _answers(told, answers, known, step)
        known = replace(known, heard=LISTENER.heard(COMING, answers))
    assert not isinstance(step, Ending), story["id"]
    # The review and the receipt.
    filed.screens += 2
    for given in submission(COMING, answers, known).answers:
        if given.step in told and given.value != _value(told, answers, known, given.step):
            filed.wrong.append(given.step)
    return filed


def _context(story: dict[str, Any]) -> DialogContext:
    return DialogContext(
        today=date.fromisoformat(story["today"]),
        units=CURRENT.tree.units,
        unit_receives=True,
        board_receives=True,
        age_known=False,
        sex_known=False,
    )


def _confirms(
    filed: Filed, told: Mapping[str, Raw], answers: dict[str, Value], known: DialogContext, step: Step
) -> dict[str, Value]:
    """Rows that are right are taken; a wrong one is changed, on the page of its question."""
    wrong = next((each for each in _shown(answers, known) if each.given is None and _is_wrong(told, each, known)), None)
    while wrong is not None:
        filed.screens += 1
        filed.changed += 1
        answers = answer(COMING, answers, wrong.step.id, told[wrong.step.id], known)
        wrong = next(
            (each for each in _shown(answers, known) if each.given is None and _is_wrong(told, each, known)), None
        )
    raw: dict[str, tuple[str, ...]] = {}
    for each in _shown(answers, known):
        if each.given is None:
            right = [one.token for one in each.candidates if _within(told, each, one.value, known)]
            if right and not each.sure and kind_of(each.step).hears == "choices":
                # The other choices stand there as well.
                right = [token_of(each.step, choice) for choice in told[each.step.id]["choice"]]
            raw |= {PROPOSED + each.step.id: tuple(right)} if right else {}
    return answer(COMING, answers, step.id, raw, known)


def _shown(answers: dict[str, Value], known: DialogContext) -> tuple[Proposal, ...]:
    return tuple(each for each in proposed(COMING, answers, known) if each.step.id not in LEFT_WITHOUT)


def _is_wrong(told: Mapping[str, Raw], each: Proposal, known: DialogContext) -> bool:
    """Whether something stands there as understood that is not so."""
    if not each.sure:
        return False
    if kind_of(each.step).hears == "choices":
        return {id for one in each.candidates for id in one.value.picked} != set(told[each.step.id]["choice"])
    return not _within(told, each, each.candidates[0].value, known)


def _within(told: Mapping[str, Raw], each: Proposal, value: Value, known: DialogContext) -> bool:
    choices = tuple(choice.id for choice in each.choices)
    try:
        return kind_of(each.step).within(value, validate(each.step, told[each.step.id], choices, known))
    except Exception:  # noqa: BLE001
        return False


def _answers(told: Mapping[str, Raw], answers: dict[str, Value], known: DialogContext, step: Step) -> dict[str, Value]:
    beside = {each.id: told.get(each.id, {}) for each in COMING.steps if each.beside == step.id}
    return answer(COMING, answers, step.id, told.get(step.id, {}), known, beside or None)


def _value(told: Mapping[str, Raw], answers: dict[str, Value], known: DialogContext, id: str) -> Value:
    step = COMING.node(id)
    assert isinstance(step, Step)
    choices = tuple(choice.id for choice in choices_at(COMING, answers, step, known))
    value = validate(step, told[id], choices, known)
    return answers[id] if step.listens else value


@pytest.mark.parametrize(("authors", "most"), [(("first", "second"), 9), (("third_read", "third_unread"), 10)])
def test_stories_are_filed_in_few_screens_and_what_is_sent_is_what_they_say(
    authors: tuple[str, ...], most: int
) -> None:
    # The third author's stories say less, so that more is asked.
    filed = [files(story) for story in stories() if story["author"] in authors and story["leave"] != "praise"]
    screens = [each.screens for each in filed]
    told = {
        "stories": len(filed),
        "median": median(screens),
        "p90": quantiles(screens, n=10)[8],
        "most": max(screens),
        "changed": sum(each.changed for each in filed) / len(filed),
        "wrong": [(each.id, each.wrong) for each in filed if each.wrong][:9],
    }
    assert median(screens) <= most, told
    assert quantiles(screens, n=10)[8] <= 13, told
    assert not told["wrong"], told
