"""The kernel knows no case: another kind of thing is an aggregate, and gets all that cases have."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec import Struct
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.errors import ClientIdReused, NotNow
from inbox.execution.kernel import Aggregate, Kernel
from inbox.storage.batching.atomic import Step, execute_all, inserting_new
from inbox.storage.engine.locks import Lock
from inbox.storage.engine.store import Store
from tests.world import World

metadata = MetaData()
box = Table("toy_box", metadata, Column("id", String, primary_key=True), Column("balls", Integer, nullable=False))
done = Table(
    "toy_done",
    metadata,
    Column("box", String, primary_key=True),
    Column("client_id", String, primary_key=True),
    Column("number", Integer, nullable=False),
)
ROOM = 10


class Box(Struct, frozen=True):
    id: str
    balls: int


class PutIn(Struct, frozen=True):
    box: str
    client_id: str
    number: int


class Boxes(Aggregate[Box, PutIn, None, int]):
    """Balls in a box, at most so many. The number of balls is the version, too."""

    def id_of(self, command: PutIn) -> str:
        return command.box

    def version_of(self, state: Box) -> int:
        return state.balls

    def lock_for(self, command: PutIn) -> Lock | None:
        return None

    async def load(self, connection: AsyncConnection, id: str) -> Box | None:
        balls = await self.stored_version(connection, id)
        return None if balls is None else Box(id, balls)

    async def stored_version(self, connection: AsyncConnection, id: str) -> int | None:
        return await connection.scalar(select(box.c.balls).where(box.c.id == id))

    async def before(self, connection: AsyncConnection, state: Box | None, command: PutIn, who: None) -> int | None:
        found = await connection.scalar(
            select(done.c.number).where(done.c.box == command.box, done.c.client_id == command.client_id)
        )
        if found is not None and found != command.number:
            raise ClientIdReused
        return None if found is None or state is None else state.balls

    async def change(
        self, connection: AsyncConnection, state: Box | None, command: PutIn, who: None
    ) -> tuple[Box, int] | None:
        assert state is not None
        now = state.balls + command.number
        if now > ROOM:
            raise NotNow(state="full")
        fill = (
            update(box)
            .where(box.c.id == bindparam("of"), box.c.balls == bindparam("seen"))
            .values(balls=bindparam("n"))
        )
        key = {"box": command.box, "client_id": command.client_id, "number": command.number}
        steps = [
            Step(fill, [{"of": state.id, "seen": state.balls, "n": now}], must=True),
            Step(inserting_new(done, done.c.box, done.c.client_id), [key], must=True),
        ]
        return (Box(state.id, now), now) if await execute_all(connection, steps) else None


@pytest.fixture
async def store(world: World) -> AsyncIterator[Store]:
    """A store with an empty box in it."""

    async def settle(connection: Any) -> None:
        await connection.run_sync(metadata.create_all)
        await connection.execute(insert(box).values(id="red", balls=0))

    async def away(connection: Any) -> None:
        await connection.run_sync(metadata.drop_all)

    await world.store.writer.do(settle)
    yield world.store
    await world.store.writer.do(away)


async def stored(store: Store) -> int | None:
    async with store.reading() as connection:
        return await Boxes().stored_version(connection, "red")


async def test_a_command_is_done_once_however_often_it_comes(store: Store) -> None:
    kernel = Kernel(store, Boxes(), remembered=1)
    given = [await kernel.carry_out(PutIn("red", "one", 3), None) for _ in range(3)]
    assert (given, await stored(store)) == ([3, 3, 3], 3)
    with pytest.raises(ClientIdReused):
        await kernel.carry_out(PutIn("red", "one", 4), None)


async def test_what_is_refused_changes_nothing_and_is_no_fault_of_the_first_time(store: Store) -> None:
    kernel = Kernel(store, Boxes(), remembered=1)
    assert await kernel.carry_out(PutIn("red", "much", 8), None) == 8
    # Once more it would not fit; but it is in already.
    assert await kernel.carry_out(PutIn("red", "much", 8), None) == 8
    with pytest.raises(NotNow):
        await kernel.carry_out(PutIn("red", "more", 3), None)
    assert await stored(store) == 8


@pytest.mark.parametrize("remembered", [0, 1])
async def test_whoever_remembers_something_old_loses_nothing(store: Store, remembered: int) -> None:
    one, other = (Kernel(store, Boxes(), remembered) for _ in range(2))
    for number in range(4):
        await one.carry_out(PutIn("red", f"one-{number}", 1), None)
        await other.carry_out(PutIn("red", f"other-{number}", 1), None)
    assert await stored(store) == 8


async def test_many_at_once_come_one_after_the_other(store: Store) -> None:
    kernel = Kernel(store, Boxes(), remembered=1)
    puts = (kernel.carry_out(PutIn("red", f"put-{number}", 1), None) for number in range(15))
    came = await asyncio.gather(*puts, return_exceptions=True)
    assert [one for one in came if isinstance(one, int)] == list(range(1, ROOM + 1))
    assert sum(isinstance(one, NotNow) for one in came) == 5
    assert await stored(store) == ROOM


async def test_a_batch_that_is_lost_is_forgotten(store: Store) -> None:
    kernel = Kernel(store, Boxes(), remembered=1)
    await kernel.carry_out(PutIn("red", "one", 1), None)
    assert kernel.known("red") == Box("red", 1)
    store.writer._forget()  # as it does when a commit fails
    assert kernel.known("red") is None
