"""A dialog as a picture and a table: the reference page beside its definition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from dialogs.conditions import All, Any, Condition, Has, In, Is, Known, More, Not
from dialogs.display import choice_label, step_text, words
from dialogs.load import DEFINITIONS, load
from dialogs.model import REVIEW, Dialog, Ending, Step

FACTS = {
    "unit_receives": "the unit takes cases here",
    "board_receives": "a board takes cases here",
    "age_known": "the age is known",
    "sex_known": "the sex is known",
}
LANGUAGE = "en"


def pages() -> dict[Path, str]:
    """Every reference page of the dialogs: where it lies, and what it must say."""
    return {DEFINITIONS / "complaint.md": render("complaint")}


def render(name: str = "complaint") -> str:
    """The reference page of a dialog's newest version."""
    dialog = load(name)
    lines = [
        f"# {words(dialog, LANGUAGE).name} ({dialog.id}, version {dialog.version})",
        "",
        "Generated from the definition by `dialogs/diagram.py`; do not edit. Broken lines: asked only under a condition.",
        "",
        "```mermaid",
        *mermaid(dialog),
        "```",
        "",
        *_table(dialog),
        "",
        *_exits(dialog),
    ]
    return "\n".join(lines) + "\n"


def mermaid(dialog: Dialog) -> Iterator[str]:
    """The picture, as the text that mermaid draws."""
    yield "flowchart TD"
    for step in dialog.steps:
        shape = f'    {step.id}["{_quoted(step_text(dialog, step, LANGUAGE).question)}"]'
        yield f"{shape}:::sometimes" if step.when else shape
    for ending in dialog.endings:
        yield f'    {ending.id}(["{_quoted(words(dialog, LANGUAGE).endings[ending.id].title)}"]):::out'
    yield f'    {REVIEW}(("Review"))'
    for step in dialog.steps:
        for rule in step.next:
            label = f'|"{_quoted(in_words(dialog, rule.when))}"|' if rule.when else ""
            yield f"    {step.id} -->{label} {rule.to}"
    for ending in dialog.endings:
        if ending.resume:
            yield f'    {ending.id} -.->|"goes on all the same"| {ending.resume}'
    yield "    classDef sometimes stroke-dasharray: 4 4"
    yield "    classDef out stroke-width: 3px"


def in_words(dialog: Dialog, condition: Condition) -> str:
    """A condition as a person would say it."""
    match condition:
        case Is(step=step, choice=choice) | Has(step=step, choice=choice):
            return f"{_name(dialog, step)}: {_choice(dialog, step, choice)}"
        case In(step=step, choices=choices):
            return f"{_name(dialog, step)}: {' or '.join(_choice(dialog, step, choice) for choice in choices)}"
        case More(step=step, than=than):
            return f"{_name(dialog, step)}: more than {than}"
        case Known(fact=fact):
            return FACTS.get(fact, fact)
        case All(of=parts):
            return " and ".join(in_words(dialog, part) for part in parts)
        case Any(of=parts):
            return " or ".join(in_words(dialog, part) for part in parts)
        case Not(of=part):
            return f"not ({in_words(dialog, part)})"
        case _:
            assert_never(condition)


def _table(dialog: Dialog) -> Iterator[str]:
    yield "| step | answer | question | asked |"
    yield "|---|---|---|---|"
    for step in dialog.steps:
        kind = f"{step.kind.value}, optional" if step.optional else step.kind.value
        asked = in_words(dialog, step.when) if step.when else "always, where the path comes by"
        yield f"| `{step.id}` | {kind} | {_question(dialog, step)} | {asked} |"


def _question(dialog: Dialog, step: Step) -> str:
    return " / ".join(step_text(dialog, step, language).question for language in dialog.languages)


def _exits(dialog: Dialog) -> Iterator[str]:
    yield "| way out | title | goes on at |"
    yield "|---|---|---|"
    for ending in dialog.endings:
        titles = " / ".join(words(dialog, language).endings[ending.id].title for language in dialog.languages)
        yield f"| `{ending.id}` | {titles} | {_goes_on(ending)} |"


def _goes_on(ending: Ending) -> str:
    return f"`{ending.resume}`" if ending.resume else f"no; `{ending.change}` can be changed"


def _name(dialog: Dialog, id: str) -> str:
    step = dialog.node(id)
    return step_text(dialog, step, LANGUAGE).label if isinstance(step, Step) else id


def _choice(dialog: Dialog, id: str, choice: str) -> str:
    step = dialog.node(id)
    return choice_label(dialog, step, choice, LANGUAGE) if isinstance(step, Step) else choice


def _quoted(text: str) -> str:
    """Text that cannot end a mermaid string early."""
    return text.replace('"', "'")
