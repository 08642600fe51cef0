"""Which function decides which command."""

from collections.abc import Callable
from typing import Any, get_args

from inbox.actions import (
    closing,
    ending,
    forwarding,
    handling,
    messaging,
    noting,
    seating,
    sharing,
    stating,
    submitting,
)
from inbox.actions.asking import questions
from inbox.actions.context import DecisionContext
from inbox.actions.newer import check_seen
from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase
from inbox.cases.events import Decided
from inbox.cases.model import Actor, Case

Rule = Callable[[Case, Any, Actor, DecisionContext], list[Decided]]
MODULES = (questions, closing, ending, forwarding, handling, messaging, noting, seating, sharing, stating)
_FUNCTIONS: dict[str, Rule] = {name: it for module in MODULES for name, it in vars(module).items() if callable(it)}
RULES: dict[type[c.AnyCommand], Rule] = {
    kind: _FUNCTIONS[tag] for kind in get_args(c.AnyCommand) if (tag := str(kind.__struct_config__.tag)) in _FUNCTIONS
}
"""Of what can be done in a case: the function that is called what the command is. One without fails a test."""


def decide(case: Case | None, command: c.AnyCommand, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """What happens when the command is carried out now. Raises the refusal of the rule that hinders it."""
    if isinstance(command, c.SubmitCase):
        return submitting.submit_case(command, facts)
    if case is None:
        raise NoSuchCase
    if isinstance(command, c.Reply):
        check_seen(facts.since, actor)
    return RULES[type(command)](case, command, actor, facts)
