"""What a browser cannot keep, or throws away at signing out, is told and asked about first."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Dialog, Route, expect

from tests.patience import Deadline
from tests.stories.tools.kept import SLOW_STORE, is_kept, nothing_is_kept
from tests.stories.tools.people import Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
REFUSED = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };"
KEPT = "Sparat i den här webbläsaren"
NOT_KEPT = "Det du skriver kan inte sparas här. Skicka det innan du lämnar sidan."
SCRIPTS = re.compile(r"/assets/.+\.js")


def stays(somebody: Somebody) -> list[str]:
    """Whatever is asked, the answer is no; what kind of question it was."""
    asked: list[str] = []

    async def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    somebody.page.on("dialog", answer)
    return asked


async def comes_to_be_asked(somebody: Somebody, asked: list[str], kind: str) -> None:
    """The question has come, and the page is still there."""
    deadline = Deadline()
    while not asked:
        deadline.check(kind)
        await somebody.page.wait_for_timeout(50)
    assert asked == [kind]
    asked.clear()


async def test_an_answer_that_cannot_be_kept_is_not_called_saved_and_is_not_left_without_a_question(
    town: Town,
) -> None:
    karin = await town.karin()
    await karin.page.add_init_script(REFUSED)
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    asked, field = stays(karin), karin.page.locator("[name=explanation]")
    await field.press_sequentially("Uppringningen var avstängd.")
    await karin.sees(NOT_KEPT)
    await karin.sees_no(KEPT)
    assert not await karin.violations()
    await karin.page.get_by_role("link", name="Ärenden").click(no_wait_after=True)
    await comes_to_be_asked(karin, asked, "beforeunload")
    await karin.presses("Logga ut")
    await comes_to_be_asked(karin, asked, "confirm")
    await expect(field).to_have_value("Uppringningen var avstängd.")
    # What goes along is not lost.
    await karin.presses("Förhandsgranska")
    await karin.page.wait_for_url("**/answer_case")
    await expect(field).to_have_value("Uppringningen var avstängd.")
    assert not asked
    assert not karin.faults


@asynccontextmanager
async def before_scripts(somebody: Somebody) -> AsyncIterator[None]:
    """A slow line: the scripts of the page that is opened come when the block ends."""
    come = asyncio.Event()

    async def hold(route: Route) -> None:
        await come.wait()
        await route.continue_()

    await somebody.page.route(SCRIPTS, hold)
    try:
        yield
    finally:
        come.set()


async def test_what_was_written_in_an_answer_before_the_script_came_is_kept(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    await karin.page.wait_for_url("**/avsluta")
    address, field = karin.page.url, karin.page.locator("textarea[name=explanation]")
    async with before_scripts(karin):
        await karin.page.goto(address, wait_until="commit")
        await field.press_sequentially("Uppringningen")
    await karin.sees(KEPT)
    await karin.page.goto(address)
    await karin.presses("Fortsätt på svaret")
    await expect(field).to_have_value("Uppringningen")


async def test_a_message_that_was_begun_before_the_script_came_goes_on_after_what_was_kept(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    for typed, shown in (("Först", "Först"), ("Sedan", "Först\nSedan")):
        async with before_scripts(anna):
            await anna.page.goto(anna.page.url, wait_until="commit")
            await anna.composer.press_sequentially(typed)
        await expect(anna.composer).to_have_value(shown)
        await is_kept(anna.page, shown)
    await anna.page.reload()
    await expect(anna.composer).to_have_value("Först\nSedan")
    assert not anna.faults


async def test_a_note_that_is_gone_on_with_while_the_browser_looks_for_it_loses_nothing(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    unfold, note = karin.page.locator(".note > summary"), karin.page.locator("form[data-composer=note] textarea")
    await unfold.click()
    await note.fill("Först")
    await is_kept(karin.page, "Först")
    await karin.page.add_init_script(SLOW_STORE)
    await karin.page.reload()
    await unfold.click()
    await note.fill("Sedan")
    await is_kept(karin.page, "Först\nSedan")
    await expect(note).to_have_value("Först\nSedan")
    assert not karin.faults


async def test_an_answer_is_not_called_saved_any_more_when_another_window_has_signed_out(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    await karin.follows("Svara och avsluta")
    other = Somebody("Karin Sandberg", await karin.page.context.new_page(), karin.page.url)
    await other.page.goto(karin.page.url)
    await other.presses("Logga ut")
    await other.page.wait_for_url("**/")
    await karin.page.locator("[name=explanation]").press_sequentially("Uppringningen var avstängd.")
    await karin.sees(NOT_KEPT)
    await karin.sees_no(KEPT)


async def test_a_message_that_waits_in_the_page_alone_is_not_left_without_a_question(
    town: Town, served: Served
) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.page.add_init_script(REFUSED)
        await anna.opens_thread(TITLE)
        wire.cut()
        await anna.sees("Skriv ändå, vi skickar sedan.")
        asked = stays(anna)
        await anna.writes("Skrivet utan nät.")
        await anna.sees("Skickas när du är uppkopplad")
        await anna.page.get_by_role("link", name="Kontakt").first.click(no_wait_after=True)
        await comes_to_be_asked(anna, asked, "beforeunload")
        wire.mend()
        await expect(anna.page.locator("[data-entry]", has_text="Skrivet utan nät.")).to_have_count(1)
        # Now nothing is lost.
        await anna.goes_to("/kontakt")
        assert not asked


async def test_whoever_leaves_in_a_hurry_is_asked_nothing(town: Town) -> None:
    anna = await town.anna()
    await anna.page.add_init_script(REFUSED)
    await anna.opens_thread(TITLE)
    asked = stays(anna)
    await anna.composer.press_sequentially("Halvt")
    await anna.page.wait_for_timeout(1000)
    async with anna.page.expect_request("**/lamna"):
        await anna.follows("Lämna sidan")
    assert not asked


async def test_signing_out_asks_before_a_text_that_is_not_finished_is_thrown_away(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    asked = stays(anna)
    await anna.composer.fill("Halvt skrivet")
    await is_kept(anna.page, "Halvt skrivet")
    await anna.presses("Logga ut")
    await comes_to_be_asked(anna, asked, "confirm")
    await anna.composer.fill("")
    await nothing_is_kept(anna.page)
    await anna.presses("Logga ut")
    await anna.page.wait_for_url("**/")
    assert not asked
