"""Who only distributes gives cases to others without a byte of what anybody wrote."""

import re

import pytest

from tests.answered import Answers
from tests.filing import filed
from tests.handlers.sitting import ANSWER, Sitting, anna_and_karin, at_case, has_form
from tests.house import House
from tests.people import ANNA, FIA, KARIN, LARS
from tests.sockets import at_socket

CANARY = "kanariefågel"
WRITTEN: Answers = {
    "story": {"text": [f"{CANARY} i berättelsen"]},
    "consequences": {"text": [f"{CANARY} i följderna"]},
    "improvement": {"text": [f"{CANARY} i förslaget"]},
    "title": {"text": [f"{CANARY} i rubriken"]},
}
PAGES = ("", "?visa=alla", "/vidare", "/avsluta", "/plats", "/utskrift")


async def written(house: House) -> tuple[Sitting, Sitting, Sitting]:
    """Anna, Karin and Fia at a case full of what people wrote."""
    anna, karin = await anna_and_karin(house, WRITTEN)
    fia = await at_case(house, anna.url.rpartition("/")[2], FIA)
    await anna.sends("post_message", text=f"{CANARY} i ett meddelande")
    await karin.sends("ask_reporter", text=f"{CANARY} i en fråga")
    await karin.sends("write_note", text=f"{CANARY} i en anteckning")
    await anna.sends("post_message", text=f"{CANARY} i ett svar")
    return anna, karin, fia


@pytest.mark.on_both_engines
async def test_no_page_of_a_distributor_holds_a_typed_byte_or_a_name(house: House) -> None:
    _, _, fia = await written(house)
    for rest in PAGES:
        await fia.opens(rest)
        await fia.opens(rest, x_requested_with="fragment")
    for show in ("mina", "lediga", "alla", "klara"):
        fia.seen.append(await fia.browser.get(f"/personal?visa={show}"))
    for page in fia.seen:
        assert CANARY not in page.text
        assert "Anna" not in page.text
        assert "Provlind" not in page.text


async def test_whom_a_case_waits_for_has_a_name_only_for_those_who_may_know_it(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.sends("ask_reporter", text="När ringde du?")
    fia = await at_case(house, anna.url.rpartition("/")[2], FIA)
    for page in (await fia.opens(), await fia.browser.get("/personal?visa=alla")):
        assert "Väntar på anmälaren" in page.words
        assert not re.search(r"\bAnna\b", page.text)
    for page in (await karin.opens(), await karin.browser.get("/personal?visa=alla"), await karin.opens("/utskrift")):
        assert "Väntar på Anna" in page.words
        assert "anmälaren" not in page.words.lower()
    assert "väntar på svar från dig." in (await anna.opens()).words


async def test_not_even_once_the_case_has_ended(house: House) -> None:
    _, karin, fia = await written(house)
    await karin.answers({**ANSWER, "explanation": f"{CANARY} i svaret"})
    await fia.opens()
    fia.seen.append(await fia.browser.get("/personal?visa=klara"))
    assert "RM 2026-00001" in fia.page.words
    assert [page for page in fia.seen if CANARY in page.text] == []


@pytest.mark.parametrize("rest", ["/avsluta", "/plats", "/utskrift"])
async def test_pages_that_show_what_was_written_are_not_for_them(house: House, rest: str) -> None:
    _, _, fia = await written(house)
    assert (await fia.opens(rest)).status == 403


@pytest.mark.parametrize(
    "tag", ["take_case", "post_message", "write_note", "ask_reporter", "answer_case", "refer_case", "set_place"]
)
async def test_they_can_do_nothing_but_distribute(house: House, tag: str) -> None:
    anna, _, fia = await written(house)
    fields = {"client_id": "client-id-1", "text": "x", "reason": "x", "turn_to": "x", "unit": "SE0000000001-VCTORGET"}
    page = await fia.browser.post(f"{fia.url}/{tag}", {**ANSWER, **fields})
    assert page.status in {403, 422}
    assert CANARY not in page.text
    assert "Du har fått svar" not in (await anna.opens()).words


@pytest.mark.on_both_engines
async def test_they_see_number_unit_state_and_dates_and_give_the_case_to_somebody(house: House) -> None:
    _, karin, fia = await written(house)
    page = await fia.opens()
    for words in ("RM 2026-00001", "Ekbackens vårdcentral", "Utreds", "28 dagar kvar", "Karin Handlund"):
        assert words in page.words
    assert has_form(page, "assign_case")
    page = await fia.presses("assign_case", handler="lars")
    assert "Din kollega har fått ärendet." in page.words
    page = await fia.opens()
    assert (page.status, "Handläggare: Lars Kollegsson" in page.words) == (200, True)
    assert "Lars Kollegsson handlägger ärendet." in (await karin.opens()).words


async def test_they_hear_no_numbers_whichever_way_they_give_a_case(house: House) -> None:
    case = await filed(house, ANNA)
    anna, fia = await at_socket(house, ANNA, case), await at_socket(house, FIA)
    browser = await house.browser(FIA)
    await anna.says("post_message", case, text=CANARY)
    status, told = await browser.command("assign_case", case, client_id="over-the-api", handler=LARS.id)
    assert (status, told["n"]) == (201, [])
    status, told = await browser.command("assign_case", case, client_id="over-the-api", handler=LARS.id)
    assert (status, told["n"], told["repeated"]) == (200, [], True)
    await anna.says("post_message", case, text=CANARY)
    reply = await fia.says("assign_case", case, handler=KARIN.id)
    assert reply["ok"]["n"] == []
    reply = await fia.says("forward_case", case, unit="SE0000000001-VCTORGET", reason="Det hände där.")
    assert reply["ok"]["n"] == []


@pytest.mark.on_both_engines
async def test_their_list_moves_with_the_register_and_not_when_somebody_writes(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    fia, lars = await at_socket(house, FIA), await at_socket(house, LARS)
    await fia.asks("lists")
    await lars.asks("lists")
    await anna.says("post_message", case, text=CANARY)
    await karin.says("write_note", case, text=CANARY)
    await lars.gets("lists", 2)
    await fia.settles()
    assert fia.frames == []
    await karin.says("take_case", case)
    await karin.says("ask_reporter", case, text=CANARY)
    await anna.says("post_message", case, text=CANARY)
    assert await fia.gets("lists", 3) == [{}, {}, {}]
