"""Several windows of one case: what is begun in one is neither shown nor undone in another, and outlives its window."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.inbox.files import samples
from tests.stories.test_uploads import attaches, comes, laid, rows
from tests.stories.tools.kept import is_kept, kept_in, nothing_is_kept
from tests.stories.tools.people import Somebody, Town

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
ANSWERED = "Remissen försvann"

QUESTION = "När kommer den nya remissen?"
TAKE_BACK = """async () => {
    const { dataset } = document.querySelector('form[data-composer=message] [name=attached]');
    const token = document.querySelector('form[data-composer=message] [name=csrf]').value;
    const headers = { 'X-CSRF-Token': token, 'Tus-Resumable': '1.0.0' };
    return (await fetch(dataset.upload, { method: 'DELETE', headers })).status;
}"""


def field_of(page: Page) -> Locator:
    """Where a message is written."""
    return page.locator("form[data-composer=message] textarea")


async def another_window(somebody: Somebody, address: str = "") -> Page:
    """The same case once more, beside what is open."""
    page = await somebody.page.context.new_page()
    await page.goto(address or somebody.page.url)
    return page


async def stays_empty(page: Page) -> None:
    """Nothing that was begun comes into the field of a message, once the page has looked for it."""
    await expect(page.locator("html[data-net=live]")).to_have_count(1)
    await kept_in(page)
    await expect(field_of(page)).to_have_value("")


async def test_windows_do_not_undo_each_others_drafts(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await anna.composer.fill("Begun in the first")
    await is_kept(anna.page, "Begun in the first")
    second = await another_window(anna)
    await stays_empty(second)
    await field_of(second).fill("Begun in the second")
    await is_kept(second, "Begun in the second")
    await second.reload()
    await expect(field_of(second)).to_have_value("Begun in the second")
    await anna.composer.press("Control+Enter")
    await expect(anna.composer).to_have_value("")
    await is_kept(anna.page, "Begun in the second")
    await second.close()
    third = await another_window(anna)
    await expect(field_of(third)).to_have_value("Begun in the second")
    fourth = await another_window(anna)
    await stays_empty(fourth)
    await field_of(third).press("Control+Enter")
    await nothing_is_kept(third)
    for page in (anna.page, third):
        await page.reload()
        await stays_empty(page)
    await expect(anna.page.locator("[data-entry]", has_text="Begun in the second")).to_have_count(1)
    assert not anna.faults


async def test_forms_of_a_page_do_not_undo_each_other_either(town: Town) -> None:
    anna = await town.anna()
    card = anna.page.locator(".case-card--new", has_text=ANSWERED)
    await anna.goes_to(await card.get_by_role("link").get_attribute("href") or "")
    question = anna.page.get_by_role("textbox", name="Din fråga")
    await question.fill(QUESTION)
    await is_kept(anna.page, QUESTION)
    second = await another_window(anna)
    other = second.get_by_role("textbox", name="Din fråga")
    await second.wait_for_load_state("networkidle")
    await kept_in(second)
    await expect(other).to_have_value("")
    await other.fill("Who sees the referral?")
    await is_kept(second, "Who sees the referral?")
    await anna.presses("Ställ en följdfråga")
    await anna.is_live()
    await is_kept(second, "Who sees the referral?")
    assert QUESTION not in await kept_in(second)
    assert not anna.faults


async def test_a_file_comes_back_with_its_text_and_goes_with_it(town: Town, tmp_path: Path) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await attaches(anna, laid(tmp_path, "lista.pdf", samples.PDF))
    await comes(anna, "lista.pdf")
    await anna.composer.fill("Här är listan.")
    await is_kept(anna.page, "Här är listan.")
    await anna.page.reload()
    await expect(anna.composer).to_have_value("Här är listan.")
    await comes(anna, "lista.pdf")
    await anna.is_live()
    assert not await anna.violations()
    await anna.presses("Skicka")
    said = anna.page.locator("[data-entry]", has_text="Här är listan.")
    await expect(said.get_by_role("link", name="lista.pdf")).to_be_visible()
    await nothing_is_kept(anna.page)
    assert not anna.faults


async def test_a_file_that_is_gone_is_told_of_when_its_text_comes_back(town: Town, tmp_path: Path) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await attaches(anna, laid(tmp_path, "lista.pdf", samples.PDF))
    await comes(anna, "lista.pdf")
    await anna.composer.fill("Här är listan.")
    await is_kept(anna.page, "Här är listan.")
    # The server keeps unsent files for a day.
    assert await anna.page.evaluate(TAKE_BACK) == 204
    await anna.page.reload()
    row = rows(anna).filter(has_text="lista.pdf")
    await expect(row).to_contain_text("Filen finns inte kvar.")
    await expect(anna.composer).to_have_value("Här är listan.")
    await expect(row.locator("[name=attached]")).to_have_count(0)
    await row.get_by_role("button", name="Ta bort").click()
    await expect(rows(anna)).to_have_count(0)
