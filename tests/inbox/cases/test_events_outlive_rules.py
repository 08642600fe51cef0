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
from tests.people import ANNA, BOARD, EKBACKEN, KARIN, OLLE, SARA, TORGET
from tests.world import World

READY: dict[str, Any] = {
    "explanation": "Telefonen var felkopplad.",
    "measures": (c.Measure(text="Vi har kopplat om."),),
    "problems": ("6.2",),
    "area": "primarvard",
}


async def everything(world: World) -> str:
    """A case in which every kind of step that moves something was taken; the board waits in vain in the end."""
    case, all_of_it = await world.complains(ANNA), c.Parts(answers=True, since="all")
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.AskReporter, case, text="Vilken dag?")
    await world.does(ANNA, c.PostMessage, case, text="I torsdags.")
    await world.does(KARIN, c.AskReporter, case, text="Vilken tid?")
    await world.does(KARIN, c.StopWaiting, case)
    await world.does(KARIN, c.ReleaseCase, case)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Det var där.")
    await world.does(SARA, c.TakeCase, case)
    await world.does(SARA, c.ForwardCase, case, unit=EKBACKEN, reason="Det var här.")
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=all_of_it, text="Ja.")
    await world.does(OLLE, c.TakeCase, case)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    await world.does(KARIN, c.GiveStatement, case, text="Det här.")
    await world.does(OLLE, c.AskStatement, case, text="Och sedan?")
    await world.does(OLLE, c.StopWaiting, case)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(ANNA, c.AskOn, case, text="Varför?")
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(OLLE, c.AskStatement, case, text="Och nu?")
    await world.does(ANNA, c.WithdrawConsent, case, party="a2")
    return case


async def left(world: World) -> str:
    """A case that the board began and had the care join, and in which it waits when the care is out."""
    case, all_of_it = await world.complains_to_board(ANNA), c.Parts(answers=True, since="all")
    await world.does(OLLE, c.TakeCase, case)
    asked = await world.does(OLLE, c.ProposeSharing, case, unit=EKBACKEN, parts=all_of_it, reason="De bör svara.")
    request = asked.recorded[0].envelope.id
    await world.does(ANNA, c.GiveConsent, case, unit=EKBACKEN, parts=all_of_it, text="Ja.", request=request)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    await world.does(KARIN, c.LeaveCase, case, reason="Vi var inte där.")
    await world.does(ANNA, c.WithdrawCase, case)
    return case


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
