"""What counts as read is what somebody has had in sight: never that a browser has fetched a page."""

from typing import Any

import pytest
from sqlalchemy import func, select

from inbox.storage import schema as s
from tests.handlers.sitting import ANSWER, Sitting, anna_and_karin
from tests.house import House
from tests.people import ANNA, BO, BOARD, FIA, OLLE
from tests.sockets import at_socket

UNREAD = "Ekbackens vårdcentral har tagit emot ditt ärende. Ingen har öppnat det ännu."
PAGES = ("", "?before=2", "/svar", "/utskrift", "/avsluta", "/vem", "/vidare", "/namnden", "/aterta")
FETCHES: dict[str, dict[str, str]] = {
    "get": {},
    "prefetch": {"sec_purpose": "prefetch", "purpose": "prefetch"},
    "prerender": {"sec_purpose": "prefetch;prerender"},
    "fragment": {"x_requested_with": "fragment"},
}


async def fetches(sitting: Sitting, how: str) -> None:
    """Asks for every page of the case, as a browser does that shows none of them."""
    for rest in PAGES:
        if how == "head":
            await sitting.browser.head(sitting.url + rest)
        else:
            await sitting.opens(rest, **FETCHES[how])


async def marks_in(house: House) -> list[tuple[Any, ...]]:
    """All that says that somebody has read something they did not write."""
    async with house.parts.services.store.reading() as connection:
        marks = select(s.read_mark.c.party, s.read_mark.c.n, s.read_mark.c.unit_id).order_by(s.read_mark.c.party)
        read = select(s.inbox_item.c.read_at).where(s.inbox_item.c.read_at.is_not(None))
        return [tuple(row) for query in (marks, read) for row in await connection.execute(query)]


@pytest.mark.parametrize("how", ["head", *FETCHES])
async def test_nothing_is_read_by_fetching_it(house: House, how: str) -> None:
    anna, karin = await anna_and_karin(house, taken=False)
    before = await marks_in(house)
    await fetches(karin, how)
    assert await marks_in(house) == before
    assert UNREAD in (await anna.opens()).words
    assert "(oläst)" in (await karin.browser.get("/personal")).words
    await karin.sends("take_case")
    await karin.sends("post_message", text="Vi ringer dig i morgon.")
    await karin.answers(ANSWER)
    before = await marks_in(house)
    await fetches(anna, how)
    assert await marks_in(house) == before
    assert "Du har ett svar att läsa." in (await anna.browser.get("/hem")).words
    assert "Läst av Anna" not in (await karin.opens()).words


@pytest.mark.parametrize("how", ["head", *FETCHES])
async def test_every_fetch_is_kept_as_an_opening_all_the_same(house: House, how: str) -> None:
    anna, _ = await anna_and_karin(house)
    case = anna.url.rpartition("/")[2]
    looks = select(func.count()).select_from(s.access).where(s.access.c.case_id == case, s.access.c.person_id == "anna")

    async def kept() -> int:
        async with house.parts.services.store.reading() as connection:
            return await connection.scalar(looks) or 0

    before = await kept()
    if how == "head":
        await anna.browser.head(anna.url)
    else:
        await anna.opens(**FETCHES[how])
    assert await kept() == before + 1


async def test_what_was_in_sight_is_told_over_the_socket_for_the_answer_too(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    case = anna.url.rpartition("/")[2]
    await karin.answers(ANSWER)
    socket = await at_socket(house, ANNA, case)
    n = int((await anna.opens("/svar")).text.split('data-unread="')[1].split('"')[0])
    assert (await socket.asks("read", case=case, answer=n))["ok"] == {}
    assert "Du har ett svar att läsa." not in (await anna.browser.get("/hem")).words
    assert "data-unread" not in (await anna.opens("/svar")).text


@pytest.mark.parametrize("number", [0, 1, 99])
async def test_a_number_that_is_no_answer_reads_none(house: House, number: int) -> None:
    anna, karin = await anna_and_karin(house)
    case = anna.url.rpartition("/")[2]
    await karin.answers(ANSWER)
    before = await marks_in(house)
    await (await at_socket(house, ANNA, case)).asks("read", case=case, answer=number)
    assert await marks_in(house) == before


async def test_of_two_answers_only_the_one_that_was_shown_is_read(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    case = anna.url.rpartition("/")[2]
    await anna.browser.command("give_consent", case, unit=BOARD, parts={"answers": True}, text="Nämnden får läsa.")
    olle = Sitting(await house.browser(OLLE), karin.url)
    await olle.sends("take_case")
    await karin.answers(ANSWER)
    await olle.answers({**ANSWER, "measure_text": "", "nothing": "1", "no_measures": "Vi hjälper till."})
    assert "Patientnämnden" in (await anna.reads("/svar")).words
    home = await anna.browser.get("/hem")
    assert "Ekbackens vårdcentral har svarat." in home.words
    address = home.text.split(f'href="{anna.url}/svar?fran=')[1].split('"')[0]
    await anna.reads(f"/svar?fran={address}")
    assert "har svarat" not in (await anna.browser.get("/hem")).words


async def test_nobody_says_that_they_have_read_what_is_not_theirs(house: House) -> None:
    anna, karin = await anna_and_karin(house, taken=False)
    before = await marks_in(house)
    for person, url in ((BO, anna.url), (FIA, karin.url)):
        browser = await house.browser(person)
        assert (await browser.post(f"{url}/sett", {"n": "1"})).status in {403, 404}
    assert (await anna.browser.post(f"{anna.url}/sett", {"n": "1 eller 2"})).status == 422
    stranger = await house.browser()
    assert (await stranger.post(f"{anna.url}/sett", {"n": "1"})).path == "/logga-in"
    assert await marks_in(house) == before
