"""Looking at a case, and that every look is recorded."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases import commands as c
from inbox.storage import feeds
from inbox.storage import schema as s
from inbox.storage.lists.home import LastOwn
from tests.people import ANNA, FIA, KARIN, LARS, OLLE, identity
from tests.world import World


async def looks(world: World, case: str) -> list[tuple[str | None, str, str]]:
    """Who opened the case as what, in order."""
    access = s.access.c
    async with world.store.reading() as connection:
        rows = await connection.execute(
            select(access.person_id, access.role, access.what).where(access.case_id == case).order_by(access.row)
        )
        return [(row.person_id, row.role, row.what) for row in rows]


async def test_every_opening_leaves_one_row(world: World) -> None:
    case = await world.complains(ANNA)
    await world.thread(case, ANNA)
    await world.thread(case, KARIN)
    await world.thread(case, KARIN)
    assert await looks(world, case) == [
        ("anna", "reporter", "thread"),
        ("karin", "caseworker", "thread"),
        ("karin", "caseworker", "thread"),
    ]


async def test_catching_up_belongs_to_the_opening_before_it(world: World) -> None:
    case = await world.complains(ANNA)
    await world.thread(case, KARIN)
    await world.after(case, KARIN, 1)
    assert len(await looks(world, case)) == 1
    world.passes(timedelta(minutes=31))
    await world.after(case, KARIN, 1)
    assert (await looks(world, case))[-1] == ("karin", "caseworker", "live")


async def test_reading_moves_the_mark_forward_only(world: World) -> None:
    case = await world.complains(ANNA)
    karin = identity(KARIN)
    await world.does(ANNA, c.PostMessage, case, text="Hej")
    assert await world.reading.mark_read(case, karin, 2) is not None
    assert await world.reading.mark_read(case, karin, 1) is None
    assert (await world.thread(case, KARIN)).read_to == 2


async def test_nobody_has_read_what_has_not_come(world: World) -> None:
    case = await world.complains(ANNA)
    await world.reading.mark_read(case, identity(KARIN), 99)
    assert (await world.thread(case, KARIN)).read_to == 1


async def test_a_mark_that_comes_late_from_another_process_does_not_go_back(world: World) -> None:
    case = await world.complains(ANNA)
    anna = (await world.thread(case, ANNA)).actor
    for n, moves in ((5, True), (3, False), (6, True)):
        come = partial(feeds.set_read_mark, case=case, actor=anna, n=n, at=world.now)
        assert await world.store.writer.do(come) is moves
    async with world.store.reading() as connection:
        assert (await feeds.read_marks(connection, case)).of(anna).n == 6


async def test_the_reporter_sees_how_far_the_unit_has_read_in_her_own_numbers(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.WriteNote, case, text="En not som bara vi ser.")
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.PostMessage, case, text="Hej")
    await world.reading.mark_read(case, identity(KARIN), 3)
    thread = await world.thread(case, ANNA)
    assert thread.read_by["a1"][0] == 3 == thread.head


async def test_the_queue_is_sorted_by_time_left_and_praise_comes_last(world: World) -> None:
    praise = await world.praises(ANNA)
    first = await world.complains(ANNA)
    world.passes(timedelta(days=2))
    second = await world.complains(ANNA)
    queue = await world.reading.queue(identity(KARIN))
    assert [row.case.id for row in queue.rows] == [first, second, praise]


async def test_the_queue_counts_mine_and_free(world: World) -> None:
    cases = [await world.complains(ANNA) for _ in range(3)]
    await world.does(KARIN, c.TakeCase, cases[0])
    await world.does(LARS, c.TakeCase, cases[1])
    queue = await world.reading.queue(identity(KARIN), only="mine")
    assert [row.case.id for row in queue.rows] == [cases[0]]
    assert (queue.counts.mine, queue.counts.free, queue.counts.all) == (1, 1, 3)


@pytest.mark.parametrize("ended", [False, True])
async def test_page_by_page_every_case_of_a_queue_is_shown_once_in_its_order(world: World, ended: bool) -> None:
    cases = [await world.praises(ANNA) for _ in range(3)]
    for days in (0, 0, 1, 0):
        world.passes(timedelta(days=days))
        cases.append(await world.complains(ANNA))
    for case in cases if ended else ():
        await world.does(ANNA, c.WithdrawCase, case)
    whole = await world.reading.queue(identity(KARIN), ended=ended)
    assert (len(whole.rows), whole.last) == (7, None)
    page = await world.reading.queue(identity(KARIN), ended=ended, size=2)
    seen = list(page.rows)
    while page.last is not None:
        page = await world.reading.queue(identity(KARIN), ended=ended, after=page.last, size=2)
        seen += page.rows
    assert [row.case.id for row in seen] == [row.case.id for row in whole.rows]
    assert (page.counts.ended if ended else page.counts.all) == 7
    # A place in somebody else's queue says nothing: it is the beginning.
    assert (await world.reading.queue(identity(OLLE), after=whole.last)).rows == ()


async def test_a_distributors_queue_says_that_content_is_not_for_them(world: World) -> None:
    await world.complains(ANNA)
    queue = await world.reading.queue(identity(FIA))
    assert not queue.reads
    assert [(row.reporter, row.case.title) for row in queue.rows] == [(None, "")]
    assert (await world.reading.queue(identity(KARIN))).reads


async def test_nobody_sees_another_desks_queue(world: World) -> None:
    await world.complains(ANNA)
    assert (await world.reading.queue(identity(OLLE))).rows == ()


async def test_the_home_page_lists_ones_own_cases_only(world: World) -> None:
    case = await world.complains(ANNA)
    assert [own.case.id for own in (await world.reading.home(identity(ANNA))).cases] == [case]
    assert (await world.reading.home(identity(KARIN))).cases == ()


async def test_page_by_page_every_case_of_ones_own_is_shown_once_what_waits_first(world: World) -> None:
    waits, asked, going, ended = [[await world.complains(ANNA) for _ in range(3)] for _ in range(4)]
    for number, case in enumerate([*reversed(waits), *asked, *going, *ended]):
        world.passes(timedelta(minutes=number + 1))
        await world.does(KARIN, c.TakeCase, case)
        if case in waits:
            await world.does(KARIN, c.PostMessage, case, text="Hej.")
        if case in asked:
            await world.does(KARIN, c.AskReporter, case, text="När?")
            await world.reading.mark_read(case, identity(ANNA), 9)
        if case in ended:
            await world.does(ANNA, c.WithdrawCase, case)
    page = await world.reading.home(identity(ANNA), size=5)
    seen, firsts = [own.case.id for own in page.cases], [page.first]
    while page.last is not None:
        page = await world.reading.home(identity(ANNA), after=page.last, size=5)
        seen += [own.case.id for own in page.cases]
        firsts.append(page.first)
    assert seen == [*reversed(asked), *waits, *reversed(going), *reversed(ended)]
    assert firsts == [1, 6, 11]
    assert (page.total, page.waiting) == (12, 6)
    whole = await world.reading.home(identity(ANNA))
    assert ([own.case.id for own in whole.cases], whole.last) == (seen, None)


async def test_a_case_that_is_read_meanwhile_hides_none_of_the_others(world: World) -> None:
    cases = [await world.complains(ANNA) for _ in range(4)]
    for case in cases:
        world.passes(timedelta(minutes=1))
        await world.does(KARIN, c.TakeCase, case)
        await world.does(KARIN, c.PostMessage, case, text="Hej.")
    page = await world.reading.home(identity(ANNA), size=2)
    assert [own.case.id for own in page.cases] == [cases[3], cases[2]]
    await world.reading.mark_read(cases[2], identity(ANNA), 9)
    after = await world.reading.home(identity(ANNA), after=page.last, size=3)
    assert [own.case.id for own in after.cases] == [cases[1], cases[0], cases[2]]


async def test_a_place_beyond_the_end_of_ones_cases_is_the_beginning(world: World) -> None:
    case = await world.complains(ANNA)
    after = LastOwn(2, datetime(2000, 1, 1, tzinfo=UTC), "z")
    assert [own.case.id for own in (await world.reading.home(identity(ANNA), after=after)).cases] == [case]


async def test_a_mark_in_others_numbers_costs_no_more_in_a_long_thread(world: World) -> None:
    async def with_rows(rows: int) -> Callable[[AsyncConnection], Awaitable[float]]:
        """Asks for the mark in a thread of so many rows, and says how many milliseconds that took."""
        case = await world.complains(ANNA)
        one, other, *_ = [party.id for party in (await world.thread(case, KARIN)).case.parties]
        feed = [{"case_id": case, "party": party, "n": n, "seq": n} for party in (one, other) for n in range(9, rows)]
        await world.store.writer.do(lambda connection: connection.execute(insert(s.feed), feed))

        async def costs(connection: AsyncConnection) -> float:
            start = time.perf_counter()
            assert await feeds.shared_mark(connection, case, one, other, rows - 1) == rows - 1
            return (time.perf_counter() - start) * 1000

        return costs

    in_short, in_long = await with_rows(20), await with_rows(20_000)
    async with world.store.reading() as connection:
        # In turns: what else the machine does hinders both. The shortest of many.
        took = [(await in_short(connection), await in_long(connection)) for _ in range(40)]
    short, long = (min(column) for column in zip(*took, strict=True))
    assert long < 3 * short, f"{short:.2f} ms, {long:.2f} ms"
