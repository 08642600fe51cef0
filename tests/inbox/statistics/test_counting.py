"""What is counted of cases: equal to a recount of what has happened, at any moment, and for every level alike."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from inbox.cases import commands as c
from inbox.directory.load import MITTLAND
from inbox.execution.directory_changes import directory_changes
from inbox.execution.reacting import Reacting
from inbox.reactions.statistics import REACTION
from inbox.statistics.fact import BOARD, CARE
from inbox.storage.engine.bell import Came
from inbox.storage.statistics import facts
from inbox.storage.statistics.figures import Counted, figures
from inbox.storage.statistics.verify import miscounted_facts
from server.administration.taking_in import take_in
from tests.inbox.whole_cases import READY, everything, left
from tests.people import ANNA, BO, EKBACKEN, KARIN, TORGET
from tests.world import World

YEAR = ("2026-01", "2026-12")


async def counted(world: World) -> Reacting:
    """Everything that has happened is counted."""
    reacting = Reacting(world.store, [REACTION], world.clock)
    while await reacting.go_on("statistics") in {Came.MORE, Came.LATER}:
        pass
    assert not (await reacting.state()).parked
    return reacting


async def cells(world: World, scope: str, side: str = CARE) -> dict[tuple[str, str], int]:
    """What stands there of the year, without what is nought."""
    async with world.store.reading() as connection:
        found: list[Counted] = await figures(connection, side, [scope], YEAR)
    return {(one.dimension, one.value): one.number for one in found if one.number}


async def answers(world: World, case: str, **more: Any) -> None:
    """Karin takes the case and answers."""
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.AnswerCase, case, **(READY | more))


@pytest.fixture
async def directory(world: World) -> None:
    """The directory lies in the database, as in a service that runs."""
    kernel = directory_changes(world.store, world.clock, world.today, world.new_id)
    await take_in(MITTLAND, world.store, kernel, world.new_id, lambda _, __: None)


async def test_an_answered_case_counts_once_for_unit_provider_region_and_nation(world: World, directory: None) -> None:
    case = await world.complains(ANNA)
    world.passes(timedelta(days=3))
    await answers(world, case)
    await world.does(ANNA, c.RateAnswer, case, rating="yes")
    await counted(world)
    for scope in ("nation", "region:99", f"unit:{EKBACKEN}"):
        there = await cells(world, scope)
        assert there["all", ""] == 1
        assert there["main", "6"] == there["sub", "6.2"] == 1
        assert there["days", "003"] == there["goal", "kept"] == there["measure", "promised"] == 1
        assert there["outcome", "answered"] == there["rated", "yes"] == there["satisfied", "promised"] == 1
        assert there["relation", "self"] == there["kind", "complaint"] == 1
    assert not await cells(world, f"unit:{TORGET}")
    assert not await cells(world, "nation", BOARD)


async def test_what_counts_follows_the_corrected_unit_and_what_was_counted_then_is_still_known(
    world: World, directory: None
) -> None:
    case = await world.complains(ANNA)
    await counted(world)
    then = world.now
    world.passes(timedelta(days=1))
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.SetPlace, case, unit=TORGET)
    await counted(world)
    assert (await cells(world, f"unit:{TORGET}"))["all", ""] == 1
    assert not await cells(world, f"unit:{EKBACKEN}")
    assert (await cells(world, "nation"))["all", ""] == 1
    async with world.store.reading() as connection:
        days = (date(2026, 1, 1), date(2026, 12, 31))
        before = await facts.as_of(connection, CARE, "99", *days, then)
        since = await facts.as_of(connection, CARE, "99", *days, world.now)
    assert [fact.at for fact in before] == [EKBACKEN]
    assert [fact.at for fact in since] == [TORGET]


async def test_a_case_that_is_moved_counts_where_the_care_was_given(world: World, directory: None) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="De svarar för oss båda.")
    await counted(world)
    assert (await cells(world, f"unit:{EKBACKEN}"))["all", ""] == 1
    assert not await cells(world, f"unit:{TORGET}")


async def test_live_figures_equal_a_recount_whatever_has_happened(world: World, directory: None) -> None:
    url = world.store.url
    await everything(world)
    await counted(world)
    await left(world)
    praised = await world.praises(BO)
    await counted(world)
    await answers(world, praised, problems=("P",))
    reacting = await counted(world)
    assert await miscounted_facts(url) == []
    grown = {scope: await cells(world, scope) for scope in ("nation", "region:99", f"unit:{EKBACKEN}")}
    assert grown["nation"]["all", ""] == 3
    await reacting.start_anew("statistics")
    await counted(world)
    assert await miscounted_facts(url) == []
    assert {scope: await cells(world, scope) for scope in grown} == grown


@pytest.mark.rule
async def test_a_number_that_was_changed_by_hand_is_found(world: World) -> None:
    case = await world.complains(ANNA)
    await counted(world)
    await world.store.writer.do(lambda connection: connection.execute(text("UPDATE figure SET number = number + 1")))
    found = await miscounted_facts(world.store.url)
    assert any(one.field.startswith("figure.care.nation") for one in found)
    await world.store.writer.do(lambda connection: connection.execute(text("DELETE FROM fact")))
    assert case in {one.owner for one in await miscounted_facts(world.store.url)}
