"""The guide that listens: the story first, what was heard to be confirmed, and only what is missing is asked."""

import re
from html import unescape

import pytest

from inbox.cases.model import CaseId
from tests.handlers.intake.test_draft_files import png
from tests.handlers.teller import REVIEW, Teller, teller
from tests.handlers.thread.test_thread_danger import counted
from tests.house import House, Page
from tests.people import ANNA, EKBACKEN

STORY = "I tisdags ringde jag Ekbackens vårdcentral. Ingen svarade. Jag vill veta varför."


def proposed(page: Page) -> dict[str, list[str]]:
    """What the button of the page sends, by field."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(heard-[a-z_]+)" value="([^"]*)">', page.text):
        found.setdefault(name, []).append(unescape(value))
    return found


async def test_one_choice_out_of_few_is_a_button_that_sends(house: House) -> None:
    anna = await teller(house, ANNA)
    assert 'type="submit" name="choice" value="complaint"' in anna.page.text
    page = await anna.says(choice="complaint")
    assert page.path == "/beratta/story"
    assert "Mår du dåligt nu?" in page.words


async def test_what_stands_on_the_page_is_what_is_taken_and_the_review_has_it(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.says(choice="complaint")
    page = await anna.says(text=STORY)
    assert page.path == "/beratta/understood"
    assert "Så här har jag förstått det" in page.words
    assert "<u>I tisdags</u>" in page.text
    taken = proposed(page)
    # The day is only likely: it is taken by whoever picks it.
    assert "heard-when" not in taken
    assert taken["heard-place"] == [f"unit={EKBACKEN}"]
    assert 'value="when=2026-11-17"' in page.text
    await anna.sends_form(taken | {"heard-when": ["when=2026-11-17"]})
    page = await anna.tells({"about": {"choice": "self"}})
    assert {"/beratta/place", "/beratta/when"}.isdisjoint(page.path for page in anna.seen)
    assert "17 november 2026" in page.words


async def test_what_is_changed_is_answered_at_its_own_question_and_leads_back(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.says(choice="complaint")
    await anna.says(text=STORY)
    await anna.opens("/beratta/when")
    page = await anna.says(when="unknown")
    assert page.path == "/beratta/understood"
    assert "heard-when" not in proposed(page)
    assert "Vet inte" in page.words


async def test_what_is_left_is_asked_and_not_sent(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.says(choice="complaint")
    await anna.says(text=STORY)
    page = await anna.sends_form({})
    assert page.path == "/beratta/about"


async def test_the_number_to_call_is_asked_on_the_page_that_it_belongs_to(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/answer_way")
    assert 'name="phone--phone"' in anna.page.text
    page = await anna.sends_form({"choice": "phone"})
    assert (page.status, "Skriv ett telefonnummer" in page.words or "nummer" in page.words) == (422, True)
    assert 'id="phone--phone-error"' in page.text
    page = await anna.sends_form({"choice": "phone", "phone--phone": "070-123 45 67"}, to="/beratta/answer_way")
    assert page.path == "/beratta/more"
    page = await anna.sends_form({"consequences--text": "Jag kunde inte sova."})
    assert page.path == REVIEW
    assert "Jag kunde inte sova." in page.words
    assert "070-123 45 67" in page.words


async def filed(house: House, anna: Teller) -> CaseId:
    page = await anna.sends()
    assert page.path.startswith("/kvitto/"), page.words
    return page.path.rpartition("/")[2]


async def test_a_whole_complaint_is_filed_and_the_case_holds_what_was_answered(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells()
    case = await filed(house, anna)
    stored, _ = await house.parts.services.reading.bare(case)
    assert (stored.dialog, stored.registrations[0].owner) == ("complaint/2", EKBACKEN)


async def test_others_and_praise_find_their_way(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells({"about": {"choice": "relative"}}, until="/beratta/patient")
    assert 'name="relation--choice"' in page.text
    told = {
        "name": "Mona Exempel",
        "birth_year": "1950",
        "relation--choice": "child",
        "patient_knows--choice": "agrees",
    }
    await anna.tells({"patient": told})
    await filed(house, anna)
    await anna.opens("/beratta?ny=1")
    await anna.tells({"leave": {"choice": "praise"}})
    await filed(house, anna)


async def test_where_it_belongs_elsewhere_is_a_link_and_never_asked(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells()
    assert "/beratta/belongs" not in [page.path for page in anna.seen]
    await anna.opens("/beratta/belongs")
    page = await anna.says(choice="compensation")
    assert "Löf" in page.words


async def test_what_the_law_wants_known_stands_on_the_review_and_stops_nobody(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells()
    assert "Så går det till" in page.words
    assert "Hos en region blir det en allmän handling." in page.words
    assert "/beratta/understanding" not in [page.path for page in anna.seen]
    await anna.opens("/beratta?ny=1")
    assert "Så går det till" not in (await anna.tells({"leave": {"choice": "praise"}})).words


async def test_the_title_is_proposed_where_it_can_be_changed(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells(until="/beratta/more")
    assert re.search(r'name="title--text"[^>]* value="Väntetid, Ekbackens vårdcentral', page.text)
    page = await anna.tells({"title": {"text": "Tre dagar i telefonkö"}})
    assert "Tre dagar i telefonkö" in page.words


async def test_what_matters_most_is_told_from_the_review_by_whoever_wants_to(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells({"themes": {"choice": ["waiting", "attitude"]}})
    assert "/beratta/main_theme" not in [page.path for page in anna.seen]
    await anna.follows("Vad är viktigast")
    page = await anna.says(choice="attitude")
    assert (page.path, page.text.count("/beratta/main_theme#")) == (REVIEW, 1)


async def test_words_of_danger_are_answered_while_they_are_written_and_nothing_of_them_is_kept(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.says(choice="complaint")
    assert "data-rescue hidden" in anna.page.text
    answer = await anna.browser.post("/beratta/story/fara", {"text": "Jag vill inte leva längre."})
    assert '"urgent": true' in answer.text
    answer = await anna.browser.post("/beratta/story/fara", {"text": "Jag fick vänta."})
    assert '"urgent": false' in answer.text
    page = await anna.opens("/beratta/story")
    assert "leva" not in page.text.partition("<textarea")[2].partition("</textarea>")[0]


@pytest.mark.parametrize("while_writing", [True, False])
async def test_help_is_counted_once_whether_it_was_shown_while_writing_or_after(
    house: House, *, while_writing: bool
) -> None:
    anna, text = await teller(house, ANNA), "Jag vill inte leva längre."
    await anna.says(choice="complaint")
    if while_writing:
        await anna.browser.post("/beratta/story/fara", {"text": text})
    page = await anna.sends_form({"text": text} | ({"helped": "1"} if while_writing else {}))
    assert "Självmordslinjen" in page.words
    assert await counted(house, "guide") == 1


async def test_who_can_receive_it_is_told_by_name(house: House) -> None:
    anna = await teller(house, ANNA)
    page = await anna.tells(until="/beratta/recipient")
    named = re.findall(r'class="reply-chip__named">([^<]*)</b>', page.text)
    assert named == ["Ekbackens vårdcentral", "Patientnämnden i Region Mittland"]


async def test_first_words_are_taken_without_script_and_are_no_answer(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.says(choice="complaint")
    page = await anna.follows("Ingen lyssnade")
    assert "\nIngen lyssnade </textarea>" in page.text
    page = await anna.opens("/beratta/story?borja=99")
    assert "\n</textarea>" in page.text


async def test_a_photo_under_the_story_is_added_with_what_is_written_and_goes_along(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.says(choice="complaint")
    page = await anna.says(files=[("Lista.png", png())], text=STORY, add_files="1")
    assert (page.path, "Lista.png" in page.words) == ("/beratta/story", True)
    assert STORY in page.text
    page = await anna.says(text=STORY)
    assert page.path == "/beratta/understood"
    page = await anna.tells()
    assert "Lista.png" in page.words
    page = await anna.opens("/beratta/story")
    file = re.search(r'name="take_away" value="([^"]+)"', page.text)
    assert file is not None
    page = await anna.says(text=STORY, take_away=file[1])
    assert "Lista.png" not in page.words
    assert STORY in page.text
