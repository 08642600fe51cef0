"""The whole table: every command, given by every role, in every state."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from inbox.cases import commands as c
from inbox.cases.errors import NotNow, NotYours
from inbox.cases.model import OPEN, Actor, Case, Party, PartyKind, Registration, Relation, Role, State
from inbox.cases.permissions import RULES, allowed, check, later, may
from inbox.principals.principal import Individual
from inbox.principals.seat import RIGHTS, Right
from inbox.reference.lifecycle_page import cells, render
from inbox.reference.samples import sample_of
from tests.people import EKBACKEN

PAGE = Path("inbox/LIFECYCLE.md")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

SOMEBODY = Individual("somebody")
SAMPLES: dict[type[c.Command], dict[str, object]] = {
    c.AssignCase: {"handler": "lars"},
    c.ForwardCase: {"unit": "SE0000000001-VCTORGET", "reason": "Dit"},
    c.SetPlace: {"unit": EKBACKEN},
    c.ProposeSharing: {"unit": "board", "parts": c.Parts(), "reason": "Stöd"},
    c.GiveConsent: {"unit": "board", "parts": c.Parts(), "text": "Jag har läst."},
    c.WithdrawConsent: {"party": "a2"},
}
"""Of commands that need more than their types say; of all others, the least that makes sense."""


def case_in(state: State, *, other: bool = False) -> Case:
    """A case whose only registration, or another authority's beside a received one, is in the state."""
    received = Registration("r1", "a1", "RM 1", EKBACKEN, State.RECEIVED, NOW)
    registration = Registration(id="r1", party="a1", number="RM 1", owner=EKBACKEN, state=state, received_at=NOW)
    return Case(
        id="case",
        version=1,
        type="complaint",
        dialog="complaint/1",
        language="sv",
        relation=Relation.SELF,
        title="Titel",
        themes=(),
        submitted_at=NOW,
        parties=(Party("reporter", PartyKind.REPORTER), Party("a1", PartyKind.PROVIDER, "provider")),
        registrations=(received, replace(registration, id="r2", party="a2")) if other else (registration,),
        heads={},
    )


def actor(role: Role) -> Actor:
    """Somebody in the role, with the standing that goes with it."""
    if role in {Role.REPORTER, Role.SYSTEM, Role.ADMINISTRATOR}:
        citizen = role is Role.REPORTER
        rights = RIGHTS if citizen else frozenset[Right]()
        return Actor(role, "reporter" if citizen else None, SOMEBODY, seat="s1" if citizen else None, rights=rights)
    return Actor(role, "a1", SOMEBODY, unit=EKBACKEN, registration="r1")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("kind", list(RULES), ids=lambda kind: str(kind.__struct_config__.tag))
def test_a_command_is_let_through_exactly_where_the_table_says(kind: type[c.Command], state: State, role: Role) -> None:
    case, who = case_in(state, other=RULES[kind].others), actor(role)
    command = kind(case="case", client_id="client-id", **SAMPLES.get(kind, sample_of(kind)))
    entitled = cells()[str(kind.__struct_config__.tag), state]
    if role in entitled:
        check(case, command, who)
        assert may(case, kind, who)
        return
    with pytest.raises((NotYours, NotNow)) as refusal:
        check(case, command, who)
    assert isinstance(refusal.value, NotYours) == (role not in RULES[kind].roles)
    assert not may(case, kind, who)


def test_every_command_has_a_rule() -> None:
    assert set(RULES) == set(c.AnyCommand.__args__)


def test_somebody_may_give_every_command_in_some_state_but_the_first() -> None:
    table = cells()
    for tag in {tag for tag, _ in table} - {"submit_case"}:
        assert any(table[tag, state] for state in State), tag


def test_what_has_to_wait_is_what_can_be_done_once_somebody_works_with_the_case() -> None:
    worker, working = actor(Role.CASEWORKER), case_in(State.IN_PROGRESS)
    for state in State:
        case = case_in(state)
        waits = later(case, worker)
        assert waits <= allowed(working, worker)
        assert not waits & allowed(case, worker)
        assert ("answer_case" in waits) == (state in OPEN - {State.IN_PROGRESS}), state


def test_the_page_of_the_table_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()
