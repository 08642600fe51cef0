"""From what a story says to answers that somebody confirms. Nothing is decided here: a proposal is a suggestion.

What is proposed follows from the definition, the answers and what was heard. A question is proposed an answer where the
way leads over it if all that is proposed holds. What has an answer keeps it, whatever is heard later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from msgspec import Struct

from dialogs.answers.forms import Raw
from dialogs.errors import Invalid
from dialogs.kinds import kind_of, validate
from dialogs.kinds.short_text import Text
from dialogs.kinds.understood import PROPOSED, Understood
from dialogs.known import Known, likely_after, still_fits
from dialogs.schema.conditions import holds
from dialogs.schema.hearing import Heard, Span
from dialogs.schema.kind import Picks
from dialogs.schema.model import Choice, Dialog, Step
from dialogs.schema.routing import offered
from dialogs.schema.values import Answers, DialogContext, Value

OFFERED = 4
"""More than these are no help: then one searches, or chooses among all."""


class Candidate(Struct, frozen=True):
    """Something that may be the answer, or part of it."""

    token: str
    """What the page sends for it."""
    value: Value
    span: Span
    """Where the story says it; empty for what is only usual."""
    sure: bool


class Proposal(Struct, frozen=True, kw_only=True):
    """A question that the story answers: what may be its answer, the likeliest first; and the answer that it has."""

    step: Step
    choices: tuple[Choice, ...]
    """What the question offers there."""
    candidates: tuple[Candidate, ...]
    given: Value | None
    differs: bool
    """Whether the story says something else than the answer, and did not when somebody looked at it last."""

    @property
    def sure(self) -> bool:
        """Whether it may stand there as understood, to be confirmed with all the rest."""
        main = _main(self.step, self.candidates)
        return bool(main) and all(each.sure for each in main)

    @property
    def tokens(self) -> Picks:
        """What the page can send for it."""
        return tuple(each.token for each in self.candidates)

    @property
    def supposed(self) -> Value | None:
        """What the questions after it may go by as long as nobody says otherwise."""
        return self.given if self.given is not None or not self.candidates else self.candidates[0].value

    @property
    def open(self) -> bool:
        """Whether somebody has to look at it."""
        return self.given is None or self.differs


def story_digest(text: str) -> str:
    """By which a story is known again."""
    return sha256(text.encode()).hexdigest()[:16]


def listened(dialog: Dialog, answers: Answers) -> Text | None:
    """The story that the answers tell; None before it is told."""
    for step in dialog.steps:
        value = answers.get(step.id)
        if step.listens and isinstance(value, Text):
            return value
    return None


def proposals(
    dialog: Dialog, confirm: Step, given: Answers, answers: Answers, facts: DialogContext
) -> tuple[Proposal, ...]:
    """What is shown where the story is confirmed, in the order of the questions. `given` are the answers before it."""
    shown = shown_before(confirm, answers)
    supposed = dict(given)
    found = []
    for step, choices in _ahead(dialog, confirm, supposed, facts):
        kept = answers.get(step.id)
        if not still_fits(dialog, step, kept, Known(supposed, facts)):
            kept = None
        candidates = _candidates(step, choices, facts)
        proposal = Proposal(
            step=step,
            choices=choices,
            candidates=candidates,
            given=kept,
            differs=kept is not None and _says_more(step, candidates, kept, shown.get(step.id, ())),
        )
        if step.heard_from and (candidates or kept is not None):
            found.append(proposal)
        if proposal.supposed is not None:
            supposed[step.id] = proposal.supposed
    return tuple(found)


def confirmed(
    dialog: Dialog, confirm: Step, given: Answers, answers: Answers, raw: Raw, facts: DialogContext
) -> dict[str, Value]:
    """The answers with what was taken of the proposals. Invalid, by name, if something cannot be taken any more."""
    told = listened(dialog, answers)
    shown = dict(shown_before(confirm, answers))
    shown |= {each.step.id: each.tokens for each in proposals(dialog, confirm, given, answers, facts)}
    seen = Understood(story_digest(told.text) if told else "", facts.lexicon, shown)
    taken: dict[str, Value] = {**answers, confirm.id: seen}
    so_far: dict[str, Value] = {**given, confirm.id: seen}
    for step, choices in _ahead(dialog, confirm, so_far, facts):
        field = PROPOSED + step.id
        if step.heard_from and field in raw:
            taken[step.id] = _read(confirm, step, raw[field], tuple(choice.id for choice in choices), facts)
        value = taken.get(step.id)
        if value is not None and still_fits(dialog, step, value, Known(so_far, facts)):
            so_far[step.id] = value
    return taken


def shown_before(confirm: Step, answers: Answers) -> Mapping[str, Picks]:
    """What has been proposed and looked at, by question."""
    seen = answers.get(confirm.id)
    return seen.shown if isinstance(seen, Understood) else {}


def settled(dialog: Dialog, confirm: Step, answers: Answers) -> bool:
    """Whether somebody has looked at what this very story says."""
    seen, told = answers.get(confirm.id), listened(dialog, answers)
    return isinstance(seen, Understood) and told is not None and seen.story == story_digest(told.text)


def origins(answers: Answers, dialog: Dialog, facts: DialogContext) -> dict[str, tuple[Span, ...]]:
    """Where the story says what was answered, by question. A span is that of a story as it is told now."""
    found = {}
    for step in dialog.steps:
        value = answers.get(step.id)
        if value is not None:
            said = (each for each in _candidates(step, step.choices, facts) if kind_of(step).within(each.value, value))
            found[step.id] = tuple(dict.fromkeys(each.span for each in said if each.span[0] < each.span[1]))
    return {step: spans for step, spans in found.items() if spans}


def heard_for_sure(dialog: Dialog, answers: Answers, step: Step, facts: DialogContext) -> Value | None:
    """What may stand in a question that is asked, as what the story says: it is sent only by whoever sees it there."""
    candidates = _candidates(step, step.choices, facts) if listened(dialog, answers) else ()
    return candidates[0].value if candidates and candidates[0].sure else None


def _ahead(
    dialog: Dialog, confirm: Step, known: Mapping[str, Value], facts: DialogContext
) -> Iterator[tuple[Step, tuple[Choice, ...]]]:
    """The questions to come, by what is known as each of them is reached, with what each may be answered."""
    reading = Known(known, facts)
    node = likely_after(dialog, confirm, reading)
    while node is not None:
        if holds(node.when, reading):
            yield node, offered(dialog, node, reading)
        node = likely_after(dialog, node, reading)


def _candidates(step: Step, choices: tuple[Choice, ...], facts: DialogContext) -> tuple[Candidate, ...]:
    """What was heard and can be answered, each once."""
    found: dict[str, Candidate] = {}
    heard_of = tuple(choice.id for choice in choices if not choice.never_heard)
    for heard in facts.heard.get(step.heard_from, ()):
        for said in (heard.value, *heard.others):
            candidate = _candidate(step, heard_of, facts, heard, said)
            if candidate is not None:
                found.setdefault(candidate.token, candidate)
    return tuple(found.values())[:OFFERED]


def _candidate(step: Step, choices: Picks, facts: DialogContext, heard: Heard, said: object) -> Candidate | None:
    raw = kind_of(step).of_heard(said)
    try:
        value = validate(step, raw, choices, facts) if raw else None
    except Invalid:
        return None
    sure = heard.how.value == "sure" and said == heard.value
    return Candidate(_token(raw), value, heard.span, sure) if value is not None else None


def _main(step: Step, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """What is proposed: the likeliest; where several can be picked, all."""
    return candidates if kind_of(step).hears == "choices" else candidates[:1]


def _says_more(step: Step, candidates: tuple[Candidate, ...], kept: Value, shown: Picks) -> bool:
    """Whether the story says something that is not in the answer, and that nobody has been shown."""
    kind = kind_of(step)
    return any(each.token not in shown and not kind.within(each.value, kept) for each in _main(step, candidates))


def token_of(step: Step, said: object) -> str:
    """What a page sends for something that may be an answer."""
    return _token(kind_of(step).of_heard(said))


def _token(raw: Raw) -> str:
    return next(f"{field}={text}" for field, texts in raw.items() for text in texts)


def _read(confirm: Step, step: Step, tokens: Picks, choices: Picks, facts: DialogContext) -> Value:
    """The answer that was taken. What cannot be answered any more is refused where it was shown."""
    raw: dict[str, Picks] = {}
    for field, _, text in (token.partition("=") for token in tokens):
        raw[field] = (*raw.get(field, ()), text)
    try:
        return validate(step, raw, choices, facts)
    except Invalid as refusal:
        raise refusal.at(confirm.id, PROPOSED + step.id) from None
