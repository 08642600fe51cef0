"""The state machine of a registration: the one table of what moves where. The only home of `transitions`."""

from enum import StrEnum
from typing import Any

from transitions import Machine, MachineError

from inbox.cases.errors import NotNow
from inbox.cases.model import State


class Trigger(StrEnum):
    """What moves a registration."""

    TAKE = "take"
    RELEASE = "release"
    ASK = "ask"
    REPLY = "reply"
    MOVE = "move"
    ANSWER = "answer"
    REOPEN = "reopen"
    CLOSE = "close"
    ASK_STATEMENT = "ask_statement"
    GIVE_STATEMENT = "give_statement"
    LEAVE = "leave"
    WITHDRAW = "withdraw"
    REFER = "refer"


LIFE: tuple[tuple[Trigger, State, State], ...] = (
    (Trigger.TAKE, State.RECEIVED, State.IN_PROGRESS),
    (Trigger.TAKE, State.IN_PROGRESS, State.IN_PROGRESS),
    (Trigger.TAKE, State.AWAITING_CITIZEN, State.AWAITING_CITIZEN),
    (Trigger.RELEASE, State.IN_PROGRESS, State.RECEIVED),
    (Trigger.ASK, State.IN_PROGRESS, State.AWAITING_CITIZEN),
    (Trigger.REPLY, State.AWAITING_CITIZEN, State.IN_PROGRESS),
    (Trigger.ASK_STATEMENT, State.IN_PROGRESS, State.AWAITING_STATEMENT),
    (Trigger.GIVE_STATEMENT, State.AWAITING_STATEMENT, State.IN_PROGRESS),
    # A statement may never come: the board must be able to end its part without it.
    (Trigger.REPLY, State.AWAITING_STATEMENT, State.IN_PROGRESS),
    (Trigger.MOVE, State.RECEIVED, State.RECEIVED),
    (Trigger.MOVE, State.IN_PROGRESS, State.RECEIVED),
    (Trigger.ANSWER, State.IN_PROGRESS, State.ANSWERED),
    (Trigger.REOPEN, State.ANSWERED, State.IN_PROGRESS),
    (Trigger.CLOSE, State.ANSWERED, State.CLOSED),
    (Trigger.WITHDRAW, State.RECEIVED, State.WITHDRAWN),
    (Trigger.WITHDRAW, State.IN_PROGRESS, State.WITHDRAWN),
    (Trigger.WITHDRAW, State.AWAITING_CITIZEN, State.WITHDRAWN),
    (Trigger.WITHDRAW, State.AWAITING_STATEMENT, State.WITHDRAWN),
    (Trigger.LEAVE, State.RECEIVED, State.CLOSED),
    (Trigger.LEAVE, State.IN_PROGRESS, State.CLOSED),
    (Trigger.LEAVE, State.AWAITING_CITIZEN, State.CLOSED),
    (Trigger.LEAVE, State.AWAITING_STATEMENT, State.CLOSED),
    (Trigger.REFER, State.RECEIVED, State.REFERRED),
    (Trigger.REFER, State.IN_PROGRESS, State.REFERRED),
    (Trigger.REFER, State.AWAITING_CITIZEN, State.REFERRED),
    (Trigger.REFER, State.AWAITING_STATEMENT, State.REFERRED),
)


class _Token:
    """Carries a state through the machine; lives for one step."""

    state: State


# One machine for all: a new one for each step costs about ten times as much.
# `model=None` and no auto transitions, so that nothing grows on our objects.
_machine = Machine(
    model=None,
    states=State,
    transitions=[[trigger.value, source, target] for trigger, source, target in LIFE],
    initial=None,
    auto_transitions=False,
    send_event=False,
)


def after(state: State, trigger: Trigger) -> State:
    """The state that `trigger` leads to from `state`; NotNow if it leads nowhere."""
    token: Any = _Token()
    _machine.set_state(state, model=token)
    try:
        _machine.events[trigger.value].trigger(token)
    except (MachineError, KeyError):
        raise NotNow(state=state.value, trigger=trigger.value) from None
    return State(token.state)


def sources(*triggers: Trigger) -> frozenset[State]:
    """The states from which any of the triggers leads somewhere."""
    return frozenset(source for trigger, source, _ in LIFE if trigger in triggers)
