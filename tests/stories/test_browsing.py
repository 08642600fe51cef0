"""Who does not know what a place is called looks for it level by level: in place with the script, and by keyboard."""

import pytest
from playwright.async_api import expect

from tests.stories.test_guided_chat import at_the_first_question, goes_on_to, same_page
from tests.stories.tools.hands import reaches
from tests.stories.tools.people import PHONE, Somebody, Town

pytestmark = pytest.mark.browser


async def test_one_looks_through_the_levels_in_place_and_the_back_button_goes_up_again(town: Town) -> None:
    anna = await at_the_places(town)
    await anna.follows("Region Mittland, hälso- och sjukvården")
    await expect(anna.focused).to_have_text("Region Mittland, hälso- och sjukvården")
    await anna.follows("Lindby sjukhus")
    await expect(anna.focused).to_have_text("Lindby sjukhus")
    assert not await anna.violations()
    assert await fits(anna)
    await anna.follows("Kvinnokliniken")
    await expect(anna.focused).to_have_text("Kvinnokliniken Lindby sjukhus")
    await expect(anna.page.get_by_role("navigation", name="Bläddra bland mottagningar")).to_contain_text("3 ställen")
    await anna.page.go_back()
    await expect(anna.page.get_by_role("heading", level=2, name="Lindby sjukhus")).to_be_visible()
    await anna.page.go_forward()
    await expect(anna.page.get_by_role("heading", level=2, name="Kvinnokliniken Lindby sjukhus")).to_be_visible()
    await anna.picks("Förlossningen Lindby sjukhus")
    await anna.presses("Fortsätt")
    await anna.is_asked("När hände det?")
    assert await same_page(anna)
    assert not anna.faults


async def test_the_whole_way_goes_by_keyboard(town: Town) -> None:
    anna = await at_the_places(town, by_keyboard=True)
    for name in ("Region Mittland, hälso- och sjukvården", "Primärvården Mittland", "Primärvården Södra"):
        await tabs_to(anna, "link", name)
        await anna.page.keyboard.press("Enter")
        await expect(anna.focused).to_have_text(name)
    await tabs_to(anna, "radio", "Hela Primärvården Södra")
    await anna.page.keyboard.press("Space")
    await anna.page.keyboard.press("ArrowDown")
    await expect(anna.focused).to_be_checked()
    await tabs_to(anna, "button", "Fortsätt")
    await anna.page.keyboard.press("Enter")
    await anna.is_asked("När hände det?")
    assert not anna.faults


async def test_what_takes_no_cases_says_so_and_leads_to_where_one_can_turn(town: Town) -> None:
    anna = await at_the_places(town)
    await anna.follows("Aspelunda Vård AB")
    await anna.follows("Aspelunda Vård, specialistvård")
    await anna.picks("Aspelunda hudmottagning Lindby")
    await anna.presses("Fortsätt")
    await anna.sees("Du kan göra så här i stället.")
    await anna.sees("Till patientnämnden")
    assert not await anna.violations()


async def at_the_places(town: Town, *, by_keyboard: bool = False) -> Somebody:
    """Somebody on the smallest phone is asked where it happened, and does not know the name."""
    anna = await at_the_first_question(town)
    await anna.page.set_viewport_size({"width": 320, "height": PHONE["height"]})
    await goes_on_to(anna, "place")
    if by_keyboard:
        await tabs_to(anna, "link", "Bläddra bland mottagningar")
        await anna.page.keyboard.press("Enter")
    else:
        await anna.follows("Bläddra bland mottagningar")
    await expect(anna.focused).to_have_text("Alla vårdgivare")
    assert not await anna.violations()
    assert await fits(anna)
    return anna


async def tabs_to(somebody: Somebody, role: str, name: str) -> None:
    """From where the focus is, by the tab key alone."""
    await reaches(somebody, somebody.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]


async def fits(somebody: Somebody) -> bool:
    """Whether nothing sticks out sideways."""
    return bool(await somebody.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
