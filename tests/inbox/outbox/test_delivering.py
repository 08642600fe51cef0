"""What lies in the outbox gets out at least once, under one id, in the order of its key, and leaves a log."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases import commands as c
from inbox.execution.reacting import Reacting
from inbox.outbox.delivering import KEPT, Channel, Delivering, NotDelivered
from inbox.reactions.reaction import Reaction
from inbox.storage import schema as s
from inbox.storage.engine.bell import Came
from inbox.storage.reacting import outbox
from inbox.storage.reacting.events import Happened
from inbox.storage.reacting.outbox import Claimed, Letter
from tests.people import ANNA
from tests.world import World

SECOND = timedelta(seconds=1)


class Receiver:
    """A real server that gets letters, and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.status: dict[str, int] = {}
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        id = request.headers["Letter-Id"]
        self.got.append(id)
        return web.Response(status=self.status.get(id, 200))


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver, app = Receiver(), web.Application()
    app.add_routes([web.post("/", receiver.take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield receiver
    await runner.cleanup()


def delivering_to(world: World, receiver: Receiver, **how: Any) -> Delivering:
    async def deliver(letter: Claimed) -> None:
        async with ClientSession() as session:
            async with session.post(receiver.url, json=letter.body, headers={"Letter-Id": letter.id}) as answer:
                if answer.status != 200:
                    raise NotDelivered(f"status_{answer.status}", for_good=answer.status == 410)

    return Delivering(world.store, {"receiver": Channel(deliver, **how)}, world.clock)


async def all_of_it(delivering: Delivering) -> None:
    while await delivering.round() is not Came.NOTHING:
        pass


async def put(world: World, *letters: tuple[str, str]) -> None:
    """Letters by id and key."""
    rows = [Letter(id, "receiver", key, {"event": 1}, world.now) for id, key in letters]
    await world.store.writer.do(lambda connection: outbox.put(connection, rows))


async def tries(world: World) -> list[tuple[str, int, str | None]]:
    """Id, number and fault of every try."""
    query = select(s.outbox.c.id, s.outbox_try.c.n, s.outbox_try.c.fault).join(
        s.outbox, s.outbox.c.row == s.outbox_try.c.outbox_row
    )
    async with world.store.reading() as connection:
        return [tuple(row) for row in await connection.execute(query.order_by(s.outbox_try.c.row))]


async def test_what_is_put_with_a_change_gets_out_once_and_what_is_undone_does_not(
    world: World, receiver: Receiver
) -> None:
    delivering = delivering_to(world, receiver)

    async def undone(connection: AsyncConnection) -> None:
        await outbox.put(connection, [Letter("undone", "receiver", "x", {}, world.now)])
        raise KeyError

    with pytest.raises(KeyError):
        await world.store.writer.do(undone)
    await put(world, ("one", "a"), ("two", "b"))
    await all_of_it(delivering)
    assert sorted(receiver.got) == ["one", "two"]
    assert sorted(await tries(world)) == [("one", 1, None), ("two", 1, None)]


async def test_what_is_refused_is_tried_again_before_others_of_its_key(world: World, receiver: Receiver) -> None:
    delivering = delivering_to(world, receiver, tries=4, first_wait=SECOND, last_wait=3 * SECOND)
    receiver.status = {"first": 503}
    await put(world, ("first", "case"), ("second", "case"), ("other", "another"))
    for wait in (0, 1, 2):
        world.passes(wait * SECOND)
        await all_of_it(delivering)
    assert receiver.got.count("first") == 3
    assert receiver.got.count("other") == 1
    assert "second" not in receiver.got
    receiver.status = {}
    world.passes(3 * SECOND)
    await all_of_it(delivering)
    assert receiver.got[-2:] == ["first", "second"]
    assert await tries(world) == [
        ("first", 1, "status_503"), ("other", 1, None), ("first", 2, "status_503"), ("first", 3, "status_503"),
        ("first", 4, None), ("second", 1, None),
    ]  # fmt: skip


@pytest.mark.parametrize(("status", "after"), [(503, 3), (410, 1)])
async def test_what_is_given_up_lets_the_next_pass_and_can_be_sent_again(
    world: World, receiver: Receiver, status: int, after: int
) -> None:
    delivering = delivering_to(world, receiver, tries=3, first_wait=SECOND, last_wait=SECOND)
    receiver.status = {"first": status}
    await put(world, ("first", "case"), ("second", "case"))
    for _ in range(5):
        await all_of_it(delivering)
        world.passes(SECOND)
    assert receiver.got == ["first"] * after + ["second"]
    async with world.store.reading() as connection:
        (dead,) = await outbox.dead(connection)
    assert (dead.id, dead.tries, dead.fault) == ("first", after, f"status_{status}")
    receiver.status = {}
    assert await world.store.writer.do(lambda connection: outbox.revive(connection, world.now)) == 1
    await all_of_it(delivering)
    assert receiver.got[-1] == "first"


async def test_whoever_dies_at_it_leaves_it_to_the_next_under_the_same_id(world: World, receiver: Receiver) -> None:
    await put(world, ("one", "a"))
    # As if a process had claimed it and then was killed.
    await world.store.writer.do(
        lambda connection: outbox.claim(connection, "receiver", world.now, world.now + SECOND, 9, SECOND)
    )
    delivering = delivering_to(world, receiver)
    assert await delivering.round() is Came.NOTHING
    world.passes(SECOND)
    assert await delivering.round() is Came.MORE
    assert receiver.got == ["one"]
    assert await tries(world) == [("one", 2, None)]


async def test_a_clock_that_went_wrong_keeps_nothing_waiting(world: World, receiver: Receiver) -> None:
    delivering = delivering_to(world, receiver, first_wait=SECOND, last_wait=60 * SECOND)
    receiver.status = {"one": 503}
    await put(world, ("one", "a"))
    await all_of_it(delivering)
    receiver.status = {}
    world.passes(-900 * SECOND)
    await all_of_it(delivering)
    assert receiver.got == ["one", "one"]


async def test_of_several_that_are_at_it_one_does_it(world: World, receiver: Receiver) -> None:
    await put(world, *((f"letter {number}", f"key {number % 7}") for number in range(40)))
    several = [delivering_to(world, receiver, at_once=5) for _ in range(3)]

    await asyncio.gather(*map(all_of_it, several))
    await all_of_it(several[0])
    assert len(receiver.got) == 40
    for key in range(7):
        assert [int(id.split()[1]) for id in receiver.got if int(id.split()[1]) % 7 == key] == list(range(key, 40, 7))


async def test_what_takes_too_long_or_fails_oddly_hinders_no_other(world: World, receiver: Receiver) -> None:
    async def never(letter: Claimed) -> None:
        await asyncio.sleep(3600)

    async def odd(letter: Claimed) -> None:
        raise KeyError(letter.id)

    lease = timedelta(seconds=0.1)
    delivering = Delivering(world.store, {"never": Channel(never, lease=lease), "odd": Channel(odd)}, world.clock)
    letters = [Letter(name, name, "", {}, world.now) for name in ("never", "odd")]
    await world.store.writer.do(lambda connection: outbox.put(connection, letters))
    assert await delivering.round() is Came.MORE
    assert sorted(await tries(world)) == [("never", 1, "TimeoutError"), ("odd", 1, "KeyError")]


async def test_a_reaction_sends_what_is_committed_with_it(world: World, receiver: Receiver) -> None:
    async def send(connection: AsyncConnection, events: Sequence[Happened]) -> None:
        await outbox.put(
            connection, [Letter(f"of {one.row}", "receiver", one.case, {"event": one.row}, one.at) for one in events]
        )

    case = await world.complains(ANNA)
    await world.does(ANNA, c.PostMessage, case, text="Hej")
    reacting, delivering = (
        Reacting(world.store, [Reaction("sending", send)], world.clock),
        delivering_to(world, receiver),
    )
    while await reacting.round() is not Came.NOTHING:
        pass
    await all_of_it(delivering)
    async with world.store.reading() as connection:
        rows = list(await connection.scalars(select(s.event.c.row).order_by(s.event.c.row)))
        bodies = list(await connection.scalars(select(s.outbox.c.body)))
    assert receiver.got == [f"of {row}" for row in rows]
    assert not any("Hej" in body for body in bodies)


async def test_what_was_done_is_forgotten_after_its_time_and_what_was_given_up_is_not(
    world: World, receiver: Receiver
) -> None:
    delivering = delivering_to(world, receiver, tries=1)
    receiver.status = {"bad": 410}
    await put(world, ("good", "a"), ("bad", "b"))
    await delivering.round()
    world.passes(KEPT)
    await delivering.forget_done()
    assert len(await tries(world)) == 2
    world.passes(SECOND)
    await delivering.forget_done()
    assert [id for id, _, _ in await tries(world)] == ["bad"]
