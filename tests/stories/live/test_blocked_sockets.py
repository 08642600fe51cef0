"""Nets that let no WebSocket through: the thread is live all the same, over plain requests."""

import pytest
from playwright.async_api import expect

from tests.stories.tools.people import Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import Sockets, wire_to

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
A_WHILE = 60_000
POLLED = """() => performance.getEntriesByType('resource')
  .filter(({ name }) => name.includes('transport=polling')).length"""


@pytest.mark.parametrize("how", ["refuse", "swallow"])
async def test_where_sockets_are_blocked_the_thread_is_live_all_the_same(
    served: Served, town: Town, how: Sockets
) -> None:
    async with wire_to(served) as wire:
        wire.sockets = how
        anna, karin = await town.anna(root=wire.url), await town.karin()
        await anna.page.get_by_role("link", name=TITLE).first.click()
        await expect(anna.page.locator("html[data-net=live]")).to_have_count(1, timeout=A_WHILE)
        await karin.opens_thread(TITLE)
        await anna.writes("Skrivet där inga sockets går fram.")
        await karin.sees("Skrivet där inga sockets går fram.")
        await karin.writes("Det kom fram.")
        await anna.sees("Det kom fram.")
        assert await anna.page.evaluate(POLLED) > 0

        wire.cut()
        await anna.writes("Skrivet i ett avbrott.")
        await anna.sees("Skickas när du är uppkopplad")
        wire.mend()
        await expect(karin.page.get_by_text("Skrivet i ett avbrott.")).to_have_count(1, timeout=A_WHILE)
        await expect(anna.page.locator(".msg--pending")).to_have_count(0, timeout=A_WHILE)
    assert not anna.faults + karin.faults
