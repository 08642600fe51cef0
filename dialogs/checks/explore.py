"""Every way through a dialog, tried out with the engine's own rules. Made small by forgetting what nothing reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from dialogs.checks.references import leads_to, live_steps
from dialogs.kinds import kind_of
from dialogs.schema.conditions import holds
from dialogs.schema.kind import Picks
from dialogs.schema.model import Dialog, Ending, Step
from dialogs.schema.routing import offered, target


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


class _Ground(Struct, frozen=True):
    """What is looked up again and again."""

    dialog: Dialog
    live: Mapping[str, frozenset[str]]
    watched: frozenset[str]
    """Fields worth counting: those that the statistics need, and those that several steps collect."""


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
    ground = _Ground(dialog, live_steps(dialog), _watched(dialog))
    open_states = [_State(node=dialog.first)]
    seen: set[_State] = set()
    while open_states:
        state = open_states.pop()
        if state in seen:
            continue
        seen.add(state)
        try:
            open_states.extend(_beyond(ground, state, found))
        except _Ask as ask:
            name = str(ask)
            open_states.extend(
                _State(state.node, state.picks, state.facts | {(name, known)}, state.fields) for known in (True, False)
            )
    return found


def _watched(dialog: Dialog) -> frozenset[str]:
    names = Counter(step.name for step in dialog.steps)
    return frozenset(rule.field for rule in dialog.statistics) | {name for name, count in names.items() if count > 1}


def _beyond(ground: _Ground, state: _State, found: Explored) -> Iterator[_State]:
    """The states that follow a state."""
    node = target(ground.dialog, state.node)
    guess = _Guess(state)
    match node:
        case None:
            needed = {rule.field for rule in ground.dialog.statistics if holds(rule.when, guess)}
            found.missing |= needed - state.fields
        case Ending():
            found.reached.add(node.id)
            for id in leads_to(node):
                yield _State(id, state.picks, state.facts, state.fields)
        case Step() if holds(node.when, guess):
            found.reached.add(node.id)
            for picks in _values(ground.dialog, node, guess, found):
                yield from _follow(ground, node, _answered(ground, state, node, picks, found), found)
        case Step():
            yield from _follow(ground, node, state, found)


def _values(dialog: Dialog, step: Step, guess: _Guess, found: Explored) -> Iterator[Picks]:
    """Answers that stand for all answers: as its kind says: for several, each alone, each pair, and all together."""
    if step.optional or step.aside:
        yield ()
    kind = kind_of(step)
    if not kind.offers:
        yield from ((told,) for told in kind.readable(step))
        return
    choices = offered(dialog, step, guess)
    found.offered |= {(step.id, choice.id) for choice in choices}
    if not choices:
        found.stuck.add(step.id)
    yield from kind.ways(choices)


def _answered(ground: _Ground, state: _State, step: Step, picks: Picks, found: Explored) -> _State:
    fields = state.fields
    if picks and step.name in ground.watched:
        if step.name in fields:
            found.twice.add(step.name)
        fields |= {step.name}
    return _State(state.node, state.picks | {(step.id, picks)}, state.facts, fields)


def _follow(ground: _Ground, step: Step, state: _State, found: Explored) -> Iterator[_State]:
    guess = _Guess(state)
    for number, rule in enumerate(step.next):
        if holds(rule.when, guess):
            found.taken.add((step.id, number))
            kept = frozenset((id, picks) for id, picks in state.picks if id in ground.live[rule.to])
            yield _State(rule.to, kept, state.facts, state.fields)
            return
    found.stuck.add(step.id)
