"""What a page needs to show how a story was understood: the story with the words that count, and a row a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from dialogs.display import choice_label, display, step_text
from dialogs.engine import proposed
from dialogs.kinds import kind_of
from dialogs.kinds.understood import PROPOSED
from dialogs.known import Known
from dialogs.proposals import Proposal, listened, token_of
from dialogs.schema.hearing import Span
from dialogs.schema.model import Dialog
from dialogs.schema.values import Answers, DialogContext, Value


class Chip(Struct, frozen=True):
    """Something to take: what is sent, and how it is told."""

    token: str
    label: str
    checked: bool


class Row(Struct, frozen=True, kw_only=True):
    """A question and what the story says of it."""

    step: str
    field: str
    """What its chips, or what it holds, are sent as."""
    label: str
    question: str
    lines: tuple[str, ...]
    """What is understood, or answered already; empty where it has to be asked."""
    words: tuple[str, ...]
    """The person's own words that say it."""
    tokens: tuple[str, ...]
    """What is sent with the page's button where it is understood."""
    chips: tuple[Chip, ...]
    """What to choose among where it has to be asked."""
    more: tuple[Chip, ...]
    """The other choices, where several can be picked."""
    several: bool


class Piece(Struct, frozen=True):
    """A stretch of the story."""

    text: str
    marked: bool


class Understanding(Struct, frozen=True):
    """The story, with the step that tells it, and the rows."""

    told: str
    story: tuple[Piece, ...]
    rows: tuple[Row, ...]


def understanding(
    dialog: Dialog, answers: Answers, facts: DialogContext, language: str, names: Mapping[str, str]
) -> Understanding:
    """All that the page shows. `names` gives units their names, by id."""
    told = listened(dialog, answers)
    story = told.text if told else ""
    rows = proposed(dialog, answers, facts)
    supposed = {**answers, **{each.step.id: each.supposed for each in rows if each.supposed is not None}}
    known = Known(supposed, facts)

    def row(each: Proposal) -> Row:
        text = step_text(dialog, each.step, language, known)
        several = kind_of(each.step).hears == "choices"
        stands = () if each.given is not None or not each.sure else each.candidates[: None if several else 1]
        asked = () if stands or not each.open else each.candidates

        # What was picked before goes along: a theme more takes none away.
        picked = each.given.picked if each.given is not None and asked and several else ()
        kept = tuple(token_of(each.step, id) for id in picked)

        def lines(value: Value) -> tuple[str, ...]:
            return tuple(display(dialog, each.step, value, language, names))

        told_by = (each.given,) if each.given is not None else tuple(one.value for one in stands)
        return Row(
            step=each.step.id,
            field=PROPOSED + each.step.id,
            label=text.label,
            question=text.question,
            lines=tuple(line for value in told_by for line in lines(value)),
            words=_words(story, (one.span for one in each.candidates)),
            tokens=tuple(one.token for one in stands) + kept,
            chips=tuple(Chip(one.token, ", ".join(lines(one.value)), one.sure) for one in asked),
            more=tuple(_rest(dialog, each, language)) if asked and several else (),
            several=several,
        )

    step = next((each.id for each in dialog.steps if each.listens), "")
    return Understanding(
        step, _pieces(story, [one.span for each in rows for one in each.candidates]), tuple(map(row, rows))
    )


def _rest(dialog: Dialog, each: Proposal, language: str) -> Iterator[Chip]:
    named = {choice for one in each.candidates for choice in one.value.picked}
    given = each.given.picked if each.given is not None else ()
    for choice in each.choices:
        if choice.id not in named and choice.id not in given:
            yield Chip(token_of(each.step, choice.id), choice_label(dialog, each.step, choice.id, language), False)


def _words(story: str, spans: Iterable[Span]) -> tuple[str, ...]:
    said = (" ".join(story[first:last].split()) for first, last in spans)
    return tuple(dict.fromkeys(filter(None, said)))


def _pieces(story: str, spans: list[Span]) -> tuple[Piece, ...]:
    """The story, cut where words that count begin and end."""
    inside = [(first, last) for first, last in spans if 0 <= first < last <= len(story)]
    cuts = sorted({0, len(story), *(end for span in inside for end in span)})
    return tuple(
        Piece(story[first:last], any(begin <= first and last <= end for begin, end in inside))
        for first, last in pairwise(cuts)
    )
