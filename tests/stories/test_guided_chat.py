"""The guided chat with the script: it grows in place, by keyboard too, and the browser's own buttons keep working."""

import re
import zlib
from pathlib import Path

import pytest
from playwright.async_api import Request, Response, expect

from tests.stories.tools import filing
from tests.stories.tools.hands import reaches
from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to

pytestmark = pytest.mark.browser
STORY = "Berätta vad som hände"
BEGUN = "window.begun = (window.begun || 0) + 1"
SHORT_MINUTE = """
const { get, set } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'timeout');
Object.defineProperty(XMLHttpRequest.prototype, 'timeout', { get, set(wait) { set.call(this, wait / 60); } });
"""
BUDGET = 65_000
"""Bytes of everything on a citizen's page but the font, as they are sent."""
BEFORE_THE_SOCKET = 35_000
"""The same for the guided chat, the page's own text left out: it is sent as it is."""


async def test_each_answer_joins_the_talk_and_the_next_question_gets_the_focus(town: Town) -> None:
    anna = await at_the_first_question(town)
    await anna.replies("Klagomål")
    await anna.is_asked(STORY)
    await expect(anna.focused).to_have_text(STORY)
    await expect(anna.page.locator("[data-log] .turn")).to_have_count(1)
    assert anna.page.url.endswith("/beratta/story")
    assert (await anna.page.title()).startswith(f"{STORY} – ")
    assert await same_page(anna)
    assert not anna.faults


async def test_what_is_wrong_is_said_by_the_field_and_nothing_typed_is_lost(town: Town) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "story")
    await anna.presses("Fortsätt")
    await expect(anna.focused).to_have_attribute("id", "text")
    assert (await anna.page.title()).startswith(f"Fel: {STORY}")
    await expect(anna.page.locator("[data-status]")).to_be_empty()
    text = "a" * 9100
    await anna.fills(STORY, text)
    await expect(anna.page.locator("[data-counter]")).to_have_text(re.compile("1\\s100 tecken för mycket"))
    # In red at once, before the server has been asked.
    await expect(anna.page.locator("[data-counter]")).to_have_css("color", await colour(anna, "--danger"))
    await anna.presses("Fortsätt")
    await expect(anna.page.locator("#text-error")).to_be_visible()
    await expect(anna.page.locator("#text")).to_be_focused()
    await expect(anna.focused).to_have_value(text)
    await anna.fills(STORY, "Jag fick vänta.")
    await expect(anna.page.locator(".is-wrong, .errtext")).to_have_count(0)
    assert (await anna.page.title()).startswith(STORY)
    await goes_on_to(anna, "place")
    await anna.presses("Fortsätt")
    # Said once, where one searches: not at the field for one's own words.
    wrong = anna.page.locator(".errtext")
    await expect(wrong).to_have_count(1)
    await expect(anna.page.get_by_role("combobox")).to_have_css("border-color", await colour(anna, "--danger"))
    await expect(anna.page.locator("#text")).not_to_have_css("border-color", await colour(anna, "--danger"))
    assert not await anna.violations()
    await anna.page.get_by_role("combobox").fill("ekbackens")
    await expect(wrong).to_have_count(1)
    await anna.page.get_by_role("option").first.click()
    await expect(anna.page.locator(".is-wrong, .errtext")).to_have_count(0)
    assert (await anna.page.title()).startswith("Var hände det?")
    await expect(anna.page.locator("[data-announce]")).to_contain_text("Du har valt Ekbackens vårdcentral.")
    await anna.presses("Fortsätt")
    await anna.is_asked("När hände det?")
    # What was said of the question before is not said of this one.
    await expect(anna.page.locator("[data-announce]")).not_to_contain_text("Du har valt")
    await anna.picks("En dag")
    await anna.presses("Fortsätt")
    await expect(anna.page.locator("#date-error")).to_be_visible()
    assert (await anna.page.title()).startswith("Fel: ")
    await anna.picks("Jag vet inte")
    await expect(anna.page.locator(".is-wrong, .errtext")).to_have_count(0)
    assert (await anna.page.title()).startswith("När hände det?")
    # Enter sends what is written, not the first button on the page.
    await anna.picks("En dag")
    await anna.page.locator("#date_year").fill("2025")
    await anna.page.keyboard.press("Enter")
    answered = anna.page.locator("[data-turn=when] .bubble")
    await expect(answered).to_have_text(re.compile("2025$"))
    await anna.page.go_back()
    await anna.presses("I går")
    await expect(answered).to_have_text(re.compile(r"\d{1,2} \w+ 20\d\d$"))
    assert not anna.faults


async def test_the_back_button_leads_to_the_question_before_and_a_changed_answer_leads_on(town: Town) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "when")
    await anna.page.go_back()
    await anna.is_asked("Var hände det?")
    await expect(anna.page.get_by_role("radio", name="Ekbackens vårdcentral")).to_be_checked()
    await anna.page.go_back()
    await anna.is_asked("Vem gäller det?")
    await expect(anna.page.locator("button.is-picked")).to_contain_text("Mig själv")
    await anna.replies("Mitt barn")
    await anna.is_asked("Vem är patienten?")
    await anna.page.go_back()
    await anna.is_asked("Vem gäller det?")
    await expect(anna.page.locator("button.is-picked")).to_contain_text("Mitt barn")
    assert await same_page(anna)
    assert not anna.faults


async def test_a_place_within_the_page_is_no_step_between_questions(town: Town) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "story")
    field = anna.page.get_by_role("textbox", name=STORY)
    await field.fill("Jag ringde tre dagar i rad.")
    fetched: list[str] = []

    def notes(request: Request) -> None:
        # What looks for something newer says what it has.
        if request.method == "GET" and "x-version" not in request.headers and "/beratta/story" in request.url:
            fetched.append(request.url)

    anna.page.on("request", notes)
    skip = anna.page.locator(".ds-skip-link")
    await skip.focus()
    await anna.page.keyboard.press("Enter")
    await expect(anna.page).to_have_url(re.compile("/beratta/story#"))
    await expect(field).to_have_value("Jag ringde tre dagar i rad.")
    await anna.page.go_back()
    await expect(anna.page).to_have_url(re.compile("/beratta/story$"))
    await expect(field).to_have_value("Jag ringde tre dagar i rad.")
    await anna.presses("Fortsätt")
    await expect(anna.page.locator(".heard__story")).to_contain_text("Jag ringde tre dagar i rad.")
    assert fetched == []
    assert not anna.faults


async def test_a_place_is_found_and_picked_by_keyboard_alone(town: Town) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "place")
    search = anna.page.get_by_role("combobox")
    await search.fill("zzzqqq")
    await expect(anna.page.get_by_role("listbox")).to_contain_text("Inga förslag.")
    assert not await anna.violations()
    await anna.page.keyboard.press("ArrowUp")
    await anna.page.keyboard.press("Enter")
    await expect(anna.focused).to_have_value("zzzqqq")
    await anna.focused.fill("")
    pasted = "Mottagningen bakom stationen, " + "den röda " * 20
    await search.fill(pasted)
    await expect(anna.page.get_by_role("listbox")).to_contain_text("Vi söker på de första 100 tecknen.")
    await anna.page.get_by_text("Skriv med egna ord i stället").click()
    await expect(anna.focused).to_have_value(pasted)
    await anna.focused.fill("")
    await search.fill("")
    await search.focus()
    await anna.page.keyboard.type("ekbacken")
    await expect(anna.page.get_by_role("option").first).to_contain_text("Ekbackens vårdcentral")
    await expect(search).to_have_attribute("aria-expanded", "true")
    assert not await anna.violations()
    await anna.page.keyboard.press("ArrowDown")
    first = anna.page.get_by_role("option", selected=True)
    await expect(search).to_have_attribute("aria-activedescendant", await first.get_attribute("id") or "")
    await anna.page.keyboard.press("Escape")
    await expect(anna.page.get_by_role("listbox")).to_be_hidden()
    await anna.page.keyboard.press("ArrowDown")
    await anna.page.keyboard.press("ArrowDown")
    await anna.page.keyboard.press("ArrowUp")
    await anna.page.keyboard.press("Enter")
    await expect(search).to_have_value("Ekbackens vårdcentral")
    await expect(anna.page.get_by_role("radio", name="Ekbackens vårdcentral")).to_be_checked()
    assert not await anna.violations()
    await anna.page.keyboard.press("Enter")
    await anna.is_asked("När hände det?")
    # What was said of the place is not heard at the next question.
    await expect(anna.page.locator("[data-announce]")).not_to_have_text(re.compile("Tryck på Fortsätt"))
    assert await same_page(anna)
    assert not anna.faults


@pytest.mark.everywhere
async def test_the_whole_filing_goes_by_keyboard(town: Town) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "")
    await expect(anna.page).to_have_url(re.compile("/beratta/granska$"))
    await expect(anna.page.get_by_role("heading", level=1)).to_have_text("Granska innan du skickar")
    await presses_by_keyboard(anna, "Logga in och skicka")
    await presses_by_keyboard(anna, "Anna Lindqvist")
    await presses_by_keyboard(anna, "Skicka in")
    await expect(anna.page).to_have_url(re.compile("/kvitto/"))
    assert not anna.faults


async def test_a_file_that_is_chosen_is_added_at_once(town: Town, tmp_path: Path) -> None:
    picture = tmp_path / "lista.png"
    picture.write_bytes(tiny_png())
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "story")
    await anna.page.set_input_files("#upload", picture)
    added = anna.page.locator("[data-files] li", has_text="lista.png")
    await expect(added.get_by_role("img", name="Bild som du har lagt till")).to_be_visible()
    await expect(anna.page.locator("progress").last).to_be_visible()
    assert await same_page(anna)
    await added.get_by_role("button", name="Ta bort lista.png").click()
    await expect(added).to_have_count(0)
    assert await same_page(anna)
    assert not anna.faults


async def test_without_a_net_the_answer_stays_and_says_so(town: Town) -> None:
    anna = await at_the_first_question(town)
    await anna.page.context.set_offline(True)
    await anna.replies("Klagomål")
    await anna.sees("Du är offline. Ditt svar finns kvar här.")
    await anna.page.context.set_offline(False)
    await anna.replies("Klagomål")
    await anna.is_asked(STORY)
    await anna.sees_no("Du är offline.")


async def test_an_answer_that_reaches_nobody_stays_with_every_word_of_it(served: Served, town: Town) -> None:
    # A server that starts again, a net behind the phone that is dead: the browser itself takes itself for connected.
    async with wire_to(served) as wire:
        anna = await at_the_first_question(town, root=wire.url)
        await goes_on_to(anna, "story")
        story = "Jag ringde tre dagar i rad. " * 20
        await anna.fills(STORY, story)
        wire.cut()
        assert await anna.page.evaluate("navigator.onLine")
        await anna.presses("Fortsätt")
        await anna.sees("Vi når inte tjänsten just nu. Ditt svar finns kvar här.")
        # Back leads nowhere either: the question stays, and its address with it.
        await anna.page.go_back()
        await expect(anna.page).to_have_url(re.compile("/beratta/story$"))
        await expect(anna.page.get_by_role("textbox", name=STORY)).to_have_value(story)
        assert await same_page(anna)
        wire.mend()
        await anna.presses("Fortsätt")
        await expect(anna.page.locator(".heard__story")).to_contain_text(story.strip())
        await anna.sees_no("Vi når inte tjänsten just nu.")
        assert await same_page(anna)
    assert not anna.faults


async def test_an_answer_that_nobody_takes_or_refuses_stays_too_after_a_while(town: Town) -> None:
    anna = await at_the_first_question(town, began=SHORT_MINUTE)
    await anna.page.route("**/beratta/leave", lambda _: None)
    await anna.replies("Klagomål")
    await anna.sees("Vi når inte tjänsten just nu. Ditt svar finns kvar här.")
    await anna.page.unroute("**/beratta/leave")
    await anna.replies("Klagomål")
    await anna.is_asked(STORY)
    assert await same_page(anna)


async def test_a_text_that_was_not_sent_is_there_again_when_the_page_is(town: Town) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "story")
    field = anna.page.get_by_role("textbox", name=STORY)
    await field.fill("Jag ringde tre dagar i rad.")
    await anna.page.reload()
    await expect(field).to_have_value("Jag ringde tre dagar i rad.")
    await anna.goes_to("/kontakt")
    await anna.page.go_back()
    await expect(field).to_have_value("Jag ringde tre dagar i rad.")
    # One that was refused is no exception.
    await field.fill("a" * 8100)
    await anna.presses("Fortsätt")
    await expect(anna.page.locator("#text-error")).to_be_visible()
    await anna.page.reload()
    await expect(field).to_have_value("a" * 8100)
    await field.fill("Jag fick vänta.")
    await anna.presses("Fortsätt")
    await expect(anna.page.locator(".heard__story")).to_contain_text("Jag fick vänta.")
    assert not await anna.page.evaluate("sessionStorage.length")
    assert not anna.faults


async def test_what_was_filled_in_at_any_question_is_there_again_and_no_personal_number_is_kept(town: Town) -> None:
    anna = await at_the_first_question(town)
    page = anna.page
    kept = "JSON.stringify(sessionStorage)"
    await goes_on_to(anna, "about")
    await anna.replies("Mitt barn")
    await anna.is_asked("Vem är patienten?")
    await anna.fills("Namn", "Mona Exempel 191212-1212")
    await anna.fills("Född år", "20")
    await page.reload()
    await expect(page.get_by_label("Namn")).to_have_value("Mona Exempel …")
    await expect(page.get_by_label("Född år")).to_have_value("20")
    assert "1212" not in await page.evaluate(kept)
    # Refused: it is no answer, and there again all the same.
    await anna.fills("Namn", "Mona Exempel")
    await anna.presses("Fortsätt")
    await expect(page.locator("#birth_year-error")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Namn")).to_have_value("Mona Exempel")
    await anna.fills("Född år", "2019")
    for choice in ("Ja, jag är ensam om det", "Barnet är för litet för att förstå"):
        await anna.picks(choice)
    await page.reload()
    await expect(page.get_by_label("Ja, jag är ensam om det")).to_be_checked()
    await anna.presses("Fortsätt")
    await anna.is_asked("Var hände det?")
    await page.get_by_role("combobox").fill("ekbackens")
    await page.reload()
    await expect(page.get_by_role("combobox")).to_have_value("ekbackens")
    await page.get_by_role("combobox").press("End")
    await page.get_by_role("combobox").press_sequentially(" ")
    await page.get_by_role("option").first.click()
    await page.reload()
    await expect(page.get_by_role("radio", name="Ekbackens vårdcentral")).to_be_checked()
    await anna.presses("Fortsätt")
    await anna.is_asked("När hände det?")
    await anna.picks("En dag")
    await page.locator("#date_month").fill("5")
    await page.reload()
    await expect(page.locator("#date_month")).to_be_visible()
    await expect(page.locator("#date_month")).to_have_value("5")
    await goes_on_to(anna, "more")
    title = page.locator("[name=title--text]")
    await title.fill("Väntade i tre dagar")
    await page.reload()
    await expect(title).to_have_value("Väntade i tre dagar")
    await goes_on_to(anna, "")
    await anna.goes_to("/beratta/answer_way")
    await anna.picks("På telefon")
    number = page.locator("[name=phone--phone]")
    await number.fill("070-174 06 05")
    await page.reload()
    await expect(number).to_have_value("070-174 06 05")
    await anna.presses("Fortsätt")
    await expect(page).to_have_url(re.compile("/beratta/granska$"))
    assert not await page.evaluate("sessionStorage.length")
    assert not anna.faults


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
async def test_what_was_filled_in_when_the_session_ended_goes_on_once_somebody_has_signed_in_again(
    town: Town, *, script: bool
) -> None:
    anna = await town.anna(script=script)
    await anna.goes_to("/beratta?ny=1")
    await anna.replies("Klagomål")
    await anna.fills(STORY, "Jag fick vänta.")
    await anna.presses("Fortsätt")
    await anna.presses("Det stämmer")
    await anna.replies("Mitt barn")
    await anna.fills("Namn", "Mona Exempel")
    await anna.fills("Född år", "2019")
    for choice in ("Ja, jag är ensam om det", "Barnet är för litet för att förstå"):
        await anna.picks(choice)
    await anna.page.context.clear_cookies()
    await anna.presses("Fortsätt")
    await anna.sees("Du har blivit utloggad.")
    await anna.sees("Mona Exempel")
    async with anna.page.expect_popup() as opened:
        await anna.follows("Logga in igen")
    tab = await opened.value
    await tab.get_by_role("button", name=anna.name).click()
    await expect(tab).to_have_url(re.compile("/beratta/patient$"))
    await tab.close()
    await anna.presses("Skicka igen")
    await anna.is_asked("Var hände det?")
    await anna.page.locator(".so-far summary").click()
    await anna.sees("Mona Exempel, född 2019")


@pytest.mark.parametrize("how", ["Lämna sidan", "Ta bort utkastet"])
async def test_a_text_that_was_not_sent_stays_with_nobody_who_leaves_or_throws_it_away(town: Town, how: str) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "story")
    await anna.fills(STORY, "Jag ringde tre dagar i rad.")
    assert await anna.page.evaluate("sessionStorage.length") == 1
    # It leads out of the service.
    await anna.page.route("**/lamna", lambda route: route.fulfill(body="Somewhere else"))
    await anna.follows(how)
    if how == "Ta bort utkastet":
        await anna.presses("Ja, ta bort")
    await anna.page.wait_for_url(lambda url: "/beratta" not in url)
    if how == "Lämna sidan":
        await anna.goes_to("/")
    await anna.page.wait_for_function("sessionStorage.length === 0")


async def test_what_is_typed_after_somebody_left_by_another_window_is_not_kept(town: Town, served: Served) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "story")
    await anna.fills(STORY, "Jag ringde tre dagar i rad.")
    assert await anna.page.evaluate("sessionStorage.length") == 1
    other = Somebody(anna.name, await anna.page.context.new_page(), served.url)
    await other.goes_to("/kontakt")
    await other.page.route("**/lamna", lambda route: route.fulfill(body="Somewhere else"))
    await other.follows("Lämna sidan")
    await other.page.wait_for_url("**/lamna")
    await anna.page.get_by_role("textbox").press_sequentially("Ingen får läsa det här.")
    assert not await anna.page.evaluate("sessionStorage.length")


async def test_a_directory_that_cannot_be_had_is_not_gone_to(served: Served, town: Town) -> None:
    async with wire_to(served) as wire:
        anna = await at_the_first_question(town, root=wire.url)
        await goes_on_to(anna, "place")
        wire.cut()
        await anna.page.locator("[data-browse] a").first.click()
        await anna.sees("Vi når inte tjänsten just nu. Ditt svar finns kvar här.")
        assert await same_page(anna)
        wire.mend()
        await anna.page.locator("[data-browse] a").first.click()
        await anna.sees_no("Vi når inte tjänsten just nu.")
        assert await same_page(anna)
    assert not anna.faults


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
async def test_what_stands_before_a_server_that_is_away_does_not_take_the_answer(town: Town, kind: str) -> None:
    anna = await at_the_first_question(town)
    await anna.page.route("**/beratta/leave", lambda route: route.fulfill(status=502, content_type=kind, body="Bad"))
    await anna.replies("Klagomål")
    await anna.sees("Vi når inte tjänsten just nu. Ditt svar finns kvar här.")
    await anna.page.unroute_all()
    await anna.replies("Klagomål")
    await anna.is_asked(STORY)
    assert await same_page(anna)


async def test_the_chat_loads_no_socket_and_a_thread_stays_within_the_budget(town: Town) -> None:
    anna = await town.person("Anna Lindqvist", PHONE)
    chat = await weighed(anna, "/beratta")
    assert not any("socket.io" in address for address in chat)
    assert sum(chat.values()) <= BUDGET, chat
    assert sum(size for address, size in chat.items() if "/assets/" in address) <= BEFORE_THE_SOCKET, chat
    await anna.signs_in()
    fresh = await town.person("Anna Lindqvist", PHONE)
    await fresh.page.context.add_cookies(await anna.page.context.cookies())  # type: ignore[arg-type]
    path = await anna.page.get_by_role("link", name="Fick vänta med ont i bröstet").get_attribute("href")
    thread = await weighed(fresh, path or "")
    assert sum(thread.values()) <= BUDGET, thread


async def weighed(somebody: Somebody, path: str) -> dict[str, int]:
    """What a first visit fetches, in bytes as they are sent, without the font."""
    found: dict[str, int] = {}

    async def weigh(response: Response) -> None:
        sizes = await response.request.sizes()
        found[response.url] = sizes["responseBodySize"]

    somebody.page.on("response", weigh)
    await somebody.goes_to(path)
    await somebody.page.wait_for_load_state("networkidle")
    return {address: size for address, size in found.items() if not address.endswith(".woff2")}


def tiny_png() -> bytes:
    """A white dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    size = (1).to_bytes(4) * 2 + bytes((8, 0, 0, 0, 0))
    dot = zlib.compress(bytes((0, 255)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


async def at_the_first_question(town: Town, root: str = "", began: str = "") -> Somebody:
    """Somebody who is not signed in has begun to tell. `began`: a script that each page begins with."""
    anna = await town.person("Anna Lindqvist", PHONE, root=root)
    await anna.page.add_init_script(began)
    await anna.goes_to("/beratta")
    await anna.is_asked("Vad vill du berätta om?")
    await anna.page.evaluate(BEGUN)
    return anna


async def same_page(somebody: Somebody) -> bool:
    """Whether no page was loaded since the first question."""
    return bool(await somebody.page.evaluate("window.begun === 1"))


async def goes_on_to(somebody: Somebody, step: str) -> None:
    """Answer by keyboard, question after question, until that one is asked (or all are answered)."""
    while (question := await asked(somebody)) and question != step:
        await answers(somebody, question)
        await expect(somebody.page.locator(f"[data-question='{question}']")).to_have_count(0)


async def asked(somebody: Somebody) -> str:
    """The id of the question that is asked now; empty when there is none."""
    question = somebody.page.locator("[data-question]")
    return await question.get_attribute("data-question") or "" if await question.count() else ""


async def answers(somebody: Somebody, question: str) -> None:
    """The usual answer, without a mouse."""
    page = somebody.page
    if question in filing.REPLIES:
        await reaches(somebody, page.locator("button[name=choice]", has_text=filing.REPLIES[question]).first)
        await page.keyboard.press("Enter")
        return
    if question in filing.CHOICES:
        await page.get_by_label(filing.CHOICES[question], exact=True).focus()
        await page.keyboard.press("Space")
    elif question == "story":
        await page.get_by_role("textbox").focus()
        await page.keyboard.type("Jag fick vänta i tre dagar.")
    elif question == "place":
        await page.get_by_role("combobox").focus()
        await page.keyboard.type("ekbackens")
        await expect(page.get_by_role("option").first).to_be_visible()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
    await presses_by_keyboard(somebody, filing.GO_ON.get(question, "Fortsätt"))


async def presses_by_keyboard(somebody: Somebody, name: str) -> None:
    """Tab to a button and press it: there is a way to it from where the focus is."""
    await reaches(somebody, somebody.page.get_by_role("button", name=name).first)
    await somebody.page.keyboard.press("Enter")


async def colour(somebody: Somebody, name: str) -> str:
    """What a colour of ours is on the page, as the browser tells it."""
    told: str = await somebody.page.evaluate(
        """(name) => {
            const probe = document.body.appendChild(document.createElement('i'));
            probe.style.color = `var(${name})`;
            const told = getComputedStyle(probe).color;
            probe.remove();
            return told;
        }""",
        name,
    )
    return told
