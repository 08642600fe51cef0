"""Whether a dialog's words are all there, in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.kinds import kind_of
from dialogs.schema.model import Dialog, Ending, EndingText, Step, StepText, Words


def missing_texts(dialog: Dialog) -> Iterator[tuple[str, str, str]]:
    """Code, place and detail of each text that is missing, or that belongs to nothing."""
    for language in dialog.languages:
        words = dialog.words.get(language)
        if words is None:
            yield "missing_text", language, "the whole language"
            continue
        for where in _gaps(dialog, words):
            yield "missing_text", where, language
        for where in _strays(dialog, words):
            yield "stray_text", where, language


def _gaps(dialog: Dialog, words: Words) -> Iterator[str]:
    yield from (f"dialog.{name}" for name in ("name", "hello") if not getattr(words, name).strip())
    yield from (f"chapters.{each.id}" for each in dialog.chapters if not words.chapters.get(each.id, "").strip())
    yield from (f"emergency.{name}" for name in _ending_gaps(words.emergency, resumes=False))
    for step in dialog.steps:
        yield from (f"{step.id}.{name}" for name in _step_gaps(step, words.steps.get(step.id, StepText())))
    for ending in dialog.endings:
        text = words.endings.get(ending.id, EndingText())
        yield from (f"{ending.id}.{name}" for name in _ending_gaps(text, resumes=bool(ending.resume)))


def _step_gaps(step: Step, text: StepText) -> Iterator[str]:
    yield from (name for name in ("question", "label", "why", "example") if not getattr(text, name).strip())
    for id in kind_of(step).worded(step):
        if id not in text.choices or not text.choices[id].label.strip():
            yield id


def _ending_gaps(text: EndingText, *, resumes: bool) -> Iterator[str]:
    if not text.title.strip():
        yield "title"
    if not text.body or not all(line.strip() for line in text.body):
        yield "body"
    if not all(way.name.strip() and way.text.strip() for way in text.ways):
        yield "ways"
    if resumes and not text.resume.strip():
        yield "resume"


def _strays(dialog: Dialog, words: Words) -> Iterator[str]:
    steps: dict[str, Step] = {step.id: step for step in dialog.steps}
    endings: dict[str, Ending] = {ending.id: ending for ending in dialog.endings}
    yield from (id for id in words.steps if id not in steps)
    yield from (f"chapters.{id}" for id in words.chapters if id not in {each.id for each in dialog.chapters})
    yield from (id for id in words.endings if id not in endings)
    for id, step in steps.items():
        texts = words.steps.get(id, StepText()).choices
        yield from (f"{id}.{choice}" for choice in texts if choice not in kind_of(step).worded(step))
