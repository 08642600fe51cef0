"""Addresses, and what else people paste that has no place to break: no page becomes wider than its window."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Page

from server.auth.sessions import COOKIE
from tests.filing import filed, filled_in
from tests.handlers.sitting import Sitting, at_case
from tests.house import Browser, House, house_in
from tests.inbox.files.samples import png_photo
from tests.people import ANNA, EKBACKEN, KARIN, LARS, OLLE
from tests.services.known import known_as
from tests.stories.tools.people import Browsers

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORD = "W" * 300
SHORT = WORD[:80]
"""For a title, which holds no more."""
LINE = WORD[:200]
WIDTHS = (320, 1280)
HEIGHT = 800
STORY: dict[str, dict[str, list[str]]] = {
    "about": {"choice": ["relative"]},
    "patient": {"name": [SHORT], "birth_year": ["1950"]},
    "place": {"unit": [EKBACKEN]},
    "story": {"text": [f"{WORD}\n{WORD}"]},
    "consequences": {"text": [WORD]},
    "improvement": {"text": [WORD]},
    "support": {"skip": ["1"]},
    "title": {"text": [SHORT]},
}
ANSWER: dict[str, Any] = {
    "explanation": WORD,
    "regret": WORD,
    "measures": [{"text": WORD, "responsible": LINE}],
    "problems": ["6.1"],
    "area": "primarvard",
    "assessment": WORD,
}
STICKS_OUT = """(most) => document.documentElement.scrollWidth <= most ? [] :
  [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > most + 1)
    .map((each) => each.outerHTML.slice(0, 100)).slice(-3)"""
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The service, where everybody has a name without a place to break."""
    async with house_in(tmp_path) as house:
        everybody = [replace(person, name=f"{SHORT} {SHORT}") for person in (ANNA, KARIN, LARS, OLLE)]
        await known_as(house.parts.services.store, *everybody)
        yield house


class Measured:
    """Windows of real browsers, and what sticks out of them."""

    def __init__(self, browsers: Browsers, house: House) -> None:
        self._browsers = browsers
        self._house = house
        self.found: dict[str, list[str]] = {}

    async def looks(self, who: Browser, *paths: str) -> None:
        """Opens each page as that person, with everything unfolded, in every width."""
        async with self._browsers.before(self._house.url("/").rstrip("/")) as town:
            page = (await town.person("")).page
            await page.context.add_cookies(
                [{"name": COOKIE, "value": who.cookies[COOKIE], "url": self._house.url("/").replace("http", "https")}]
            )
            for path in paths:
                await self._look(page, path)

    async def _look(self, page: Page, path: str) -> None:
        answer = await page.goto(self._house.url(path))
        assert answer is not None
        assert answer.status == 200, path
        assert page.url == self._house.url(path)
        await page.evaluate(UNFOLD)
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            if wide := await page.evaluate(STICKS_OUT, width):
                self.found[f"{path} at {width}"] = wide


async def begins(house: House) -> tuple[Sitting, Sitting, Sitting]:
    """A case in which everybody has written something of one long word, in every field there is."""
    case = await filed(house, ANNA, STORY)
    anna, karin, olle = [await at_case(house, case, person) for person in (ANNA, KARIN, OLLE)]
    await karin.sends("take_case")
    await anna.opens()
    await anna.fills("post_message", {"text": WORD}, [(f"{LINE}.png", png_photo())])
    await karin.sends("write_note", text=WORD)
    await karin.sends("ask_reporter", text=WORD)
    await karin.sends("propose_sharing", on="/foresla", answers="1", since="all", reason=WORD)
    return anna, karin, olle


async def test_no_page_of_a_case_is_wider_than_its_window(browsers: Browsers, house: House) -> None:
    measured = Measured(browsers, house)
    anna, karin, olle = await begins(house)
    await measured.looks(anna.browser, anna.url, f"{anna.url}/aterta", "/hem")
    await anna.sends("give_consent")
    await olle.sends("take_case")
    await olle.sends("ask_statement", text=WORD)
    await measured.looks(karin.browser, karin.url)
    await karin.sends("give_statement", text=WORD)
    await karin.sends("stop_waiting")
    await measured.looks(olle.browser, olle.url, "/personal")
    await olle.presses("release_statement") if "/release_statement" in (await olle.opens()).text else None
    rest = ("", "/vem", "/samtycke", "/utskrift", "/aterta")
    await measured.looks(anna.browser, *(anna.url + each for each in rest), f"/kvitto/{anna.url.rpartition('/')[2]}")
    rest = ("", "/avsluta", "/vidare", "/plats", "/utskrift")
    await measured.looks(karin.browser, *(karin.url + each for each in rest), "/personal?visa=alla")
    assert not measured.found


async def test_nor_is_one_of_what_has_ended(browsers: Browsers, house: House) -> None:
    measured = Measured(browsers, house)
    anna, karin, _ = await begins(house)
    await karin.sends("stop_waiting")
    status, told = await karin.browser.command("answer_case", anna.url.rpartition("/")[2], **ANSWER)
    assert status == 201, told
    await karin.sends("add_to_answer", text=WORD)
    await measured.looks(anna.browser, anna.url, f"{anna.url}/svar", f"{anna.url}/utskrift")
    await karin.sends("reopen_case", reason=WORD)
    await karin.sends("refer_case", reason=WORD, turn_to=WORD)
    await measured.looks(karin.browser, karin.url, "/personal?visa=klara")
    assert not measured.found


async def test_nor_is_one_of_what_is_being_told(browsers: Browsers, house: House) -> None:
    measured = Measured(browsers, house)
    draft, _ = await filled_in(house, ANNA, STORY | {"place": {"text": [LINE]}})
    anna, olle = await house.browser(ANNA), await house.browser(OLLE)
    await measured.looks(anna, "/hem")
    page = await anna.get(f"/beratta?utkast={draft}")
    await measured.looks(anna, page.path, *(f"/beratta/{step}" for step in ("story", "place", "patient", "title")))
    case = await filed(house, ANNA, STORY)
    await measured.looks(anna, f"/arende/{case}", f"/arende/{case}/namnden")
    karin = await at_case(house, case, KARIN)
    await karin.sends("take_case")
    await measured.looks(karin.browser, f"{karin.url}/foresla")
    case = await filed(house, ANNA, STORY | {"place": {"text": [LINE]}})
    url = f"/personal/arende/{case}"
    await measured.looks(olle, url, f"{url}/plats", f"{url}/vidare", "/personal?visa=alla")
    assert not measured.found
