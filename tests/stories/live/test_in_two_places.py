"""Lists and drafts that change while the wire is cut, or on another device: they are right as soon as can be."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
A_WHILE = 60_000
FETCHED = """() => performance.getEntriesByType('resource')
  .filter(({ initiatorType }) => initiatorType === 'xmlhttprequest').length"""


async def comes_back(somebody: Somebody) -> None:
    """The page looks again, as when somebody takes up the phone."""
    await somebody.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_a_queue_and_a_home_that_were_cut_off_show_what_happened_meanwhile(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        karin, anna = await town.karin(root=wire.url), await town.anna(root=wire.url)
        await karin.goes_to("/personal?visa=alla")
        await karin.is_live()
        await anna.is_live()
        row = karin.page.locator("[data-row]", has_text=TITLE)
        before = await row.inner_text()
        wire.cut()
        at_home, johan = await town.anna(), await town.johan()
        await at_home.opens_thread(TITLE)
        await at_home.writes("Skrivet medan kön var avskuren.")
        await johan.opens_thread(TITLE)
        await johan.writes("Svar medan hemsidan var avskuren.")
        await at_home.goes_to("/beratta?ny=1")
        await at_home.replies("Klagomål")
        await at_home.is_asked("Berätta vad som hände")
        wire.mend()
        await expect(row).not_to_have_text(before, use_inner_text=True, timeout=A_WHILE)
        await expect(row.locator("time")).to_have_text("i dag")
        await expect(anna.page.get_by_role("heading", name="Inte skickat än")).to_be_visible(timeout=A_WHILE)
        await expect(anna.page.locator("[data-part=cases] .case-card--draft")).to_have_count(1)
    assert not karin.faults + anna.faults


async def test_what_has_not_changed_is_not_sent_again(town: Town) -> None:
    anna = await town.anna()
    await anna.is_live()
    answers: list[int] = []
    anna.page.on("response", lambda answer: answers.append(answer.status) if answer.url.endswith("/hem") else None)
    for _ in range(2):
        async with anna.page.expect_response("**/hem"):
            await comes_back(anna)
    assert answers == [204, 204]
    assert not anna.faults


async def on_both(town: Town) -> tuple[Somebody, Somebody]:
    """Anna's phone and her tablet, at the same question."""
    phone, tablet = await town.anna(), await town.anna(size={"width": 320, "height": 700})
    await phone.goes_to("/beratta?ny=1")
    await phone.replies("Klagomål")
    await phone.fills("Berätta vad som hände", "Jag fick vänta.")
    await phone.presses("Fortsätt")
    await phone.presses("Det stämmer")
    await phone.replies("Mig själv")
    await phone.is_asked("Var hände det?")
    await tablet.goes_to("/beratta")
    await tablet.is_asked("Var hände det?")
    return phone, tablet


async def says_where(somebody: Somebody) -> None:
    """At the question for a place: by searching."""
    await somebody.page.get_by_role("combobox").fill("ekbackens")
    await somebody.page.get_by_role("option").first.click()
    await somebody.presses("Fortsätt")


def question(somebody: Somebody) -> Locator:
    """The question that is asked."""
    return somebody.page.locator("[data-question]")


async def test_what_is_answered_on_one_device_shows_on_the_other(town: Town) -> None:
    phone, tablet = await on_both(town)
    await says_where(phone)
    await expect(question(phone)).not_to_have_attribute("data-question", "place")
    now = await question(phone).get_attribute("data-question") or ""
    await expect(question(tablet)).to_have_attribute("data-question", now, timeout=A_WHILE)
    assert tablet.path == phone.path
    await expect(tablet.page.locator("[data-announce]")).to_have_text(re.compile("ändrats på en annan enhet"))
    assert not await tablet.violations()
    await tablet.picks("Jag vet inte")
    await tablet.presses("Fortsätt")
    await expect(question(phone)).not_to_have_attribute("data-question", now, timeout=A_WHILE)
    assert not phone.faults + tablet.faults


async def test_what_is_typed_stays_and_an_old_page_overwrites_nothing(town: Town) -> None:
    phone, tablet = await on_both(town)
    await tablet.page.locator("[name=q]").first.fill("ekbackens")
    await phone.goes_to("/beratta/leave")
    await phone.replies("Synpunkt eller förslag")
    await expect(question(phone)).not_to_have_attribute("data-question", "leave")
    await tablet.sees("Det du har skrivit här finns kvar.")
    await expect(tablet.page.locator("[name=q]").first).to_have_value("ekbackens")
    # What was found lies over the button.
    await tablet.page.locator("[name=q]").first.press("Escape")
    await tablet.presses("Fortsätt")
    await expect(tablet.page.locator("[data-attention]", has_text="annat fönster").first).to_be_visible()
    await tablet.goes_to("/beratta/leave")
    await expect(tablet.page.locator("button.is-picked")).to_contain_text("Synpunkt eller förslag")
    assert not phone.faults + tablet.faults


async def test_whoever_changes_an_answer_stays_at_it(town: Town) -> None:
    phone, tablet = await on_both(town)
    await tablet.goes_to("/beratta/leave")
    before = await tablet.page.locator("[data-intake]").get_attribute("data-revision") or ""
    await says_where(phone)
    await expect(tablet.page.locator("[data-intake]")).not_to_have_attribute("data-revision", before, timeout=A_WHILE)
    await expect(question(tablet)).to_have_attribute("data-question", "leave")


async def test_a_draft_that_was_thrown_away_elsewhere_is_told_of(town: Town) -> None:
    phone, tablet = await on_both(town)
    await phone.goes_to("/beratta/ta-bort")
    await phone.presses("Ja, ta bort")
    await tablet.sees("Utkastet är skickat eller borttaget på en annan enhet.")
    await tablet.follows("Till startsidan")
    await tablet.page.wait_for_url("**/")


async def test_an_empty_chair_is_not_kept_signed_in(town: Town) -> None:
    anna = await town.person("Anna Lindqvist", PHONE)
    await anna.page.clock.install()
    await anna.signs_in()
    await anna.goes_to("/beratta?ny=1")
    await anna.replies("Klagomål")
    await anna.is_asked("Berätta vad som hände")
    await anna.page.clock.run_for(6 * 60_000)
    asked = await anna.page.evaluate(FETCHED)
    await anna.page.clock.run_for(60 * 60_000)
    assert await anna.page.evaluate(FETCHED) == asked
    async with anna.page.expect_response("**/beratta/story"):
        await comes_back(anna)
