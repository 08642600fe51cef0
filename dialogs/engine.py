"""The way through a dialog. The position is never stored: it follows from the answers, the definition and the facts."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from dialogs.answers.forms import Raw
from dialogs.errors import Invalid
from dialogs.kinds import kind_of, validate
from dialogs.kinds.short_text import Text, Told
from dialogs.kinds.understood import Understood
from dialogs.known import Known, likely_after, still_fits
from dialogs.proposals import Proposal, confirmed, proposals, settled, shown_before
from dialogs.schema.conditions import Knowledge, holds
from dialogs.schema.model import Choice, Dialog, Ending, Step
from dialogs.schema.routing import after, offered, target
from dialogs.schema.values import Answers, DialogContext, Seen, Value


class Walk(Struct, frozen=True):
    """How far the answers lead: the answered steps in order, their answers, and where one stands now."""

    steps: tuple[Step, ...]
    answers: dict[str, Value]
    now: Step | Ending | None
    """The question to answer, the way out that was reached, or None: ready for review."""
    passed: tuple[Step, ...] = ()
    """What was passed by without an answer, and can be opened."""
    proposed: tuple[Proposal, ...] = ()
    """What was heard in the story and stands to be confirmed, or stood there."""

    @property
    def confirming(self) -> Step | None:
        """Where what was heard is shown, if that is where one stands."""
        return self.now if isinstance(self.now, Step) and kind_of(self.now).confirms else None

    def picked(self, step: str) -> tuple[str, ...]:
        """What was picked at a step of the path; nothing if it has no answer there."""
        value = self.answers.get(step)
        return value.picked if value is not None else ()


class Progress(Struct, frozen=True):
    """For "Fråga 3 av 8". The total is an estimate: it assumes the usual way from here on."""

    number: int
    total: int


def advance(dialog: Dialog, answers: Answers, facts: DialogContext) -> Step | Ending | None:
    """The question to answer now, the way out that was reached, or None when all is ready for review."""
    return walk(dialog, answers, facts).now


def path(dialog: Dialog, answers: Answers, facts: DialogContext) -> tuple[Step, ...]:
    """The answered steps on the path in order, and the current one last if there is one."""
    way = walk(dialog, answers, facts)
    return (*way.steps, way.now) if isinstance(way.now, Step) else way.steps


def answer(
    dialog: Dialog,
    answers: Answers,
    step_id: str,
    raw: Raw,
    facts: DialogContext,
    beside: Mapping[str, Raw] | None = None,
) -> dict[str, Value]:
    """The answers with one more, or one changed. Later answers are kept; those off the new path lie hidden.

    `beside` are the answers to questions of the same page; those that are not asked there are left out. Refuses, by
    name, what does not fit a step, and any answer to a step that cannot be opened.
    """
    changed = _answered(dialog, answers, step_id, raw, facts)
    for step in dialog.steps if beside is not None else ():
        if step.beside == step_id and step in reachable(dialog, changed, facts):
            changed = _answered(dialog, changed, step.id, (beside or {}).get(step.id, {}), facts)
    return changed


def reachable(dialog: Dialog, answers: Answers, facts: DialogContext) -> tuple[Step | Ending, ...]:
    """What can be opened: what is answered on the path, what is asked now, what was passed by and what is proposed."""
    way = walk(dialog, answers, facts)
    shown = tuple(each.step for each in way.proposed if each.step not in way.steps) if way.confirming else ()
    return (*way.steps, *((way.now,) if way.now else ()), *way.passed, *shown)


def choices_at(dialog: Dialog, answers: Answers, step: Step, facts: DialogContext) -> tuple[Choice, ...]:
    """What can be picked at a step of the path."""
    return _offered(dialog, walk(dialog, answers, facts), step, facts)


def known_from(dialog: Dialog, answers: Answers, facts: DialogContext) -> Knowledge:
    """What conditions may read: the answers on the path, and the facts."""
    return Known(walk(dialog, answers, facts).answers, facts)


def proposed(dialog: Dialog, answers: Answers, facts: DialogContext) -> tuple[Proposal, ...]:
    """What was heard in the story and is shown to be confirmed; nothing where it is not asked, or cannot be changed."""
    return walk(dialog, answers, facts).proposed


def remaining(dialog: Dialog, answers: Answers, facts: DialogContext) -> Progress:
    """Which question one stands at, and about how many there are."""
    way = walk(dialog, answers, facts)
    known = Known(way.answers, facts)
    pages = total = sum(not step.beside for step in way.steps)
    node = target(dialog, way.now.resume) if isinstance(way.now, Ending) and way.now.resume else way.now
    while isinstance(node, Step):
        total += not node.beside and not node.aside and holds(node.when, known)
        node = likely_after(dialog, node, known)
    return Progress(number=min(pages + 1, total), total=total)


def walk(dialog: Dialog, answers: Answers, facts: DialogContext) -> Walk:
    """Follow the answers from the first step as far as they reach."""
    steps: list[Step] = []
    passed: list[Step] = []
    proposed: tuple[Proposal, ...] = ()
    # Conditions read only what lies on the path, so a hidden answer can never steer.
    given: dict[str, Value] = {}
    known = Known(given, facts)
    node = target(dialog, dialog.first)
    while node is not None:
        if isinstance(node, Ending):
            if not node.resume or node.id not in answers:
                break
            node = target(dialog, node.resume)
            continue
        if holds(node.when, known):
            if kind_of(node).confirms:
                proposed = proposals(dialog, node, given, answers, facts)
            if still_fits(dialog, node, answers.get(node.id), known) and _looked_at(dialog, node, answers):
                steps.append(node)
                given[node.id] = answers[node.id]
            elif node.aside or (kind_of(node).confirms and not any(each.open for each in proposed)):
                passed.append(node)
            else:
                break
        node = after(dialog, node, known)
    return Walk(tuple(steps), given, node, tuple(passed), proposed)


def _looked_at(dialog: Dialog, step: Step, answers: Answers) -> bool:
    return not kind_of(step).confirms or settled(dialog, step, answers)


def _answered(dialog: Dialog, answers: Answers, step_id: str, raw: Raw, facts: DialogContext) -> dict[str, Value]:
    way = walk(dialog, answers, facts)
    if isinstance(way.now, Ending) and way.now.id == step_id and way.now.resume:
        return {**answers, step_id: Seen()}
    step = _openable(dialog, answers, facts, step_id)
    if kind_of(step).confirms:
        return confirmed(dialog, step, _before(way, step), answers, raw, facts)
    choices = tuple(choice.id for choice in _offered(dialog, way, step, facts))
    value = validate(step, raw, choices, facts)
    return {**answers, **_seen_there(way, step, answers), step_id: _told(step, value, answers.get(step_id), facts)}


def _openable(dialog: Dialog, answers: Answers, facts: DialogContext, step_id: str) -> Step:
    here = reachable(dialog, answers, facts)
    step = next((step for step in here if isinstance(step, Step) and step.id == step_id), None)
    if step is None:
        raise Invalid("not_on_path", step_id)
    return step


def _seen_there(way: Walk, step: Step, answers: Answers) -> dict[str, Value]:
    """Whoever changes a proposal has seen it: it is not brought up again because she says something else."""
    confirm, proposal = way.confirming, next((each for each in way.proposed if each.step.id == step.id), None)
    if confirm is None or proposal is None:
        return {}
    seen, shown = answers.get(confirm.id), shown_before(confirm, answers)
    looked = seen if isinstance(seen, Understood) else Understood()
    return {confirm.id: replace(looked, shown={**shown, step.id: proposal.tokens})}


def _told(step: Step, value: Value, before: Value | None, facts: DialogContext) -> Value:
    """A story that is listened to keeps the day on which it was told, until it is told otherwise."""
    if not step.listens or not isinstance(value, Text):
        return value
    if isinstance(before, Text) and before.text == value.text:
        return before
    return replace(value, told=Told(facts.today, facts.language))


def _offered(dialog: Dialog, way: Walk, step: Step, facts: DialogContext) -> tuple[Choice, ...]:
    """What a step offers; ahead of the path, what it would offer if all that is proposed holds."""
    ahead = () if step in way.steps else (each for each in way.proposed if each.step.id == step.id)
    proposal = next(iter(ahead), None)
    return proposal.choices if proposal else offered(dialog, step, Known(_before(way, step), facts))


def _before(way: Walk, step: Step) -> dict[str, Value]:
    """The answers that come before the step: those that its choices may depend on."""
    before: dict[str, Value] = {}
    for earlier in way.steps:
        if earlier.id == step.id:
            break
        before[earlier.id] = way.answers[earlier.id]
    return before
