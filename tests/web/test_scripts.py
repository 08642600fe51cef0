"""The tests of what decides in the browser, run in one. `node --test FILE` runs those that need no page, too."""

import json
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import async_playwright

from tests.web.browser import CHROMIUM, QUIET

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
JS = "/tests/web/js"
FILES = sorted(path.name for path in (ROOT / "tests/web/js").glob("*.test.js"))
IMPORTS = {"node:test": f"{JS}/browser/runner.js", "node:assert/strict": f"{JS}/browser/assert.js"}
PAGE = f'<!doctype html><script type="importmap">{json.dumps({"imports": IMPORTS})}</script>'
RUN = f"""async (files) => {{
    for (const file of files) await import(`{JS}/${{file}}`);
    const {{ results }} = await import('node:test');
    return results();
}}"""


async def test_what_decides_in_the_browser_decides_right() -> None:
    app = web.Application()
    app.router.add_get("/", _page)
    app.router.add_static("/", ROOT)
    async with TestServer(app) as server, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page()
        await page.goto(str(server.make_url("/")))
        told = await page.evaluate(RUN, FILES)
        await browser.close()
    assert len(told) > 20
    assert [each for each in told if each["fault"]] == []


async def _page(_: web.Request) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html")
