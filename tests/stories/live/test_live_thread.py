"""Two people, two browsers, one thread: what one writes the other sees, without loading the page anew."""

import re

import pytest
from playwright.async_api import expect

from tests.stories.people import Somebody, Town

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"


@pytest.mark.everywhere
async def test_what_one_writes_the_other_sees_at_once(town: Town) -> None:
    anna, karin = await town.anna(), await town.karin()
    await anna.opens_thread(TITLE)
    await karin.opens_thread(TITLE)

    await anna.writes("Jag hittade samtalet: klockan 08.04.")
    await karin.sees("Jag hittade samtalet: klockan 08.04.")
    await karin.writes("Tack, det stämmer med vår logg.")
    await anna.sees("Tack, det stämmer med vår logg.")

    assert (await anna.reads_thread())[-2:] == (await karin.reads_thread())[-2:]
    assert not anna.faults + karin.faults


async def test_an_unsent_message_is_shown_at_once_and_becomes_the_real_one(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await anna.writes("En rad\noch en till.")
    bubble = anna.page.locator("[data-own]", has_text="och en till.")
    await expect(bubble).to_have_count(1)
    await expect(bubble).to_have_attribute("data-entry", re.compile(r"\d+"))
    await expect(anna.page.locator(".msg--pending")).to_have_count(0)
    await expect(anna.composer).to_have_value("")


async def test_rows_drawn_live_are_those_that_the_page_draws(town: Town) -> None:
    anna, karin, johan = await town.anna(), await town.karin(), await town.johan()
    for each in (anna, karin, johan):
        await each.opens_thread(TITLE)
    await karin.writes("Vi går igenom samtalen i dag.")
    await karin.notes("Ring loggen är hämtad.")
    await anna.writes("Tack.")
    await johan.writes("Jag hjälper Karin med det här.")
    await karin.fills("Svar till Anna", "Minns du namnet på den som svarade?")
    await karin.presses("Ställ en fråga")
    for each in (anna, karin, johan):
        await each.sees("Minns du namnet på den som svarade?")
        await each.sees("Jag hjälper Karin med det här.")
    for each in (anna, karin, johan):
        await expect(each.page.locator(".msg--pending")).to_have_count(0)
        live = await drawn(each)
        await each.page.reload()
        assert await drawn(each) == live
        assert not each.faults


async def drawn(somebody: Somebody) -> list[str]:
    """Every row as it can be seen, but for who has read it: that may be told in the next moment."""
    rows: list[str] = await somebody.page.locator("[data-log] > *:not(h2)").evaluate_all(
        """(rows) => rows.map((row) => {
            const foot = row.querySelector('[data-slot=foot]');
            return foot ? row.innerText.replace(foot.innerText, '') : row.innerText;
        })"""
    )
    return [" ".join(text.split()) for text in rows]
