"""Whether a definition listens and asks beside as it can be done: who listens, what is heard, where it is confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.checks.references import leads_to
from dialogs.kinds import kind_of
from dialogs.schema.hearing import HEARERS
from dialogs.schema.model import Dialog, Step

Found = Iterator[tuple[str, str, str]]


def of_hearing(dialog: Dialog) -> Found:
    """Code, place and detail of what is wrong."""
    listening = [step for step in dialog.steps if step.listens]
    confirming = [step for step in dialog.steps if kind_of(step).confirms]
    for step in dialog.steps:
        yield from _of_step(step)
        if step.heard_from and not (listening and confirming):
            yield "nothing_listens", step.id, "no step tells a story, or none confirms what was heard"
    yield from (("listens_twice", step.id, "") for step in listening[1:])
    yield from (("confirms_twice", step.id, "") for step in confirming[1:])
    if listening and confirming:
        yield from _of_order(dialog, listening[0], confirming[0])


def of_pages(dialog: Dialog) -> Found:
    """The same of questions that share a page: they follow the one whose page it is, with nothing between."""
    steps = {step.id: step for step in dialog.steps}
    for step in dialog.steps:
        if not step.beside:
            continue
        if step.beside not in steps:
            yield "unknown_step", step.id, step.beside
        elif steps[step.beside].beside or step.beside == step.id:
            yield "beside_nothing", step.id, step.beside
        elif not any(step.id in leads_to(each) for each in (steps[step.beside], *_sharing(dialog, step))):
            yield "beside_too_far", step.id, step.beside


def _sharing(dialog: Dialog, step: Step) -> Iterator[Step]:
    return (each for each in dialog.steps if each.beside == step.beside)


def _of_step(step: Step) -> Found:
    kind = kind_of(step)
    if step.listens and not kind.listens:
        yield "cannot_listen", step.id, step.kind
    if step.heard_from and step.heard_from not in HEARERS:
        yield "unknown_hearer", step.id, step.heard_from
    elif step.heard_from and kind.hears != HEARERS[step.heard_from]:
        yield "cannot_be_heard", step.id, f"{step.kind} from {step.heard_from}"
    for choice in step.choices:
        if choice.never_heard and not step.heard_from:
            yield "stray_never_heard", f"{step.id}.{choice.id}", "nothing is heard here"


def _of_order(dialog: Dialog, story: Step, confirm: Step) -> Found:
    """The story is told before it is confirmed, and what is heard is asked after that."""
    if confirm.id not in _reached(dialog, story.id):
        yield "heard_too_early", confirm.id, story.id
    later = _reached(dialog, confirm.id)
    for step in dialog.steps:
        if step.heard_from and step.id not in later:
            yield "heard_too_early", step.id, confirm.id


def _reached(dialog: Dialog, id: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(leads_to(dialog.node(id)))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(leads_to(dialog.node(here)))
    return seen
