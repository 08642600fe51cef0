"""Every way through a dialog, tried out with the engine's own rules. Made small by forgetting what nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from msgspec import Struct, field

from dialogs.model import (
    PICKS_ONE,
    REVIEW,
    All,
    Any,
    Condition,
    Dialog,
    Ending,
    Has,
    In,
    Is,
    Kind,
    Known,
    More,
    Not,
    Step,
)
from dialogs.routing import holds, offered, target

Picks = tuple[str, ...]


class Explored(Struct):
    """What was found on the ways through the dialog."""

    reached: set[str] = field(default_factory=set)
    """Steps and ways out that somebody can come to."""
    taken: set[tuple[str, int]] = field(default_factory=set)
    """Rules (step, number) that somebody can follow."""
    offered: set[tuple[str, str]] = field(default_factory=set)
    """Choices (step, choice) that somebody can be offered."""
    stuck: set[str] = field(default_factory=set)
    """Steps from which somebody cannot get on."""
    missing: set[str] = field(default_factory=set)
    """Fields that the statistics need and that a way to the review can lack."""
    twice: set[str] = field(default_factory=set)
    """Fields that are collected twice on one way."""


class _State(Struct, frozen=True):
    """Where somebody is, and as much of the way there as matters from here on."""

    node: str
    picks: frozenset[tuple[str, Picks]] = frozenset()
    facts: frozenset[tuple[str, bool]] = frozenset()
    fields: frozenset[str] = frozenset()


class _Ask(Exception):
    """A fact is read that has not been decided on this way."""


class _Guess:
    """A way's answers and facts, as conditions may read them."""

    def __init__(self, state: _State) -> None:
        self._picks = dict(state.picks)
        self._facts = dict(state.facts)

    def picked(self, step: str) -> Picks:
        return self._picks.get(step, ())

    def fact(self, name: str) -> bool:
        if name not in self._facts:
            raise _Ask(name)
        return self._facts[name]


def explore(dialog: Dialog) -> Explored:
    """Try every way. The definition must be whole (no unknown names) and free of loops."""
    found = Explored()
    live = live_steps(dialog)
    open_states = [_State(node=dialog.first)]
    seen: set[_State] = set()
    while open_states:
        state = open_states.pop()
        if state in seen:
            continue
        seen.add(state)
        try:
            open_states.extend(_beyond(dialog, state, live, found))
        except _Ask as ask:
            name = str(ask)
            open_states.extend(
                _State(state.node, state.picks, state.facts | {(name, known)}, state.fields) for known in (True, False)
            )
    return found


def atoms(step: Step) -> Picks:
    """What conditions may ask for at a step."""
    fixed = {
        Kind.WHEN: ("date", "period", "unknown"),
        Kind.PLACE: ("unit", "text"),
        Kind.CONSENT: ("yes", "no"),
        Kind.NOTE: ("seen",),
        Kind.SHORT_TEXT: ("text",),
        Kind.LONG_TEXT: ("text",),
    }
    return tuple(choice.id for choice in step.choices) or fixed.get(step.kind, (step.kind.value,))


def reads(condition: Condition | None) -> Iterator[Is | In | Has | More | Known]:
    """The parts of a condition that look at something."""
    match condition:
        case All(of=parts) | Any(of=parts):
            for part in parts:
                yield from reads(part)
        case Not(of=part):
            yield from reads(part)
        case None:
            return
        case _:
            yield condition


def conditions(step: Step) -> Iterator[Condition]:
    """The conditions that a step holds."""
    for condition in (step.when, *(rule.when for rule in step.next), *(choice.when for choice in step.choices)):
        if condition is not None:
            yield condition


def live_steps(dialog: Dialog) -> Mapping[str, frozenset[str]]:
    """For each node: the steps whose answers are read there or later."""
    always = frozenset(_steps_read(*(rule.when for rule in dialog.statistics)))
    live: dict[str, frozenset[str]] = {REVIEW: always}

    def reach(id: str) -> frozenset[str]:
        if id not in live:
            node = target(dialog, id)
            read = {*_steps_read(*conditions(node)), node.offers_from} if isinstance(node, Step) else set()
            live[id] = frozenset(read.union(*(reach(each) for each in leads_to(node))))
        return live[id]

    for node in dialog.parts:
        reach(node.id)
    return live


def leads_to(node: Step | Ending | None) -> tuple[str, ...]:
    """Where the rules of a node point."""
    match node:
        case Step(next=rules):
            return tuple(rule.to for rule in rules)
        case Ending(resume=resume):
            return (resume,) if resume else ()
        case None:
            return ()


def _steps_read(*several: Condition | None) -> set[str]:
    return {part.step for condition in several for part in reads(condition) if not isinstance(part, Known)}


def _beyond(dialog: Dialog, state: _State, live: Mapping[str, frozenset[str]], found: Explored) -> Iterator[_State]:
    """The states that follow a state."""
    node = target(dialog, state.node)
    guess = _Guess(state)
    match node:
        case None:
            needed = {rule.field for rule in dialog.statistics if holds(rule.when, guess)}
            found.missing |= needed - state.fields
        case Ending():
            found.reached.add(node.id)
            for id in leads_to(node):
                yield _State(id, state.picks, state.facts, state.fields)
        case Step() if holds(node.when, guess):
            found.reached.add(node.id)
            for picks in _values(dialog, node, guess, found):
                yield from _follow(dialog, node, _answered(dialog, state, node, picks, found), live, found)
        case Step():
            yield from _follow(dialog, node, state, live, found)


def _values(dialog: Dialog, step: Step, guess: _Guess, found: Explored) -> Iterator[Picks]:
    """Answers that stand for all answers: each choice alone, each pair, and all together."""
    if step.optional:
        yield ()
    if step.kind not in (*PICKS_ONE, Kind.SEVERAL):
        yield from ((atom,) for atom in atoms(step))
        return
    choices = offered(dialog, step, guess)
    found.offered |= {(step.id, choice.id) for choice in choices}
    if not choices:
        found.stuck.add(step.id)
    yield from ((choice.id,) for choice in choices)
    if step.kind is Kind.SEVERAL:
        together = tuple(choice.id for choice in choices if not choice.exclusive)
        yield from combinations(together, 2)
        yield together


def _answered(dialog: Dialog, state: _State, step: Step, picks: Picks, found: Explored) -> _State:
    fields = state.fields
    if picks and step.name in _watched(dialog):
        if step.name in fields:
            found.twice.add(step.name)
        fields |= {step.name}
    return _State(state.node, state.picks | {(step.id, picks)}, state.facts, fields)


def _watched(dialog: Dialog) -> set[str]:
    """Fields worth counting: those that the statistics need, and those that several steps collect."""
    names = [step.name for step in dialog.steps]
    return {rule.field for rule in dialog.statistics} | {name for name in names if names.count(name) > 1}


def _follow(
    dialog: Dialog, step: Step, state: _State, live: Mapping[str, frozenset[str]], found: Explored
) -> Iterator[_State]:
    guess = _Guess(state)
    for number, rule in enumerate(step.next):
        if holds(rule.when, guess):
            found.taken.add((step.id, number))
            kept = frozenset((id, picks) for id, picks in state.picks if id in live[rule.to])
            yield _State(rule.to, kept, state.facts, state.fields)
            return
    found.stuck.add(step.id)
