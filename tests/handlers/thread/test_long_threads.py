"""A thread of thousands of messages: opened at its newest, caught up with in pages, whole on paper."""

import re
import time

import pytest
from sqlalchemy import func, select

from inbox.queries.reading import PAGE, PAGE_SIZE
from inbox.storage import schema as s
from tests.filing import filed
from tests.handlers.sitting import Sitting, anna_and_karin, at_case
from tests.house import House, Page
from tests.people import ANNA, BO, BOARD, KARIN, LARS
from tests.sockets import Socket, at_socket
from tests.talk import talk

pytestmark = pytest.mark.on_both_engines

ROW = re.compile(r"Rad (\d+)\b")


async def long_case(house: House, count: int, words: str = "", note_every: int = 0) -> str:
    case = await filed(house, ANNA)
    await (await house.browser(KARIN)).command("take_case", case)
    await talk(house.parts.services.store, case, count, words, note_every)
    house.parts.services.act.forget(case)
    return case


async def at_long_case(house: House, count: int, note_every: int = 0) -> tuple[str, Sitting, Sitting]:
    case = await long_case(house, count, note_every=note_every)
    return case, await at_case(house, case, ANNA), await at_case(house, case, KARIN)


def rows_on(page: Page) -> list[int]:
    """The numbers of what was said, as they stand on the page."""
    return [int(number) for number in ROW.findall(page.words)]


def way(page: Page, words: str) -> str:
    """The address of a link, without the place where the case is."""
    found = re.search(rf'href="[^"?]*(\?[^"]*|)"[^>]*>(?:<svg.*?</svg>)?{words}', page.text)
    assert found, page.words[-400:]
    return found.group(1).replace("&amp;", "&")


async def catches_up(socket: Socket, case: str) -> tuple[list[dict[str, object]], int]:
    """Every entry, asked for by number, and in how many answers."""
    taken: list[dict[str, object]] = []
    answers = 0
    while True:
        reply = (await socket.asks("catch_up", case=case, after=len(taken)))["ok"]
        taken, answers = taken + reply["entries"], answers + 1
        if len(taken) == reply["head"]:
            return taken, answers


async def test_a_long_thread_opens_at_its_newest_and_leads_to_what_is_older(house: House) -> None:
    _, anna, _ = await at_long_case(house, 300)
    await anna.reads()
    page = await anna.opens()
    assert rows_on(page) == list(range(251, 301))
    seen = rows_on(page)
    while "Visa äldre" in page.text:
        page = await anna.opens(way(page, "Visa äldre"))
        seen = rows_on(page) + seen
    assert seen == list(range(1, 301))
    assert "Jag ringde tre dagar i rad" in page.words
    assert rows_on(await anna.opens(way(page, "Till det senaste"))) == list(range(251, 301))


async def test_what_is_unread_is_on_the_first_page_too(house: House) -> None:
    _, anna, _ = await at_long_case(house, 120)
    for _ in range(2):
        assert rows_on(await anna.opens()) == list(range(1, 121))
    await anna.reads()
    assert rows_on(await anna.opens()) == list(range(71, 121))


async def test_looking_at_what_is_older_reads_nothing_newer(house: House) -> None:
    case, anna, _ = await at_long_case(house, 300)
    assert "Markera som läst" not in (await anna.opens("?before=100")).words
    async with house.parts.services.store.reading() as connection:
        mark = select(s.read_mark.c.n).where(s.read_mark.c.case_id == case, s.read_mark.c.party == "reporter")
        assert (await connection.scalar(mark) or 0) <= 99


async def test_nobody_writes_on_a_page_that_does_not_show_the_newest(house: House) -> None:
    _, anna, karin = await at_long_case(house, 60)
    for each in (anna, karin):
        assert 'data-composer="message"' not in (await each.opens("?before=20")).text
        assert 'data-composer="message"' in (await each.opens()).text


async def test_notes_stand_between_what_was_said_when_they_were_written(house: House) -> None:
    _, anna, karin = await at_long_case(house, 200, note_every=10)
    await karin.reads()
    page = await karin.opens()
    said, noted = rows_on(page), [int(n) for n in re.findall(r"Anteckning (\d+)", page.words)]
    assert (said[0], noted[0], len(said) + len(noted)) == (156, 160, 50)
    page = await karin.opens(way(page, "Visa äldre"))
    older, older_notes = rows_on(page), [int(n) for n in re.findall(r"Anteckning (\d+)", page.words)]
    assert (older[-1], older_notes[-1], len(older) + len(older_notes)) == (155, 150, 50)
    assert "Anteckning" not in (await anna.opens()).words


async def test_paper_has_the_whole_thread(house: House) -> None:
    _, anna, karin = await at_long_case(house, 300)
    for each in (anna, karin):
        assert rows_on(await each.opens("/utskrift")) == list(range(1, 301))


async def test_a_part_says_on_paper_that_it_is_one_and_where_the_whole_is(house: House) -> None:
    _, anna, karin = await at_long_case(house, 300)
    for each in (anna, karin):
        told = f'class="on-paper">Här är bara en del av konversationen. Hela finns på {each.url}/utskrift.<'
        for rest in ("", "?before=200", "?before=10"):
            assert (await each.opens(rest)).text.count(told) == 1, rest
        assert "on-paper" not in (await each.opens("/utskrift")).text
    short, _ = await anna_and_karin(house)
    assert "on-paper" not in (await short.opens()).text


async def test_what_the_script_asks_for_has_the_rows_alone_that_it_asks_for(house: House) -> None:
    _, anna, karin = await at_long_case(house, 300)
    for each in (anna, karin):
        assert rows_on(await each.opens(x_requested_with="fragment")) == []
        page = await each.opens("?before=200", x_requested_with="fragment")
        assert rows_on(page)[-1] < 200
        assert "<header" not in page.text.split("data-log")[0]


@pytest.mark.parametrize("stranger", [BO, LARS])
async def test_every_look_at_what_is_older_is_checked_and_kept(house: House, stranger: object) -> None:
    case, anna, _ = await at_long_case(house, 100)
    looks = select(func.count()).select_from(s.access).where(s.access.c.case_id == case)

    async def kept() -> int:
        async with house.parts.services.store.reading() as connection:
            return await connection.scalar(looks) or 0

    before = await kept()
    await anna.opens("?before=50", x_requested_with="fragment")
    assert await kept() == before + 1
    other = await at_case(house, case, stranger)  # type: ignore[arg-type]
    page = await other.opens("?before=50")
    if stranger is BO:
        assert (page.status, rows_on(page)) == (404, [])
    else:
        assert (page.status, await kept()) == (200, before + 2)


@pytest.mark.parametrize("address", ["?before=x", "?before=-1", "?before=99999999999", "?desk_before=1.5"])
async def test_an_address_that_says_nothing_is_refused(house: House, address: str) -> None:
    _, anna, karin = await at_long_case(house, 3)
    for each in (anna, karin):
        assert (await each.opens(address)).status == 422


async def test_a_question_for_a_consent_is_about_everything_that_was_said(house: House) -> None:
    case, anna, karin = await at_long_case(house, 100)
    parts = {"answers": True, "since": "all"}
    status, reply = await karin.browser.command("propose_sharing", case, unit=BOARD, parts=parts, reason="Hjälp.")
    assert status == 201, reply
    await anna.reads()
    page = await anna.opens()
    assert rows_on(page)[-1] == 100
    assert "Patientnämnden" in page.words
    assert len(re.findall(r'data-entry="\d+"', page.text)) <= 60


async def test_whoever_is_far_behind_catches_up_in_pages_each_entry_once_and_in_order(house: House) -> None:
    case = await long_case(house, 1000)
    karin = await at_socket(house, KARIN, case, after=1002)
    anna = await at_socket(house, ANNA)
    began = time.process_time()
    taken, answers = await catches_up(anna, case)
    assert [entry["n"] for entry in taken] == list(range(1, 1003))
    assert answers == -(-1002 // PAGE)
    assert time.process_time() - began < 10
    await karin.says("post_message", case, text="Till sist")
    assert (await anna.asks("catch_up", case=case, after=1002))["ok"]["entries"][0]["event"]["text"] == "Till sist"


async def test_a_page_of_long_entries_holds_fewer(house: House) -> None:
    case = await long_case(house, 100, words=" x" * 4990)
    anna = await at_socket(house, ANNA, case, after=102)
    taken, answers = await catches_up(anna, case)
    assert len(taken) == 102
    assert answers >= 100 * 9980 // PAGE_SIZE
    reply = (await anna.asks("catch_up", case=case, after=2))["ok"]
    assert len(repr(reply)) < 2 * PAGE_SIZE
