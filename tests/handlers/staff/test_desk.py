"""The queue and the desk over plain pages."""

import re
from datetime import timedelta
from html import unescape

import pytest

from handlers.errors import SENTENCES
from tests.filing import filed
from tests.handlers.sitting import ANSWER, anna_and_karin, at_case, has_form, hidden_in, typed_in
from tests.house import House, Page
from tests.inbox.files.samples import PDF
from tests.people import ADA, ANNA, BO, KARIN, LARS, OLLE, SARA

REMEMBERED = {"title": {"text": ["Ingen svarade"]}}


@pytest.mark.on_both_engines
async def test_the_queue_has_the_units_own_cases_with_the_least_time_left_first(house: House) -> None:
    await filed(house, ANNA, {"title": {"text": ["Först inskickat"]}})
    house.clock.passes(timedelta(days=3))
    await filed(house, BO, {"title": {"text": ["Sedan inskickat"]}})
    karin, sara = await house.browser(KARIN), await house.browser(SARA)
    words = (await karin.get("/personal")).words
    assert words.index("Först inskickat") < words.index("Sedan inskickat")
    assert "inskickat" not in (await sara.get("/personal")).words


@pytest.mark.on_both_engines
async def test_a_long_queue_says_how_long_it_is_and_leads_on_without_script(house: House) -> None:
    cases = [await filed(house, ANNA) for _ in range(5)]
    karin, seen = await house.browser(KARIN), list[str]()
    page = await karin.get("/personal?visa=alla&antal=2")
    for shown in (2, 2, 1):
        assert f"Visar {shown} av 5 ärenden." in page.words
        seen += re.findall(r'data-row="([^"]+)"', page.text)
        more = re.search(r'href="([^"]+)">Visa fler', page.text)
        if more is None:
            break
        page = await karin.get(unescape(more.group(1)))
    assert seen == cases
    assert "Till början" in page.words
    # A case that is opened from there has the same part of the queue beside it.
    opened = re.search(r'data-row="[^"]+">.*?href="([^"]+)"', page.text, re.DOTALL)
    assert opened is not None
    assert f'data-row="{cases[-1]}"' in (await karin.get(unescape(opened.group(1)))).text
    assert (await karin.get("/personal?visa=alla&efter=nobodys.r1")).status == 200


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "28 dagar kvar"),
        (27, "1 dag kvar"),
        (28, "Målet är i dag"),
        (29, "1 dag försenat"),
        (40, "12 dagar försenat"),
    ],
)
async def test_time_left_and_lateness_are_told_in_words(house: House, days: int, words: str) -> None:
    await filed(house, ANNA)
    house.clock.passes(timedelta(days=days))
    page = await (await house.browser(KARIN)).get("/personal?visa=alla")
    assert words in page.words
    assert ("due--late" in page.text) == (days > 28)


@pytest.mark.on_both_engines
async def test_the_queue_shows_what_is_mine_what_is_nobodys_and_what_has_ended(house: House) -> None:
    _, karin = await anna_and_karin(house, REMEMBERED)
    await filed(house, BO, {"title": {"text": ["Utan handläggare"]}})
    found = {show: (await karin.browser.get(f"/personal?visa={show}")).words for show in ("mina", "lediga", "alla")}
    assert ("Ingen svarade" in found["mina"], "Utan handläggare" in found["mina"]) == (True, False)
    assert ("Ingen svarade" in found["lediga"], "Utan handläggare" in found["lediga"]) == (False, True)
    assert ("Ingen svarade" in found["alla"], "Utan handläggare" in found["alla"]) == (True, True)
    assert "Mina 1 Ej tilldelade 1 Alla öppna 2 Avslutade" in found["alla"]
    await karin.answers(ANSWER)
    assert "Ingen svarade" in (await karin.browser.get("/personal?visa=klara")).words


@pytest.mark.on_both_engines
async def test_a_case_is_unread_until_somebody_at_the_unit_has_read_it(house: House) -> None:
    _, karin = await anna_and_karin(house, taken=False)
    assert "(oläst)" in (await karin.browser.get("/personal")).words
    await karin.opens()
    assert "(oläst)" in (await karin.browser.get("/personal")).words
    await karin.reads()
    assert "(oläst)" not in (await karin.browser.get("/personal")).words


async def test_nobody_writes_to_anna_before_somebody_has_taken_her_case(house: House) -> None:
    _, karin = await anna_and_karin(house, taken=False)
    page = await karin.opens()
    assert (has_form(page, "post_message"), has_form(page, "take_case")) == (False, True)
    page = await karin.presses("take_case")
    assert (has_form(page, "post_message"), has_form(page, "take_case")) == (True, False)


async def test_who_comes_second_is_told_that_a_colleague_was_first(house: House) -> None:
    _, karin = await anna_and_karin(house, taken=False)
    lars = await at_case(house, karin.url.rpartition("/")[2], LARS)
    await lars.opens()
    await karin.sends("take_case")
    page = await lars.presses("take_case")
    assert page.status == 409
    assert SENTENCES["already_taken"] in page.words


async def test_a_case_is_given_to_a_colleague_and_put_back(house: House) -> None:
    _, karin = await anna_and_karin(house)
    assert "Din kollega har fått ärendet." in (await karin.sends("assign_case", handler="lars")).words
    assert "Lars Kollegsson handlägger ärendet." in (await karin.opens()).words
    page = await karin.sends("release_case")
    assert "Ärendet lades tillbaka i kön." in page.words
    assert has_form(page, "take_case")


@pytest.mark.on_both_engines
async def test_after_each_act_that_ends_the_work_the_next_case_of_the_same_list_is_offered_and_not_opened(
    house: House,
) -> None:
    _, karin = await anna_and_karin(house)
    others = [await filed(house, BO, {"title": {"text": [title]}}) for title in ("Andra", "Tredje", "Fjärde")]
    for case in others[:2]:
        await (await at_case(house, case, KARIN)).sends("take_case")
    page = await karin.answers(ANSWER)
    assert page.path == karin.url
    assert "Svaret är skickat. Nästa ärende: Andra" in page.words
    assert 'aria-current="true">Mina' in page.text
    second = await at_case(house, others[0], KARIN)
    page = await second.sends("forward_case", on="/vidare", unit="SE0000000001-VCTORGET", reason="Det var där.")
    assert (page.path, "Nästa ärende: Tredje" in page.words) == ("/personal", True)
    page = await (await at_case(house, others[1], KARIN)).sends("release_case")
    assert "Ärendet ligger i kön igen. Nästa ärende: " in page.words
    page = await referred(house, others[2])
    assert "Ärendet är hänvisat vidare och avslutat. Nästa ärende: " in page.words
    # From a list that was chosen one comes back to that list.
    third = await at_case(house, others[1], KARIN)
    await third.sends("take_case")
    await third.opens("?visa=alla")
    fields, seen = {**hidden_in(third.page, "assign_case"), "handler": "lars"}, {"Referer": f"{third.url}?visa=alla"}
    page = await karin.browser.post(f"{third.url}/assign_case", fields, **seen)
    assert "Välj ett ärende i kön." in page.words
    assert "Din kollega har fått ärendet. Nästa ärende: " in page.words
    assert 'aria-current="true">Alla' in page.text


@pytest.mark.parametrize(
    ("tag", "on", "fields"),
    [
        ("forward_case", "/vidare", {"unit": "SE0000000001-VCTORGET", "reason": "Det var där."}),
        ("answer_case", "/avsluta", ANSWER),
        ("assign_case", "", {"handler": "lars"}),
        ("release_case", "", {}),
        ("refer_case", "", {"reason": "Det gäller en skola.", "turn_to": "Rektorn."}),
    ],
)
async def test_whoever_comes_from_a_list_goes_on_in_that_list(
    house: House, tag: str, on: str, fields: dict[str, str]
) -> None:
    _, karin = await anna_and_karin(house, taken=False)
    for title in ("Min egen", "Ingens"):
        case = await filed(house, BO, {"title": {"text": [title]}})
        if title == "Min egen":
            await (await at_case(house, case, KARIN)).sends("take_case")
    page = await karin.opens("?visa=lediga")
    karin.seen.append(await karin.browser.post(f"{karin.url}/take_case", hidden_in(page, "take_case")))
    assert 'aria-current="true">Ej tilldelade' in karin.page.text
    if on:
        # The page of the form has no list: the browser says where one comes from.
        await karin.opens(on, referer=house.url(f"{karin.url}?visa=lediga"))
    refused = await karin.presses(tag, **dict.fromkeys(fields, ""))
    if fields:
        assert refused.status in {404, 422}
    page = await karin.presses(tag, **fields) if has_form(refused, tag) else refused
    assert page.status == 200
    assert 'aria-current="true">Ej tilldelade' in page.text
    onward = page.words.partition("Nästa ärende: ")[2]
    assert onward.startswith("Ingens"), page.words


async def test_a_list_that_another_site_names_is_not_the_one_that_is_shown(house: House) -> None:
    _, karin = await anna_and_karin(house)
    page = await karin.opens(referer=f"https://example.org{karin.url}?visa=klara")
    assert 'aria-current="true">Mina' in page.text


async def referred(house: House, case: str) -> Page:
    karin = await at_case(house, case, KARIN)
    await karin.sends("take_case")
    return await karin.sends("refer_case", reason="Det gäller en skola.", turn_to="Vänd dig till rektorn.")


async def test_what_can_be_done_comes_before_the_facts_and_what_was_told_of_the_patient_is_among_them(
    house: House,
) -> None:
    _, karin = await anna_and_karin(house, {"consequences": {"text": ["Ont i två veckor"]}})
    facts = (await karin.opens()).text.partition('data-part="facts"')[2]
    for first, then in (("Svar senast (mål)", "Åtgärder"), ("Åtgärder", ">Ärendet<"), (">Ärendet<", "Deltagare")):
        assert facts.index(first) < facts.index(then)
    assert facts.index("Ont i två veckor") < facts.index("Alla svar i guiden")
    assert facts.count("28 dagar") == 1


async def test_a_case_is_given_only_to_somebody_who_handles_cases_here(house: House) -> None:
    _, karin = await anna_and_karin(house)
    page = await karin.sends("assign_case", handler="sara")
    assert page.status == 422
    assert SENTENCES["not_a_colleague"] in page.words


async def test_a_question_to_anna_waits_for_her_and_her_reply_ends_the_waiting(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    page = await karin.sends("ask_reporter", text="När ringde du?")
    assert "Väntar på Anna" in page.words
    assert "Ekbackens vårdcentral väntar på svar från dig." in (await anna.opens()).words
    await anna.presses("post_message", text="Klockan åtta.")
    page = await karin.opens()
    assert "Väntar på Anna" not in page.words


async def test_what_has_to_wait_stays_in_sight_with_the_reason(house: House) -> None:
    _, karin = await anna_and_karin(house, taken=False)
    assert "Ta ärendet först. Sedan kan du svara på det." in (await karin.opens()).words
    await karin.sends("take_case")
    page = await karin.sends("ask_reporter", text="När ringde du?")
    for words in ("Svara och avsluta", "Ställ en fråga", "Vidarebefordra"):
        waits = (
            rf'<button[^>]*type="button" aria-disabled="true" aria-describedby="later"[^>]*>(?:<svg.*?</svg>)?{words}<'
        )
        assert re.search(waits, page.text), words
    assert "Väntar på svar från Anna. Annars väljer du Fortsätt utan svar." in page.words
    page = await karin.presses("stop_waiting")
    assert "aria-disabled" not in page.text
    assert "/avsluta" in page.text


async def test_staff_can_stop_waiting(house: House) -> None:
    _, karin = await anna_and_karin(house)
    await karin.sends("ask_reporter", text="När ringde du?")
    page = await karin.presses("stop_waiting")
    assert "Ni väntar inte längre på svar." in page.words
    assert not has_form(page, "stop_waiting")


async def test_a_note_has_a_form_of_its_own_and_stays_at_the_unit(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    page = await karin.sends("write_note", text="Ringt röntgen, de letar.")
    assert "Ringt röntgen, de letar." in page.words
    assert "Ringt röntgen" not in (await anna.opens()).text
    refused = await karin.presses("write_note", text=" ")
    assert refused.status == 422
    assert 'id="note-error"' in refused.text


async def test_a_case_that_belongs_elsewhere_is_ended_with_why_and_where_to_turn(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    refused = await karin.sends("refer_case", reason="Det gäller en skola.", turn_to="")
    assert refused.status == 422
    assert typed_in(refused, "refer-reason") == "Det gäller en skola."
    await karin.presses("refer_case", reason="Det gäller en skola.", turn_to="Vänd dig till rektorn.")
    words = (await anna.opens()).words
    assert "Det gäller en skola." in words
    assert "Vänd dig till rektorn." in words
    assert not has_form(anna.page, "post_message")


async def test_the_place_is_corrected_and_what_anna_wrote_stays(house: House) -> None:
    anna, _ = await anna_and_karin(
        house,
        {"place": {"text": ["akuten i Lindby tror jag"], "unit": [""]}, "recipient": {"choice": ["board"]}},
        taken=False,
    )
    olle = await at_case(house, anna.url.rpartition("/")[2], OLLE)
    page = await olle.opens("/plats")
    assert "akuten i Lindby tror jag" in page.words
    page = await olle.presses("set_place", check="search", q="akutmottagningen lindby")
    assert "Akutmottagningen Lindby sjukhus" in page.words
    none = await olle.presses("set_place", q="akutmottagningen lindby")
    assert (none.status, "Välj en enhet." in none.words) == (422, True)
    page = await olle.presses("set_place", unit="SE0000000001-LSAKUTMOTT")
    assert page.path == olle.url
    assert "Akutmottagningen Lindby sjukhus" in page.words
    assert "akuten i Lindby tror jag" in page.words
    assert "Ärendet gäller Akutmottagningen Lindby sjukhus." in (await anna.opens()).words


async def test_a_boards_case_comes_to_the_board_and_to_nobody_else(house: House) -> None:
    anna, karin = await anna_and_karin(house, {**REMEMBERED, "recipient": {"choice": ["board"]}}, taken=False)
    olle = await at_case(house, anna.url.rpartition("/")[2], OLLE)
    assert "Ingen svarade" in (await olle.browser.get("/personal")).words
    assert (await karin.opens()).status == 404
    await olle.sends("take_case")
    await olle.presses("post_message", text="Jag hjälper dig.")
    page = await anna.opens()
    assert "Jag hjälper dig." in page.words
    assert "msg--board" in _of_messages(page)


@pytest.mark.on_both_engines
async def test_each_form_of_the_desk_does_it_once_however_often_it_is_sent(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.opens()
    for tag, text in (("post_message", "En gång till Anna"), ("write_note", "En gång till oss")):
        fields = {**hidden_in(karin.page, tag), "text": text}
        for _ in range(2):
            assert (await karin.browser.post(f"{karin.url}/{tag}", fields)).status == 200
        assert (await karin.opens()).text.count(text) == 1
    assert (await anna.opens()).text.count("En gång") == 1


async def test_an_administrator_reads_no_cases(house: House) -> None:
    anna, _ = await anna_and_karin(house, REMEMBERED)
    ada = await at_case(house, anna.url.rpartition("/")[2], ADA)
    assert (await ada.opens()).status == 404
    assert "RM 2026" not in (await ada.browser.get("/personal?visa=alla")).words


async def test_there_are_no_forms_for_what_is_not_done_in_a_thread(house: House) -> None:
    _, karin = await anna_and_karin(house)
    for tag in ("submit_case", "close_thread", "burn_case"):
        assert (await karin.browser.post(f"{karin.url}/{tag}", {"client_id": "client-id-1"})).status == 404


def _of_messages(page: Page) -> str:
    return page.text.split("data-log", 1)[1].split("</aside>", 1)[0]


async def test_a_question_is_sent_with_its_file(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.opens()
    hidden = {name: str(value) for name, value in hidden_in(karin.page, "post_message").items()}
    fields = {**hidden, "text": "Är det den här kallelsen?"}
    page = await karin.browser.upload(f"{karin.url}/ask_reporter", "files", [("kallelse.pdf", PDF)], **fields)
    assert page.status == 200, page.words
    page = await anna.opens()
    assert "Är det den här kallelsen?" in page.words
    found = re.search(r'href="([^"]+/fil/[^"]+)"', page.text)
    assert found
    assert (await anna.browser.bytes(found.group(1)))[0] == 200
    assert "väntar på svar från dig" in page.words
