"""Several processes on one PostgreSQL: each with what it remembers, none with the last word but the database."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.errors import Refused
from inbox.cases import commands as c
from inbox.cases.errors import AlreadyTaken, NoSuchCase
from inbox.execution.executor import Outcome
from inbox.storage import feeds
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import is_current, migrate
from tests.patience import PATIENCE
from tests.people import ANNA, BO, KARIN, LARS, SARA, TORGET, identity
from tests.services.postgres import Postgres
from tests.services.stores import store_at
from tests.world import World, world_in


@pytest.fixture
async def two(tmp_path: Path, postgres_url: str) -> AsyncIterator[tuple[World, World]]:
    """Two that work with the same database."""
    async with world_in(tmp_path, postgres_url) as here:
        store = store_at(url_of(Path(), postgres_url))
        store.start()
        yield here, World(store, first_id=1_000_000)
        await store.close()


async def gives(world: World, who: object, kind: type[c.Command], case: str, **fields: object) -> Outcome:
    """Somebody gives a command. What `World.does` proves would not hold while another one writes."""
    client_id = fields.pop("client_id", None) or world.new_id()
    command: c.AnyCommand = kind(case=case, client_id=client_id, **fields)  # type: ignore[assignment, arg-type]
    return await world.act.carry_out(command, identity(who))  # type: ignore[arg-type]


async def test_what_the_other_has_done_is_seen_before_anything_is_decided(two: tuple[World, World]) -> None:
    here, there = two
    case = await here.complains(ANNA)
    await there.does(KARIN, c.TakeCase, case)
    with pytest.raises(AlreadyTaken):
        await here.does(LARS, c.TakeCase, case)
    await there.does(KARIN, c.ReleaseCase, case)
    # What is remembered here says that it is taken.
    await here.does(LARS, c.TakeCase, case)


async def test_a_case_that_was_forwarded_elsewhere_is_open_to_the_new_unit_and_shut_to_the_old(
    two: tuple[World, World],
) -> None:
    here, there = two
    case = await here.complains(ANNA)
    await here.does(KARIN, c.TakeCase, case)
    await there.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Det hände där.")
    await here.does(SARA, c.TakeCase, case)
    with pytest.raises(NoSuchCase):
        await here.does(KARIN, c.PostMessage, case, text="Hej!")


async def test_messages_of_both_are_numbered_without_a_gap(two: tuple[World, World]) -> None:
    here, there = two
    case = await here.complains(ANNA)
    await asyncio.gather(
        *(gives(world, ANNA, c.PostMessage, case, text=f"Rad {i}") for i in range(40) for world in (here, there))
    )
    page = await here.after(case, ANNA, 0)
    assert [entry.n for entry in page.entries] == list(range(1, 82))


async def test_the_same_command_at_both_at_once_is_done_once(two: tuple[World, World]) -> None:
    here, there = two
    case = await here.complains(ANNA)
    both = [
        await asyncio.gather(
            *(
                gives(world, ANNA, c.PostMessage, case, text=f"Rad {i}", client_id=f"the-same-{i:04}")
                for world in (here, there)
            )
        )
        for i in range(20)
    ]
    assert all(sorted((a.repeated, b.repeated)) == [False, True] and a.numbers == b.numbers for a, b in both)


async def test_a_draft_that_is_sent_at_both_at_once_becomes_one_case(two: tuple[World, World]) -> None:
    here, there = two
    for _ in range(5):
        id, revision = await here.drafts_complaint(ANNA)
        first, second = await asyncio.gather(
            *(gives(world, ANNA, c.SubmitCase, id, revision=revision) for world in (here, there))
        )
        assert first.case == second.case
        assert sorted((first.repeated, second.repeated)) == [False, True]


async def test_register_numbers_are_unique_and_without_a_gap(two: tuple[World, World]) -> None:
    here, there = two
    drafts = [await here.drafts_complaint(who) for who in (ANNA, BO) * 8]
    who = [ANNA, BO] * 8
    outcomes = await asyncio.gather(
        *(
            gives((here, there)[i % 2 ^ i // 8], who[i], c.SubmitCase, id, revision=revision)
            for i, (id, revision) in enumerate(drafts)
        )
    )
    numbers = sorted(outcome.case.registrations[0].number for outcome in outcomes)
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, 17))


async def test_filing_and_writing_at_both_leaves_nobody_waiting_for_each_other(two: tuple[World, World]) -> None:
    here, there = two
    cases = [await here.complains(ANNA) for _ in range(4)]
    drafts = [await here.drafts_complaint(ANNA) for _ in range(8)]
    work = [gives(w, ANNA, c.PostMessage, case, text="Hej") for _ in range(10) for case in cases for w in two]
    work += [gives(two[i % 2], ANNA, c.SubmitCase, id, revision=r) for i, (id, r) in enumerate(drafts)]
    done = await asyncio.wait_for(asyncio.gather(*work, return_exceptions=True), PATIENCE)
    assert [problem for problem in done if isinstance(problem, BaseException)] == []
    assert there.store.writer.alive


async def test_one_of_two_who_take_a_case_at_the_same_time_gets_it(two: tuple[World, World]) -> None:
    here, there = two
    for _ in range(5):
        case = await here.complains(ANNA)
        done = await asyncio.gather(
            gives(here, KARIN, c.TakeCase, case), gives(there, LARS, c.TakeCase, case), return_exceptions=True
        )
        assert [type(one) for one in done if isinstance(one, Refused)] == [AlreadyTaken]


async def test_a_read_mark_never_goes_back(two: tuple[World, World]) -> None:
    here, there = two
    case = await here.complains(ANNA)
    for number in range(20):
        await here.does(ANNA, c.PostMessage, case, text=f"Rad {number}")
    marks = [*range(1, 22)]
    await asyncio.gather(*(two[n % 2].reading.mark_read(case, identity(KARIN), n) for n in reversed(marks)))
    async with there.store.reading() as connection:
        assert (await feeds.read_marks(connection, case)).furthest()["a1"] == 21


async def test_migrating_twice_at_once_is_migrating_once(postgres: Postgres) -> None:
    url = url_of(Path(), postgres.url(postgres.make()))
    await asyncio.gather(migrate(url), migrate(url), migrate(url))
    store = store_at(url)
    assert await is_current(store._reading)
    await store.close()
