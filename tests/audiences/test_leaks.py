"""What is not yours answers like what is not there, and nothing beside the texts betrays them either."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from handlers.dispatch import dispatch
from inbox.cases.commands import KINDS, OpenSeat
from inbox.cases.model import BY_ITSELF
from inbox.principals.principal import CodeHolder, Who
from inbox.principals.seat import SeatKind
from inbox.reference.samples import sample_of
from inbox.storage.people import Person
from tests.filing import filed
from tests.house import Browser, House
from tests.people import ANNA, BO, BOARD, EKBACKEN, KARIN, LARS, OLLE, SARA, TORGET
from tests.sockets import at_socket

ANY_ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""What the log calls a request: another one each time."""
NOWHERE = "01a00000-0000-7000-8000-000000000000"
PARTS = {"answers": True, "since": "all"}
FIELDS: Mapping[str, dict[str, Any]] = {
    "assign_case": {"handler": "lars"},
    "forward_case": {"unit": TORGET, "reason": "Där."},
    "set_place": {"unit": EKBACKEN},
    "propose_sharing": {"unit": BOARD, "parts": PARTS, "reason": "Stöd."},
    "give_consent": {"unit": BOARD, "parts": PARTS, "text": "Ja."},
    "refuse_consent": {"request": NOWHERE},
    "withdraw_consent": {"party": "a2"},
    "ask_questions": {"dialog": "followup"},
    "release_statement": {"statement": NOWHERE},
}
"""Of commands that name somebody or something there is; all others come with the least that they need."""
PAGES = ("", "/svar", "/utskrift", "/avsluta", "/vidare", "/plats", "/aterta", "/fil/f1", "/foresla", "/namnden")


@pytest.mark.parametrize("tag", sorted(KINDS))
async def test_a_command_to_somebody_elses_case_is_answered_as_if_there_were_none(house: House, tag: str) -> None:
    case = await filed(house, ANNA)
    former = await former_of(house, case)
    for stranger in (BO, SARA, former):
        browser, socket = await house.browser(stranger), await at_socket(house, stranger)
        fields = FIELDS.get(tag, sample_of(KINDS[tag]))
        there = await browser.command(tag, case, **fields)
        nowhere = await browser.command(tag, NOWHERE, **fields)
        assert there == nowhere
        assert there[0] == 404
        assert await socket.says(tag, case, **fields) == await socket.says(tag, NOWHERE, **fields)


async def former_of(house: House, case: str) -> Who:
    """Somebody who sat beside Anna by a code, until a moment ago."""
    until = house.clock() + timedelta(minutes=5)
    seat = OpenSeat(
        case=case, client_id=house.new_id(), party="reporter", sits_as=SeatKind.PROXY, code="c1", until=until
    )
    await dispatch(house.parts.services, BY_ITSELF, seat, "sv")
    house.clock.passes(timedelta(minutes=5))
    return Who(CodeHolder("c1", case))


async def test_a_page_of_a_case_in_which_ones_seat_has_ended_is_answered_as_if_there_were_none(house: House) -> None:
    case = await filed(house, ANNA)
    browser = await house.browser(await former_of(house, case))
    for rest in PAGES:
        there, nowhere = [await bare(browser, f"/arende/{id}{rest}", id) for id in (case, NOWHERE)]
        assert there == nowhere


@pytest.mark.parametrize("stranger", [BO, SARA, OLLE], ids=lambda person: person.id)
async def test_a_page_of_somebody_elses_case_is_answered_as_if_there_were_none(house: House, stranger: Person) -> None:
    case, browser = await filed(house, ANNA), await house.browser(stranger)
    await browser.get("/hem")
    for base in ("/arende", "/personal/arende", "/kvitto"):
        for rest in PAGES if base != "/kvitto" else ("",):
            there, nowhere = [await bare(browser, f"{base}/{id}{rest}", id) for id in (case, NOWHERE)]
            assert there == nowhere


async def bare(browser: Browser, path: str, id: str) -> tuple[int, str, list[str]]:
    """What a page says, and the headers it has, without the id of the case and of the request."""
    page = await browser.get(path)
    return page.status, re.sub(ANY_ID, "", page.words.replace(id, "")), sorted(page.headers)


@pytest.mark.on_both_engines
async def test_a_unit_that_gave_a_case_away_is_pinged_once_and_never_again(house: House) -> None:
    case = await filed(house, ANNA)
    lars, sara = await at_socket(house, LARS), await at_socket(house, SARA)
    await lars.asks("lists")
    await sara.asks("lists")
    karin, anna = await house.browser(KARIN), await house.browser(ANNA)
    await karin.command("forward_case", case, unit=TORGET, reason="Det hände där.")
    await lars.gets("lists")
    await sara.gets("lists")
    heard = len(lars.frames)
    await anna.command("post_message", case, text="Är det ni nu?")
    await sara.gets("lists", 2)
    await lars.settles()
    assert lars.frames[heard:] == []


async def test_counts_and_log_lines_name_no_case_and_no_person(house: House, caplog: pytest.LogCaptureFixture) -> None:
    case, browser = await filed(house, ANNA), await house.browser(ANNA)
    await browser.get(f"/arende/{case}?namn=kanariefågel")
    await browser.command("post_message", case, text="kanariefågel")
    metrics = await browser.get("/metrics")
    told = metrics.text + "".join(repr(vars(record)) for record in caplog.records if record.name.startswith("server"))
    for secret in (case, "anna", "Provlind", "kanariefågel"):
        assert secret not in told.replace("request_id", "")


async def test_a_pages_title_holds_nothing_that_somebody_wrote(house: House) -> None:
    case = await filed(house, ANNA, {"title": {"text": ["kanariefågel i titeln"]}})
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    for browser, path in ((anna, f"/arende/{case}"), (karin, f"/personal/arende/{case}"), (anna, f"/kvitto/{case}")):
        page = await browser.get(path)
        assert page.status == 200
        assert "kanariefågel" not in page.title


@pytest.mark.on_both_engines
async def test_what_is_only_for_others_changes_no_byte_of_a_page(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin, olle = [await house.browser(person) for person in (ANNA, KARIN, OLLE)]
    await karin.command("take_case", case)
    await anna.command("give_consent", case, unit=BOARD, parts=PARTS, text="Ja")
    await olle.command("take_case", case)
    hers = (f"/arende/{case}", "/hem", f"/arende/{case}/utskrift")
    # Everybody has read everything before: that somebody has read is told, and is no secret.
    for browser, path in [(olle, f"/personal/arende/{case}"), *((anna, path) for path in hers)]:
        await browser.get(path)
    desk = await shape(olle, f"/personal/arende/{case}")
    before = [await shape(anna, path) for path in hers]
    await karin.command("write_note", case, text="Bara vi.")
    assert await shape(olle, f"/personal/arende/{case}") == desk
    await karin.command("post_message", case, text="Bara nämnden.", audience="unit_board")
    await olle.command("write_note", case, text="Bara jag.")
    assert [await shape(anna, path) for path in hers] == before


async def shape(browser: Browser, path: str) -> tuple[str, int]:
    """The words of a page and how many bytes it has: ids that are drawn anew are all as long."""
    page = await browser.get(path)
    assert page.status == 200, page.words
    return page.words, len(page.text.encode())
