"""What was begun in any form of a page is there again, until it has been taken."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.stories.tools.kept import is_kept, nothing_is_kept
from tests.stories.tools.people import Town

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
ANSWERED = "Remissen försvann"
QUESTION = "När kommer den nya remissen?"
UNFOLD = "(all) => all.forEach((each) => { each.open = true; })"


async def test_what_was_begun_is_there_again_and_goes_when_it_was_taken(town: Town) -> None:
    anna = await town.anna()
    card = anna.page.locator(".case-card--new", has_text=ANSWERED)
    path = await card.get_by_role("link").get_attribute("href") or ""
    await anna.goes_to(path)
    question = anna.page.get_by_role("textbox", name="Din fråga")
    await question.fill(QUESTION)
    await is_kept(anna.page, QUESTION)
    await anna.goes_to("/hem")
    await anna.goes_to(path)
    await expect(question).to_have_value(QUESTION)
    await anna.page.reload()
    await expect(question).to_have_value(QUESTION)
    await anna.presses("Ställ en följdfråga")
    await anna.is_live()
    await nothing_is_kept(anna.page)
    assert not anna.faults


async def test_what_was_refused_stays(town: Town) -> None:
    anna = await town.anna()
    card = anna.page.locator(".case-card--new", has_text=ANSWERED)
    await anna.goes_to(await card.get_by_role("link").get_attribute("href") or "")
    question = anna.page.get_by_role("textbox", name="Din fråga")
    await question.fill("a" * 10_001)
    await anna.presses("Ställ en följdfråga")
    await expect(anna.page.locator("#text-error")).to_be_visible()
    await is_kept(anna.page, "a" * 10_001)
    assert not anna.faults


async def test_what_staff_began_in_any_form_is_there_after_a_reload(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    case = urlsplit(karin.page.url).path
    fields = karin.page.locator("form[data-keep] textarea")
    for where, least in ((case, 2), (f"{case}/vidare", 1), (f"{case}/foresla", 1)):
        await karin.goes_to(where)
        await karin.page.locator("details:has(form[data-keep])").evaluate_all(UNFOLD)
        assert await fields.count() >= least
        choice = karin.page.locator("form[data-keep] :is([type=radio], [type=checkbox])").first
        chosen = await choice.count() and not await choice.is_checked()
        if await choice.count():
            await choice.set_checked(bool(chosen))
        for number, field in enumerate(await fields.all()):
            await field.fill(f"{where} {number}")
            await is_kept(karin.page, f"{where} {number}")
        await karin.page.reload()
        for number, field in enumerate(await fields.all()):
            await expect(field).to_have_value(f"{where} {number}")
            await expect(field).to_be_visible()
        if await choice.count():
            await expect(choice).to_be_checked(checked=bool(chosen))
    assert not karin.faults


async def test_a_unit_that_was_found_by_a_search_is_chosen_again_beside_the_text(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    page, where = karin.page, f"{urlsplit(karin.page.url).path}/vidare"
    units = page.locator("form[data-keep] [name=unit]")
    await karin.goes_to(where)
    near = await units.evaluate_all("(all) => all.map((each) => each.value)")
    await page.get_by_role("searchbox").fill("mottagning")
    await karin.presses("Sök")
    await expect(page.get_by_role("searchbox")).to_have_value("mottagning")
    found = await units.evaluate_all("(all) => all.map((each) => each.value)")
    unit = next(each for each in found if each not in near)
    await page.locator(f"[name=unit][value='{unit}']").check()
    await page.get_by_role("textbox", name="Skäl").fill("Det hände där.")
    await is_kept(page, "Det hände där.")
    await karin.goes_to(where)
    await expect(page.locator(f"[name=unit][value='{unit}']")).to_be_checked()
    await expect(page.get_by_role("textbox", name="Skäl")).to_have_value("Det hände där.")
    await expect(page.get_by_role("searchbox")).to_have_value("mottagning")
    # What is chosen is folded, so that the reason is near; it can be changed.
    await expect(page.locator("form[data-keep] [name=unit]:visible")).to_have_count(0)
    await page.get_by_text("Ändra").click()
    other = page.locator("form[data-keep] [name=unit]:not(:checked)").first
    name = await page.locator("form[data-keep] ul.cats li:not(:has(:checked)) b").first.inner_text()
    await other.click()
    await expect(page.locator("details.picked > summary")).to_contain_text(name)
    await expect(page.locator("details.picked > summary")).to_be_focused()
    await expect(page.locator("form[data-keep] [name=unit]:visible")).to_have_count(0)
    # With the arrow keys one goes through the list, which stays.
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("form[data-keep] [name=unit]:checked")).to_be_visible()
    assert not karin.faults


async def test_what_staff_look_for_is_there_after_a_reload(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    await karin.goes_to(f"{urlsplit(karin.page.url).path}/plats")
    search = karin.page.get_by_role("searchbox")
    await search.fill("lindby sjukhus")
    await is_kept(karin.page, "lindby sjukhus")
    await karin.page.reload()
    await expect(search).to_have_value("lindby sjukhus")
    assert not karin.faults
