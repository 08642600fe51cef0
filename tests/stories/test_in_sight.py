"""What matters most is on the screen when it comes: help, a question, an answer, one's own words. On phones."""

import re

import pytest
from playwright.async_api import Locator, ViewportSize, expect

from tests.patience import Deadline
from tests.stories.test_guided_chat import at_the_first_question, goes_on_to, same_page
from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served

pytestmark = pytest.mark.browser
SMALL: ViewportSize = {"width": 320, "height": 700}
ASKED = "Blev avbruten hela besöket"
ANSWERED = "Remissen försvann"
UNCOVERED = """(each) => {
  const { left, top, bottom } = each.getBoundingClientRect();
  const seen = (y) => [4, 40].some((x) => each.contains(document.elementFromPoint(left + x, y)));
  return top >= 0 && bottom <= innerHeight && seen(top + 4) && seen(bottom - 4);
}"""
"""Whether all of it is within the window, and nothing stands over its first or last line."""


HEIGHT = "(it) => it.getBoundingClientRect().height"
ONE_ROW = 72
"""Pixels that writing takes at rest."""


async def is_in_sight(what: Locator) -> None:
    """It can be read without scrolling; or it comes to be so, once the page has settled."""
    await expect(what).to_have_count(1)
    deadline = Deadline()
    while not await what.evaluate(UNCOVERED):
        deadline.check(await what.evaluate("(each) => [each.outerHTML.slice(0, 200), each.getBoundingClientRect()]"))
        # A page without script draws nothing that could be waited for.
        await what.page.wait_for_timeout(25)


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["390", "320"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
async def test_where_to_get_help_at_once_is_what_one_sees(town: Town, size: ViewportSize, script: bool) -> None:
    anna = await town.person("Anna Lindqvist", size, script=script)
    await anna.goes_to("/beratta/leave")
    await anna.replies("Klagomål")
    await anna.fills("Berätta vad som hände", "Jag vill inte leva längre.")
    await anna.presses("Fortsätt")
    panel = anna.page.get_by_role("group", name="Är det bråttom?")
    await is_in_sight(panel.locator("#emergency-heading"))
    await is_in_sight(panel.get_by_role("link", name="112", exact=True))
    if script:
        await expect(panel).to_be_focused()
        assert not await anna.violations()
    assert not anna.faults


async def test_why_an_answer_was_not_taken_is_what_one_sees(town: Town, served: Served) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "place")
    other = Somebody(anna.name, await anna.page.context.new_page(), served.url)
    await other.goes_to("/beratta/about")
    await other.replies("Mitt barn")
    await other.is_asked("Vem är patienten?")
    await anna.page.get_by_text("Hittar du inte mottagningen?").click()
    await anna.fills("Skriv var det hände", "Ekbackens vårdcentral")
    await anna.presses("Fortsätt")
    told = anna.page.locator("[data-attention]")
    await is_in_sight(told)
    await expect(told).to_be_focused()
    assert not anna.faults


async def test_a_unit_that_was_not_taken_is_offered_when_its_question_comes(town: Town, served: Served) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "place")
    other = Somebody(anna.name, await anna.page.context.new_page(), served.url)
    await other.goes_to("/beratta/about")
    await anna.page.get_by_role("combobox").fill("ekbacken")
    await anna.page.get_by_role("option").first.click()
    # A window that is not in front follows nothing: what it shows is old by now.
    await anna.page.route("**/*", lambda route: route.abort() if route.request.method == "GET" else route.continue_())
    await other.replies("Mitt barn")
    await other.is_asked("Vem är patienten?")
    await anna.page.unroute_all()
    await anna.presses("Fortsätt")
    await anna.is_asked("Vem är patienten?")
    await expect(anna.page).to_have_url(re.compile("/beratta/patient$"))
    await is_in_sight(anna.page.locator("[data-attention]"))
    await anna.sees("Ekbackens vårdcentral")
    assert await same_page(anna)
    await anna.fills("Namn", "Mona Exempel")
    await anna.fills("Född år", "2019")
    await anna.picks("Ja, jag är ensam om det")
    await anna.picks("Barnet är för litet för att förstå")
    await anna.presses("Fortsätt")
    await anna.is_asked("Var hände det?")
    await expect(anna.page.get_by_role("radio", name="Ekbackens vårdcentral")).to_be_checked()
    assert not anna.faults


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["390", "320"])
async def test_what_is_asked_in_a_thread_is_what_one_sees_when_it_is_opened(town: Town, size: ViewportSize) -> None:
    anna = await town.anna(size=size)
    path = await anna.page.get_by_role("link", name=ASKED).last.get_attribute("href")
    await anna.goes_to((path or "").partition("#")[0])
    await anna.is_live()
    await is_in_sight(anna.page.locator(".consent h3"))
    await is_written_on_one_row(anna)
    assert not anna.faults


async def is_written_on_one_row(somebody: Somebody) -> None:
    """At rest; and over the keyboard of a phone the field is in sight, however long its text."""
    page, form = somebody.page, somebody.page.locator("form[data-composer=message]")
    assert await form.evaluate(HEIGHT) <= ONE_ROW
    await page.set_viewport_size({"width": (page.viewport_size or PHONE)["width"], "height": 500})
    await somebody.composer.fill("En rad till.\n" * 20)
    assert await somebody.composer.evaluate("(it) => it.clientHeight / parseFloat(getComputedStyle(it).lineHeight)") < 6
    await is_in_sight(somebody.composer)
    await is_in_sight(form.locator("#readers"))
    await somebody.composer.fill("")
    assert await form.evaluate(HEIGHT) <= ONE_ROW


async def test_after_an_answer_thanks_and_ones_own_question_are_what_one_sees(town: Town) -> None:
    anna = await town.anna()
    await anna.goes_to(await answered(anna))
    await anna.presses("Delvis")
    await is_in_sight(anna.page.get_by_text("Du har sagt att du delvis fick svar."))
    await anna.fills("Din fråga", "När kommer den nya remissen?")
    await anna.presses("Ställ en följdfråga")
    await anna.is_live()
    await is_in_sight(anna.page.locator("[data-log]").get_by_text("När kommer den nya remissen?", exact=True))
    assert not anna.faults


async def test_a_question_that_lacks_its_words_is_what_one_sees(town: Town) -> None:
    anna = await town.anna(script=False)
    await anna.goes_to(await answered(anna))
    await anna.presses("Ställ en följdfråga")
    await is_in_sight(anna.page.locator("#text-error"))
    await is_in_sight(anna.page.get_by_role("textbox", name="Din fråga"))


async def answered(anna: Somebody) -> str:
    """Where an answer is that she has not read."""
    card = anna.page.locator(".case-card--new", has_text=ANSWERED)
    return await card.get_by_role("link").get_attribute("href") or ""


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
async def test_how_the_answer_will_look_is_what_one_sees_after_asking_for_it(town: Town, *, script: bool) -> None:
    karin = await town.karin(size=PHONE, script=script)
    case = karin.page.get_by_role("link", name="Fick vänta med ont i bröstet").first
    await karin.goes_to(f"{(await case.get_attribute('href') or '').partition('?')[0]}/avsluta")
    await karin.page.locator("[name=explanation]").fill("Remissen kom bort hos oss.")
    for button, brings in (("Förhandsgranska", "#preview-heading"), ("Lägg till åtgärd", "#measure-2")):
        if button == "Lägg till åtgärd":
            await karin.page.locator("#measure-1").fill("Vi har en ny rutin.")
        await karin.presses(button)
        await is_in_sight(karin.page.locator(brings))
        await expect(karin.page.locator(brings)).to_be_focused()
    await expect(karin.page.locator("#measure-1")).to_have_value("Vi har en ny rutin.")
    assert not karin.faults
