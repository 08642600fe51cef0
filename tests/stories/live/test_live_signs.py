"""Small signs in a live thread: who is here, who writes, what was read, what is new further down."""

import re

import pytest
from playwright.async_api import expect

from tests.stories.tools.people import Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to

pytestmark = pytest.mark.browser
TOGETHER = "() => [...document.querySelectorAll('[data-said]')].map((each) => each.hasAttribute('data-follows'))"
"""Of each message, whether it goes on from the one above it."""
TITLE = "Fick vänta med ont i bröstet"
A_WHILE = 60_000
"""Milliseconds: a browser that was cut off for long waits longer before it tries again."""


async def both(town: Town) -> tuple[Somebody, Somebody]:
    """Anna and Karin in the same thread."""
    anna, karin = await town.anna(), await town.karin()
    await anna.opens_thread(TITLE)
    await karin.opens_thread(TITLE)
    return anna, karin


async def test_each_sees_that_the_other_is_here_but_not_who(town: Town) -> None:
    anna, karin = await both(town)
    await anna.sees("Handläggaren är här.")
    await karin.sees("Anna är här.")
    johan = await town.johan()
    await johan.opens_thread(TITLE)
    await karin.sees("Johan Ström är här.")
    assert "Johan" not in await anna.page.locator("body").inner_text()
    await johan.goes_to("/personal")
    await karin.sees_no("Johan Ström är här")


async def test_one_sees_that_the_other_writes_until_it_is_sent(town: Town) -> None:
    anna, karin = await both(town)
    await karin.composer.press_sequentially("Vi ser på det")
    await anna.sees("Handläggaren skriver …")
    await karin.composer.press("Control+Enter")
    await anna.sees("Vi ser på det")
    await anna.sees_no("Handläggaren skriver …")
    panel = anna.page.locator("[data-urgent]")
    await expect(panel).to_be_hidden()
    await anna.writes("Jag orkar inte leva längre.")
    await expect(panel).to_be_in_viewport()
    await expect(panel).to_contain_text("90101")
    await karin.sees("Jag orkar inte leva längre.")
    await karin.sees_no("90101")


async def test_nobody_hears_that_a_note_is_written_or_what_it_says(town: Town) -> None:
    anna, karin = await both(town)
    frames: list[str] = []
    session = await anna.page.context.new_cdp_session(anna.page)
    await session.send("Network.enable")
    session.on("Network.webSocketFrameReceived", lambda told: frames.append(told["response"]["payloadData"]))
    johan = await town.johan()
    await johan.opens_thread(TITLE)
    await karin.page.set_viewport_size({"width": 1366, "height": 768})
    await karin.page.get_by_text("Skriv en intern anteckning").click()
    # It stands in the reply's place, and one is in it.
    await expect(karin.composer).to_be_hidden()
    await expect(karin.page.get_by_role("button", name="Spara intern anteckning")).to_be_in_viewport(ratio=1)
    await karin.page.keyboard.press("Escape")
    await expect(karin.composer).to_be_focused()
    await karin.page.get_by_text("Skriv en intern anteckning").click()
    await expect(karin.page.locator("form[data-composer=note] textarea")).to_be_focused()
    await karin.page.keyboard.type("Hemligt mellan oss")
    await karin.presses("Spara intern anteckning")
    await expect(karin.composer).to_be_focused()
    await johan.sees("Hemligt mellan oss")
    assert '"typing"' not in " ".join(frames)
    await karin.writes("Till alla.")
    await anna.sees("Till alla.")
    told = " ".join(frames)
    assert "Till alla." in told
    assert "Hemligt" not in told
    await anna.sees_no("Hemligt mellan oss")


async def test_what_was_read_says_so_under_the_message(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await anna.writes("Läser ni det här?")
    message = anna.page.locator("[data-own]", has_text="Läser ni det här?")
    await expect(message.locator("[data-slot=foot]")).to_be_hidden()
    karin = await town.karin()
    await karin.page.add_init_script("document.hasFocus = () => window.looks === true")
    await karin.opens_thread(TITLE)
    await karin.sees("Läser ni det här?")
    await anna.sees("Handläggaren är här")
    # The thread lies in a window that nobody looks at.
    await expect(message.locator("[data-slot=foot]")).to_be_hidden()
    await karin.page.evaluate("window.looks = true, dispatchEvent(new Event('focus'))")
    await expect(message).to_contain_text("Läst av Ekbackens vårdcentral")
    await karin.writes("Ja.")
    await expect(karin.page.locator("[data-own]", has_text="Ja.")).to_contain_text("Läst av Anna")


async def test_what_was_read_while_a_wire_was_cut_says_so_when_it_is_whole_again(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        await anna.writes("Läser ni det här?")
        message = anna.page.locator("[data-own]", has_text="Läser ni det här?")
        await expect(message).to_have_attribute("data-entry", re.compile("."))
        wire.cut()
        await anna.sees("Vi når inte tjänsten just nu. Skriv ändå, vi skickar sedan.")
        karin = await town.karin()
        await karin.opens_thread(TITLE)
        await karin.is_live()
        wire.mend()
        await expect(message).to_contain_text("Läst av Ekbackens vårdcentral", timeout=A_WHILE)


HEARD = """(log) => {
  window.heard = [];
  const said = (node) => (node instanceof Element ? node : node.parentElement);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      const news = type === 'childList' ? [...addedNodes] : [target];
      for (const node of news) {
        const place = said(node)?.closest('[aria-live], [role=log]');
        if (said(node)?.isConnected && place?.ariaLive !== 'off') window.heard.push(node.textContent.trim());
      }
    }
  }).observe(log, { childList: true, characterData: true, subtree: true });
}"""
"""Collects what is added to the log, or changed in it, and is read out."""


async def test_whoever_listens_hears_each_message_once(town: Town) -> None:
    anna, karin = await both(town)
    for each in (anna, karin):
        await each.page.locator("[role=log]").evaluate(HEARD)
    await anna.writes("Läser ni det här?")
    await karin.sees("Läser ni det här?")
    message = anna.page.locator("[data-own]", has_text="Läser ni det här?")
    await expect(message).to_contain_text("Läst av Ekbackens vårdcentral")
    await karin.writes("Ja.")
    await anna.sees("Ja.")
    await expect(karin.page.locator("[data-own][data-entry]", has_text="Ja.")).to_contain_text("Läst av Anna")
    for each in (anna, karin):
        heard = await each.page.evaluate("window.heard.filter(Boolean)")
        for words in ("Läser ni det här?", "Ja."):
            assert sum(words in one for one in heard) == 1, heard
        assert len(heard) == 2, heard


async def test_nobody_is_moved_away_from_what_they_read(town: Town) -> None:
    anna, karin = await both(town)
    for n in range(12):
        await anna.writes(f"Rad {n}\noch mer\noch mer")
    await karin.sees("Rad 11")
    pane = karin.page.locator("[data-scroll]")
    await pane.evaluate("(it) => it.scrollTo(0, 0)")
    await anna.writes("Det allra senaste.")
    button = karin.page.get_by_role("button", name="1 nytt meddelande")
    await expect(button).to_be_visible()
    assert await pane.evaluate("(it) => it.scrollTop") == 0
    await anna.writes("Och ett till.")
    more = karin.page.get_by_role("button", name="2 nya meddelanden")
    await expect(more).to_be_visible()
    assert not await karin.violations()

    await karin.composer.fill("Svar utan att ha läst.")
    await karin.composer.press("Control+Enter")
    assert "Svar utan att ha läst." not in await karin.reads_thread(), "nobody answers past what has just come"
    await more.press("Enter")
    await expect(more).to_be_hidden()
    await expect(karin.focused).to_contain_text("Det allra senaste.")
    await expect(karin.page.get_by_text("Och ett till.")).to_be_in_viewport()
    await karin.composer.press("Control+Enter")
    await anna.sees("Svar utan att ha läst.")
    for somebody in (anna, karin):
        live = await somebody.page.evaluate(TOGETHER)
        assert sum(live) > 12, "what was said in one go stands together"
        await somebody.page.reload()
        await somebody.is_live()
        assert await somebody.page.evaluate(TOGETHER) == live


async def test_a_thread_is_worked_by_keyboard_and_axe_finds_nothing(town: Town) -> None:
    anna, karin = await both(town)
    await anna.composer.fill("Första raden")
    await anna.composer.press("Enter")
    await anna.page.keyboard.type("andra raden")
    await anna.page.keyboard.press("Tab")
    await expect(anna.focused).to_have_text("Skicka")
    await anna.page.keyboard.press("Enter")
    await expect(anna.composer).to_be_focused()
    await karin.sees("andra raden")
    assert (await karin.reads_thread())[-1] == "Första raden\nandra raden"
    assert not await anna.violations() + await karin.violations()
    assert not anna.faults + karin.faults


async def test_a_text_that_is_pasted_too_long_is_kept_whole_and_told_by_how_much(town: Town) -> None:
    anna, karin = await both(town)
    await anna.composer.fill("å" * 10_007)
    await anna.composer.press("Control+Enter")
    await anna.sees("Texten är för lång. Ta bort 7 tecken.")
    await expect(anna.composer).to_have_value("å" * 10_007)
    await anna.writes("å" * 10_000)
    await anna.sees_no("Ta bort 7 tecken.")
    await expect(karin.page.locator("[data-entry]", has_text="å" * 100)).to_have_count(1)
