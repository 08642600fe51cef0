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
from dialogs.engine import advance, answer, choices_at, proposed, reachable
from dialogs.kinds import kind_of, validate
from dialogs.kinds.understood import PROPOSED
from dialogs.proposals import Proposal, token_of
from dialogs.schema.model import Ending, Step
from dialogs.schema.values import DialogContext, Value
from dialogs.submission import submission
from dialogs.view import summary
from inbox.directory.current import CurrentDirectory
from inbox.directory.load import MITTLAND, load
from inbox.intake.listening import Listener
from tests.answered import COMPLAINT
from tests.answered import USUAL as MOST_PEOPLE

STORIES = Path(__file__).parent / "stories.jsonl"
CURRENT = CurrentDirectory(load(MITTLAND))
LISTENER = Listener(CURRENT)
USUAL: Mapping[str, Raw] = {
    id: {name: tuple(said) for name, said in raw.items()} for id, raw in MOST_PEOPLE.items()
} | {
    "themes": {"choice": ("other",)},
    "relation": {"choice": ("other",)},
    "phone": {"phone": ("070-123 45 67",)},
    "address": {"street": ("Gatan 1",), "postcode": ("123 45",), "town": ("Lindby",)},
    "praise_answer": {"choice": ("none",)},
}
LEFT_WITHOUT = ("belongs", "sex")
"""What is not told in an answer of its own: one goes on all the same, and it is left out."""


class Filed(Struct):
    """What became of a story."""

    id: str
    screens: int
    changed: int
    wrong: list[str]
    silent: list[str]
    """What was sent though nobody saw it at a turn, confirmed it, or could have changed it."""
    slipped: list[str]
    """What became an answer at a turn where it was neither answered nor confirmed."""


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
    filed = Filed(story["id"], 0, 0, [], [], [])
    turns: dict[str, str] = {}
    known = replace(known, language=story["lang"])
    while isinstance(step := advance(COMPLAINT, answers, known), Step):
        filed.screens += 1
        before, shown = answers, _seen_at(step, answers, known)
        if kind_of(step).confirms:
            answers = _confirms(filed, told, answers, known, step)
        else:
            answers = _answers(told, answers, known, step)
        new = {id for id, value in answers.items() if before.get(id) != value}
        filed.slipped += sorted(new - shown)
        turns |= dict.fromkeys(new & shown, step.id)
        known = replace(known, heard=LISTENER.heard(COMPLAINT, answers))
    assert not isinstance(step, Ending), story["id"]
    # The review and the receipt.
    filed.screens += 2
    rows = {turn.id for turn in summary(COMPLAINT, answers, known, story["lang"])}
    here = {node.id for node in reachable(COMPLAINT, answers, known)}
    for given in submission(COMPLAINT, answers, known).answers:
        # On the review each row has a button that opens its question.
        asks = any(each.id == given.step and kind_of(each).asks for each in COMPLAINT.steps)
        if asks and (given.step not in turns or given.step not in rows & here):
            filed.silent.append(given.step)
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


def _seen_at(step: Step, answers: dict[str, Value], known: DialogContext) -> set[str]:
    """The questions that a page shows: its own and those beside it, or all rows of what was heard."""
    rows = {each.step.id for each in proposed(COMPLAINT, answers, known)} if kind_of(step).confirms else set()
    return {step.id, *rows} | {each.id for each in COMPLAINT.steps if each.beside == step.id}


def _confirms(
    filed: Filed, told: Mapping[str, Raw], answers: dict[str, Value], known: DialogContext, step: Step
) -> dict[str, Value]:
    """Rows that are right are taken; a wrong one is changed, on the page of its question."""
    wrong = next((each for each in _shown(answers, known) if each.given is None and _is_wrong(told, each, known)), None)
    while wrong is not None:
        filed.screens += 1
        filed.changed += 1
        answers = answer(COMPLAINT, answers, wrong.step.id, told[wrong.step.id], known)
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
    return answer(COMPLAINT, answers, step.id, raw, known)


def _shown(answers: dict[str, Value], known: DialogContext) -> tuple[Proposal, ...]:
    return tuple(each for each in proposed(COMPLAINT, answers, known) if each.step.id not in LEFT_WITHOUT)


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
    beside = {each.id: told.get(each.id, {}) for each in COMPLAINT.steps if each.beside == step.id}
    return answer(COMPLAINT, answers, step.id, told.get(step.id, {}), known, beside or None)


def _value(told: Mapping[str, Raw], answers: dict[str, Value], known: DialogContext, id: str) -> Value:
    step = COMPLAINT.node(id)
    assert isinstance(step, Step)
    choices = tuple(choice.id for choice in choices_at(COMPLAINT, answers, step, known))
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
    assert not [(each.id, each.silent, each.slipped) for each in filed if each.silent or each.slipped]


def test_what_was_heard_and_nobody_confirmed_is_not_sent() -> None:
    heard = 0
    for story in stories():
        known, answers = _context(story), dict[str, Value]()
        told = {"leave": meant(story)["leave"], "story": meant(story)["story"], "understood": {}}
        while isinstance(step := advance(COMPLAINT, answers, known), Step) and step.id in told:
            answers = answer(COMPLAINT, answers, step.id, told[step.id], known)
            known = replace(known, heard=LISTENER.heard(COMPLAINT, answers))
            heard += bool(known.heard)
        assert set(answers) <= set(told), story["id"]
    assert heard > 100
