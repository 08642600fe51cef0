"""What one writes says at every moment how it stands with it; it is sent in order, and once, whatever happens."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, expect

from tests.stories.conftest import messages_in
from tests.stories.tools.people import Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
A_WHILE = 60_000
A_WEEK_OLD = """() => new Promise((go) => {
  const opening = indexedDB.open('gensvar');
  opening.onsuccess = () => {
    const store = opening.result.transaction('unsent', 'readwrite').objectStore('unsent');
    store.getAll().onsuccess = ({ target }) => {
      for (const one of target.result) store.put({ ...one, at: one.at - 8 * 24 * 3600 * 1000 });
      store.transaction.oncomplete = () => { opening.result.close(); go(target.result.length); };
    };
  };
})"""


def foot(somebody: Somebody, text: str) -> Locator:
    """What stands under one's own message."""
    return somebody.page.locator("[data-own]", has_text=text).locator("[data-slot=foot]")


async def writes_without_a_net(somebody: Somebody, text: str) -> None:
    """Write a message that waits, and see it said: not before it is kept, so that a window closed now loses nothing."""
    await somebody.writes(text)
    await expect(foot(somebody, text)).to_have_text("Skickas när du är uppkopplad")


async def another_window(somebody: Somebody, root: str) -> Somebody:
    """The same person's second window, at the same page."""
    other = Somebody(somebody.name, await somebody.page.context.new_page(), root)
    await other.goes_to(somebody.path)
    await other.is_live()
    return other


async def test_at_every_moment_a_message_says_how_it_stands_with_it(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna, karin = await town.anna(root=wire.url), await town.karin()
        await anna.opens_thread(TITLE)
        await karin.opens_thread(TITLE)
        wire.cut()
        await anna.sees("Ansluter igen")
        for n in (1, 2, 3):
            await writes_without_a_net(anna, f"Nummer {n}.")
        await anna.sees("Vi når inte tjänsten just nu.")
        wire.mend()
        for n in (1, 2, 3):
            await expect(karin.page.get_by_text(f"Nummer {n}.")).to_have_count(1, timeout=A_WHILE)
        await expect(anna.page.locator(".msg--pending")).to_have_count(0, timeout=A_WHILE)
        await anna.sees_no("Ansluter igen")
        assert [text for text in await karin.reads_thread() if "Nummer" in text] == [f"Nummer {n}." for n in (1, 2, 3)]
    assert not anna.faults + karin.faults


async def test_what_was_refused_says_why_and_can_be_tried_again_or_taken_away(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna, karin = await town.anna(root=wire.url), await town.karin()
        await anna.opens_thread(TITLE)
        wire.cut()
        for text in ("Ett ord till.", "Och ett annat."):
            await anna.writes(text)
        await karin.opens_thread(TITLE)
        await karin.follows("Svara och avsluta")
        await karin.page.locator("[name=explanation]").fill("Så här gick det till.")
        await karin.page.locator("[name=measure_text]").first.fill("Vi ändrar rutinen.")
        await karin.presses("Förhandsgranska")
        await karin.sees_no("Skriv en förklaring av vad som hände.")
        await karin.presses("Skicka svar och avsluta")
        await karin.sees("Svaret är skickat.")
        wire.mend()
        await expect(foot(anna, "Ett ord till.")).to_contain_text("Inte skickat.", timeout=A_WHILE)
        await expect(foot(anna, "Och ett annat.")).to_contain_text("Inte skickat.", timeout=A_WHILE)
        assert len(await foot(anna, "Ett ord till.").inner_text()) > len("Inte skickat. Försök igen Ta bort")
        assert not await anna.violations()
        again = foot(anna, "Ett ord till.").get_by_role("button", name="Försök igen")
        await again.focus()
        await anna.page.keyboard.press("Enter")
        await expect(foot(anna, "Ett ord till.")).to_contain_text("Inte skickat.", timeout=A_WHILE)
        await anna.page.reload()
        await foot(anna, "Och ett annat.").get_by_role("button", name="Ta bort").click()
        await anna.page.reload()
        await expect(foot(anna, "Ett ord till.")).to_contain_text("Inte skickat.")
        await anna.sees_no("Och ett annat.")
    case = anna.page.url.rsplit("/", 1)[-1]
    assert "Ett ord till." not in messages_in(served.database, case)


@pytest.mark.everywhere
@pytest.mark.on_both_engines
async def test_two_windows_of_one_person_send_everything_once(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna, karin = await town.anna(root=wire.url), await town.karin()
        await karin.opens_thread(TITLE)
        await anna.opens_thread(TITLE)
        other = await another_window(anna, wire.url)
        wire.cut()
        for n in range(1, 7):
            await writes_without_a_net(anna if n % 2 else other, f"Fönster {n}.")
        wire.mend()
        for n in range(1, 7):
            await expect(karin.page.get_by_text(f"Fönster {n}.")).to_have_count(1, timeout=A_WHILE)
        for each in (anna, other):
            await expect(each.page.locator("[data-said][data-entry]", has_text="Fönster ")).to_have_count(
                6, timeout=A_WHILE
            )
            await expect(each.page.locator(".msg--pending")).to_have_count(0, timeout=A_WHILE)
            assert [text for text in await each.reads_thread() if "Fönster" in text] == [
                f"Fönster {n}." for n in range(1, 7)
            ]
    assert not anna.faults + other.faults


async def test_a_closed_window_loses_nothing_and_home_sends_it(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        case = anna.page.url.rsplit("/", 1)[-1]
        wire.cut()
        await writes_without_a_net(anna, "Skrivet och fönstret stängt.")
        context = anna.page.context
        await anna.page.close()
        wire.mend()
        later = Somebody(anna.name, await context.new_page(), wire.url)
        await later.goes_to("/hem")
        async with asyncio.timeout(A_WHILE / 1000):
            # Another process keeps it: there is nothing to wait for but the file.
            while "Skrivet och fönstret stängt." not in messages_in(served.database, case):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        await later.opens_thread(TITLE)
        assert (await later.reads_thread()).count("Skrivet och fönstret stängt.") == 1


async def test_what_staff_wrote_without_a_net_is_sent_from_the_queue(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        karin = await town.karin(root=wire.url)
        await karin.opens_thread(TITLE)
        case = await karin.page.locator("[data-case]").get_attribute("data-case")
        wire.cut()
        await writes_without_a_net(karin, "Skrivet på väg till mötet.")
        context = karin.page.context
        await karin.page.close()
        wire.mend()
        later = Somebody(karin.name, await context.new_page(), wire.url)
        await later.goes_to("/personal")
        async with asyncio.timeout(A_WHILE / 1000):
            # Another process keeps it: there is nothing to wait for but the file.
            while "Skrivet på väg till mötet." not in messages_in(served.database, case or ""):  # noqa: ASYNC110
                await asyncio.sleep(0.1)


@pytest.mark.everywhere
async def test_the_last_words_are_kept_of_whoever_goes_to_another_field_or_leaves_at_once(town: Town) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    await karin.is_live()
    note = karin.page.locator("form[data-composer=note] textarea")
    await karin.composer.fill("Till Anna, halvvägs.")
    await karin.page.get_by_text("Skriv en intern anteckning").click()
    await note.fill("Till oss, halvvägs.")
    await karin.page.reload()
    await expect(karin.composer).to_have_value("Till Anna, halvvägs.")
    await expect(note).to_have_value("Till oss, halvvägs.")
    # What is begun for Anna stays in sight, and the folded note says that it is begun.
    await expect(karin.page.locator(".note > summary")).to_have_text(re.compile("påbörjad"), use_inner_text=True)
    await karin.is_live()
    await karin.composer.fill("Till Anna, på språng.")
    await karin.goes_to("/personal")
    await karin.opens_thread(TITLE)
    await expect(karin.composer).to_have_value("Till Anna, på språng.")
    await expect(note).to_have_value("Till oss, halvvägs.")


async def test_what_is_old_by_the_clock_is_neither_sent_nor_lost_without_asking(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        thread = anna.path
        wire.cut()
        for text in ("Från förra veckan.", "Från förra veckan, till hemsidan."):
            await writes_without_a_net(anna, text)
        assert await anna.page.evaluate(A_WEEK_OLD) == 2
        wire.mend()
        await anna.page.reload()
        await anna.is_live()
        for text in ("Från förra veckan.", "Från förra veckan, till hemsidan."):
            await expect(foot(anna, text)).to_contain_text("Inte skickat. Du skrev det för mer än en vecka sedan")
        await anna.writes("Från i dag.")
        await expect(anna.page.locator("[data-own][data-entry]", has_text="Från i dag.")).to_have_count(1)
        assert "Från förra veckan" not in messages_in(served.database, thread.rsplit("/", 1)[-1])
        await foot(anna, "Från förra veckan.").get_by_role("button", name="Försök igen").click()
        await expect(anna.page.locator("[data-own][data-entry]", has_text="Från förra veckan.")).to_have_count(1)
        await anna.goes_to("/hem")
        asked = anna.page.get_by_role("region", name="Det här gick inte att skicka")
        await expect(asked).to_contain_text("Du skrev det för mer än en vecka sedan")
        assert not await anna.violations()
        await asked.get_by_role("button", name="Försök igen").click()
        await expect(asked).to_be_hidden()
        await anna.goes_to(thread)
        sent = anna.page.locator("[data-own][data-entry]", has_text="Från förra veckan, till hemsidan.")
        await expect(sent).to_have_count(1, timeout=A_WHILE)
    assert not anna.faults


async def test_who_is_signed_out_is_told_when_it_will_be_sent(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        cookies = await anna.page.context.cookies()
        wire.cut()
        await anna.writes("Skrivet före utloggningen.")
        await anna.page.context.clear_cookies()
        wire.mend()
        await anna.sees("Du är utloggad. Det du har skrivit finns kvar.")
        await expect(foot(anna, "Skrivet före utloggningen.")).to_have_text("Skickas när du har loggat in igen")
        await anna.page.context.add_cookies(cookies)  # type: ignore[arg-type]
        await anna.page.reload()
        sent = anna.page.locator("[data-own][data-entry]", has_text="Skrivet före utloggningen.")
        await expect(sent).to_have_count(1, timeout=A_WHILE)


async def test_whoever_loses_a_case_keeps_what_could_not_be_sent(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        karin, johan = await town.karin(), await town.johan(root=wire.url)
        for each in (karin, johan):
            await each.opens_thread(TITLE)
        wire.cut()
        await johan.writes("Skrivet innan ärendet flyttades.")
        await forwards(karin)
        wire.mend()
        await johan.sees("Du kan inte läsa ärendet längre.")
        await johan.sees("Skrivet innan ärendet flyttades.")
        await expect(johan.page.locator(".msg--failed")).to_have_count(1, timeout=A_WHILE)
        assert "Jag ringde vårdcentralen tre dagar i rad" not in await johan.page.inner_text("body")


async def test_what_was_refused_after_the_window_was_closed_is_shown_in_the_queue(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        karin, johan = await town.karin(), await town.johan(root=wire.url)
        for each in (karin, johan):
            await each.opens_thread(TITLE)
        wire.cut()
        await writes_without_a_net(johan, "Skrivet innan fönstret stängdes.")
        context = johan.page.context
        await johan.page.close()
        await forwards(karin)
        wire.mend()
        later = Somebody(johan.name, await context.new_page(), wire.url)
        await later.goes_to("/personal")
        refused = later.page.get_by_role("region", name="Det här gick inte att skicka")
        await expect(refused).to_contain_text("Skrivet innan fönstret stängdes.", timeout=A_WHILE)
        assert await later.violations() == []
        await later.page.reload()
        await refused.get_by_role("button", name="Ta bort").click()
        await expect(refused).to_be_hidden()
        await later.page.reload()
        await later.is_live()
        await expect(refused).to_be_hidden()
        assert not later.faults


async def forwards(karin: Somebody) -> None:
    """Her case is another unit's now."""
    await karin.follows("Vidarebefordra")
    await karin.page.get_by_label("Sök enhet").fill("lindby sjukhus")
    await karin.presses("Sök")
    await karin.page.get_by_role("radio", name="Akutmottagningen Lindby sjukhus").check()
    await karin.page.locator("[name=reason]").fill("Det hände hos er.")
    await karin.page.get_by_role("button", name="Vidarebefordra").click()
    await karin.page.wait_for_url("**/personal?**")
