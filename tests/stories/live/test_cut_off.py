"""The net fails, the server is killed: nothing is lost, nothing comes twice, and both sides see the same order."""

import asyncio
import random

import pytest
from playwright.async_api import Dialog, expect

from tests.stories.conftest import messages_in
from tests.stories.tools.kept import is_kept
from tests.stories.tools.people import Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import Wire, wire_to

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
MANY = 80
A_WHILE = 60_000
"""Milliseconds: a browser that was cut off for long waits longer before it tries again."""


@pytest.mark.slow
async def test_eighty_messages_survive_cut_wires_and_a_killed_server(served: Served, town: Town) -> None:
    effects = random.Random(20261121)
    async with wire_to(served) as wire:
        karin, anna = await town.karin(), await town.anna(root=wire.url)
        for each in (karin, anna):
            await each.opens_thread(TITLE)
        case = anna.page.url.rsplit("/", 1)[-1]
        trouble = asyncio.create_task(cuts_at_random(wire, effects))
        for n in range(1, MANY + 1):
            await (anna if n % 10 == 0 else karin).writes(f"Meddelande {n}.")
            if n in {30, 60}:
                await served.kill()
                await asyncio.sleep(effects.random())
                await served.start()
        trouble.cancel()
        wire.mend()
        for each in (karin, anna):
            await has_everything(each, MANY)

    kept = messages_in(served.database, case)
    assert sorted(kept[-MANY:]) == sorted(f"Meddelande {n}." for n in range(1, MANY + 1))
    assert (await karin.reads_thread())[-MANY:] == kept[-MANY:]
    assert (await anna.reads_thread())[-MANY:] == kept[-MANY:]
    for of_anna in (True, False):
        order = [n for n in map(number_of, kept[-MANY:]) if (n % 10 == 0) is of_anna]
        assert order == sorted(order), "what one person wrote stays in the order in which it was written"
    assert not anna.faults + karin.faults


async def test_what_is_written_without_a_net_is_kept_shown_and_sent_once(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna, karin = await town.anna(root=wire.url), await town.karin()
        await anna.opens_thread(TITLE)
        await karin.opens_thread(TITLE)
        wire.cut()
        await anna.sees("Vi når inte tjänsten just nu. Skriv ändå, vi skickar sedan.")
        await anna.writes("Skrivet i hissen.")
        await anna.sees("Skickas när du är uppkopplad")
        assert "Skrivet i hissen." not in messages_in(served.database, anna.page.url.rsplit("/", 1)[-1])
        wire.mend()
        await expect(karin.page.get_by_text("Skrivet i hissen.")).to_have_count(1, timeout=A_WHILE)
        await expect(anna.page.locator(".msg--pending")).to_have_count(0, timeout=A_WHILE)
        await anna.sees_no("Vi når inte tjänsten just nu. Skriv ändå, vi skickar sedan.")
    assert messages_in(served.database, anna.page.url.rsplit("/", 1)[-1]).count("Skrivet i hissen.") == 1


async def test_what_was_not_sent_is_still_there_when_the_page_is_opened_again(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        wire.cut()
        await anna.writes("Skickas en annan gång.")
        await anna.sees("Skickas när du är uppkopplad")
        await anna.composer.fill("Halvfärdig text")
        await is_kept(anna.page, "Halvfärdig text")
        wire.mend()
        await anna.page.reload()
        await expect(anna.composer).to_have_value("Halvfärdig text")
        await expect(anna.page.locator("[data-entry]", has_text="Skickas en annan gång.")).to_have_count(
            1, timeout=A_WHILE
        )
    assert messages_in(served.database, anna.page.url.rsplit("/", 1)[-1]).count("Skickas en annan gång.") == 1


async def test_nobody_else_sends_what_one_wrote_and_signing_out_leaves_nothing(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        thread = anna.page.url
        wire.cut()
        await anna.writes("Bara från mig.")
        await anna.sees("Skickas när du är uppkopplad")
        # Her session ends, and somebody else signs in at the same browser; her page is still open.
        await anna.page.context.clear_cookies()
        other = await anna.page.context.new_page()
        await Somebody("Mustafa Karim", other, served.url).signs_in()
        wire.mend()
        mustafa = Somebody("Mustafa Karim", other, wire.url)
        await mustafa.goes_to("/hem")
        await anna.sees("Du är utloggad. Det du har skrivit finns kvar.")
        assert "Bara från mig." not in messages_in(served.database, thread.rsplit("/", 1)[-1])
        assert await kept_in(other) == 1
        asked: list[str] = []

        async def agree(dialog: Dialog) -> None:
            asked.append(dialog.message)
            await dialog.accept()

        other.on("dialog", agree)
        await mustafa.presses("Logga ut")
        await other.wait_for_url("**/")
        assert "inte är skickat än" in asked[0]
        assert await kept_in(other) == 0


async def has_everything(somebody: Somebody, n: int) -> None:
    """Every message has come, and none of one's own waits."""
    await expect(somebody.page.locator("[data-said][data-entry]", has_text="Meddelande ")).to_have_count(
        n, timeout=A_WHILE
    )
    await expect(somebody.page.locator(".msg--pending, .msg--failed")).to_have_count(0, timeout=A_WHILE)


async def cuts_at_random(wire: Wire, effects: random.Random) -> None:
    """Again and again the wire is cut, for a short while."""
    while True:
        await asyncio.sleep(effects.uniform(0.3, 2))
        wire.cut()
        await asyncio.sleep(effects.uniform(0, 0.8))
        wire.mend()


async def kept_in(page: object) -> int:
    """How many unsent messages this browser keeps."""
    found: int = await page.evaluate(  # type: ignore[attr-defined]
        """() => new Promise((go) => {
            const opening = indexedDB.open('gensvar');
            opening.onsuccess = () => {
                const db = opening.result;
                if (!db.objectStoreNames.contains('unsent')) { db.close(); go(0); return; }
                const count = db.transaction('unsent').objectStore('unsent').count();
                count.onsuccess = () => { db.close(); go(count.result); };
            };
        })"""
    )
    return found


def number_of(text: str) -> int:
    """Its number."""
    return int(text.removeprefix("Meddelande ").rstrip("."))
