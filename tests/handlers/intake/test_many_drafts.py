"""Whoever begins very much slows down nobody, and loses nothing by a limit."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, event
from yarl import URL

from handlers.intake.draft_cookie import COOKIE
from inbox.intake.drafts import Owner
from inbox.storage import drafts as kept
from tests.answered import USUAL
from tests.handlers.teller import teller
from tests.house import House, house_in
from tests.people import ANNA

MANY = 300


@pytest.fixture
async def narrow(tmp_path: Path) -> AsyncIterator[House]:
    """A house where three drafts are as many as one may have."""
    async with house_in(tmp_path, drafts_per_holder=3) as house:
        yield house


@pytest.fixture
async def still(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose seconds stand still: who somebody is, is believed for one, and then asked again."""
    async with house_in(tmp_path, steady=lambda: 0.0) as house:
        yield house


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile for somebody: jobs have tasks with names, and take leases."""
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: object) -> None:
        task = asyncio.current_task()
        asks = task.get_name() if task else ""
        if (asks.startswith("Task-") or asks == "writer") and "lease" not in statement:
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def more_of(house: House, key: str, person: str | None) -> None:
    """Many drafts beside the one that was begun in a browser, all of them older."""
    (one,) = [standing.draft for standing in await house.parts.services.drafts.of(Owner(key=key, person=person))]

    async def add(connection: Any) -> None:
        for number in range(1, MANY):
            older = one.updated_at - timedelta(seconds=number)
            await kept.add_draft(connection, replace(one, id=f"older-{number}", updated_at=older))

    await house.parts.services.store.writer.do(add)


@pytest.mark.parametrize("who", [None, ANNA])
async def test_a_page_asks_as_little_beside_three_hundred_drafts_as_beside_none(still: House, who: Any) -> None:
    anna = await teller(still, who)
    await anna.sends_form(USUAL[anna.step])
    key = anna.browser.cookies[COOKIE].partition(".")[0]
    pages = ("/", "/beratta", anna.page.path, *(["/hem"] if who else []))
    counts = []
    for _ in range(2):
        for path in pages:
            await anna.browser.get(path)
        # Which one is open is not known from here on: the newest is.
        anna.browser._session.cookie_jar.update_cookies({COOKIE: key}, URL(still.url("/")))
        with statements() as asked:
            for path in pages:
                assert (await anna.browser.get(path)).status == 200
        counts.append(len([one for one in asked if "access" not in one]))
        if len(counts) == 1:
            await more_of(still, key, who.id if who else None)
    assert counts[0] == counts[1] > len(pages)


async def test_one_draft_too_many_is_refused_with_what_was_written_still_there(narrow: House) -> None:
    anna = await teller(narrow, ANNA)
    for _ in range(3):
        await anna.opens("/beratta?ny=1")
        await anna.sends_form(USUAL[anna.step])
        assert anna.page.status == 200
    await anna.opens("/beratta?ny=1")
    step = anna.step
    page = await anna.sends_form(USUAL[step])
    assert (page.status, page.path) == (409, f"/beratta/{step}")
    assert "Du har redan börjat på 3 andra." in page.words
    assert "checked" in page.text
    assert len(await narrow.parts.services.drafts.of(Owner(key="", person=ANNA.id))) == 3


async def test_one_that_never_held_an_answer_makes_way(narrow: House) -> None:
    drafts, owner = narrow.parts.services.drafts, Owner(key="k" * 40)
    begun = [await drafts.start("complaint", "sv", owner) for _ in range(3)]
    newest = await drafts.start("complaint", "sv", owner)
    left = {standing.draft.id for standing in await drafts.of(owner)}
    assert newest.id in left
    assert len(left & {draft.id for draft in begun}) == 2


async def test_what_is_bound_to_a_person_counts_for_the_person_alone(narrow: House) -> None:
    drafts, key = narrow.parts.services.drafts, "k" * 40
    for _ in range(3):
        await drafts.start("complaint", "sv", Owner(key=key))
    await drafts.claim(key, ANNA.id)
    assert not await drafts.begun(Owner(key=key))
    await drafts.start("complaint", "sv", Owner(key=key))
    assert len(await drafts.of(Owner(key=key))) == 1
