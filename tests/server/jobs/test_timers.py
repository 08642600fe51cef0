"""What happens by itself happens when it is due, once, and also where an older version left the timer out."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert

from inbox.actions.context import Rules
from inbox.cases import commands as c
from inbox.cases.events import ThreadClosed
from inbox.cases.model import State
from inbox.storage import cases
from inbox.storage.schema import timer
from inbox.storage.timers import Due, due_timers
from server.jobs.timers import fire_timers, set_missing_timers
from tests.filing import filed
from tests.house import House
from tests.people import ANNA, KARIN, identity

WINDOW = timedelta(days=Rules().reply_days)
READY: dict[str, Any] = {
    "explanation": "Telefonen var felkopplad.",
    "measures": (c.Measure(text="Vi har kopplat om."),),
    "problems": ("6.2",),
    "area": "primarvard",
}


async def does(house: House, who: Any, kind: type[c.Command], case: str, **fields: Any) -> None:
    command: Any = kind(case=case, client_id=house.new_id(), **fields)
    await house.parts.services.act.carry_out(command, identity(who))


async def answered(house: House) -> str:
    case = await filed(house, ANNA)
    await does(house, KARIN, c.TakeCase, case)
    await does(house, KARIN, c.AnswerCase, case, **READY)
    return case


async def leave_timer(connection: Any, case: str, due_at: datetime) -> None:
    await connection.execute(insert(timer).values(case_id=case, name="close_thread", due_at=due_at))


async def due(house: House) -> list[Due]:
    async with house.parts.services.store.reading() as connection:
        return await due_timers(connection, house.clock(), None, 100)


async def state_and_closings(house: House, case: str) -> tuple[State, int]:
    async with house.parts.services.store.reading() as connection:
        stored, history = await cases.load_case(connection, case), await cases.load_history(connection, case)
    assert stored is not None
    closings = sum(isinstance(recorded.event, ThreadClosed) for recorded in history)
    return stored.registrations[0].state, closings


async def test_a_thread_is_closed_when_its_window_is_over_and_not_before(house: House) -> None:
    case = await answered(house)
    house.clock.passes(WINDOW)
    await fire_timers(house.parts.services)
    assert await state_and_closings(house, case) == (State.ANSWERED, 0)
    house.clock.passes(timedelta(seconds=1))
    await fire_timers(house.parts.services)
    assert await state_and_closings(house, case) == (State.CLOSED, 1)
    assert await due(house) == []


async def test_it_is_closed_once_also_by_two_at_a_time_and_when_the_clock_is_set_back(house: House) -> None:
    case = await answered(house)
    house.clock.passes(WINDOW + timedelta(seconds=1))
    await asyncio.gather(*(fire_timers(house.parts.services) for _ in range(3)))
    house.clock.passes(-2 * WINDOW)
    await fire_timers(house.parts.services)
    house.clock.passes(4 * WINDOW)
    await fire_timers(house.parts.services)
    assert await state_and_closings(house, case) == (State.CLOSED, 1)


async def test_whoever_asks_on_stops_it_and_an_addition_moves_it(house: House) -> None:
    case, extended = await answered(house), await answered(house)
    house.clock.passes(WINDOW - timedelta(days=1))
    await does(house, ANNA, c.AskOn, case, text="Varför då?")
    await does(house, KARIN, c.AddToAnswer, extended, text="Vi har fler i telefon nu.")
    house.clock.passes(timedelta(days=2))
    await fire_timers(house.parts.services)
    assert await state_and_closings(house, case) == (State.IN_PROGRESS, 0)
    assert await state_and_closings(house, extended) == (State.ANSWERED, 0)
    house.clock.passes(WINDOW)
    await fire_timers(house.parts.services)
    assert await state_and_closings(house, extended) == (State.CLOSED, 1)


async def test_one_that_is_refused_keeps_no_other_waiting_and_is_set_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale, case = await answered(house), await answered(house)
    services = house.parts.services
    # As if a process of an older version had taken the case up again: the timer stays.
    await does(house, ANNA, c.AskOn, stale, text="Varför då?")
    house.clock.passes(WINDOW + timedelta(seconds=1))
    await services.store.writer.do(lambda connection: leave_timer(connection, stale, house.clock() - timedelta(days=1)))
    assert [one.case for one in await due(house)] == [stale, case]
    monkeypatch.setattr("server.jobs.timers.AT_ONCE", 1)
    await fire_timers(services)
    assert (await state_and_closings(house, stale))[0] is State.IN_PROGRESS
    assert (await state_and_closings(house, case))[0] is State.CLOSED
    assert await due(house) == []


async def test_what_an_older_version_left_out_is_set(house: House) -> None:
    case = await answered(house)
    services = house.parts.services
    await services.store.writer.do(lambda connection: connection.execute(delete(timer)))
    house.clock.passes(WINDOW + timedelta(seconds=1))
    assert await due(house) == []
    await set_missing_timers(services)
    assert [one.case for one in await due(house)] == [case]
