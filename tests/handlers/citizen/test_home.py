"""The citizen's home: what waits for her, what goes on, what is not sent, what has ended."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from handlers.citizen import home
from handlers.errors import SENTENCES
from inbox.intake import drafts
from inbox.storage.people import Person
from tests.filing import filed
from tests.handlers.teller import teller
from tests.house import Browser, House, Page
from tests.people import ANNA, BO, BOARD, EKBACKEN, KARIN, OLLE, SARA, TORGET
from tests.sockets import at_socket

pytestmark = pytest.mark.on_both_engines

ANSWER: dict[str, Any] = {
    "explanation": "Vi borde ha svarat samma dag.",
    "no_measures": "Vi har redan ändrat hur vi svarar.",
    "problems": ["6.1"],
    "area": "primarvard",
}


async def handled(house: House, **answers: object) -> tuple[str, Browser]:
    """A case of Anna's that Karin has taken, and Karin's browser."""
    case = await filed(house, ANNA)
    karin = await house.browser(KARIN)
    await karin.command("take_case", case)
    return case, karin


async def home_of(house: House, person: Person = ANNA) -> Page:
    """The home page as somebody sees it now."""
    return await (await house.browser(person)).get("/hem")


async def test_nobody_sees_a_home_without_signing_in(house: House) -> None:
    browser = await house.browser()
    assert (await browser.get("/hem")).path == "/logga-in"


async def test_whoever_has_nothing_is_told_where_it_will_be(house: House) -> None:
    page = await home_of(house)
    assert "Hej Anna" in page.words
    assert "Du har inga ärenden än." in page.words
    assert "När du har skickat något finns det här." in page.words


async def test_a_case_that_is_handled_shows_who_holds_it_and_the_goal(house: House) -> None:
    await filed(house, ANNA)
    page = await home_of(house)
    assert "Pågår" in page.words
    assert "Ekbackens vårdcentral har tagit emot ditt ärende. Ingen har öppnat det ännu." in page.words
    assert "Svar senast (mål): 19 december 2026." in page.words


async def test_that_somebody_has_read_it_is_seen_at_once(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await house.browser(KARIN)
    await karin.reads(f"/personal/arende/{case}")
    assert "Ekbackens vårdcentral har öppnat ditt ärende." in (await home_of(house)).words


async def test_a_message_that_is_not_read_stands_first(house: House) -> None:
    case, karin = await handled(house)
    await karin.command("post_message", case, text="Vi har läst det du skrev.")
    page = await home_of(house)
    assert "Du har ett nytt meddelande." in page.words
    assert "Ekbackens vårdcentral har skrivit till dig." in page.words
    assert "Vi har läst det du skrev." not in page.words
    anna = await house.browser(ANNA)
    await anna.reads(f"/arende/{case}")
    assert "Att läsa och svara på" not in (await anna.get("/hem")).words


async def test_what_is_added_to_an_answer_is_not_called_read(house: House) -> None:
    case, karin = await handled(house)
    assert (await karin.command("answer_case", case, **ANSWER))[0] == 201
    anna = await house.browser(ANNA)
    await anna.reads(f"/arende/{case}/svar")
    await anna.reads(f"/arende/{case}")
    assert "Du har läst allt." in (await anna.get("/hem")).words
    assert (await karin.command("add_to_answer", case, text="Remissen är skickad."))[0] == 201
    page = await anna.get("/hem")
    assert "Du har läst allt." not in page.words
    assert "Ekbackens vårdcentral har skrivit till dig." in page.words


async def test_a_question_to_her_stands_first_until_she_has_answered(house: House) -> None:
    case, karin = await handled(house)
    await karin.command("ask_reporter", case, text="Vilken dag var det?")
    assert "Du har en fråga att svara på." in (await home_of(house)).words
    anna = await house.browser(ANNA)
    await anna.reads(f"/arende/{case}")
    assert "Du har en fråga att svara på." in (await anna.get("/hem")).words
    await anna.command("post_message", case, text="Det var på fredagen.")
    assert "Att läsa och svara på" not in (await anna.get("/hem")).words


async def test_an_answer_that_is_not_read_stands_first_and_the_case_has_ended(house: House) -> None:
    case, karin = await handled(house)
    status, body = await karin.command("answer_case", case, **ANSWER)
    assert status == 201, body
    page = await home_of(house)
    assert "Du har ett svar att läsa." in page.words
    assert f'href="/arende/{case}/svar"' in page.text
    assert "Avslutade" not in page.words
    assert "Besvarat. Du kan ställa en följdfråga." in page.words
    assert "Karin" not in page.text


async def test_each_case_is_there_once_and_what_is_to_be_done_stands_first(house: House) -> None:
    titles = ["Har frågat", "Har skrivit", *(f"Nummer {n}" for n in range(6))]
    asked, told, *_ = [await filed(house, ANNA, {"title": {"text": [title]}}) for title in titles]
    karin = await house.browser(KARIN)
    for case in (asked, told):
        await karin.command("take_case", case)
    await karin.command("ask_reporter", asked, text="Vilken dag var det?")
    await karin.command("post_message", told, text="Vi läser nu.")
    page = await home_of(house)
    for title in titles:
        assert len(re.findall(rf"<h3[^>]*>(?:<a[^>]*>)?{title}<", page.text)) == 1
    # A question goes before a message, though it is older. Where it stands is told in its own card.
    words = page.words
    assert words.index("Har frågat") < words.index("Har skrivit") < words.index("Pågår")
    assert "Svar senast (mål): 19 december 2026." in words.partition("Har skrivit")[0]
    assert words.index("Visa 1 till") > words.index("Nummer 1")
    assert page.text.partition("<details")[2].count("case-card") > 0


async def test_who_would_read_is_named_when_she_is_asked(house: House) -> None:
    case, karin = await handled(house)
    status, _ = await karin.command(
        "propose_sharing", case, unit=BOARD, parts={"answers": True}, reason="De kan stötta."
    )
    assert status == 201
    page = await home_of(house)
    assert "Får Patientnämnden i Region Mittland läsa ditt ärende? Du bestämmer." in page.words


async def test_a_draft_is_called_after_what_is_known_of_it(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/about")
    assert "Utkast till klagomål" in (await anna.opens("/hem")).words


async def test_what_is_not_sent_can_be_gone_on_with(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/when")
    page = await anna.opens("/hem")
    assert "Utkast om Ekbackens vårdcentral" in page.words
    assert "Sparat i dag." in page.words
    assert "Tas bort 21 december om du inte fortsätter." in page.words
    mark = page.text.split("/beratta?utkast=")[1].split('"')[0]
    assert (await anna.opens(f"/beratta?utkast={mark}")).path == "/beratta/when"


async def test_nothing_of_others_is_on_her_page(house: House) -> None:
    await filed(house, BO, {"title": {"text": ["Bos sak"]}})
    assert "Bos sak" not in (await home_of(house)).text


async def test_the_script_gets_the_same_without_the_frame(house: House) -> None:
    await filed(house, ANNA)
    anna = await house.browser(ANNA)
    page = await anna.get("/hem", x_requested_with="fragment")
    assert "Pågår" in page.words
    assert "<header" not in page.text


async def test_staff_are_sent_to_their_queue(house: House) -> None:
    karin = await house.browser(KARIN)
    assert (await karin.get("/hem")).path == "/personal"
    assert EKBACKEN


async def with_board(house: House) -> tuple[str, Browser, Browser]:
    """A case that Karin handles and the board has taken too, and the browsers of both."""
    case, karin = await handled(house)
    await karin.reads(f"/personal/arende/{case}")
    anna = await house.browser(ANNA)
    await anna.command("give_consent", case, unit=BOARD, parts={"answers": True}, text="Nämnden får läsa.")
    olle = await house.browser(OLLE)
    await olle.command("take_case", case)
    return case, karin, olle


async def test_who_has_written_is_named_and_not_who_holds_the_case(house: House) -> None:
    case, karin, olle = await with_board(house)
    await olle.command("post_message", case, text="Vi hjälper dig.")
    assert "Patientnämnden i Region Mittland har skrivit till dig." in (await home_of(house)).words
    await karin.command("post_message", case, text="Vi ringer i morgon.")
    assert "Ekbackens vårdcentral har skrivit till dig." in (await home_of(house)).words


async def test_who_has_answered_is_named_and_not_who_still_works(house: House) -> None:
    case, karin, _ = await with_board(house)
    await karin.command("answer_case", case, **ANSWER)
    page = await home_of(house)
    assert "Ekbackens vårdcentral har svarat." in page.words
    assert "Patientnämnden i Region Mittland har svarat." not in page.words
    # Once, and beside it who still works with it.
    assert page.words.count("Ekbackens vårdcentral har svarat.") == 1
    assert "Patientnämnden i Region Mittland utreder." in page.words


async def test_who_waits_for_her_is_said_once(house: House) -> None:
    case, karin = await handled(house)
    await karin.command("ask_reporter", case, text="Vilken dag var det?")
    page = await home_of(house)
    assert "Ekbackens vårdcentral väntar på ditt svar." in page.words
    assert page.words.count("väntar på") == 1
    assert page.words.count("Vilken dag var det?") == 0


async def test_nobody_is_said_to_have_read_what_another_unit_has_read(house: House) -> None:
    case = await filed(house, ANNA)
    karin, sara = await house.browser(KARIN), await house.browser(SARA)
    await karin.reads(f"/personal/arende/{case}")
    await karin.command("forward_case", case, unit=TORGET, reason="Det hände där.")
    assert (
        "Torgets vårdcentral Lindby har tagit emot ditt ärende. Ingen har öppnat det ännu."
        in (await home_of(house)).words
    )
    assert "(oläst)" in (await sara.get("/personal")).words
    anna = await house.browser(ANNA)
    assert "Torgets vårdcentral Lindby har tagit emot ditt ärende." in (await anna.get(f"/arende/{case}")).words
    await sara.reads(f"/personal/arende/{case}")
    assert "Torgets vårdcentral Lindby har öppnat ditt ärende." in (await home_of(house)).words
    assert "(oläst)" not in (await sara.get("/personal")).words


async def test_the_board_is_not_said_to_have_read_what_the_care_has(house: House) -> None:
    case, karin = await handled(house)
    await karin.reads(f"/personal/arende/{case}")
    await karin.command("answer_case", case, **ANSWER)
    anna = await house.browser(ANNA)
    await anna.reads(f"/arende/{case}/svar")
    await anna.command("give_consent", case, unit=BOARD, parts={"answers": True}, text="Nämnden får läsa.")
    unread = "Patientnämnden i Region Mittland har tagit emot ditt ärende. Ingen har öppnat det ännu."
    assert unread in (await anna.get("/hem")).words


async def test_the_receipt_is_of_what_was_sent_whoever_has_joined_since(house: House) -> None:
    case, karin = await handled(house)
    await karin.command("answer_case", case, **ANSWER)
    anna = await house.browser(ANNA)
    await anna.command("give_consent", case, unit=BOARD, parts={"answers": True}, text="Nämnden får läsa.")
    page = await anna.get(f"/kvitto/{case}")
    assert "Skickat till Ekbackens vårdcentral" in page.words
    assert "PN 2026-" not in page.words


@pytest.mark.parametrize("minutes", [10, -10])
async def test_a_message_was_read_by_the_unit_that_had_the_case_then(house: House, minutes: int) -> None:
    case, karin = await handled(house)
    anna = await house.browser(ANNA)
    await anna.command("post_message", case, text="Har ni läst det här?")
    await karin.reads(f"/personal/arende/{case}")
    await karin.command("forward_case", case, unit=TORGET, reason="Det hände där.")
    words = (await anna.get(f"/arende/{case}")).words
    assert "Läst av Ekbackens vårdcentral" in words
    assert "Läst av Torgets vårdcentral" not in words
    sara = await house.browser(SARA)
    # Another process may have another clock.
    house.clock.passes(timedelta(minutes=minutes))
    await sara.command("take_case", case)
    await sara.reads(f"/personal/arende/{case}")
    words = (await anna.get(f"/arende/{case}")).words
    assert "Läst av Torgets vårdcentral Lindby" in words
    assert "Läst av Ekbackens" not in words
    (mark,) = await (await at_socket(house, ANNA, case)).gets("read")
    assert mark["name"] == "Torgets vårdcentral Lindby"
    await anna.command("post_message", case, text="Och det här?")
    await sara.reads(f"/personal/arende/{case}")
    assert "Läst av Torgets vårdcentral Lindby" in (await anna.get(f"/arende/{case}")).words


async def test_whom_a_withdrawal_stops_and_who_reads_a_new_question_are_all_named(house: House) -> None:
    case, karin, _ = await with_board(house)
    anna = await house.browser(ANNA)
    both = "Då slutar Ekbackens vårdcentral och Patientnämnden i Region Mittland att utreda."
    assert both in (await anna.get(f"/arende/{case}/aterta")).words
    await karin.command("answer_case", case, **ANSWER)
    page = await anna.get(f"/arende/{case}/svar")
    assert "Kan läsa: du, Ekbackens vårdcentral, Patientnämnden i Region Mittland" in page.words


async def test_a_long_list_says_which_part_of_it_is_shown_and_leads_on_without_script(house: House) -> None:
    cases = []
    for _ in range(5):
        house.clock.passes(timedelta(minutes=1))
        cases.append(await filed(house, ANNA))
    karin = await house.browser(KARIN)
    await karin.command("take_case", cases[0])
    await karin.command("post_message", cases[0], text="Hej.")
    anna, seen = await house.browser(ANNA), list[str]()
    page = await anna.get("/hem?antal=2")
    for words in ("Visar 1–2 av 5 ärenden.", "Visar 3–4 av 5 ärenden.", "Visar ärende 5 av 5."):
        assert words in page.words
        assert "Du har ett nytt meddelande." in page.words or "Du har 1 ärende att läsa eller svara på." in page.words
        seen += re.findall(r'<a (?:class="ds-button" data-variant="secondary" )?href="/arende/([^"]+)"', page.text)
        more = re.search(r'href="([^"]+)">Visa fler', page.text)
        if more is not None:
            page = await anna.get(unescape(more[1]))
    assert seen == [cases[0], *reversed(cases[1:])]
    assert ("Till början" in page.words, "Visa fler" in page.words) == (True, False)


async def test_a_list_that_is_shown_whole_says_nothing_of_pages(house: House) -> None:
    await filed(house, ANNA)
    page = await home_of(house)
    assert "Visar" not in page.words
    assert "Visa fler" not in page.words


@pytest.mark.parametrize("query", ["efter=1", "efter=a.1.x", "efter=1.x.y", "antal=0", "visa=alla"])
async def test_a_part_of_the_list_that_cannot_be_is_refused(house: House, query: str) -> None:
    page = await (await house.browser(ANNA)).get(f"/hem?{query}")
    assert page.status == 422
    assert SENTENCES["malformed"] in page.words


async def test_a_further_page_is_fetched_anew_only_when_something_on_it_has_changed(house: House) -> None:
    for _ in range(3):
        await filed(house, ANNA)
    anna = await house.browser(ANNA)
    more = re.search(r'href="([^"]+)">Visa fler', (await anna.get("/hem?antal=2")).text)
    assert more is not None
    address = unescape(more[1])
    version = re.search(r'data-version="([^"]+)"', (await anna.get(address)).text)
    assert version is not None
    asks = {"x_requested_with": "fragment", "x_version": version[1]}
    assert (await anna.get(address, **asks)).status == 204
    house.clock.passes(timedelta(minutes=1))
    await filed(house, ANNA)
    newer = await anna.get(address, **asks)
    assert newer.status == 200
    assert "Visar ärende 4 av 4." in newer.words


async def test_more_drafts_than_are_listed_are_told_of(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "LISTED", 1)
    monkeypatch.setattr(home, "LISTED", 1)
    anna = await house.browser(ANNA)
    for _ in range(2):
        page = await anna.get("/beratta?ny=1")
        await anna.post("/beratta/leave", {"revision": page.field("revision"), "choice": "complaint"})
    assert "Visar 1 utkast. Du har fler." in (await anna.get("/hem")).words
