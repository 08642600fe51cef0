"""What has happened stays true when rules and bodies change."""

from typing import Any

import pytest
from msgspec.structs import replace

from inbox.cases import commands as c
from inbox.cases import lifecycle, state_changes, upcast
from inbox.cases.apply import replay
from inbox.cases.errors import NotNow
from inbox.cases.events import MessagePosted, Recorded
from inbox.cases.model import OPEN, State
from tests.inbox.whole_cases import everything, left
from tests.people import ANNA, KARIN
from tests.world import World


@pytest.mark.parametrize("tell", [everything, left])
async def test_a_history_replays_though_the_lifecycle_has_lost_every_line(
    world: World, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await tell(world)

    def never(state: State, trigger: lifecycle.Trigger) -> State:
        raise NotNow(state=state.value, trigger=trigger.value)

    # Where the rules are asked; `apply` has no way to them.
    monkeypatch.setattr(state_changes, "after", never)
    assert replay(await world.history(case)) == await world.case(case)
    with pytest.raises(NotNow):
        await world.does(KARIN, c.TakeCase, await world.complains(ANNA))


@pytest.mark.parametrize("tell", [everything, left])
async def test_the_states_of_events_from_before_they_were_kept_are_those_of_their_time(world: World, tell: Any) -> None:
    case = await tell(world)
    history = await world.history(case)
    assert all(item.envelope.states is not None for item in history)
    before = [Recorded(replace(item.envelope, states=None), item.event) for item in history]
    assert replay(before) == await world.case(case)
    assert all(registration.state not in OPEN for registration in (await world.case(case)).registrations[1:])


async def test_a_body_of_version_1_is_lifted_version_by_version(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = await world.complains(ANNA)
    await world.does(ANNA, c.PostMessage, case, text="Skrivet då.")
    # Since then the text is called otherwise in between, and loud in the end.
    monkeypatch.setitem(upcast.LIFTS, ("message_posted", 1), lambda old: {**_without(old, "text"), "said": old["text"]})
    monkeypatch.setitem(
        upcast.LIFTS, ("message_posted", 2), lambda old: {**_without(old, "said"), "text": old["said"].upper()}
    )
    await world.does(ANNA, c.PostMessage, case, text="Skrivet nu.")
    assert _messages(await world.history(case)) == [(1, "SKRIVET DÅ."), (3, "Skrivet nu.")]
    told = [entry.event for entry in (await world.thread(case, ANNA)).entries]
    assert [event.text for event in told if isinstance(event, MessagePosted)] == ["SKRIVET DÅ.", "Skrivet nu."]


def _messages(history: list[Recorded]) -> list[tuple[int, str]]:
    return [(item.envelope.version, item.event.text) for item in history if isinstance(item.event, MessagePosted)]


def _without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != name}
