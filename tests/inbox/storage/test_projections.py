"""What is stored follows from what has happened; where it does not, it is found by case and field, and made anew."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, delete, func, insert, select, update

from inbox.cases import commands as c
from inbox.storage import schema as s
from inbox.storage.projections.of_cases import OfCases
from inbox.storage.projections.rebuild import CannotRebuild, rebuild
from inbox.storage.projections.verify import differences
from tests.inbox.whole_cases import READY, everything, left
from tests.people import ANNA, KARIN
from tests.world import START, World


@pytest.fixture
def url(world: World) -> str:
    """Where the world is kept."""
    return world.store._writing.url.render_as_string(hide_password=False)


async def found(url: str) -> list[tuple[str, str]]:
    return [(each.owner, each.field) async for each in differences(url, lambda *_: None)]


async def written(world: World, *statements: Any) -> None:
    async def work(connection: Any) -> None:
        for statement in statements:
            await connection.execute(statement)

    await world.store.writer.do(work)


async def rows(world: World, table: Table) -> list[tuple[Any, ...]]:
    async with world.store.reading() as connection:
        return sorted((tuple(row) for row in await connection.execute(select(table))), key=str)


async def many_cases(world: World) -> list[str]:
    """Cases in which everything happened that the tables follow from."""
    told = [await everything(world), await left(world), await world.complains(ANNA)]
    await world.does(KARIN, c.TakeCase, told[2])
    await world.does(KARIN, c.WriteNote, told[2], text="Bara hos oss.")
    await world.does(KARIN, c.AnswerCase, told[2], **READY)
    return told


async def test_a_projection_that_is_made_anew_equals_the_one_that_grew(world: World, url: str) -> None:
    told = await many_cases(world)
    assert await found(url) == []
    await written(world, update(s.inbox_item).values(read_at=world.now))
    # Files of cases that were shared: tests/histories.
    for name in OfCases.projections.keys() - {"file_share"}:
        table = OfCases.projections[name].table
        grown = await rows(world, table)
        assert grown, name
        await written(world, *_spoilt(name, told))
        assert {field.split(" ")[0].split(".")[0] for _, field in await found(url)} == {name}
        heard = list[tuple[str, int, int]]()
        assert await rebuild(url, name, lambda *told, heard=heard: heard.append(told)) > 0
        assert heard == [("cases", 3, 3)]
        assert await found(url) == []
        assert await rows(world, table) == grown
        assert await rebuild(url, name, lambda *_: None) == 0


def _spoilt(name: str, told: list[str]) -> list[Any]:
    """Rows that differ, and where a table may lack some, or have some too many, these too."""
    match name:
        case "case":
            return [update(s.case).values(body=func.replace(s.case.c.body, '"title":"', '"title":"x'))]
        case "feed":
            ahead = update(s.feed).where(s.feed.c.case_id == told[2], s.feed.c.n == 1).values(n=40)
            return [ahead, delete(s.feed).where(s.feed.c.case_id == told[0], s.feed.c.party == "a1")]
        case "note":
            return [update(s.note).values(n=s.note.c.n + 50)]
        case "registration":
            one = s.registration.c.case_id == told[0]
            return [
                delete(s.registration).where(one, s.registration.c.id == "r2"),
                update(s.registration).where(one).values(state="referred", owner="nowhere", open=True),
            ]
        case "timer":
            return [delete(s.timer), insert(s.timer).values(case_id=told[1], name="close_thread", due_at=START)]
        case "inbox_item":
            return [update(s.inbox_item).values(at=START + timedelta(days=1))]
        case _:
            raise AssertionError(name)


async def test_what_differs_is_named_by_case_and_field_and_never_by_what_is_in_it(world: World, url: str) -> None:
    one, other, third = await many_cases(world)
    title = func.replace(s.case.c.body, '"title":"', '"title":"Hemligt ')
    await written(
        world,
        update(s.case).where(s.case.c.id == one).values(body=title),
        update(s.registration).where(s.registration.c.case_id == other).values(handler_id="nobody"),
        delete(s.inbox_item).where(s.inbox_item.c.case_id == third),
        delete(s.feed).where(s.feed.c.case_id == third, s.feed.c.party == "reporter", s.feed.c.n == 2),
        insert(s.feed).values(case_id=third, party="reporter", n=40, seq=3),
    )
    answer = next(item.envelope.id for item in await world.history(third) if item.envelope.kind == "case_answered")
    assert await found(url) == [
        (one, "case.title"),
        (other, "registration.r1.handler_id"),
        (other, "registration.r2.handler_id"),
        (third, "feed.reporter.2 missing"),
        (third, "feed.reporter.40 unexpected"),
        (third, f"inbox_item.{answer}.reporter missing"),
    ]


async def test_a_history_that_cannot_be_read_is_named_and_the_others_are_looked_at_all_the_same(
    world: World, url: str
) -> None:
    one, other, third = await many_cases(world)
    fourth = await world.complains(ANNA)
    begun = [(await world.history(case))[0].envelope.id for case in (one, other, third)]
    await written(
        world,
        update(s.payload).where(s.payload.c.event_id == begun[0]).values(body='{"kind":"case_submitted"}'),
        delete(s.payload).where(s.payload.c.event_id == begun[1]),
        update(s.event).where(s.event.c.id == begun[2]).values(kind="case_taken"),
        update(s.registration).where(s.registration.c.case_id == fourth).values(state="closed"),
    )
    assert await found(url) == [
        (one, "event.1.body"),
        (other, "event.1.body"),
        (third, "event.1.kind"),
        (fourth, "registration.r1.state"),
    ]
    with pytest.raises(CannotRebuild, match=rf"^{one} event\.1\.body$"):
        await rebuild(url, "registration", lambda *_: None)
