"""What is done in a case changes the pages that are open: stages, queue, what can be written, whose case it is."""

import re

import pytest
from playwright.async_api import expect

from tests.patience import until
from tests.stories.tools.kept import is_kept, nothing_is_kept
from tests.stories.tools.people import Somebody, Town

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
SLOW_TO_FIND = """Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
  set(told) {
    const slow = window.slow && this.mode === 'readonly' && this.objectStoreNames.contains('drafts');
    if (slow) window.looks = true;
    this.addEventListener('complete', (event) => (slow ? setTimeout(told, 1500, event) : told(event)));
  },
})"""
"""A browser that needs a while to find the texts that were begun, once it is `slow`."""


async def test_the_queue_shows_what_is_new_and_the_focus_stays(town: Town) -> None:
    anna, karin = await town.anna(), await town.karin()
    await karin.goes_to("/personal?visa=alla")
    row = karin.page.locator("[data-row]", has_text=TITLE)
    await row.get_by_role("link").focus()
    before = await row.inner_text()
    await anna.opens_thread(TITLE)
    await anna.writes("Ny rad till kön.")
    await expect(row).not_to_have_text(before, use_inner_text=True)
    await expect(row).to_contain_text("oläst")
    await expect(karin.focused).to_have_text(TITLE + " (oläst)")
    assert not karin.faults


async def test_a_question_to_the_citizen_changes_where_the_case_stands_for_both(town: Town) -> None:
    anna, karin = await town.anna(), await town.karin()
    await anna.opens_thread(TITLE)
    await karin.opens_thread(TITLE)
    await anna.composer.fill("Något halvskrivet")
    await karin.fills("Svar till Anna", "Vilken dag var det?")
    await karin.presses("Ställ en fråga")
    await anna.sees("Ekbackens vårdcentral väntar på svar från dig.")
    await anna.sees("Fråga till dig")
    await karin.sees("Väntar på Anna")
    await expect(anna.composer).to_have_value("Något halvskrivet")
    await anna.composer.press("Control+Enter")
    await karin.sees("Något halvskrivet")
    await anna.sees("Ekbackens vårdcentral utreder.")
    await expect(karin.page.get_by_text("Väntar på svar", exact=True).filter(visible=True)).to_have_count(0)


async def test_what_is_sent_while_the_browser_looks_for_what_was_begun_does_not_come_back(town: Town) -> None:
    anna, karin = await town.anna(), await town.karin()
    await anna.page.add_init_script(SLOW_TO_FIND)
    await anna.opens_thread(TITLE)
    await karin.opens_thread(TITLE)
    await karin.fills("Svar till Anna", "Vilken dag var det?")
    await karin.presses("Ställ en fråga")
    await anna.sees("Ekbackens vårdcentral väntar på svar från dig.")
    await anna.composer.fill("Det var i måndags.")
    await is_kept(anna.page, "Det var i måndags.")
    await anna.page.evaluate("window.slow = true")
    await karin.presses("Fortsätt utan svar")
    await until(lambda: anna.page.evaluate("Boolean(window.looks)"))
    await anna.writes("Det var i måndags.")
    await nothing_is_kept(anna.page)
    await anna.page.evaluate("new Promise((go) => setTimeout(go, 2000))")
    await expect(anna.composer).to_have_value("")
    await karin.sees("Det var i måndags.")
    assert not anna.faults


async def test_the_answer_comes_to_an_open_thread_and_nothing_more_can_be_written(town: Town) -> None:
    anna, karin, johan = await town.anna(), await town.karin(), await town.johan()
    for each in (anna, karin, johan):
        await each.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    await karin.page.locator("[name=explanation]").fill("Så här gick det till.")
    await karin.page.locator("[name=measure_text]").first.fill("Vi ändrar rutinen.")
    await karin.presses("Förhandsgranska")
    await karin.sees_no("Skriv en förklaring av vad som hände.")
    await karin.presses("Skicka svar och avsluta")
    await anna.sees("Du har fått ett svar.")
    await expect(anna.composer).to_have_count(0)
    await johan.sees("Svaret är skickat.")
    await johan.sees("Så här gick det till.")
    await expect(johan.composer).to_have_count(0)
    await anna.page.locator(".event--answer a").click()
    await anna.sees("Så här gick det till.")
    assert not anna.faults + johan.faults


async def test_whoever_loses_a_case_keeps_only_what_they_were_writing(town: Town) -> None:
    karin, johan = await town.karin(), await town.johan()
    for each in (karin, johan):
        await each.opens_thread(TITLE)
    await johan.composer.fill("Mitt utkast")
    await karin.follows("Vidarebefordra")
    await karin.page.get_by_label("Sök enhet").fill("lindby sjukhus")
    await karin.presses("Sök")
    await karin.page.get_by_role("radio", name="Akutmottagningen Lindby sjukhus").check()
    await karin.page.locator("[name=reason]").fill("Det hände hos er.")
    await karin.page.get_by_role("button", name="Vidarebefordra").click()
    await johan.sees("Du kan inte läsa ärendet längre.")
    shown = await johan.page.locator("#case, .facts").all_inner_texts()
    assert "Jag ringde vårdcentralen tre dagar i rad" not in " ".join(shown)
    assert TITLE not in " ".join(shown)
    await expect(johan.page.locator("[data-row]", has_text=TITLE)).to_have_count(0)
    await expect(johan.composer).to_have_value("Mitt utkast")
    assert not await johan.violations()
    await johan.follows("Till dina ärenden")
    await johan.sees("Ärendekö")


async def test_leaving_in_a_hurry_leaves_nothing_behind(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await anna.composer.fill("Ingen får läsa det här.")
    while not await databases(anna):
        await anna.page.wait_for_timeout(50)
    await anna.follows("Lämna sidan")
    await expect(anna.page).not_to_have_url(re.compile("/arende/"))
    await anna.goes_to("/")
    assert await databases(anna) == []
    await anna.goes_to("/hem")
    await anna.sees("Logga in")


async def test_what_was_typed_a_moment_before_leaving_is_put_away_in_no_window(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    other = Somebody(anna.name, await anna.page.context.new_page(), anna.page.url.split("/arende")[0])
    await other.goes_to(anna.path)
    await other.is_live()
    # The way out is slow: until it is gone the page still runs.
    await anna.page.route("**/lamna", lambda _: None)
    await anna.page.bring_to_front()
    for each in (other, anna):
        await each.composer.fill("Ingen får läsa det här.")
    await anna.page.get_by_role("link", name="Lämna sidan").click(no_wait_after=True)
    await other.composer.press_sequentially("!")
    await other.page.wait_for_timeout(1500)
    assert await databases(other) == []


async def databases(somebody: Somebody) -> list[str]:
    """The stores of this browser."""
    found: list[str] = await somebody.page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")
    return found


@pytest.mark.everywhere
async def test_the_link_that_one_came_by_survives_signing_in(town: Town) -> None:
    asked = "/personal?visa=klara#queue-heading"
    for script in (True, False):
        karin = await town.person("Karin Sandberg", script=script)
        await karin.goes_to(asked)
        await karin.page.get_by_role("button", name="Karin Sandberg").last.click()
        await karin.page.wait_for_url(re.compile(re.escape(asked) + "$"))
        assert not karin.faults
