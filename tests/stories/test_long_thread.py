"""A thread of more than a thousand messages: opened at its newest, older on demand, caught up with after a long cut."""

import re
from collections.abc import AsyncIterator

import msgspec
import pytest
import pytest_asyncio
from playwright.async_api import expect
from sqlalchemy import select

from inbox.cases.thread_window import USUAL
from inbox.storage import schema as s
from inbox.storage.engine.store import Store
from tests.services.stores import store_at
from tests.stories.test_in_sight import ONE_ROW
from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to
from tests.talk import talk

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
LONG = 1200
ROW = re.compile(r"\bRad \d+")
TRIES = 10
CLOSE = 2
"""Pixels that a row may move."""
TOP_ROW = """() => {
  const top = Math.max(0, document.querySelector('[data-scroll]')?.getBoundingClientRect().top ?? 0);
  const row = [...document.querySelectorAll('[data-log] [data-entry]')]
    .find((each) => each.getBoundingClientRect().bottom > top);
  window.held = row;
  return row.getBoundingClientRect().top;
}"""
HELD = "() => window.held.getBoundingClientRect().top"
ROWS = "() => [...document.querySelectorAll('[data-log] [data-said] [data-slot=text]')].map((each) => each.textContent)"
DAYS = "() => [...document.querySelectorAll('[data-log] [data-day]')].map((each) => each.dataset.day)"


@pytest_asyncio.fixture(loop_scope="session")
async def served(house: Served) -> AsyncIterator[Served]:
    """The server, after a long talk in one of the cases."""
    store = store_at(house.store_url)
    store.start()
    try:
        await talk(store, await case_called(TITLE, store), LONG)
    finally:
        await store.close()
    await house.start()
    try:
        yield house
    finally:
        await house.stop()


async def case_called(title: str, store: Store) -> str:
    """The id of a sample case."""
    begun = select(s.event.c.case_id, s.payload.c.body).join(s.payload, s.payload.c.event_id == s.event.c.id)
    async with store.reading() as connection:
        rows = await connection.execute(begun.where(s.event.c.kind == "case_submitted"))
        return next(str(case) for case, body in rows if msgspec.json.decode(body)["title"] == title)


async def said(somebody: Somebody) -> list[int]:
    """The numbers of the rows on the page, from the top."""
    texts: list[str] = await somebody.page.evaluate(ROWS)
    return [int(text.removeprefix("Rad ")) for text in texts if text.startswith("Rad ")]


async def opened_once_read(somebody: Somebody) -> list[int]:
    """The rows of the thread that is open, opened anew until they are known to be read."""
    shown: list[int] = []
    for _ in range(TRIES):
        await somebody.page.reload()
        await somebody.is_live()
        shown = await said(somebody)
        if len(shown) <= USUAL:
            break
    return shown


@pytest.mark.everywhere
async def test_what_is_older_is_put_in_above_and_nobody_is_moved(town: Town) -> None:
    for comes in (town.anna, town.karin):
        # One after the other: a key goes to the window in front.
        somebody = await comes()
        await somebody.opens_thread(TITLE)
        page = somebody.page
        shown = await opened_once_read(somebody)
        assert shown[-1] == LONG
        assert len(shown) <= USUAL
        older = page.get_by_role("button", name="Visa äldre")
        for _ in range(3):
            await older.focus()
            await older.scroll_into_view_if_needed()
            top, count = await page.evaluate(TOP_ROW), len(await said(somebody))
            await page.keyboard.press("Enter")
            await expect(page.locator("[data-said]", has_text=ROW)).not_to_have_count(count)
            await expect(page.locator("[data-status]")).to_have_text("Äldre meddelanden visas ovanför.")
            await page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
            assert abs(await page.evaluate(HELD) - top) <= CLOSE
            assert len(await said(somebody)) > count
            await expect(older).to_be_focused()
        shown = await said(somebody)
        assert shown == list(range(LONG - len(shown) + 1, LONG + 1))
        days = await page.evaluate(DAYS)
        assert days == sorted(set(days))
        await somebody.writes("Efteråt.")
        await expect(page.locator("[data-own][data-entry]", has_text="Efteråt.")).to_have_count(1)
        assert (await somebody.reads_thread())[-1] == "Efteråt."
        assert not somebody.faults
        assert not await somebody.violations()
        if comes == town.karin:
            await has_queue_and_reply_within_reach(somebody)


async def has_queue_and_reply_within_reach(karin: Somebody) -> None:
    """On a phone, wherever in a long talk she reads."""
    page = karin.page
    await page.set_viewport_size(PHONE)
    for name, leads_to in (("Skriv svar", karin.composer), ("Kön", page.get_by_role("heading", name="Ärendekö"))):
        await page.locator("[data-said]").nth(20).scroll_into_view_if_needed()
        await expect(karin.composer).to_be_in_viewport(ratio=1)
        assert await karin.composer.evaluate("(it) => it.form.getBoundingClientRect().height") <= ONE_ROW
        link = page.get_by_role("main").get_by_role("link", name=name)
        await expect(link).to_be_in_viewport(ratio=1)
        await link.click()
        await expect(leads_to).to_be_in_viewport()
    # The list that she came from.
    await expect(page.locator(".filters [aria-current]")).to_contain_text("Alla öppna")


async def test_at_the_beginning_there_is_nothing_older_and_the_focus_is_on_the_first_row(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await anna.goes_to(anna.path + "?before=60")
    assert await anna.composer.count() == 0
    await anna.follows("Till det senaste")
    await anna.is_live()
    older = anna.page.get_by_role("button", name="Visa äldre")
    await expect(older).to_have_count(1)
    await anna.sees_no("Här är bara en del av konversationen.")
    await anna.page.emulate_media(media="print")
    await anna.sees("Här är bara en del av konversationen.")
    await anna.page.emulate_media(media="screen")
    while await older.count():
        before = await anna.page.locator("[data-entry]").count()
        await older.focus()
        await anna.page.keyboard.press("Enter")
        await expect(anna.page.locator("[data-entry]")).not_to_have_count(before)
        await expect(older.and_(anna.page.locator("[aria-busy=true]"))).to_have_count(0)
    assert await said(anna) == list(range(1, LONG + 1))
    await expect(anna.focused).to_have_attribute("data-entry", "1")
    assert not anna.faults


async def test_without_script_links_lead_through_the_whole_thread(town: Town) -> None:
    anna = await town.anna(script=False)
    await anna.page.get_by_role("link", name=TITLE).first.click()
    await anna.page.reload()
    before = (await anna.reads_thread())[0]
    last = anna.page.locator("[data-log] [data-said][data-entry] [data-slot=text]").last
    await anna.follows("Visa äldre")
    await expect(last).to_have_text(f"Rad {int(before.removeprefix('Rad ')) - 1}")
    await anna.follows("Till det senaste")
    await expect(last).to_have_text(f"Rad {LONG}")


async def test_a_page_that_was_cut_off_for_a_thousand_messages_gets_each_once_and_in_order(
    served: Served, town: Town
) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        await anna.page.reload()
        await anna.is_live()
        case = anna.page.url.rsplit("/", 1)[-1]
        wire.cut()
        await served.stop()
        store = store_at(served.store_url)
        store.start()
        await talk(store, case, 1000, words=" igen")
        await store.close()
        await served.start()
        wire.mend()
        rows = anna.page.locator("[data-said][data-entry]", has_text=" igen")
        await expect(rows).to_have_count(1000)
        assert [text for text in await anna.reads_thread() if "igen" in text] == [
            f"Rad {n} igen" for n in range(1, 1001)
        ]
        karin = await town.karin()
        await karin.opens_thread(TITLE)
        await karin.writes("Nu är vi ikapp.")
        await anna.sees("Nu är vi ikapp.")
    assert not anna.faults
