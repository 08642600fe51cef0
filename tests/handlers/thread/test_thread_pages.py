"""A thread over plain pages, as a citizen meets it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.errors import SENTENCES
from inbox.storage import schema as s
from tests.filing import filed
from tests.handlers.sitting import ANSWER, anna_and_karin, at_case, has_form, hidden_in, typed_in
from tests.house import House
from tests.people import ANNA, BO, EVERYBODY, KARIN, LARS

NAMES = [part for person in EVERYBODY if person.staff for part in person.name.split()]


@pytest.mark.on_both_engines
async def test_anna_sees_what_happens_who_holds_her_case_and_the_goal(house: House) -> None:
    anna, _ = await anna_and_karin(house, taken=False)
    page = await anna.opens()
    assert "Ekbackens vårdcentral har tagit emot ditt ärende. Ingen har öppnat det ännu." in page.words
    assert "Svar senast (mål): 19 december 2026." in page.words
    assert page.title.startswith("Ärende RM 2026-00001")


@pytest.mark.on_both_engines
async def test_anna_sees_that_her_case_is_read_once_it_is(house: House) -> None:
    anna, karin = await anna_and_karin(house, taken=False)
    await karin.reads()
    page = await anna.opens()
    assert "Ekbackens vårdcentral har öppnat ditt ärende." in page.words
    assert "Läst av Ekbackens vårdcentral" in page.words


async def test_anna_sees_when_somebody_has_begun_to_work(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    assert "Ekbackens vårdcentral utreder." in (await anna.opens()).words


@pytest.mark.on_both_engines
async def test_what_anna_and_karin_write_stands_in_the_order_it_was_written(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await anna.sends("post_message", text="Kan jag få veta mer?")
    await karin.sends("post_message", text="Vi tittar på det.")
    words = (await anna.opens()).words
    said = ("Jag ringde tre dagar i rad", "Kan jag få veta mer?", "Vi tittar på det.")
    assert sorted(said, key=words.index) == list(said)


@pytest.mark.on_both_engines
async def test_where_a_clock_ran_backwards_the_page_still_shows_the_question_before_the_reply(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.sends("post_message", text="Frågan.")
    await anna.sends("post_message", text="Svaret.")
    behind = update(s.event).where(s.event.c.seq == 4).values(at=house.clock.now - timedelta(seconds=2))
    await house.parts.services.store.writer.do(lambda connection: connection.execute(behind))
    for sitting in (anna, karin):
        words = (await sitting.opens()).words
        assert words.index("Frågan.") < words.index("Svaret.")


@pytest.mark.on_both_engines
async def test_a_form_that_is_sent_twice_does_it_once(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    await anna.opens()
    fields = {**hidden_in(anna.page, "post_message"), "text": "Bara en gång"}
    first, second = [await anna.browser.post(f"{anna.url}/post_message", fields) for _ in range(2)]
    assert (first.status, second.status) == (200, 200)
    assert second.text.count("Bara en gång") == 1


async def test_what_somebody_writes_is_never_markup(house: House) -> None:
    anna, karin = await anna_and_karin(house, {"story": {"text": ["<b>Berättelse</b>"]}})
    await anna.sends("post_message", text="<b>Meddelande</b>")
    await karin.sends("write_note", text="<b>Anteckning</b>")
    await karin.sends("refer_case", reason="<b>Skäl</b>", turn_to="<b>Vart</b>")
    for seen, hidden in ((await anna.opens(), "Anteckning"), (await karin.opens(), "")):
        for text in {"Berättelse", "Meddelande", "Anteckning", "Skäl", "Vart"} - {hidden}:
            assert f"&lt;b&gt;{text}" in seen.text, text
            assert f"<b>{text}" not in seen.text, text


async def test_nothing_written_is_said_in_plain_words(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    page = await anna.sends("post_message", text="  \n ")
    assert page.status == 422
    assert "Skriv något innan du skickar." in page.words
    assert page.title.startswith("Fel:")


async def test_a_text_that_is_too_long_is_kept_and_told_by_how_much(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    text = "å" * 10_007
    page = await anna.sends("post_message", text=text)
    assert page.status == 422
    assert "Texten är för lång. Ta bort 7 tecken." in page.words
    assert typed_in(page, "text") == text


@pytest.mark.on_both_engines
async def test_a_reply_does_not_pass_by_a_message_that_came_while_it_was_written(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await anna.opens()
    await karin.sends("post_message", text="Vi har hittat felet.")
    page = await anna.presses("post_message", text="Har ni hittat något?")
    assert page.status == 409
    assert SENTENCES["newer_message"] in page.words
    assert "Vi har hittat felet." in page.words
    assert typed_in(page, "text") == "Har ni hittat något?"
    again = await anna.presses("post_message", text="Har ni hittat något?")
    assert again.status == 200
    assert again.words.count("Har ni hittat något?") == 1


async def test_what_one_has_just_written_oneself_holds_nothing_up(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    await anna.opens()
    first = hidden_in(anna.page, "post_message")
    await anna.sends("post_message", text="Ett")
    page = await anna.browser.post(f"{anna.url}/post_message", {**first, "text": "Två"})
    assert (page.status, "Två" in page.words) == (200, True)


async def test_what_was_written_is_there_to_copy_when_the_session_has_ended(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    await anna.opens()
    await anna.browser.signs_out()
    page = await anna.presses("post_message", text="En lång text som inte får försvinna")
    assert page.status == 401
    assert "En lång text som inte får försvinna" in page.text
    assert f"/logga-in?next={anna.url}" in page.text


async def test_a_form_with_another_browsers_token_does_nothing_and_loses_nothing(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    await anna.opens()
    fields = {**hidden_in(anna.page, "post_message"), "text": "Kom ihåg mig", "csrf": "fel"}
    async with anna.browser._session.post(house.url(f"{anna.url}/post_message"), data=fields) as response:
        assert response.status == 403
        assert "Kom ihåg mig" in await response.text()
    assert "Kom ihåg mig" not in (await anna.opens()).words


async def test_what_was_written_is_there_to_copy_when_the_case_has_ended_meanwhile(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.opens()
    await anna.sends("withdraw_case", on="/aterta")
    page = await karin.presses("post_message", text="Vi hör av oss i morgon.")
    assert page.status == 409
    assert "Vi hör av oss i morgon." in page.text
    assert SENTENCES["not_now"] in page.words


async def test_anna_can_take_her_case_back_and_then_nothing_more_is_written(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    asked = await anna.opens("/aterta")
    assert "Det du har skrivit sparas i arkivet." in asked.words
    assert re.search(r'data-color="danger" type="submit">Återkalla<', asked.text)
    page = await anna.presses("withdraw_case", reason="Det löste sig")
    assert page.path == anna.url
    assert "Du har återkallat ärendet." in page.words
    assert "Det löste sig" in page.words
    assert not has_form(page, "post_message")
    assert "Återkallat" in page.words
    page = await karin.opens()
    assert "Anna återkallade ärendet." in page.words
    assert "Återkallat" in page.words
    assert (await anna.opens("/aterta")).path == anna.url


@pytest.mark.on_both_engines
@pytest.mark.parametrize("rest", ["", "/svar", "/aterta", "/utskrift"])
async def test_somebody_elses_case_looks_as_if_it_did_not_exist(house: House, rest: str) -> None:
    case = await filed(house, ANNA)
    bo, nobody = await at_case(house, case, BO), await at_case(house, "finns-inte", BO)
    theirs, missing = await bo.opens(rest), await nobody.opens(rest)
    assert (theirs.status, missing.status) == (404, 404)
    assert _plain(theirs.words) == _plain(missing.words)


@pytest.mark.parametrize("path", ["/arende/x", "/arende/x/svar", "/personal", "/personal/arende/x/avsluta"])
async def test_whoever_is_not_signed_in_signs_in_first_and_comes_back(house: House, path: str) -> None:
    nobody = await house.browser()
    page = await nobody.get(path)
    assert page.path == "/logga-in"
    assert path in page.text


async def test_citizens_and_staff_each_have_their_own_pages(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    assert (await anna.get(f"/personal/arende/{case}")).path == "/hem"
    assert (await karin.get(f"/arende/{case}")).path == "/personal"


@pytest.mark.on_both_engines
async def test_each_opening_is_kept_with_who_and_what(house: House) -> None:
    anna, karin = await anna_and_karin(house, taken=False)
    await anna.opens()
    await anna.opens("/utskrift")
    await karin.opens()
    async with house.parts.services.store.reading() as connection:
        rows = [tuple(row) for row in await connection.execute(select(s.access.c.person_id, s.access.c.what))]
    assert rows == [("anna", "thread"), ("anna", "print"), ("karin", "thread")]


async def test_a_part_fetched_by_the_script_counts_neither_as_opened_nor_as_read(house: House) -> None:
    anna, karin = await anna_and_karin(house, taken=False)
    part = await karin.opens(x_requested_with="fragment")
    assert 'data-part="queue"' in part.text
    assert 'data-part="facts"' in part.text
    assert "data-entry=" not in part.text
    assert "Ingen har öppnat det ännu" in (await anna.opens()).words
    part = await anna.opens(x_requested_with="fragment")
    assert 'data-part="now"' in part.text
    assert "Jag ringde tre dagar i rad" not in part.text
    async with house.parts.services.store.reading() as connection:
        kinds = set(await connection.scalars(select(s.access.c.what).where(s.access.c.person_id == "karin")))
    assert kinds == {"live"}


async def test_no_name_of_staff_and_no_note_is_on_any_page_of_a_citizen(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    lars = await at_case(house, anna.url.rpartition("/")[2], LARS)
    await karin.sends("write_note", text="HEMLIGT1 mellan oss")
    await karin.sends("ask_reporter", text="När ringde du?")
    await anna.opens()
    await anna.sends("post_message", text="På morgonen.")
    await karin.sends("assign_case", handler="lars")
    await lars.sends("post_message", text="Jag har tagit över.")
    await lars.sends("write_note", text="HEMLIGT2 från Lars")
    await lars.answers({**ANSWER, "assessment": "HEMLIGT3"})
    for rest in ("", "/svar", "/utskrift"):
        page = await anna.opens(rest)
        assert page.status == 200
    for page in anna.seen:
        assert [name for name in (*NAMES, "HEMLIGT") if re.search(rf"\b{name}", page.text)] == []


async def test_every_page_tells_apart_its_days(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    house.clock.passes(timedelta(days=2))
    await anna.browser.signs_in(ANNA)
    await karin.browser.signs_in(KARIN)
    await karin.sends("post_message", text="God morgon!")
    page = await anna.opens()
    assert (
        page.words.index("Lördag 21 november")
        < page.words.index("Måndag 23 november")
        < page.words.index("God morgon!")
    )


def _plain(words: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "id", words)


async def test_what_could_not_be_sent_is_sent_from_the_same_page_after_signing_in_again(house: House) -> None:
    _, karin = await anna_and_karin(house)
    await karin.opens("/avsluta")
    await karin.browser.signs_out()
    page = await karin.fills("answer_case", ANSWER)
    assert (page.status, "Skicka igen" in page.words) == (401, True)
    assert ANSWER["measure_text"] in page.text
    await karin.browser.signs_in(KARIN)
    again = hidden_in(page, "answer_case")
    assert {name: again[name] for name in ANSWER} == ANSWER
    # The page has the token of a browser in which nobody was signed in: it is given the right one.
    async with karin.browser._session.post(house.url(page.path), data={**again, "csrf": "old"}) as response:
        assert (response.status, "Skicka igen" in await response.text()) == (403, True)
    page = await karin.browser.post(page.path, again)
    assert page.status == 200
    assert "Svaret är skickat." in page.words


@pytest.mark.parametrize("who", ["citizen", "staff"])
async def test_the_page_that_keeps_what_was_not_sent_is_taken_the_first_time_after_signing_in(
    house: House, who: str
) -> None:
    sides = await anna_and_karin(house)
    side, person = (sides[0], ANNA) if who == "citizen" else (sides[1], KARIN)
    await side.opens()
    await side.browser.signs_out()
    page = await side.presses("post_message", text="Jag skrev länge på det här.")
    assert (page.status, "Skicka igen" in page.words) == (401, True)
    # In another tab of the same browser: the page that is open keeps the token that it has.
    await side.browser.signs_in(person)
    again = {**hidden_in(page, "post_message"), "csrf": page.field("csrf")}
    # It is good for that form and that browser alone.
    stranger = await house.browser(person)
    for browser, path in ((stranger, page.path), (side.browser, page.path.replace("post_message", "ask_reporter"))):
        assert (await browser.post(path, again)).status == 403
    page = await side.browser.post(page.path, again)
    assert page.status == 200, page.words
    assert page.words.count("Jag skrev länge på det här.") == 1
