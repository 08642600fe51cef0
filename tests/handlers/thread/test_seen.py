"""What counts as read is what somebody has had in sight: never that a browser has fetched a page."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from inbox.storage import schema as s
from tests.filing import filed
from tests.handlers.sitting import ANSWER, Sitting, anna_and_karin, at_case
from tests.handlers.thread.test_attachments import png
from tests.house import House
from tests.people import ANNA, BO, BOARD, FIA, KARIN, LARS, OLLE
from tests.sockets import at_socket

pytestmark = pytest.mark.on_both_engines

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


AHEAD = (
    {"sec_purpose": "prefetch;prerender"},
    {"purpose": "Prefetch"},
    {"x_moz": "prefetch"},
    {"x_purpose": "preview"},
)
NOBODY = "Ingen har öppnat det än."


@pytest.mark.parametrize("how", ["head", "prefetch", "prerender", "fragment"])
async def test_she_is_not_told_that_somebody_has_opened_her_case_when_no_page_was_shown(house: House, how: str) -> None:
    anna, karin = await anna_and_karin(house, taken=False)
    fia = Sitting(await house.browser(FIA), karin.url)
    for each in (karin, fia):
        # What is asked for as a part of a page is one only where the page has parts.
        await (each.opens(**FETCHES[how]) if how == "fragment" else fetches(each, how))
    assert NOBODY in (await anna.opens("/vem")).words
    await karin.opens()
    assert "21 november kl. 10.00: Ekbackens vårdcentral, handläggare." in (await anna.opens("/vem")).words


@pytest.mark.parametrize("headers", AHEAD)
async def test_a_page_is_sent_when_somebody_wants_to_see_it_and_not_before(
    house: House, headers: dict[str, str]
) -> None:
    anna, karin = await anna_and_karin(house)
    await anna.opens()
    page = await anna.fills("post_message", {"text": "Här är bilden."}, [("bild.png", png())])
    file = "/fil/" + page.text.split("/fil/", 1)[1].split('"', 1)[0].split("/")[0]
    for rest in ("", "/avsluta", "/vidare", "/utskrift", file, f"{file}/bild"):
        page = await karin.opens(rest, **headers)
        assert (page.status, "Jag ringde" in page.text) == (409, False), rest
    feed = f"/api/v1/cases/{anna.url.rpartition('/')[2]}/feed"
    assert (await karin.browser.get(feed, **headers)).status == 409
    fia = await house.browser(FIA)
    assert (await fia.get(karin.url, **headers)).status == 409


async def test_what_a_program_reads_without_a_page_is_an_opening_too(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await at_case(house, case, ANNA)
    lars = await house.browser(LARS)
    await lars.head(f"/api/v1/cases/{case}/feed")
    assert NOBODY in (await anna.opens("/vem")).words
    await at_socket(house, KARIN, case)
    assert (await anna.opens("/vem")).words.count("handläggare.") == 1
    house.clock.passes(timedelta(minutes=2))
    await lars.api("GET", f"/api/v1/cases/{case}/feed")
    assert (await anna.opens("/vem")).words.count("handläggare.") == 2


async def test_a_page_left_open_opens_nothing_until_somebody_sits_at_it(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    case = anna.url.rpartition("/")[2]
    house.clock.passes(timedelta(minutes=50))
    await anna.sends("post_message", text="Är det någon där?")
    socket = await at_socket(house, KARIN, case)
    await karin.opens(x_requested_with="fragment")
    assert "kl. 10.50" not in (await anna.opens("/vem")).words
    await socket.asks("read", case=case, n=3)
    assert "21 november kl. 10.50: Ekbackens vårdcentral, handläggare." in (await anna.opens("/vem")).words


async def test_the_list_keeps_the_order_in_which_it_was_opened_where_a_clock_runs_backwards(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    house.clock.passes(timedelta(minutes=-10))
    await karin.opens()
    words = (await anna.opens("/vem")).words
    assert words.index("kl. 09.50") < words.index("kl. 10.00")


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
