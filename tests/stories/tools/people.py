"""People at browsers. What they do reads like a sentence; what they see is looked for until it is there."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
)

from tests import patience
from tests.patience import Deadline
from tests.stories.tools.stages import USUAL, BrowserKind, Stage
from tests.web.browser import AXE, CHROMIUM, FIREFOX, PATIENCE, QUIET, RULES

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
Side = Literal["citizen", "staff"]
FROM_ITS_TOP = """async (rules) => {
  scrollTo(0, 0);
  const over = [...document.querySelectorAll('[data-covers]')]
    .filter((each) => getComputedStyle(each).position === 'sticky');
  for (const each of over) each.style.position = 'relative';
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false });
  for (const each of over) each.style.position = '';
  return [violations, scrollY];
}"""


class Somebody:
    """A person at a browser of their own."""

    def __init__(self, name: str, page: Page, root: str, *, scripted: bool = True, examined: bool = True) -> None:
        self.name = name
        self.scripted = scripted
        self.page = page
        self.faults: list[str] = []
        self._root = root
        self._examined = examined
        # Firefox tells of a cut wire as of a fault in the page.
        page.on("pageerror", lambda fault: self.faults.append(str(fault)) if _is_fault("error", str(fault)) else None)
        page.on("console", lambda said: self.faults.append(said.text) if _is_fault(said.type, said.text) else None)

    async def goes_to(self, path: str) -> None:
        """Open a page."""
        await self.page.goto(self._root + path)

    @property
    def path(self) -> str:
        """The address of the page that is open, as `goes_to` takes it."""
        return self.page.url.removeprefix(self._root)

    async def signs_in(self) -> None:
        """Sign in as the sample person of that name; at work, where that is possible too."""
        await self.goes_to("/logga-in")
        await self.page.get_by_role("button", name=self.name).last.click()
        await self.page.wait_for_url(re.compile("/(hem|personal)"))

    async def comes_signed_in(self) -> None:
        """Signed in from the first page on, which is the one that signing in leads to: no page is drawn for it."""
        address, request = f"{self._root}/logga-in", self.page.request
        page = await (await request.get(address)).text()
        [token] = re.findall(r'name="csrf" value="([^"]+)"', page)
        *_, person = re.findall(rf'name="person" value="([^"]+)">(?:(?!</button>).)*<b>{self.name}</b>', page)
        led = await request.post(address, form={"csrf": token, "person": person, "next": ""})
        await self.page.goto(led.url)

    async def opens_thread(self, title: str) -> None:
        """From the list of cases to the one with that title."""
        if "/personal" in self.page.url:
            await self.goes_to("/personal?visa=alla")
        await self.page.get_by_role("link", name=title).first.click()
        await expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()
        await self.is_live()

    async def is_live(self) -> None:
        """The page's script is connected."""
        await expect(self.page.locator("html[data-net=live]")).to_have_count(1)

    async def presses(self, name: str) -> None:
        """Press a button."""
        await self.page.get_by_role("button", name=name, exact=True).first.click()

    async def follows(self, name: str) -> None:
        """Follow a link."""
        await self.page.get_by_role("link", name=name).first.click()

    async def picks(self, label: str) -> None:
        """Pick one of the choices."""
        await self.page.get_by_label(label, exact=True).first.check()

    async def replies(self, label: str) -> None:
        """Answer a question with few choices: each is a button that sends."""
        await self.page.locator("button[name=choice]", has_text=label).first.click()

    async def fills(self, label: str, text: str) -> None:
        """Fill in a field."""
        await self.page.get_by_role("textbox", name=label).first.fill(text)

    async def writes(self, text: str) -> None:
        """Write a message and send it."""
        await self.composer.fill(text)
        await self.composer.press("Control+Enter")
        await expect(self.composer).to_have_value("")

    async def notes(self, text: str) -> None:
        """Write a note to colleagues."""
        note = self.page.locator("form[data-composer=note] textarea")
        if not await note.is_visible():
            await self.page.get_by_text("Skriv en intern anteckning").click()
        await note.fill(text)
        await self.presses("Spara intern anteckning")

    async def sees(self, text: str) -> None:
        """Something stands on the page, or comes to stand there."""
        await expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    async def sees_no(self, text: str) -> None:
        """Something does not stand on the page, or goes away."""
        await expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0)

    async def is_asked(self, question: str) -> None:
        """The heading is this question, and has the focus if a script put it there."""
        await expect(self.page.get_by_role("heading", level=1, name=question)).to_be_visible()

    async def reads_thread(self) -> list[str]:
        """What is said in the thread, from the top, as confirmed by the server."""
        said: list[str] = await self.page.locator(
            "[data-log] [data-said][data-entry] [data-slot=text]"
        ).all_inner_texts()
        return said

    @property
    def composer(self) -> Locator:
        """Where messages are written."""
        return self.page.locator("form[data-composer=message] textarea")

    @property
    def focused(self) -> Locator:
        """What has the focus."""
        return self.page.locator(":focus")

    async def has_come(self) -> None:
        """The page is there with its styles, and takes keys: a word of it can be seen before."""
        await self.page.wait_for_load_state()

    async def violations(self, rules: list[str] = RULES) -> list[str]:
        """What axe has to say about the page, from its top, with nothing over it that only scrolling takes away.

        Where a story is told once more, in another browser or on another engine, its pages are the same: nothing.
        """
        await self.has_come()
        if not self._examined:
            return []
        # By evaluation: the page's policy lets no other script in. It is long, and stays as long as the page.
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE)
        deadline = Deadline()
        while True:
            found, top = await self.page.evaluate(FROM_ITS_TOP, rules)
            # A page whose window has just changed may lead people back to what calls for them meanwhile.
            if top == 0:
                break
            deadline.check("the page stays at its top")
        return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


class Town:
    """Everybody at their browsers, before one server."""

    def __init__(self, browser: Browser, root: str, *, examined: bool) -> None:
        self._browser = browser
        self._root = root
        self._examined = examined
        self._contexts: list[BrowserContext] = []

    async def leaves(self) -> None:
        """Everybody closes their windows; nothing is kept."""
        for context in self._contexts:
            await context.close()

    async def person(
        self,
        name: str,
        size: ViewportSize = DESKTOP,
        *,
        script: bool = True,
        root: str = "",
        language: str = "sv-SE",
    ) -> Somebody:
        """Somebody at a browser with nothing in it. `root`: another way to the server."""
        context: BrowserContext = await self._browser.new_context(
            viewport=size, java_script_enabled=script, locale=language, reduced_motion="reduce"
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        return Somebody(name, page, root or self._root, scripted=script, examined=self._examined)

    async def anna(self, **how: Any) -> Somebody:
        """A patient, on a phone, signed in."""
        return await self._signed_in("Anna Lindqvist", PHONE, how)

    async def karin(self, **how: Any) -> Somebody:
        """A caseworker at Ekbackens vårdcentral, signed in."""
        return await self._signed_in("Karin Sandberg", DESKTOP, how)

    async def johan(self, **how: Any) -> Somebody:
        """Her colleague, signed in."""
        return await self._signed_in("Johan Ström", DESKTOP, how)

    async def erik(self, **how: Any) -> Somebody:
        """An officer of the patient board, signed in."""
        return await self._signed_in("Erik Holm", DESKTOP, how)

    async def _signed_in(self, name: str, size: ViewportSize, how: dict[str, Any]) -> Somebody:
        somebody = await self.person(name, **{"size": size, **how})
        await somebody.comes_signed_in()
        return somebody


class Browsers:
    """Real browsers, as Debian has them, never a download of their own: each kind is begun when it is first needed."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._begun: dict[BrowserKind, Browser] = {}

    @asynccontextmanager
    async def before(self, root: str, stage: Stage = USUAL) -> AsyncIterator[Town]:
        """People who come to a server with nothing in their browsers, and leave with everything."""
        kind = stage.browser
        if kind not in self._begun or not self._begun[kind].is_connected():
            self._begun[kind] = await _launch(self._playwright, kind)
        town, before = Town(self._begun[kind], root, examined=stage == USUAL), asyncio.all_tasks()
        try:
            yield town
        finally:
            try:
                async with asyncio.timeout(patience.PATIENCE):
                    await town.leaves()
            except TimeoutError:
                # Its windows do not close: the next story gets another. Playwright ends this one with itself.
                del self._begun[kind]
            await _let_go(asyncio.all_tasks() - before)

    async def end(self) -> None:
        """End them all."""
        for browser in self._begun.values():
            await browser.close()


async def _let_go(tasks: set[asyncio.Task[Any]]) -> None:
    """End what a story has left waiting, as a request that is never answered: the loop goes on to the next story."""
    left = tasks - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def _launch(playwright: Playwright, kind: BrowserKind) -> Browser:
    if kind == "firefox":
        # By BiDi, which an unchanged Firefox speaks. The language of a context does not reach its sockets.
        wishes: dict[str, str | float | bool] = {"intl.accept_languages": "sv-SE, sv"}
        return await playwright.firefox.launch(
            channel="moz-firefox", executable_path=FIREFOX, firefox_user_prefs=wishes
        )
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


def _is_fault(kind: str, text: str) -> bool:
    # A cut wire is no fault of the script, nor is leaving a page while it connects, nor speaking while the wire closes.
    cut = "Failed to load resource|when fetching the script|ERR_"
    closing = "WebSocket connection|WebSocket is already in CLOSING|(to|at) ws://"
    return kind == "error" and not re.search(f"{cut}|{closing}", text)
