"""What follows from events is done for each of them, once, in order, whatever fails and whoever else is at it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox import reactions
from inbox.cases import commands as c
from inbox.execution import reacting as reacting_module
from inbox.execution.reacting import TRIES, Reacting
from inbox.reactions import every_reaction
from inbox.reactions.reaction import Reaction
from inbox.storage import schema as s
from inbox.storage.engine.bell import Came
from inbox.storage.engine.engines import open_writer
from inbox.storage.reacting import cursors
from inbox.storage.reacting.events import Happened
from inbox.storage.reacting.settled import Settled
from tests.people import ANNA, EKBACKEN, KARIN
from tests.world import World, world_in

metadata = MetaData()
seen = Table(
    "toy_seen",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("row", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
)


class Fault(Exception):
    """Something that a reaction of ours cannot do."""


class Writing:
    """Writes down each event that it is handed, and fails at those it is told to."""

    def __init__(self) -> None:
        self.bad: set[int] = set()

    async def __call__(self, connection: AsyncConnection, events: Sequence[Happened]) -> None:
        for event in events:
            await connection.execute(insert(seen).values(row=event.row, kind=event.kind))
            if event.row in self.bad:
                raise Fault(event.id)


@asynccontextmanager
async def with_table(world: World) -> AsyncIterator[World]:
    """With a table in which a reaction of the tests writes."""

    async def there(connection: AsyncConnection) -> None:
        await connection.run_sync(metadata.create_all)

    async def away(connection: AsyncConnection) -> None:
        await connection.run_sync(metadata.drop_all)

    await world.store.writer.do(there)
    yield world
    await world.store.writer.do(away)


@pytest.fixture
async def world(world: World) -> AsyncIterator[World]:
    async with with_table(world):
        yield world


@pytest.fixture
async def shared_world(tmp_path: Path, postgres_url: str) -> AsyncIterator[World]:
    """On PostgreSQL."""
    async with world_in(tmp_path, postgres_url) as world, with_table(world):
        yield world


@pytest.fixture
def writing() -> Writing:
    return Writing()


def reacting_in(world: World, *which: Reaction) -> Reacting:
    return Reacting(world.store, which, world.clock)


async def settles(reacting: Reacting) -> None:
    """Rounds until nothing is left that could be done now."""
    while await reacting.round() is not Came.NOTHING:
        pass


async def written(world: World) -> list[int]:
    async with world.store.reading() as connection:
        return list(await connection.scalars(select(seen.c.row).order_by(seen.c.n)))


async def every_row(world: World, *kinds: str) -> list[int]:
    query = select(s.event.c.row).order_by(s.event.c.row)
    async with world.store.reading() as connection:
        return list(await connection.scalars(query.where(s.event.c.kind.in_(kinds)) if kinds else query))


async def position(world: World, name: str = "toy") -> cursors.Position:
    async with world.store.reading() as connection:
        return (await cursors.positions(connection))[name]


async def says(world: World, case: str, times: int = 1) -> None:
    for number in range(times):
        await world.does(ANNA, c.PostMessage, case, text=f"Rad {number}")


async def test_it_is_handed_every_event_once_and_in_order(
    world: World, writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.execution.reacting.BATCH", 4)
    case = await world.complains(ANNA)
    reacting = reacting_in(world, Reaction("toy", writing))
    await says(world, case, 10)
    await settles(reacting)
    await says(world, case, 3)
    await world.complains(ANNA)
    await settles(reacting)
    await settles(reacting_in(world, Reaction("toy", writing)))
    assert await written(world) == await every_row(world)


async def test_it_waits_for_its_kinds_alone_and_may_leave_what_was_before(world: World, writing: Writing) -> None:
    case = await world.complains(ANNA)
    await says(world, case, 2)
    late = reacting_in(world, Reaction("toy", writing, frozenset({"message_posted"}), from_now=True))
    await settles(late)
    assert await written(world) == []
    await world.complains(ANNA)
    await says(world, case, 2)
    await settles(late)
    assert await written(world) == (await every_row(world, "message_posted"))[2:]
    assert (await position(world)).row == (await every_row(world))[-1]


async def test_what_fails_is_tried_again_ever_later_and_put_aside_in_the_end(world: World, writing: Writing) -> None:
    case = await world.complains(ANNA)
    await says(world, case, 6)
    rows, other = await every_row(world), Reaction("other", Writing(), frozenset({"case_taken"}))
    writing.bad = {rows[3]}
    reacting = reacting_in(world, Reaction("toy", writing), other)
    waits = []
    while not (await parked(world)):
        await settles(reacting)
        # What went well before stays, and is not done again; what the other does, it does.
        assert await written(world) == rows[:3]
        assert (await position(world, "other")).row == rows[-1]
        stands = await position(world)
        assert (stands.row, stands.fault) == (rows[2], "Fault")
        assert stands.due_at is not None
        waits.append(stands.due_at - world.now)
        world.passes(waits[-1])
        if stands.tries == TRIES - 1:
            await settles(reacting)
    assert waits == sorted(waits)
    assert len(waits) == TRIES - 1
    assert await parked(world) == [("toy", rows[3], "Fault")]
    assert await written(world) == [*rows[:3], *rows[4:]]


async def test_what_was_put_aside_can_be_tried_again(world: World, writing: Writing) -> None:
    await says(world, await world.complains(ANNA), 2)
    rows = await every_row(world)
    writing.bad = set(rows[:2])
    reacting = reacting_in(world, Reaction("toy", writing))
    for _ in range(2 * TRIES):
        await settles(reacting)
        world.passes(timedelta(minutes=1))
    writing.bad = set(rows[:1])
    assert await reacting.retry("toy") == (1, 1)
    writing.bad = set()
    assert await reacting.retry("toy") == (1, 0)
    assert await reacting.retry("toy") == (0, 0)
    assert await written(world) == [rows[2], rows[1], rows[0]]


async def test_a_clock_that_went_wrong_keeps_nobody_waiting(world: World, writing: Writing) -> None:
    await world.complains(ANNA)
    writing.bad = set(await every_row(world))
    reacting = reacting_in(world, Reaction("toy", writing))
    await settles(reacting)
    writing.bad = set()
    world.passes(-timedelta(minutes=15))
    await settles(reacting)
    assert await written(world) == await every_row(world)


async def test_of_several_that_are_at_it_one_does_it(world: World, writing: Writing) -> None:
    await says(world, await world.complains(ANNA), 5)
    several = [reacting_in(world, Reaction("toy", writing)) for _ in range(4)]
    await asyncio.gather(*map(settles, several))
    assert await written(world) == await every_row(world)


async def test_what_is_counted_anew_is_what_was_counted(world: World) -> None:
    case = await world.complains(ANNA)
    await says(world, case, 4)
    await world.does(KARIN, c.TakeCase, case)
    (tally,) = (one for one in every_reaction() if one.name == "tally")
    reacting = reacting_in(world, tally)
    await settles(reacting)
    grown = await counted(world)
    assert {key[1:]: n for key, n in grown.items()} == {
        ("", "case_submitted"): 1,
        ("", "message_posted"): 4,
        (EKBACKEN, "case_taken"): 1,
    }
    await reacting.start_anew("tally")
    assert await counted(world) == {}
    await settles(reacting)
    assert await counted(world) == grown


@pytest.mark.parametrize("alone", [True, False], ids=["by itself", "in step with another"])
async def test_a_reaction_that_makes_events_is_undone_and_put_aside_by_name(world: World, alone: bool) -> None:
    """Each would be handed what it, or the other, made: without end."""

    async def echoing(connection: AsyncConnection, events: Sequence[Happened]) -> None:
        known = (await connection.execute(select(s.event).where(s.event.c.row == events[0].row))).mappings().one()
        version = await connection.scalar(select(s.case.c.version).where(s.case.c.id == known["case_id"]))
        echo = {**known, "id": f"echo-{known['id']}", "seq": (version or 0) + 1}
        await connection.execute(insert(s.event).values({name: value for name, value in echo.items() if name != "row"}))

    await world.complains(ANNA)
    rows = await every_row(world)
    reacting = reacting_in(world, *(Reaction(name, echoing) for name in ("here", "there")[: 1 if alone else 2]))
    for _ in range(2 * TRIES * len(rows)):
        await settles(reacting)
        world.passes(timedelta(minutes=1))
    parked = (await reacting.state()).parked
    assert await every_row(world) == rows
    assert {(one.reaction, one.row, one.fault) for one in parked} == {
        (name, row, "MadeEvents") for name in reacting.reactions for row in rows
    }


async def test_a_new_reaction_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "greeting.py").write_text(
        "from inbox.reactions.reaction import Reaction\nasync def work(connection, events): ...\n"
        'REACTION = Reaction("greeting", work, frozenset({"case_submitted"}))\n'
    )
    monkeypatch.setattr(reactions, "__path__", [*reactions.__path__, str(tmp_path)])
    assert {"greeting", "tally"} <= {reaction.name for reaction in every_reaction()}
    sys.modules.pop("inbox.reactions.greeting")


# Several processes that commit in another order than they count ------------------------------------------------------


@pytest.fixture
async def aside(postgres_url: str) -> AsyncIterator[AsyncConnection]:
    """Another process's connection to PostgreSQL, in a transaction."""
    engine = open_writer(postgres_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


@pytest.mark.parametrize("ends", ["commit", "rollback"])
async def test_an_event_that_is_committed_after_a_later_one_is_not_passed_by(
    shared_world: World, writing: Writing, aside: AsyncConnection, ends: str
) -> None:
    world = shared_world
    case, other = await world.complains(ANNA), await world.complains(ANNA)
    reacting = reacting_in(world, Reaction("toy", writing))
    await settles(reacting)
    done = await every_row(world)
    row = await aside.scalar(ANOTHER, {"id": "late", "case": other})
    await says(world, case, 2)
    for _ in range(5):
        assert await reacting.round() is Came.LATER
    assert await written(world) == done
    await (aside.commit() if ends == "commit" else aside.rollback())
    await settles(reacting)
    assert await written(world) == await every_row(world)
    assert (row in await written(world)) is (ends == "commit")


async def test_whoever_has_a_number_is_seen_to_be_at_work(shared_world: World, aside: AsyncConnection) -> None:
    await shared_world.complains(ANNA)
    default = "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'event'::regclass AND adnum = 1"
    given = await aside.scalar(text(f"SELECT {await aside.scalar(text(default))}"))
    assert given > (await every_row(shared_world))[-1]
    assert await aside.scalar(text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL"))


def test_a_gap_is_passed_once_all_have_ended_who_could_fill_it() -> None:
    settled = Settled()
    # Transaction 50 sees 7 and 9; 8 is somebody's who began before 51.
    assert settled.up_to(6, [7, 9], own=50, oldest=40) == 7
    settled.note(7, 9, own=50)
    # The same transaction learns nothing new, however often it looks.
    assert settled.up_to(7, [9], own=50, oldest=50) == 7
    assert settled.up_to(7, [9, 11], own=51, oldest=40) == 7
    assert settled.up_to(7, [9, 11], own=55, oldest=50) == 7
    # All before 51 have ended; of 10 nothing is known yet.
    assert settled.up_to(7, [9, 11], own=60, oldest=51) == 9
    settled.note(9, 11, own=60)
    assert settled.up_to(9, [10, 11, 12], own=61, oldest=20) == 12


async def parked(world: World) -> list[tuple[str, int, str]]:
    async with world.store.reading() as connection:
        return [(one.reaction, one.row, one.fault) for one in await cursors.every_parked(connection)]


async def counted(world: World) -> dict[tuple[str, ...], int]:
    async with world.store.reading() as connection:
        return {(str(row.day), row.unit_id, row.kind): row.number for row in await connection.execute(select(s.tally))}


ANOTHER = text(
    "INSERT INTO event (id, case_id, seq, at, kind, role, addressed)"
    " VALUES (:id, :case, 99, 0, 'place_set', 'system', '[]') RETURNING row"
)


@pytest.mark.on_both_engines
async def test_while_people_write_a_round_says_whether_there_is_more_than_it_did(
    world: World, writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.complains(ANNA)
    reacting = reacting_in(world, Reaction("toy", writing))
    await settles(reacting)
    case = await world.complains(ANNA)
    assert await reacting.round() is Came.DONE
    monkeypatch.setattr(reacting_module, "BATCH", 1)
    await world.does(KARIN, c.TakeCase, case)
    assert await reacting.round() is Came.MORE
    assert await reacting.round() is Came.NOTHING
