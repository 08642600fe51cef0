"""A final answer takes an hour to write: what was typed of it is there again, until it has been sent."""

import pytest
from playwright.async_api import expect

from tests.stories.people import PHONE, Somebody, Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TITLE = "Fick vänta med ont i bröstet"
EXPLANATION = "Uppringningen var avstängd\n\npå vår sida."
OFFER = "Du har börjat på ett svar som inte är skickat."
DRAFTS = """() => new Promise((go) => {
  indexedDB.open('gensvar').onsuccess = ({ target: { result: db } }) => {
    const all = db.transaction('drafts').objectStore('drafts').getAll();
    all.onsuccess = () => go(all.result.map((each) => each.text).join());
  };
})"""


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
    while "2026-12-01" not in await page.evaluate(DRAFTS):
        await page.wait_for_timeout(50)


@pytest.mark.everywhere
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
    await karin.presses("Fortsätt på svaret")
    await expect(page.locator("[name=explanation]")).to_have_value(EXPLANATION)
    for n, text in enumerate(("Fler svarar på morgonen.", "Linjen provas varje dag.")):
        await expect(page.locator("[name=measure_text]").nth(n)).to_have_value(text)
    await expect(page.locator("[name=measure_due]").nth(1)).to_have_value("2026-12-01")
    await karin.presses("Skicka svar och avsluta")
    await karin.sees("på vår sida.")
    await expect(page.locator("[data-said]", has_text="Linjen provas varje dag.")).to_have_count(1)
    while await page.evaluate(DRAFTS):
        await page.wait_for_timeout(50)
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


async def test_nobody_else_who_uses_the_browser_is_offered_it_and_signing_out_removes_it(town: Town) -> None:
    karin = await town.karin()
    await begins(karin)
    address = karin.page.url.replace("/answer_case", "/avsluta")
    await karin.goes_to("/personal")
    await karin.presses("Logga ut")
    await karin.page.wait_for_url("**/")
    names = "async () => (await indexedDB.databases()).map((each) => each.name)"
    assert "gensvar" not in await karin.page.evaluate(names)
    assert address.endswith("/avsluta")
