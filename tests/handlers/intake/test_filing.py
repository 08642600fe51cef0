"""The whole way from the first question to the receipt, without script, for everybody who may come."""

import re

import pytest

from dialogs.load import load
from inbox.storage.people import Person
from tests.answered import STORY
from tests.handlers.teller import REVIEW, Fields, teller
from tests.house import House
from tests.people import ANNA, BO, BOARD, EKBACKEN, EXTERNAL, KARIN, NOT_CONNECTED

PRAISE: dict[str, Fields] = {"leave": {"choice": "praise"}}
TO_BOARD: dict[str, Fields] = {"recipient": {"choice": "board"}}
RECEIPT = re.compile(r"/kvitto/[0-9a-f-]{36}")


async def sent(house: House, answers: dict[str, Fields], who: Person = ANNA) -> tuple[str, str]:
    """The case that somebody filed with these answers, and the words of its receipt."""
    anna = await teller(house, who)
    await anna.tells(answers)
    page = await anna.sends()
    assert RECEIPT.fullmatch(page.path), page.words
    return page.path.rpartition("/")[2], page.words


@pytest.mark.on_both_engines
async def test_anna_tells_about_herself_and_gets_a_receipt_with_number_receiver_and_goal(house: House) -> None:
    case, words = await sent(house, {})
    assert "Tack. Det är inskickat." in words
    assert re.search(r"Nummer RM 2026-\d{5}", words)
    assert "Skickat till Ekbackens vårdcentral" in words
    assert "Senast 19 december 2026" in words
    stored, _ = await house.parts.services.reading.bare(case)
    assert stored.registrations[0].owner == EKBACKEN


async def test_a_relatives_name_and_what_the_patient_knows_are_asked_and_shown_before_sending(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells({"about": {"choice": "relative"}})
    assert "Mona Exempel, född 1950" in page.words
    assert "Du är patientens Barn" in page.words
    assert (await anna.sends()).path.startswith("/kvitto/")


@pytest.mark.on_both_engines
async def test_a_place_in_her_own_words_goes_to_the_board_and_is_kept_as_she_wrote_it(house: House) -> None:
    case, words = await sent(house, {"place": {"text": "Röda huset bakom stationen"}})
    assert "Skickat till Patientnämnden i Region Mittland" in words
    stored, _ = await house.parts.services.reading.bare(case)
    assert (stored.place, stored.place_text) == (None, "Röda huset bakom stationen")
    assert stored.registrations[0].owner == BOARD


async def test_the_review_says_who_may_read_for_a_unit_and_for_the_board(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells()
    assert "Patientnämnden läser bara om du säger ja" in page.words
    assert "Inget är skickat än" in page.words
    bo = await teller(house, ANNA, "/beratta?ny=1")
    page = await bo.tells({**TO_BOARD, "share": {"choice": "no"}})
    assert "Vården får inte läsa om du inte säger ja" in page.words
    anna = await teller(house, ANNA, "/beratta?ny=1")
    page = await anna.tells({**TO_BOARD, "share": {"choice": "yes"}})
    assert "Du ser när de gör det, och kan ändra dig innan dess." in page.words


@pytest.mark.parametrize("unit", [NOT_CONNECTED, EXTERNAL])
async def test_a_unit_that_takes_no_cases_here_is_never_a_dead_end(house: House, unit: str) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/place")
    page = await anna.says(unit=unit)
    assert page.status == 200
    assert "Du kan göra så här i stället" in page.words
    assert "Till patientnämnden" in page.words
    assert "08-465 004 10" in page.words
    page = await anna.says(unit=unit, confirmed="1")
    assert page.path == "/beratta/when"
    await anna.tells()
    words = (await anna.sends()).words
    assert "Skickat till Patientnämnden i Region Mittland" in words


async def test_a_unit_that_takes_no_cases_here_offers_the_level_above(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/place")
    page = await anna.says(unit=EXTERNAL)
    level = re.search(r'id="level-1" value="([^"]+)"', page.text)
    assert level is not None
    await anna.says(unit=level.group(1), confirmed="1")
    await anna.tells()
    name = house.parts.services.directory.units[level.group(1)].name
    assert f"Skickat till {name}" in (await anna.sends()).words


async def test_praise_takes_three_questions_and_has_no_goal_date(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells(PRAISE)
    asked = [page.path for page in anna.seen]
    assert asked == ["/beratta/leave", "/beratta/story", "/beratta/place", "/beratta/praise_answer"]
    assert "Mål" not in page.words
    receipt = await anna.sends()
    assert receipt.path.startswith("/kvitto/")
    assert "Mål" not in receipt.words


@pytest.mark.on_both_engines
async def test_she_starts_without_signing_in_signs_in_to_send_and_nothing_is_lost(house: House, eva: Person) -> None:
    someone = await teller(house)
    page = await someone.tells()
    assert "Logga in och skicka" in page.words
    page = await someone.sends()
    assert page.path == "/logga-in"
    page = await someone.browser.post("/logga-in", {"person": eva.id, "next": page.field("next")})
    assert page.path == REVIEW
    assert STORY in page.words
    someone.page = page
    assert (await someone.sends()).path.startswith("/kvitto/")


async def test_signed_in_before_she_starts_she_sends_at_once(house: House, eva: Person) -> None:
    browser = await house.browser()
    await browser.get("/logga-in")
    page = await browser.post("/logga-in", {"person": eva.id})
    assert page.path == "/hem"


async def test_what_staff_begin_is_their_browsers_and_not_with_who_they_are_at_work(house: House) -> None:
    karin = await teller(house, KARIN)
    await karin.says(choice="complaint")
    elsewhere = await teller(house, KARIN)
    assert elsewhere.page.path == "/beratta/leave"
    assert "Utkastet är sparat" not in elsewhere.page.words


async def test_staff_are_told_to_sign_in_as_themselves(house: House) -> None:
    karin = await teller(house, KARIN)
    await karin.tells()
    page = await karin.sends()
    assert page.status == 409
    assert "Du är inloggad som personal" in page.words


@pytest.mark.parametrize("way", ["compensation", "private", "prison", "school", "social", "crime"])
async def test_each_way_out_says_where_to_turn_and_lets_one_go_on(house: House, way: str) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/belongs")
    page = await anna.says(choice=way)
    ending = load("complaint").node(page.path.rpartition("/")[2])
    assert ending is not None
    assert "Hit kan du vända dig i stället" in page.words
    page = await anna.says()
    assert page.path == "/beratta/about"


async def test_a_way_out_that_ends_can_be_changed(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells({"place": {"text": "Röda huset"}}, until="/beratta/recipient_board")
    page = await anna.says(choice="directly")
    assert page.path == "/beratta/directly"
    assert "/beratta/recipient_board" in page.text
    assert (await anna.opens(REVIEW)).path == "/beratta/directly"


async def test_the_address_and_the_title_of_no_page_hold_what_she_wrote(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells({"title": {"text": "Min hemliga rubrik"}})
    await anna.sends()
    home = await anna.browser.get("/hem")
    for page in (*anna.seen, anna.page, home):
        for words in (STORY, "hemliga", "Mona"):
            assert words not in page.path
            assert words not in page.title


async def test_a_link_from_a_units_own_page_begins_with_the_place(house: House) -> None:
    anna = await teller(house, ANNA, f"/beratta?enhet={EKBACKEN}")
    await anna.tells(until="/beratta/when")
    assert "/beratta/place" not in [page.path for page in anna.seen]
    assert "Ekbackens vårdcentral, Ekbacka" in anna.page.words


async def test_the_questions_come_in_the_language_that_was_chosen_and_so_are_they_sent(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/about")
    page = await anna.opens("/beratta/about?sprak=en")
    assert "Who is it about?" in page.words
    await anna.tells()
    await anna.sends()
    case = anna.page.path.rpartition("/")[2]
    stored, _ = await house.parts.services.reading.bare(case)
    assert stored.language == "en"


@pytest.mark.on_both_engines
async def test_a_button_that_is_pressed_twice_sends_one_case(house: House) -> None:
    anna = await teller(house, ANNA)
    review = await anna.tells()
    first = await anna.sends()
    anna.page = review
    second = await anna.sends()
    assert second.path == first.path
    home = await anna.browser.get("/hem")
    assert home.text.count("case-card__now") == 1


@pytest.mark.on_both_engines
async def test_an_old_review_sends_nothing_and_shows_what_was_changed_since(house: House) -> None:
    anna = await teller(house, ANNA)
    old = await anna.tells()
    await anna.opens("/beratta/story")
    await anna.says(text="Det hände på natten.")
    anna.page = old
    page = await anna.sends()
    assert page.status == 409
    assert "Du har ändrat dina svar i ett annat fönster" in page.words
    assert "Det hände på natten." in page.words
    assert "Inget är skickat än" in page.words
    assert (await anna.sends()).path.startswith("/kvitto/")


@pytest.mark.on_both_engines
async def test_nobody_sends_anothers_draft(house: House) -> None:
    anna = await teller(house, ANNA)
    review = await anna.tells()
    bo = await house.browser(BO)
    await bo.get("/hem")
    fields = {name: review.field(name) for name in ("revision", "client_id")}
    page = await bo.post("/beratta/skicka", fields)
    assert page.status == 404
    assert (await anna.opens(REVIEW)).path == REVIEW


@pytest.mark.on_both_engines
async def test_a_receipt_is_only_for_the_one_who_sent(house: House) -> None:
    case, _ = await sent(house, {})
    bo, nobody = await house.browser(BO), await house.browser()
    assert (await bo.get(f"/kvitto/{case}")).status == 404
    assert (await nobody.get(f"/kvitto/{case}")).path == "/logga-in"


async def test_praise_that_goes_to_the_board_is_not_said_to_be_read_by_those_who_helped(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells({**PRAISE, "place": {"text": "Köket på fyran"}})
    assert "Vården får inte läsa om du inte säger ja." in page.words
    assert "Det går till dem som hjälpte dig." not in page.words
    receipt = await anna.sends()
    assert "Skickat till Patientnämnden" in receipt.words
    assert "De som hjälpte dig får läsa" not in receipt.words
    assert "Patientnämnden läser det du skrev." in receipt.words
