"""One question at a time: wrong answers, changed answers, two windows, and drafts of others."""

import re
from datetime import timedelta
from html import unescape

import pytest

from handlers.intake.draft_cookie import COOKIE
from inbox.storage.people import Person
from tests.answered import STORY, USUAL
from tests.handlers.teller import REVIEW, Fields, teller
from tests.house import House, Page
from tests.inbox.files.samples import PNG
from tests.people import ANNA, BO, EKBACKEN, NOT_CONNECTED, TORGET


@pytest.mark.on_both_engines
async def test_nothing_is_kept_before_the_first_answer(house: House) -> None:
    someone = await teller(house)
    assert someone.page.path == "/beratta/leave"
    assert "Utkastet är sparat" not in someone.page.words
    await someone.says(choice="complaint")
    assert "Utkastet är sparat" in someone.page.words


@pytest.mark.parametrize("fields", [{}, {"choice": "nonsense"}, {"text": "Hej"}])
async def test_a_first_answer_that_is_refused_begins_nothing(house: House, fields: Fields) -> None:
    someone = await teller(house, ANNA)
    refused = [await someone.sends_form(fields) for _ in range(2)]
    assert [page.status for page in refused] == [422, 422]
    assert "Ett exempel:" in refused[1].words
    for page in (*refused, await someone.opens("/beratta/leave"), await someone.browser.get("/")):
        assert "Utkastet är sparat" not in page.words
    assert "case-card--draft" not in (await someone.browser.get("/hem")).text


async def test_a_first_answer_to_another_question_begins_nothing(house: House) -> None:
    someone = await teller(house, ANNA)
    page = await someone.says(to="/beratta/story", text="Hej")
    assert page.status == 409
    assert "case-card--draft" not in (await someone.browser.get("/hem")).text


async def test_an_answer_that_does_not_fit_is_said_by_the_field_and_in_the_title(house: House) -> None:
    someone = await teller(house)
    page = await someone.says()
    assert page.status == 422
    assert page.title.startswith("Fel: ")
    assert "Välj ett alternativ för att gå vidare." in page.words
    assert 'id="choice-error"' in page.text


async def test_after_two_tries_an_example_and_somebody_to_call_are_shown(house: House) -> None:
    someone = await teller(house)
    assert "Ett exempel:" not in (await someone.says()).words
    page = await someone.says(to="/beratta/leave")
    assert "Ett exempel:" in page.words
    assert "08-465 004 10" in page.words
    page = await someone.says(to="/beratta/leave", choice="complaint")
    assert page.path == "/beratta/story"


async def test_what_was_typed_stays_when_it_is_too_long(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    page = await someone.says(text="Vänta. " * 1200)
    assert page.status == 422
    assert "Texten är för lång" in page.words
    assert page.text.count("Vänta.") >= 1199


@pytest.mark.on_both_engines
async def test_changing_an_answer_leads_back_to_the_review_and_keeps_the_rest(house: House) -> None:
    someone = await teller(house)
    await someone.tells()
    page = await someone.opens("/beratta/story")
    assert STORY in page.text
    page = await someone.says(text="Jag väntade i sex timmar.")
    assert page.path == REVIEW
    assert "Jag väntade i sex timmar." in page.words
    assert "Få en förklaring" in page.words


async def test_a_change_that_opens_new_questions_asks_them_and_only_them(house: House) -> None:
    someone = await teller(house)
    await someone.tells()
    await someone.opens("/beratta/about")
    page = await someone.says(choice="own_child")
    assert page.path == "/beratta/patient"
    someone.seen.clear()
    await someone.tells({"guardian": {"choice": "shared"}})
    assert [page.path.rpartition("/")[2] for page in someone.seen] == ["patient"]
    assert "Ja, tillsammans med någon annan" in someone.page.words


async def test_changed_to_words_the_place_is_in_words_though_the_unit_is_still_picked(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/when")
    await someone.opens("/beratta/place")
    await someone.says(unit=EKBACKEN, text="Röda huset")
    page = await someone.opens("/beratta/when")
    assert "Röda huset" in page.words
    assert "Ekbackens vårdcentral" not in page.words


async def test_today_and_yesterday_are_buttons_by_the_clock_of_sweden(house: House) -> None:
    # Half past eleven at night in UTC: it is tomorrow already where people are asked.
    house.clock.passes(timedelta(hours=14, minutes=30))
    for name, shown in (("I dag", "22 november"), ("I går", "21 november"), ("Förra veckan", "9–15 november")):
        someone = await teller(house)
        await someone.tells(until="/beratta/when")
        button = re.search(rf'form="near" name="when" value="([^"]+)">{name}<', someone.page.text)
        assert button
        page = await someone.says(when=button.group(1))
        assert page.path == "/beratta/themes"
        assert f"Ditt svar: {shown} 2026" in page.words


@pytest.mark.on_both_engines
async def test_an_old_tab_overwrites_nothing_and_what_was_typed_in_it_stays(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    old = someone.page
    await someone.says(text="Det nya")
    someone.page = old
    page = await someone.says(text="Det andra")
    assert page.status == 409
    assert "Du har ändrat dina svar i ett annat fönster" in page.words
    assert "Utkastet är sparat" not in page.words
    assert "Det andra" in page.text
    page = await someone.says(text="Det andra")
    assert page.path == "/beratta/understood"
    assert "Det andra" in page.words


async def test_words_for_a_question_that_is_not_asked_any_more_are_not_lost(house: House) -> None:
    anna = await teller(house)
    cannot: dict[str, Fields] = {"about": {"choice": "relative"}, "patient_knows": {"choice": "cannot"}}
    await anna.tells(cannot, until="/beratta/place")
    await anna.opens("/beratta/why_cannot")
    old = anna.page.field("revision")
    await anna.opens("/beratta/about")
    await anna.says(choice="self")
    page = await anna.browser.post("/beratta/why_cannot", {"revision": old, "text": "Det tog en timme att skriva."})
    assert page.status == 409
    assert "Det tog en timme att skriva." in page.text
    assert 'href="/beratta"' in page.text
    assert "Du har ändrat dina svar i ett annat fönster." in page.words


@pytest.mark.parametrize("unit", [EKBACKEN, NOT_CONNECTED])
async def test_a_unit_for_a_question_that_is_not_asked_any_more_is_offered_when_it_is(house: House, unit: str) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/place")
    old = anna.page.field("revision")
    name = house.parts.services.directory.units[unit].name
    await anna.opens("/beratta/about")
    await anna.says(choice="own_child")
    page = await anna.browser.post("/beratta/place", {"revision": old, "unit": unit})
    assert page.status == 409
    assert "Vem är patienten?" in page.words
    assert "Du har ändrat dina svar i ett annat fönster." in page.words
    assert f"Du valde {name}" in page.words
    await anna.opens("/beratta")
    await anna.tells({"guardian": {"choice": "yes"}}, until="/beratta/place")
    assert re.search(rf'value="{unit}" checked', anna.page.text)
    await anna.says(unit=TORGET)
    page = await anna.opens("/beratta/place")
    assert f'value="{unit}"' not in page.text


CHOSEN = [
    ("when", {"when": "unknown"}, ['value="unknown" checked']),
    (
        "when",
        {"when": "date", "date_year": "2026", "date_month": "5", "date_day": "3"},
        ['value="date" checked', 'name="date_year" .*?value="2026"', 'name="date_month" .*?value="5"'],
    ),
    ("when", {"when": "2026-05-03"}, ['value="date" checked', 'name="date_day" .*?value="3"']),
    ("when", {"when": "2026-04-27/2026-05-03"}, ['value="period" checked', 'name="last_day" .*?value="3"']),
    ("themes", {"choice": ["waiting", "contact"]}, ['value="waiting" checked', 'value="contact" checked']),
    ("recipient", {"choice": "board"}, ['is-picked" type="submit" name="choice" value="board"']),
    ("answer_way", {"choice": "letter"}, ['value="letter"[^>]* checked']),
]


@pytest.mark.parametrize(("step", "fields", "shown"), CHOSEN)
async def test_what_was_chosen_at_a_question_that_is_not_asked_any_more_is_put_back_when_it_is(
    house: House, step: str, fields: Fields, shown: list[str]
) -> None:
    """Without script: what the page itself keeps is not there to help."""
    anna = await teller(house, ANNA)
    await anna.tells(until=f"/beratta/{step}")
    old = anna.page.field("revision")
    await anna.opens("/beratta/about")
    await anna.says(choice="own_child")
    page = await anna.browser.post(f"/beratta/{step}", {"revision": old, **fields})
    assert page.status == 409
    assert "Du har ändrat dina svar i ett annat fönster." in page.words
    await anna.opens("/beratta")
    await anna.tells({"guardian": {"choice": "yes"}}, until=f"/beratta/{step}")
    for field in shown:
        assert re.search(field, anna.page.text, re.DOTALL), anna.page.words
    await anna.sends_form(USUAL[step])
    assert anna.browser.cookies[COOKIE].count(".") == 1, "with an answer nothing waits any more"


async def test_what_was_chosen_waits_for_its_own_draft_alone(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/place")
    place = anna.page.field("revision")
    await anna.opens("/beratta/about")
    await anna.says(choice="own_child")
    await anna.browser.post("/beratta/place", {"revision": place, "unit": TORGET})
    await anna.opens("/beratta?ny=1")
    await anna.tells(until="/beratta/place")
    assert f'value="{TORGET}"' not in anna.page.text


async def test_what_was_said_at_a_question_that_is_not_asked_any_more_is_shown_beside_the_one_that_is(
    house: House,
) -> None:
    someone = await teller(house)
    await someone.says(choice="complaint")
    page = await someone.says(to="/beratta/place", text="Röda huset")
    assert "Du skrev Röda huset" in page.words
    await someone.opens("/beratta")
    await someone.tells(until="/beratta/themes")
    old = someone.page.field("revision")
    await someone.opens("/beratta/about")
    await someone.says(choice="own_child")
    page = await someone.browser.post("/beratta/themes", {"revision": old, "choice": ["waiting", "contact"]})
    assert "Du valde Väntetid" in page.words


@pytest.mark.on_both_engines
async def test_a_button_that_is_pressed_twice_answers_once(house: House) -> None:
    someone = await teller(house)
    first = someone.page
    await someone.says(choice="complaint")
    someone.page = first
    page = await someone.says(choice="complaint")
    assert (page.status, page.path) == (200, "/beratta/story")


@pytest.mark.on_both_engines
async def test_two_first_pages_begin_two_drafts_and_one_page_only_one(house: House, eva: Person) -> None:
    someone = await teller(house)
    first = someone.page
    await someone.says(choice="complaint")
    someone.page = first
    await someone.says(choice="complaint")
    await someone.opens("/beratta?ny=1")
    await someone.says(choice="praise")
    page = await someone.browser.post("/logga-in", {"person": eva.id, "next": "/hem"})
    assert page.text.count("case-card--draft") == 2


@pytest.mark.on_both_engines
async def test_a_form_of_one_draft_never_answers_another(house: House) -> None:
    someone = await teller(house)
    await someone.says(choice="complaint")
    one = someone.page
    await someone.opens("/beratta?ny=1")
    await someone.says(choice="suggestion")
    someone.page = one
    await someone.says(text=STORY)
    assert someone.page.path == "/beratta/understood"
    assert "Klagomål" in someone.page.words
    page = await someone.opens("/beratta/understood")
    assert "Klagomål" in page.words


async def test_an_answer_to_a_question_that_is_not_asked_is_refused_and_the_right_one_shown(house: House) -> None:
    someone = await teller(house)
    await someone.says(choice="complaint")
    page = await someone.says(to="/beratta/praise_answer", choice="none")
    assert page.status == 409
    assert "Den frågan hör inte längre till dina svar" in page.words
    assert "Berätta vad som hände" in page.words


async def test_a_question_that_does_not_exist_is_not_found(house: House) -> None:
    someone = await teller(house)
    assert (await someone.opens("/beratta/nonsens")).status == 404
    assert (await someone.browser.post("/beratta/nonsens", {"revision": "ny.abc"})).status == 404


async def test_a_question_further_on_leads_to_the_one_to_answer_now(house: House) -> None:
    someone = await teller(house)
    await someone.says(choice="complaint")
    assert (await someone.opens("/beratta/place")).path == "/beratta/story"
    assert (await someone.opens(REVIEW)).path == "/beratta/story"


@pytest.mark.on_both_engines
async def test_nobody_opens_or_answers_anothers_draft(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/story")
    mark = anna.page.field("revision")
    bo = await house.browser(BO)
    assert (await bo.get(f"/beratta?utkast={mark.partition('.')[0]}")).path == "/beratta/leave"
    page = await bo.post("/beratta/story", {"revision": mark, "text": "Inte mitt"})
    assert page.status == 404
    assert "Utkastet finns inte kvar" in page.words
    assert "Inte mitt" in page.text
    assert STORY not in (await anna.opens("/beratta/story")).text


@pytest.mark.on_both_engines
async def test_signed_out_the_browsers_secret_opens_the_persons_draft_no_more(house: House, eva: Person) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    await someone.browser.post("/logga-in", {"person": eva.id})
    await someone.opens("/beratta/story")
    await someone.browser.signs_out()
    await someone.browser.get("/")
    assert (await someone.browser.get("/beratta")).path == "/logga-in"
    page = await someone.says(to="/beratta/story", text="Det tog en timme att skriva")
    assert "Du har blivit utloggad" in page.words
    assert "Det tog en timme att skriva" in page.text


FILLED_IN: dict[str, tuple[dict[str, Fields], Fields, tuple[str, ...]]] = {
    "about": ({}, {"choice": "relative"}, ("En närstående",)),
    "patient": (
        {"about": {"choice": "relative"}},
        {"name": "Mona Exempel", "birth_year": "1950", "relation--choice": "child", "patient_knows--choice": "knows"},
        ("Mona Exempel", "1950"),
    ),
    "place": ({}, {"text": "Röda huset bakom stationen"}, ("Röda huset bakom stationen",)),
    "when": (
        {},
        {
            "when": "period",
            "first_year": "2026",
            "first_month": "5",
            "first_day": "3",
            "last_year": "2026",
            "last_month": "6",
        },
        ("Flera dagar eller en längre tid", "2026 5 3", "2026 6"),
    ),
    "near": ({}, {"when": "2026-11-20"}, ("20 november 2026",)),
    "themes": ({}, {"choice": ["waiting", "contact"]}, ("Väntetid",)),
    "recipient": ({}, {"choice": "board"}, ("Patientnämnden",)),
    "more": (
        {},
        {"title--text": "Väntade i tre dagar", "contacts--choice": "ivo"},
        ("Väntade i tre dagar", "IVO"),
    ),
    "story": ({}, {"text": "Det tog en timme att skriva"}, ("Det tog en timme att skriva",)),
    "share": ({"recipient": {"choice": "board"}}, {"choice": "no"}, ("Nej",)),
    "answer_way": (
        {},
        {
            "choice": "letter",
            "address--street": "Storgatan 1",
            "address--postcode": "123 45",
            "address--town": "Lindby",
        },
        ("Med brev", "Storgatan 1", "123 45", "Lindby"),
    ),
}
"""By question: the answers that lead to it, what is filled in there, and what stands on the page then."""


@pytest.mark.parametrize("step", FILLED_IN)
async def test_whatever_was_filled_in_when_the_session_ended_is_shown_and_goes_on_after_signing_in(
    house: House, eva: Person, step: str
) -> None:
    before, fields, shown = FILLED_IN[step]
    step = "when" if step == "near" else step
    someone = await teller(house, eva)
    await someone.tells(before, until=f"/beratta/{step}")
    await someone.browser.signs_out()
    await someone.browser.get("/")
    page = await someone.sends_form(fields)
    assert "Du har blivit utloggad" in page.words
    for words in shown:
        assert words in page.text
    # To sign in leads back to the question; the form on the old page is taken as it stands, with its own token.
    assert (await someone.follows("Logga in igen")).path == "/logga-in"
    back = await someone.browser.post("/logga-in", {"person": eva.id, "next": someone.page.field("next")})
    assert back.path == f"/beratta/{step}"
    page = await someone.browser.post(f"/beratta/{step}", fields_of(page))
    assert (page.status, page.path == f"/beratta/{step}") == (200, False), page.words


async def test_files_that_were_chosen_when_the_session_ended_are_named_and_can_be_chosen_anew(
    house: House, eva: Person
) -> None:
    someone = await teller(house, eva)
    await someone.tells(until="/beratta/story")
    house.clock.passes(timedelta(hours=11))
    page = await someone.says(files=[("lista.png", PNG)], text=STORY)
    assert "Du har blivit utloggad" in page.words
    assert "lista.png" in page.words
    fields = {name: values[0] for name, values in fields_of(page).items()}
    await someone.browser.signs_in(eva)
    page = await someone.browser.upload("/beratta/story", "upload", [("lista.png", PNG)], **(fields | {"text": STORY}))
    assert (page.status, page.path) == (200, "/beratta/understood")
    assert "lista.png" in (await someone.browser.get("/beratta/story")).words


async def test_a_token_of_another_browser_outlives_nothing(house: House, eva: Person) -> None:
    someone = await teller(house, eva)
    await someone.tells(until="/beratta/story")
    await someone.browser.signs_out()
    page = await someone.says(text="Det tog en timme att skriva")
    other = await teller(house, eva)
    assert (await other.browser.post("/beratta/story", fields_of(page))).status == 403


def fields_of(page: Page) -> dict[str, list[str]]:
    """What the form of a page sends: its token, its hidden fields, and the text that stands there to be read."""
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text):
        sent.setdefault(name, []).append(unescape(value))
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL):
        sent.setdefault(name, []).append(unescape(value))
    return sent


@pytest.mark.on_both_engines
async def test_after_signing_in_again_the_draft_goes_on_on_any_device(house: House, eva: Person) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    await someone.browser.post("/logga-in", {"person": eva.id})
    other = await house.browser(eva)
    assert (await other.get("/beratta")).path == "/beratta/story"


@pytest.mark.on_both_engines
async def test_a_draft_that_nobody_has_touched_for_30_days_is_gone(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    house.clock.passes(timedelta(days=30, seconds=1))
    page = await someone.says(text="För sent")
    assert page.status == 404
    assert "För sent" in page.text
    assert (await someone.opens("/beratta/story")).path != "/beratta/story"


async def test_a_form_with_anothers_token_changes_nothing_and_loses_nothing(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    other = await teller(house)
    fields = {"csrf": other.browser.csrf, "revision": someone.page.field("revision"), "text": "Från en gammal sida"}
    async with someone.browser._session.post(house.url("/beratta/story"), data=fields) as response:
        assert response.status == 403
        text = await response.text()
    assert "Sidan är för gammal" in text
    assert "Från en gammal sida" in text
    assert "Från en gammal sida" not in (await someone.opens("/beratta/story")).text


@pytest.mark.parametrize("text", ["Jag vill inte leva längre", "I want to kill myself"])
async def test_words_of_danger_show_where_to_call_in_the_same_turn_and_stop_nothing(house: House, text: str) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    page = await someone.says(text=text)
    assert page.path == "/beratta/understood"
    assert "data-attention" in page.text
    assert "Självmordslinjen" in page.words
    await someone.tells()
    assert someone.page.path == REVIEW


async def test_a_script_gets_the_question_alone_also_when_the_answer_is_wrong(house: House) -> None:
    someone = await teller(house)
    page = await someone.browser.get("/beratta/leave", x_requested_with="fragment")
    assert "data-intake" in page.text
    assert "<header" not in page.text
    fields = {"revision": page.field("revision")}
    page = await someone.browser.post("/beratta/leave", fields, accept="text/vnd.gensvar.fragment+html")
    assert page.status == 422
    assert "<header" not in page.text
    fields = {"revision": page.field("revision"), "choice": "complaint"}
    page = await someone.browser.post("/beratta/leave", fields, x_requested_with="fragment")
    assert (page.status, page.path) == (200, "/beratta/story")
    assert "<header" not in page.text


@pytest.mark.on_both_engines
async def test_a_draft_is_thrown_away_only_after_asking(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells({"place": {"unit": TORGET}}, until="/beratta/story")
    page = await anna.opens("/beratta/ta-bort")
    assert "Det går inte att ångra" in page.words
    page = await anna.browser.post("/beratta/ta-bort", {"draft": page.field("draft")})
    assert page.path == "/hem"
    assert "Utkastet är borttaget" in page.words
    assert "Inte skickat än" not in page.words
