"""Anna, Karin at the unit, and Erik of the patient board: who reads what, and all of it by keyboard alone."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.inbox.files.samples import png_photo
from tests.stories.tools.filing import files_a_complaint
from tests.stories.tools.hands import Keyboard
from tests.stories.tools.kept import is_kept
from tests.stories.tools.people import PHONE, Somebody, Town

pytestmark = pytest.mark.browser
TITLE = "Ingen läkare tog emot mig"
TEXT = "Jag fick vänta i tre dagar."
BOARD = "Patientnämnden i Region Mittland"


async def test_the_board_joins_with_consent_and_sees_exactly_what_was_shared(town: Town, tmp_path: Path) -> None:
    anna = await town.person("Anna Lindqvist", PHONE)
    await files_a_complaint(anna, TITLE, TEXT)
    keyboard = Keyboard()
    await keyboard.presses(anna, link(anna, "Öppna ärendet"))
    await tell(keyboard, anna, await town.karin(), await town.erik(), tmp_path)


async def tell(hands: Keyboard, anna: Somebody, karin: Somebody, erik: Somebody, folder: Path) -> None:
    """The whole story, from the thread's first page on."""
    await anna.is_live()
    await sends_two_files(hands, anna, folder)
    await proposes_the_board(hands, karin)
    await unticks_and_consents(hands, anna)
    await joins_and_sees_exactly_that(hands, erik)
    await a_statement_is_asked_given_and_released(hands, anna, karin, erik)
    await some_words_are_for_some(hands, anna, karin, erik)
    await everyone_closes(hands, anna, karin, erik)
    assert not anna.faults + karin.faults + erik.faults


async def sends_two_files(hands: Keyboard, anna: Somebody, folder: Path) -> None:
    """A message with one file that she will share and one that she will not."""
    for name in ("samtalslista.png", "dagbok.png"):
        (folder / name).write_bytes(png_photo())
    await hands.presses(anna, anna.page.locator(".attach-more > summary"))
    await hands.attaches(anna, anna.page.locator("#files"), [folder / "samtalslista.png", folder / "dagbok.png"])
    await hands.fills(anna, anna.composer, "Här är två bilder.")
    await hands.presses(anna, button(anna, "Skicka"))
    # It goes when the files have come.
    await anna.sees("Här är två bilder.")
    await anna.sees("samtalslista.png")
    await anna.sees("dagbok.png")
    await anna.is_live()


async def proposes_the_board(hands: Keyboard, karin: Somebody) -> None:
    """Karin takes the case, says something, and asks whether the board may read."""
    await karin.goes_to("/personal?visa=alla")
    await hands.presses(karin, link(karin, TITLE))
    await karin.is_live()
    await hands.presses(karin, button(karin, "Ta ärendet"))
    await karin.is_live()
    await hands.presses(karin, karin.page.locator(".note > summary"))
    await hands.fills(karin, karin.page.locator("#note"), "Bara vi på enheten.")
    await hands.presses(karin, button(karin, "Spara intern anteckning"))
    await hands.fills(karin, karin.composer, "Hej Anna! Vi läser nu.")
    await hands.presses(karin, button(karin, "Skicka svar"))
    await karin.sees("Hej Anna! Vi läser nu.")
    await hands.presses(karin, link(karin, "Föreslå patientnämnden"))
    await karin.sees("Vad vill ni att de får läsa?")
    await without_fault(karin)
    await hands.fills(karin, karin.page.locator("#reason"), "De kan stötta dig när vi pratar.")
    await hands.presses(karin, button(karin, "Fråga Anna"))
    await karin.sees(f"Väntar på svar om {BOARD} får läsa.")
    await without_fault(karin)


async def unticks_and_consents(hands: Keyboard, anna: Somebody) -> None:
    """The card comes by itself; she leaves one file out and says yes."""
    await anna.sees(f"Får {BOARD} läsa ditt ärende?")
    await anna.sees("De kan stötta dig när vi pratar.")
    await anna.sees("Vårdens egna anteckningar. De delas aldrig.")
    await without_fault(anna)
    await hands.presses(anna, anna.page.get_by_label("Filen dagbok.png"))
    await hands.presses(anna, button(anna, "Ja, det är okej"))
    await anna.sees(f"Du sa ja till att {BOARD} får läsa.")
    await anna.sees_no("Nej tack")
    await without_fault(anna)
    await hands.presses(anna, link(anna, "Vem kan läsa vad?"))
    await anna.sees("De har fått filen samtalslista.png.")
    await anna.sees_no("De har fått filen dagbok.png.")
    await without_fault(anna)
    await hands.presses(anna, link(anna, "Tillbaka till ärendet"))
    await anna.is_live()


async def joins_and_sees_exactly_that(hands: Keyboard, erik: Somebody) -> None:
    """What was shared, and nothing else anywhere on the page."""
    await erik.goes_to("/personal?visa=alla")
    await hands.presses(erik, link(erik, TITLE))
    await erik.is_live()
    for shared in ("Det här har Anna delat med er", TEXT, "samtalslista.png", "Här är två bilder.", "Vi läser nu."):
        await erik.sees(shared)
    everything = await erik.page.content()
    assert "dagbok.png" not in everything
    assert "Bara vi på enheten." not in everything
    await without_fault(erik)
    await hands.presses(erik, button(erik, "Ta ärendet"))
    await erik.is_live()


async def a_statement_is_asked_given_and_released(
    hands: Keyboard, anna: Somebody, karin: Somebody, erik: Somebody
) -> None:
    """Between the board and the care, until the officer shows it."""
    await hands.presses(erik, erik.page.locator("summary", has_text="Begär yttrande"))
    await hands.fills(erik, erik.page.locator("#ask_statement"), "Vad hände i telefonen?")
    await hands.presses(erik, button(erik, "Begär yttrande"))
    await erik.sees("Vad hände i telefonen?")
    await anna.sees("har bett vården om ett yttrande")
    await anna.sees_no("Vad hände i telefonen?")
    await karin.sees("väntar på ert yttrande")
    await without_fault(karin)
    await hands.fills(karin, karin.page.locator("#give_statement"), "Samtalet kopplades fel.")
    await hands.presses(karin, button(karin, "Lämna yttrandet"))
    await karin.sees("lämnade ett yttrande")
    await karin.sees_no("väntar på ert yttrande")
    await erik.sees("Ska Anna få läsa yttrandet?")
    await anna.sees_no("Samtalet kopplades fel.")
    await without_fault(erik)
    await hands.presses(erik, button(erik, "Visa yttrandet för Anna"))
    await anna.sees("Samtalet kopplades fel.")
    await without_fault(anna)


async def some_words_are_for_some(hands: Keyboard, anna: Somebody, karin: Somebody, erik: Somebody) -> None:
    """The page says who reads before anything is sent, and it holds."""
    await anna.is_live()
    await hands.presses(anna, anna.page.locator(".to > summary"))
    await hands.chooses(anna, anna.page.locator("#to-citizen_board"))
    await anna.page.keyboard.press("Escape")
    await expect(anna.page.locator("#readers")).to_contain_text(f"Kan läsa: du, {BOARD}")
    await expect(anna.page.locator(".to-readers--all")).to_be_hidden()
    await a_text_begun_in_another_window_stays_for_whom_it_was(anna)
    await hands.presses(anna, button(anna, "Skicka"))
    await erik.sees("Törs jag fråga om att byta läkare?")
    await erik.is_live()
    await hands.chooses(erik, erik.page.locator("#to-unit_board"))
    await hands.fills(erik, erik.composer, "Kan ni erbjuda en annan läkare?")
    await hands.presses(erik, button(erik, "Skicka"))
    await karin.sees("Kan ni erbjuda en annan läkare?")
    await karin.sees_no("Törs jag fråga om att byta läkare?")
    await anna.sees_no("Kan ni erbjuda en annan läkare?")
    await is_asked_before_everyone_reads_a_private_reply(hands, anna, karin, erik)
    for somebody in (anna, karin, erik):
        await without_fault(somebody)


async def a_text_begun_in_another_window_stays_for_whom_it_was(anna: Somebody) -> None:
    """A window is closed before its text was sent: the next one goes on with it, for the same readers."""
    window = await anna.page.context.new_page()
    await window.goto(anna.page.url)
    await window.locator(".to > summary").click()
    await window.locator("#to-citizen_board").check(force=True)
    await window.locator("form[data-composer=message] textarea").fill("Törs jag fråga om att byta läkare?")
    await is_kept(window, "Törs jag fråga om att byta läkare?")
    await window.close()
    await anna.page.reload()
    await expect(anna.composer).to_have_value("Törs jag fråga om att byta läkare?")
    await expect(anna.page.locator("#to-citizen_board")).to_be_checked()
    await anna.is_live()


async def is_asked_before_everyone_reads_a_private_reply(
    hands: Keyboard, anna: Somebody, karin: Somebody, erik: Somebody
) -> None:
    """Her composer follows the question; for everyone it asks, and goes to whom she then says."""
    await expect(karin.page.locator("#to-unit_board")).to_be_checked()
    no, yes = (button(karin, name) for name in ("Nej, bara till patientnämnden", "Ja, skicka till alla"))
    for text, answer in (("Ja, Lena har tid.", no), ("Du kan få byta läkare.", yes)):
        await hands.chooses(karin, karin.page.locator("#to-all"))
        await hands.fills(karin, karin.composer, text)
        await hands.presses(karin, button(karin, "Skicka"))
        # Firefox says of a window behind others that nothing in it has the focus.
        await karin.page.wait_for_function("document.activeElement?.name === 'only'")
        await without_fault(karin)
        await hands.presses(karin, answer)
        await erik.sees(text)
        await expect(karin.composer).to_have_value("")
        await expect(no).to_be_hidden()
    await anna.sees("Du kan få byta läkare.")
    await anna.sees_no("Ja, Lena har tid.")
    await expect(anna.page.locator("#to-all")).to_be_checked()


async def everyone_closes(hands: Keyboard, anna: Somebody, karin: Somebody, erik: Somebody) -> None:
    """The unit answers, the board ends its own part, and Anna reads both."""
    await hands.presses(karin, link(karin, "Svara och avsluta"))
    await karin.sees("Vad hände, och varför?")
    await without_fault(karin)
    await hands.fills(karin, karin.page.locator("#explanation"), "Telefonen var fel inställd.")
    await hands.fills(karin, karin.page.locator("#measure-1"), "Vi har bytt inställning.")
    await checks_and_sends(hands, karin)
    await karin.sees("Svaret är skickat.")
    await hands.presses(erik, link(erik, "Avsluta vår del"))
    await erik.sees("Avsluta nämndens del")
    await without_fault(erik)
    await hands.fills(erik, erik.page.locator("#explanation"), "Vi har hjälpt Anna att få svar.")
    await checks_and_sends(hands, erik)
    await erik.sees("Svaret är skickat.")
    await without_fault(erik)
    await anna.sees("Du har fått svar.")
    log = anna.page.get_by_role("log")
    # Both have come: nothing moves any more while she points.
    await expect(log.get_by_role("link", name="Läs svaret")).to_have_count(2)
    between = log.get_by_role("article").filter(has_text="Törs jag fråga om att byta läkare?")
    await expect(between).not_to_contain_text("Läst av Ekbackens vårdcentral")
    await hands.presses(anna, link(anna, "Läs svaret"))
    await anna.sees("Telefonen var fel inställd.")
    await without_fault(anna)
    await hands.presses(anna, link(anna, "Läs också svaret från"))
    await anna.sees("Vi har hjälpt Anna att få svar.")
    await without_fault(anna)


async def checks_and_sends(hands: Keyboard, somebody: Somebody) -> None:
    """Nothing is missing any more, and the answer goes."""
    await hands.presses(somebody, button(somebody, "Förhandsgranska"))
    await somebody.page.wait_for_url("**/answer_case")
    await expect(somebody.page.locator("#guards")).to_have_count(0)
    await without_fault(somebody)
    await hands.presses(somebody, button(somebody, "Skicka svar och avsluta"))


def button(somebody: Somebody, name: str) -> Locator:
    """A button that can be seen."""
    return somebody.page.get_by_role("button", name=name, exact=True).first


def link(somebody: Somebody, name: str) -> Locator:
    """A link that can be seen."""
    return somebody.page.get_by_role("link", name=name).first


async def without_fault(somebody: Somebody) -> None:
    """The page that somebody is at has nothing that axe objects to."""
    assert not await somebody.violations(), somebody.page.url
