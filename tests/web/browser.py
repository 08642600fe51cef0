"""A browser on the gallery: Debian's Chromium, never a download of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from playwright.async_api import Page, async_playwright, expect

from tests import patience
from tests.web.gallery import app

CHROMIUM = "/usr/bin/chromium"
FIREFOX = "/usr/bin/firefox-esr"
LEFT_OUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup"),
    # A list of ours stands in the place of Playwright's own, which is:
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider"),
    *("GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding", "Translate"),
    *("ThirdPartyStoragePartitioning", "BlockOriginHeaderModificationOnRedirect", "OptimizationHints"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "NetworkTimeServiceQuerying", "AimEnabled"),
)
"""Of what Chromium brings along, what no page of ours needs."""
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The window's own frame is made of pages too, one for each person: half of what a short story costs.
    f"--disable-features={','.join(LEFT_OUT)}",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")

PATIENCE = 1000 * patience.PATIENCE
"""Milliseconds, as browsers count: what must come is waited for as long."""
expect.set_options(timeout=PATIENCE)


class Visit:
    """One window on the gallery."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self._root = root

    async def open(self, name: str, language: str = "sv") -> None:
        """Show an example with everything unfolded."""
        await self.page.goto(f"{self._root}{name}?sprak={language}")
        await self.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")

    async def on_a_screen_of(self, width: int, question: str) -> Any:
        """What the page answers where it is so wide."""
        await self.page.set_viewport_size({"width": width, "height": 844})
        return await self.page.evaluate(question)

    async def violations(self, rules: list[str] = RULES) -> list[str]:
        """What axe has to say. Its source goes in by evaluation, which the page's policy allows."""
        # It is long, and stays as long as the page.
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE)
        found: list[dict[str, Any]] = await self.page.evaluate(
            "async (rules) => (await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })).violations",
            rules,
        )
        return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]

    async def violations_in_the_dark(self) -> list[str]:
        """The same of what is too pale, on a wide screen in the dark."""
        await self.page.set_viewport_size({"width": 1440, "height": 844})
        await self.page.emulate_media(color_scheme="dark")
        found = await self.violations(["color-contrast"])
        await self.page.emulate_media(color_scheme="light")
        return found


@asynccontextmanager
async def visit() -> AsyncIterator[Visit]:
    """A window on a gallery of its own."""
    async with TestServer(app()) as server, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(color_scheme="light", reduced_motion="reduce")
        yield Visit(page, str(server.make_url("/")))
        await browser.close()
