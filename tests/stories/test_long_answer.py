"""A final answer takes an hour to write: what was typed of it is there again, until it has been sent."""

import asyncio
from contextlib import suppress

import pytest
from playwright.async_api import Dialog, Error, Page, expect

from tests.stories.tools.kept import SLOW_STORE, is_kept, kept_in, nothing_is_kept
from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
EXPLANATION = "Uppringningen var avstängd\n\npå vår sida."
AGED = """() => new Promise((go) => {
  indexedDB.open('gensvar').onsuccess = ({ target: { result: db } }) => {
    const change = db.transaction('drafts', 'readwrite');
    change.objectStore('drafts').openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return;
      at.update({ ...at.value, day: 'another', days: 30 });
      at.continue();
    };
    change.oncomplete = () => { db.close(); go(); };
  };
})"""
"""Nobody has gone on with any of it for as many days as are waited for."""
OFFER = "Du har börjat på ett svar som inte är skickat."


async def begins(karin: Somebody) -> None:
    """Writes most of an answer, with two measures, and has not sent it."""
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    page = karin.page
    await page.locator("[name=explanation]").fill(EXPLANATION)
    await page.locator("[name=measure_text]").first.fill("Fler svarar på morgonen.")
    await karin.presses("Lägg till åtgärd")
    await page.locator("[name=measure_text]").nth(1).fill("Linjen provas varje dag.")
    await page.locator("[name=measure_due]").nth(1).fill("2026-12-01")
    await expect(page.get_by_text("Sparat i den här webbläsaren", exact=True)).to_be_visible()
    await is_kept(page, "2026-12-01")


async def test_what_was_written_of_an_answer_is_gone_on_with_after_the_page_was_left(town: Town) -> None:
    karin = await town.karin()
    await begins(karin)
    page, address = karin.page, karin.page.url.replace("/answer_case", "/avsluta")
    await karin.goes_to("/personal")
    await page.goto(address)
    await karin.sees(OFFER)
    assert not await karin.violations()
    await page.set_viewport_size(PHONE)
    assert not await karin.violations()
    # Until it is decided nothing else is written in its place.
    await expect(page.locator(".actbar[inert], form[inert]")).to_have_count(2)
    await goes_on(karin)
    await expect(page.locator("[name=explanation]")).to_have_value(EXPLANATION)
    for n, text in enumerate(("Fler svarar på morgonen.", "Linjen provas varje dag.")):
        await expect(page.locator("[name=measure_text]").nth(n)).to_have_value(text)
    await expect(page.locator("[name=measure_due]").nth(1)).to_have_value("2026-12-01")
    await karin.presses("Skicka svar och avsluta")
    await karin.sees("på vår sida.")
    await expect(page.locator("[data-said]", has_text="Linjen provas varje dag.")).to_have_count(1)
    await nothing_is_kept(page)
    assert not karin.faults


async def test_an_answer_can_be_begun_anew(town: Town) -> None:
    karin = await town.karin()
    await begins(karin)
    page, address = karin.page, karin.page.url.replace("/answer_case", "/avsluta")
    await page.goto(address)
    await karin.presses("Ta bort det och börja om")
    await expect(page.locator("[name=explanation]")).to_be_focused()
    await expect(page.locator("[name=explanation]")).to_have_value("")
    await page.goto(address)
    await expect(page.get_by_role("button", name="Skicka svar och avsluta")).to_be_visible()
    await karin.sees_no(OFFER)
    await expect(page.locator("[inert]")).to_have_count(0)
    assert not karin.faults


async def test_whoever_reloads_or_comes_back_gets_what_was_written_last_and_not_what_was_sent(
    town: Town,
) -> None:
    karin = await town.karin()
    await begins(karin)
    page, due = karin.page, karin.page.locator("[name=measure_due]").nth(1)
    # The form is the answer to what was sent with the button: without the second measure.
    await page.reload()
    await karin.sees(OFFER)
    assert "2026-12-01" in await kept_in(page)
    await goes_on(karin)
    await expect(due).to_have_value("2026-12-01")
    await due.fill("2026-12-24")
    await is_kept(page, "2026-12-24")
    await karin.goes_to("/personal")
    with suppress(Error):
        # Chromium wants to be told that it may send once more.
        await page.go_back()
    await page.wait_for_timeout(1000)
    await page.reload()
    await karin.sees(OFFER)
    assert "2026-12-24" in await kept_in(page)
    await goes_on(karin)
    await expect(due).to_have_value("2026-12-24")
    assert not karin.faults


async def test_what_is_written_while_the_browser_looks_for_what_it_kept_is_no_other_answer(town: Town) -> None:
    karin = await town.karin()
    await karin.page.add_init_script(SLOW_STORE)
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    page, explanation = karin.page, karin.page.locator("[name=explanation]")
    await explanation.fill(EXPLANATION)
    # Long enough for what is written to be kept, if nothing was to be found out before.
    await page.wait_for_timeout(600)
    await page.locator("[name=measure_text]").first.fill("Fler svarar på morgonen.")
    await is_kept(page, "Fler svarar på morgonen.")
    await karin.sees_no(OFFER)
    await expect(page.locator("[inert]")).to_have_count(0)
    # Nor is what was kept before lost to the first words of something else.
    address = page.url
    await karin.goes_to("/personal")
    await page.goto(address)
    await explanation.fill("Någonting annat.")
    await karin.sees(OFFER)
    await goes_on(karin)
    await expect(explanation).to_have_value(EXPLANATION)
    assert not karin.faults


async def test_until_it_is_decided_the_skip_link_leads_to_what_is_offered(town: Town) -> None:
    karin = await town.karin()
    await begins(karin)
    await karin.page.goto(karin.page.url.replace("/answer_case", "/avsluta"))
    await karin.sees(OFFER)
    skip = karin.page.get_by_role("link", name="Hoppa till svaret")
    await skip.press("Enter")
    await expect(karin.page.locator(":focus")).to_contain_text(OFFER)
    await karin.page.keyboard.press("Tab")
    await expect(karin.page.get_by_role("button", name="Fortsätt på svaret")).to_be_focused()
    await karin.presses("Ta bort det och börja om")
    await expect(skip).to_have_attribute("href", "#answer-form")


async def test_two_windows_with_one_answer_each_have_their_own(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    page, other = karin.page, await karin.page.context.new_page()
    await types(page, "Det första.")
    await other.goto(page.url)
    await expect(other.locator("[name=explanation]")).to_be_editable()
    await other.wait_for_load_state("networkidle")
    await kept_in(other)
    await expect(other.get_by_text(OFFER)).to_be_hidden()
    await types(other, "Det andra.")
    # What comes and goes in one window is not what stands in another.
    await other.locator("[name=explanation]").fill("")
    await other.locator("h1").click()
    await other.wait_for_timeout(600)
    await types(other, "Det tredje.")
    kept = await kept_in(other)
    assert ("Det första." in kept, "Det andra." in kept) == (True, False)
    await page.reload()
    await karin.sees(OFFER)
    await goes_on(karin)
    await expect(page.locator("[name=explanation]")).to_have_value("Det första.")
    # What a closed window left is gone on with in the next.
    await other.close()
    third = await page.context.new_page()
    await third.goto(page.url.replace("/answer_case", "/avsluta"))
    await expect(third.get_by_text(OFFER)).to_be_visible()
    async with third.expect_navigation():
        await third.get_by_role("button", name="Fortsätt på svaret").click()
    await expect(third.locator("[name=explanation]")).to_have_value("Det tredje.")
    assert not karin.faults


async def test_where_the_clock_of_a_browser_is_behind_a_second_answer_is_not_taken_for_the_first(town: Town) -> None:
    anna, karin = await town.anna(), await town.karin()
    await karin.page.add_init_script("const { now } = Date; Date.now = () => now() - 90 * 864e5")
    await anna.opens_thread(TITLE)
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    await types(karin.page, EXPLANATION)
    await karin.page.locator("[name=measure_text]").first.fill("Fler svarar på morgonen.")
    await karin.presses("Skicka svar och avsluta")
    await karin.sees("på vår sida.")
    await nothing_is_kept(karin.page)
    await anna.follows("Läs svaret")
    await anna.page.get_by_role("textbox", name="Din fråga").fill("Men varför?")
    await anna.presses("Ställ en följdfråga")
    await karin.sees("Men varför?")
    await karin.follows("Svara och avsluta")
    await types(karin.page, "Det andra svaret.")
    await karin.opens_thread(TITLE)
    await karin.is_live()
    assert "Det andra svaret." in await kept_in(karin.page)
    await karin.follows("Svara och avsluta")
    await karin.sees(OFFER)
    assert not karin.faults


async def test_what_was_left_long_ago_is_asked_about_and_goes_only_when_its_writer_says_so(town: Town) -> None:
    karin = await town.karin()
    await begins(karin)
    await karin.opens_thread(TITLE)
    await karin.composer.fill("Ett svar som blev liggande.")
    await is_kept(karin.page, "Ett svar som blev liggande.")
    await karin.goes_to("/personal")
    left = karin.page.get_by_role("region", name="Du började skriva det här för länge sedan")
    await expect(left).to_be_hidden()
    await karin.page.evaluate(AGED)
    await karin.opens_thread(TITLE)
    await expect(karin.composer).to_have_value("Ett svar som blev liggande.")
    await karin.goes_to("/personal")
    await expect(left).to_contain_text("Ett svar som blev liggande.")
    await expect(left).to_contain_text(EXPLANATION.splitlines()[0])
    assert not await karin.violations()
    await left.locator("li", has_text="blev liggande").get_by_role("button", name="Ta bort").click()
    await left.get_by_role("button", name="Behåll").click()
    await expect(left).to_be_hidden()
    await karin.page.reload()
    await karin.is_live()
    kept = await kept_in(karin.page)
    assert ("blev liggande" in kept, "på vår sida" in kept) == (False, True)
    await expect(left).to_be_hidden()
    assert not karin.faults


async def test_what_was_kept_before_another_answer_was_sent_is_not_offered_as_unsent(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    page, other = karin.page, await karin.page.context.new_page()
    await other.goto(page.url)
    await nothing_is_kept(other)
    await types(page, EXPLANATION)
    await page.locator("[name=measure_text]").first.fill("Fler svarar på morgonen.")
    await types(other, "Samma svar i ett annat fönster.")
    await karin.presses("Skicka svar och avsluta")
    await karin.sees("på vår sida.")
    await nothing_is_kept(page)
    assert not karin.faults


async def test_whoever_writes_for_long_tells_the_server_that_they_are_still_here(town: Town) -> None:
    karin = await town.karin()
    await karin.page.clock.install()
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    await karin.page.wait_for_url("**/avsluta")
    told: list[str] = []
    karin.page.on("request", lambda request: told.append(request.url) if request.url.endswith("/har") else None)
    await karin.page.locator("[name=explanation]").fill("En stund.")
    assert not told
    await karin.page.clock.fast_forward("10:00")
    async with karin.page.expect_request("**/har"):
        await karin.page.locator("[name=explanation]").fill("En lång stund.")
    assert not karin.faults


async def test_nobody_else_who_uses_the_browser_after_signing_out_is_offered_it(town: Town, served: Served) -> None:
    karin = await town.karin()
    await begins(karin)
    page, address = karin.page, karin.page.url.replace("/answer_case", "/avsluta")
    await karin.goes_to("/personal")
    await signs_out(karin, sure=False)
    assert EXPLANATION[:10] in await kept_in(page)
    await signs_out(karin, sure=True)
    await page.wait_for_url("**/")
    assert "gensvar" not in await page.evaluate("async () => (await indexedDB.databases()).map((each) => each.name)")
    await is_offered_nothing(Somebody("Johan Ström", page, served.url), address)


async def test_nobody_else_is_offered_what_lies_in_the_browser_when_a_session_just_ended(
    town: Town, served: Served
) -> None:
    karin = await town.karin()
    await begins(karin)
    page, address = karin.page, karin.page.url.replace("/answer_case", "/avsluta")
    await page.context.clear_cookies()
    await is_offered_nothing(Somebody("Johan Ström", page, served.url), address)
    assert EXPLANATION[:10] in await kept_in(page)
    await page.context.clear_cookies()
    await karin.signs_in()
    await page.goto(address)
    await karin.sees(OFFER)


async def signs_out(karin: Somebody, *, sure: bool) -> None:
    """Is asked, and answers. A page whose question stands open ends no click: whoever answers must not wait for it."""
    answered = asyncio.Event()

    async def answers(dialog: Dialog) -> None:
        await (dialog.accept() if sure else dialog.dismiss())
        answered.set()

    karin.page.once("dialog", answers)
    await karin.presses("Logga ut")
    await answered.wait()


async def is_offered_nothing(johan: Somebody, address: str) -> None:
    """Signs in and opens the same form."""
    await johan.signs_in()
    await johan.page.goto(address)
    await expect(johan.page.get_by_role("button", name="Skicka svar och avsluta")).to_be_visible()
    await johan.page.wait_for_timeout(500)
    await johan.sees_no(OFFER)
    await expect(johan.page.locator("[inert]")).to_have_count(0)
    await expect(johan.page.locator("[name=explanation]")).to_have_value("")


async def goes_on(karin: Somebody) -> None:
    """Takes the offer."""
    async with karin.page.expect_navigation():
        await karin.presses("Fortsätt på svaret")


async def types(page: Page, text: str) -> None:
    """Writes the explanation, and waits until it is kept."""
    await page.locator("[name=explanation]").fill(text)
    await is_kept(page, text[:10])
