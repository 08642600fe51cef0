"""What is wrong with a definition. A dialog with any problem is refused when it is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from dialogs.checks.explore import explore
from dialogs.checks.hearing import of_hearing, of_pages
from dialogs.checks.questions import of_questions
from dialogs.checks.references import conditions, leads_to, reads
from dialogs.checks.texts import missing_texts
from dialogs.kinds import KINDS, kind_of
from dialogs.schema.categories import load_categories
from dialogs.schema.conditions import Condition, In, Known, More
from dialogs.schema.model import REVIEW, Dialog, Step
from dialogs.schema.values import DialogContext


class Problem(Struct, frozen=True):
    """One thing that is wrong: its name, where it is, and what was found there."""

    code: str
    where: str
    detail: str = ""


def problems(dialog: Dialog) -> tuple[Problem, ...]:
    """All that is wrong; nothing for a sound definition.

    Kinds, names and loops come first: while those are wrong, the ways through the dialog cannot be tried out.
    """
    strangers = tuple(Problem("unknown_kind", step.id, step.kind) for step in dialog.steps if step.kind not in KINDS)
    if strangers:
        return strangers
    texts = (Problem(code, where, detail) for code, where, detail in missing_texts(dialog))
    asked = (*of_questions(dialog), *of_hearing(dialog), *of_pages(dialog))
    questions = (Problem(code, where, detail) for code, where, detail in asked)
    broken = (
        *_doubled(dialog),
        *_names(dialog),
        *_chapters(dialog),
        *_case(dialog),
        *_categories(dialog),
        *_ends(dialog),
        *questions,
    )
    if broken:
        return (*broken, *texts)
    loops = tuple(_loops(dialog))
    return (*loops, *texts) if loops else (*_ways(dialog), *texts)


def _doubled(dialog: Dialog) -> Iterator[Problem]:
    ids = Counter([REVIEW, *(part.id for part in dialog.parts)])
    yield from (Problem("doubled_id", id) for id, count in ids.items() if count > 1)
    for step in dialog.steps:
        choices = Counter(choice.id for choice in step.choices)
        yield from (Problem("doubled_id", f"{step.id}.{id}") for id, count in choices.items() if count > 1)


def _names(dialog: Dialog) -> Iterator[Problem]:
    """Names of steps, choices and facts that do not exist."""
    known = {REVIEW, *(part.id for part in dialog.parts)}
    pointers = [("first", dialog.first)]
    pointers += [(part.id, id) for part in dialog.parts for id in leads_to(part)]
    pointers += [(ending.id, ending.change) for ending in dialog.endings if ending.change]
    pointers += [(step.id, step.offers_from) for step in dialog.steps if step.offers_from]
    yield from (Problem("unknown_step", where, id) for where, id in pointers if id not in known)
    for step in dialog.steps:
        for condition in conditions(step):
            yield from _parts(dialog, step.id, condition)
    for language, texts in dialog.words.items():
        for id, text in texts.steps.items():
            for other in text.instead:
                yield from _parts(dialog, f"{id}.instead, {language}", other.when)
    for rule in dialog.statistics:
        if rule.when is not None:
            yield from _parts(dialog, rule.field, rule.when)


def _chapters(dialog: Dialog) -> Iterator[Problem]:
    """Parts of the talk that do not follow one another, from the first question to the review."""
    places = [*(step.id for step in dialog.steps), REVIEW]
    unknown = [each.first for each in dialog.chapters if each.first not in places]
    yield from (Problem("unknown_step", "chapters", id) for id in unknown)
    starts = [places.index(each.first) for each in dialog.chapters if each.first in places]
    if starts and (starts != sorted(set(starts)) or starts[0] != 0):
        yield Problem("chapters_out_of_order", "chapters", dialog.chapters[0].id)


def _case(dialog: Dialog) -> Iterator[Problem]:
    """What the case is made of: questions that do not exist, and choices that mean nothing."""
    case, names = dialog.case, {step.name for step in dialog.steps}
    ids = {step.id for step in dialog.steps}
    yield from (Problem("unknown_field", "case", name) for name in case.fields if name not in names)
    told = ((fact, id) for fact, steps in case.facts.items() for id in steps)
    yield from (Problem("unknown_step", f"case.facts.{fact}", id) for fact, id in told if id not in ids)
    for field, meant in ((case.type, case.types), (case.relation, case.relations)):
        asked = next((step for step in dialog.steps if step.name == field), None)
        choices = set(kind_of(asked).readable(asked)) if asked else set()
        yield from (Problem("means_nothing", f"{field}.{id}") for id in sorted(choices - meant.keys()))
        yield from (Problem("unknown_choice", "case", f"{field}.{id}") for id in sorted(meant.keys() - choices))


def _parts(dialog: Dialog, where: str, condition: Condition) -> Iterator[Problem]:
    steps = {step.id: step for step in dialog.steps}
    facts = {field.name for field in msgspec.structs.fields(DialogContext) if field.type is bool}
    for part in reads(condition):
        if isinstance(part, Known):
            if part.fact not in facts:
                yield Problem("unknown_fact", where, part.fact)
        elif part.step not in steps:
            yield Problem("unknown_step", where, part.step)
        elif not isinstance(part, More):
            choices = part.choices if isinstance(part, In) else (part.choice,)
            allowed = _choices(dialog, steps[part.step])
            yield from (Problem("unknown_choice", where, f"{part.step}.{id}") for id in choices if id not in allowed)


def _choices(dialog: Dialog, step: Step) -> tuple[str, ...]:
    source = dialog.node(step.offers_from) if step.offers_from else step
    return kind_of(source).readable(source) if isinstance(source, Step) else ()


def _categories(dialog: Dialog) -> Iterator[Problem]:
    codes = {problem.code for problem in load_categories().problems}
    for step in dialog.steps:
        for choice in step.choices:
            unknown = (code for code in choice.categories if code not in codes)
            yield from (Problem("unknown_category", f"{step.id}.{choice.id}", code) for code in unknown)


def _ends(dialog: Dialog) -> Iterator[Problem]:
    """Steps that may lead nowhere, because there is no rule for "otherwise", or nothing to pick."""
    for step in dialog.steps:
        if not step.next or step.next[-1].when is not None:
            yield Problem("dead_end", step.id, "no last rule without a condition")


def _loops(dialog: Dialog) -> Iterator[Problem]:
    """Steps from which the rules lead back to themselves."""
    ahead = {part.id: set(leads_to(part)) for part in dialog.parts}
    for id, first in ahead.items():
        seen: set[str] = set()
        waiting = list(first)
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting.extend(ahead.get(here, ()))
        if id in seen:
            yield Problem("loop", id)


def _ways(dialog: Dialog) -> Iterator[Problem]:
    """What shows only when every way is tried."""
    found = explore(dialog)
    parts = (part.id for part in dialog.parts)
    yield from (Problem("unreachable", id) for id in parts if id not in found.reached)
    for step in dialog.steps:
        if step.id not in found.reached:
            continue
        for number, rule in enumerate(step.next):
            if (step.id, number) not in found.taken:
                yield Problem("never_true", step.id, f"rule {number + 1}, to {rule.to}")
        for choice in step.choices:
            if (step.id, choice.id) not in found.offered:
                yield Problem("never_true", f"{step.id}.{choice.id}", "the choice is never offered")
    yield from (Problem("dead_end", id, "no way on for some answers") for id in sorted(found.stuck))
    yield from (Problem("missing_field", name) for name in sorted(found.missing))
    yield from (Problem("field_twice", name) for name in sorted(found.twice))
