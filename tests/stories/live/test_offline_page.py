"""Without a net: a page that says so, that what was written is still there, and how much waits. No case is kept."""

import re

import pytest
from playwright.async_api import expect

from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
READY = "() => navigator.serviceWorker.ready.then(() => true)"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""
TEXT = "async () => (await (await caches.match('/utan-nat')).text())"
LEFT = """async () => ({
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  caches: (await caches.keys()).length,
  stores: (await indexedDB.databases()).length,
})"""
MADE = """() => {
  try { trustedTypes.createPolicy('other', { createScriptURL: (text) => text }); } catch { return 'refused'; }
  return 'made';
}"""
NOTHING_LEFT = {"workers": 0, "caches": 0, "stores": 0}
OFFLINE = "Du är offline"


async def with_worker(somebody: Somebody) -> None:
    """The page for those without a net is kept."""
    assert await somebody.page.evaluate(READY)


async def test_without_a_net_a_page_says_so_and_what_waits_is_sent_when_it_is_back(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna, karin = await town.anna(root=wire.url), await town.karin()
        await anna.opens_thread(TITLE)
        await karin.opens_thread(TITLE)
        await with_worker(anna)
        thread = anna.path
        wire.cut()
        await anna.writes("Skrivet utan nät.")
        await anna.sees("Skickas när du är uppkopplad")
        await anna.goes_to("/hem")
        await anna.is_asked(OFFLINE)
        await anna.sees("Det du har skrivit ligger kvar.")
        await anna.sees("Väntar på att skickas: 1")
        assert await anna.page.evaluate("document.styleSheets.length") > 2
        assert not await anna.violations()
        await anna.page.set_viewport_size({"width": 320, "height": 640})
        assert await anna.page.evaluate("document.documentElement.scrollWidth") <= 320
        await anna.page.set_viewport_size(PHONE)

        wire.mend()
        await anna.follows("Försök igen")
        await anna.is_asked("Hej Anna")
        await expect(karin.page.get_by_text("Skrivet utan nät.")).to_have_count(1)
        await anna.goes_to(thread)
        await anna.sees("Skrivet utan nät.")


async def test_the_worker_keeps_its_page_and_what_that_needs_and_nothing_of_a_case(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await with_worker(anna)
    await anna.goes_to("/hem")
    await anna.opens_thread(TITLE)
    await anna.page.goto(anna.page.url + "/utskrift")
    kept: list[str] = await anna.page.evaluate(KEPT)
    assert "/utan-nat" in kept
    assert [path for path in kept if path != "/utan-nat" and not path.startswith("/assets/")] == []
    text: str = await anna.page.evaluate(TEXT)
    assert not re.search(r"Anna|Lindqvist|csrf|arende", text)
    assert len(set(re.findall(r"/assets/([0-9a-f]+)/", " ".join(kept)))) == 1
    assert not anna.faults


async def test_signing_out_and_leaving_leave_nothing_in_the_browser(town: Town) -> None:
    for way in ("Logga ut", "Lämna sidan"):
        anna = await town.anna()
        await anna.opens_thread(TITLE)
        await with_worker(anna)
        if way == "Logga ut":
            await anna.presses(way)
        else:
            await anna.follows(way)
        await expect(anna.page).not_to_have_url(re.compile("/arende/"))
        await anna.goes_to("/kontakt")
        assert await anna.page.evaluate(LEFT) == NOTHING_LEFT


async def test_whoever_only_looks_gets_nothing_put_into_their_browser(town: Town) -> None:
    stranger = await town.person("Anna Lindqvist", PHONE)
    for path in ("/", "/kontakt", "/logga-in"):
        await stranger.goes_to(path)
        await stranger.page.wait_for_load_state("networkidle")
    assert await stranger.page.evaluate(LEFT) == NOTHING_LEFT
    await stranger.goes_to("/beratta")
    await with_worker(stranger)


async def test_no_other_text_becomes_the_address_of_a_script(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    assert await anna.page.evaluate(MADE) == "refused"
    registering = "() => navigator.serviceWorker.register('/assets/other.js').then(() => 'taken', ({ name }) => name)"
    assert await anna.page.evaluate(registering) == "TypeError"
