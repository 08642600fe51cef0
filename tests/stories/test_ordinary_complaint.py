"""An ordinary complaint by a guest on a phone: how many screens it takes, and how many times one does something."""

import re
from collections.abc import Awaitable

import pytest
from playwright.async_api import expect

from tests.stories.tools.people import PHONE, Somebody, Town

pytestmark = pytest.mark.browser
TOLD = {
    "sv": "I tisdags ringde jag Ekbackens vårdcentral tre gånger. Ingen ringde upp mig. Jag vill ha en förklaring.",
    "en": "Last Tuesday I called Ekbackens vårdcentral three times. Nobody called me back. I want an explanation.",
}
SCREENS, ACTIONS = 9, 16


class Counted:
    """What somebody does, counted; and every page that is seen on the way."""

    def __init__(self, somebody: Somebody) -> None:
        self.somebody = somebody
        self.screens: list[str] = []
        self.actions = 0

    async def does(self, action: Awaitable[None]) -> None:
        """One press, or one field filled in."""
        await action
        self.actions += 1

    async def sees(self) -> str:
        """The question on the page, or the page's address; a page seen again counts no second time."""
        await expect(self.somebody.page.get_by_role("heading", level=1)).to_be_visible()
        path = re.split("[?#]", self.somebody.path)[0]
        if path not in self.screens:
            self.screens.append(path)
        return path.rpartition("/")[2]


@pytest.mark.parametrize(("language", "script"), [("sv", True), ("sv", False), ("en", True)])
async def test_an_ordinary_complaint_takes_nine_screens_and_sixteen_actions_at_most(
    town: Town, language: str, script: bool
) -> None:
    anna = await town.person("Anna Lindqvist", PHONE, script=script)
    counted, page = Counted(anna), anna.page
    await anna.goes_to(f"/beratta?sprak={language}")
    before = ""
    while (step := await counted.sees()) != "granska":
        assert step != before, f"{step} is asked twice"
        before = step
        await answers(counted, step, TOLD[language])
        await expect(page).not_to_have_url(re.compile(f"/beratta/{step}([?#]|$)"))
    send = page.locator("form[action='/beratta/skicka'] button[type=submit]")
    await counted.does(send.click())
    await counted.sees()
    await counted.does(page.get_by_role("button", name=anna.name).click())
    await expect(page).to_have_url(re.compile("/beratta/granska"))
    await counted.does(send.click())
    await expect(page).to_have_url(re.compile("/kvitto/"))
    await counted.sees()
    assert len(counted.screens) <= SCREENS, counted.screens
    assert counted.actions <= ACTIONS, counted.actions
    assert not anna.faults


async def answers(counted: Counted, step: str, told: str) -> None:
    """As most people do: what is right is confirmed, and the rest is picked where it stands."""
    page = counted.somebody.page
    if step in ("leave", "about", "recipient"):
        await counted.does(page.locator("button[name=choice]").first.click())
        return
    if step == "story":
        await counted.does(page.get_by_role("textbox").first.fill(told))
    elif step == "understood":
        for row in await page.locator("fieldset.heard__row").all():
            await counted.does(row.locator("input:not([type=hidden])").first.check())
    else:
        for value in ("waiting", "explanation", "inbox"):
            choice = page.locator(f"input[name=choice][value={value}]")
            if await choice.count():
                await counted.does(choice.check())
    await counted.does(page.locator("[data-question] button[type=submit][data-variant=primary]").click())
