"""Somebody files without saying who they are, keeps the code, and comes back by it on another device."""

import logging
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.principals.receipt_code import code_of
from inbox.storage import schema as s
from server.observability.logs import JsonLines
from tests.handlers.teller import Teller, teller
from tests.house import Browser, House, Page, house_in
from tests.people import ANNA, KARIN
from tests.privacy.traces import found_in
from tests.services.postgres import Postgres
from tests.sockets import Socket

CODE = re.compile(r'class="code"[^>]*>([^<]+)<')
AGENT, ADDRESS = "Sällsynt/7.31 (Undangömd)", "203.0.113.77"
UNKNOWN = code_of(b"nobody was ever given this one.")
RECEIPT = re.compile(r"/kvitto/([0-9a-f-]{36})")


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """Behind a proxy that says where people are."""
    async with house_in(tmp_path, database_url=database_url, proxies=1) as house:
        yield house


async def ready(house: House) -> tuple[Teller, str]:
    """Somebody who has answered everything, and the code that is offered."""
    somebody = await teller(house)
    await somebody.tells()
    page = await somebody.follows("Skicka utan att logga in")
    return somebody, code_on(page)


def code_on(page: Page) -> str:
    found = CODE.search(page.text)
    assert found, page.words
    return found.group(1)


async def sends(somebody: Teller, last: str) -> Page:
    fields = {name: somebody.page.field(name) for name in ("revision", "client_id")}
    return await somebody.browser.post("/beratta/kod", {**fields, "last": last})


async def filed(house: House) -> tuple[Teller, str, str]:
    """Somebody who has filed, the code, and the case."""
    somebody, code = await ready(house)
    page = await sends(somebody, code[-4:])
    found = RECEIPT.fullmatch(page.path)
    assert found, page.words
    return somebody, code, found.group(1)


async def returns(house: House, code: str) -> tuple[Browser, Page]:
    """Another device, where the code is typed."""
    browser = await house.browser()
    await browser.get("/kod")
    return browser, await browser.post("/kod", {"code": code})


@pytest.mark.on_both_engines
async def test_the_code_opens_the_live_thread_on_another_device(house: House) -> None:
    somebody, code, case = await filed(house)
    karin = await house.browser(KARIN)
    assert (await karin.command("take_case", case))[0] == 201
    browser, page = await returns(house, code.lower().replace("-", " "))
    assert (page.status, page.path) == (200, f"/arende/{case}")
    socket = await Socket(house).opens(browser)
    assert "ok" in await socket.asks("watch", case=case, after=0)
    assert (await karin.command("post_message", case, text="Vi ser på det nu."))[0] == 201
    await socket.settles()
    assert "Vi ser på det nu." in str(socket.frames)
    await socket.closes()
    assert (await browser.command("post_message", case, text="Tack."))[0] == 201
    assert "Tack." in (await karin.get(f"/personal/arende/{case}")).words
    assert (await somebody.opens("/hem")).path == f"/arende/{case}"


@pytest.mark.on_both_engines
async def test_it_is_sent_once_whatever_is_pressed_again_and_the_answer_that_was_lost_is_found(house: House) -> None:
    somebody, code = await ready(house)
    before = somebody.browser.cookies
    assert RECEIPT.fullmatch((await sends(somebody, code[-4:])).path)
    again = await sends(somebody, code)
    # The answer never arrived: the browser has what it had.
    somebody.browser.has(before)
    lost = await sends(somebody, code[-4:])
    assert RECEIPT.fullmatch(again.path)
    assert lost.path == again.path
    assert await count(house, s.case) == 1
    assert await count(house, s.receipt_code) == 1


async def test_nothing_is_sent_before_the_code_is_saved_and_it_is_the_same_in_every_window(house: House) -> None:
    somebody, code = await ready(house)
    page = await sends(somebody, "AAAA" if code[-4:] != "AAAA" else "CCCC")
    assert (page.status, code_on(page)) == (422, code)
    assert "Spara koden först" in page.words
    assert code_on(await somebody.opens("/beratta/kod")) == code
    status, body, headers = await somebody.browser.bytes("/beratta/kod.txt")
    assert (status, body.decode().strip(), headers["Cache-Control"]) == (200, code, "no-store")
    assert await count(house, s.case) == 0


async def test_a_code_opens_nothing_before_it_is_sent_and_no_other_case_after(house: House) -> None:
    _, code = await ready(house)
    _, page = await returns(house, code)
    assert page.status == 422
    assert "Koden öppnar inget ärende" in page.words
    other, _, _ = await filed(house)
    _, _, case = await filed(house)
    assert (await other.opens(f"/arende/{case}")).status == 404


async def test_a_slip_is_told_without_a_try_and_tries_are_counted_by_where_they_come_from(house: House) -> None:
    _, code, _ = await filed(house)
    browser = await house.browser()
    await browser.get("/kod")
    at = {"x_forwarded_for": ADDRESS}
    slip = ("A" if code[0] != "A" else "C") + code[1:]
    for _ in range(9):
        assert "har något tecken blivit fel" in (await browser.post("/kod", {"code": slip}, **at)).words
    other = UNKNOWN
    tried = [(await browser.post("/kod", {"code": other}, **at)).status for _ in range(6)]
    assert tried == [422] * 5 + [429]
    assert (await browser.post("/kod", {"code": code}, x_forwarded_for="198.51.100.9")).status == 200


async def test_right_codes_are_no_guesses_and_those_who_guess_keep_nobody_else_out(tmp_path: Path) -> None:
    async with house_in(tmp_path, proxies=1, unknown_codes_per_minute=1) as house:
        _, code, case = await filed(house)
        for _ in range(8):
            browser = await house.browser()
            await browser.get("/kod")
            page = await browser.post("/kod", {"code": code}, x_forwarded_for=ADDRESS)
            assert page.path == f"/arende/{case}"
        guesser = await house.browser()
        await guesser.get("/kod")
        tried = [(await guesser.post("/kod", {"code": UNKNOWN}, x_forwarded_for="198.51.100.8")).status for _ in "123"]
        assert tried == [422, 429, 429]
        browser = await house.browser()
        await browser.get("/kod")
        assert (await browser.post("/kod", {"code": code}, x_forwarded_for="198.51.100.7")).path == f"/arende/{case}"


async def test_who_sits_down_at_the_computer_afterwards_does_not_guess_the_last_group(house: House) -> None:
    somebody, code = await ready(house)
    before = somebody.browser.cookies
    fields = {name: somebody.page.field(name) for name in ("revision", "client_id")}
    assert RECEIPT.fullmatch((await sends(somebody, code[-4:])).path)
    somebody.browser.has(before)
    guesses = ("AAAA", "CCCC", "DDDD", "EEEE", "FFFF", "HHHH")
    tried = [await somebody.browser.post("/beratta/kod", {**fields, "last": last}) for last in guesses]
    assert not any(RECEIPT.fullmatch(page.path) for page in tried)
    assert not RECEIPT.fullmatch((await somebody.browser.post("/beratta/kod", {**fields, "last": code[-4:]})).path)
    house.clock.passes(timedelta(hours=2))
    late = await somebody.browser.post("/beratta/kod", {**fields, "last": code[-4:]})
    assert not RECEIPT.fullmatch(late.path)


async def test_whoever_is_signed_in_or_at_work_sends_as_themselves(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.tells()
    assert "Skicka utan att logga in" not in anna.page.words
    assert (await anna.opens("/beratta/kod")).path == "/beratta/granska"
    somebody, code = await ready(house)
    await somebody.browser.signs_in(ANNA)
    page = await somebody.browser.get("/hem")
    assert page.status == 200
    await sends(somebody, code[-4:])
    assert await count(house, s.case) == 0


async def test_a_draft_of_another_browser_is_not_sent_by_its_name(house: House) -> None:
    somebody, code = await ready(house)
    stranger, own = await ready(house)
    fields = {"revision": somebody.page.field("revision"), "client_id": house.new_id()}
    for last in (code[-4:], own[-4:]):
        page = await stranger.browser.post("/beratta/kod", {**fields, "last": last})
        assert not RECEIPT.fullmatch(page.path)
    assert await count(house, s.case) == 0


async def test_a_session_by_code_ends_like_any_other_and_the_code_opens_it_again(house: House) -> None:
    _, code, case = await filed(house)
    browser, _ = await returns(house, code)
    house.clock.passes(timedelta(hours=13))
    assert (await browser.get(f"/arende/{case}")).path == "/logga-in"
    _, page = await returns(house, code)
    assert page.path == f"/arende/{case}"


@pytest.mark.on_both_engines
async def test_nothing_tells_who_it_was(house: House, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    log = tmp_path / "service.log"
    handler, root = logging.FileHandler(log), logging.getLogger()
    handler.setFormatter(JsonLines())
    # The server of the test writes a log of its own; the service's has none of that kind (`server/serve.py`).
    handler.addFilter(lambda record: record.name != "aiohttp.access")
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        code = await everything_unnamed(house)
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()
    seeded = (code, code.replace("-", ""), code.lower(), AGENT, "Sällsynt", ADDRESS, "203.0.113")
    assert found_in(log, ["/beratta/kod"])
    assert found_in(tmp_path, seeded) == {}
    if house.parts.services.store.shared:
        postgres: Postgres = request.getfixturevalue("postgres")
        postgres.tell("CHECKPOINT")
        assert found_in(Path(postgres.tell("SHOW data_directory").strip()).parent, seeded) == {}


@pytest.mark.on_both_engines
async def test_no_row_ties_what_was_sent_to_whoever_signed_in_at_the_same_browser_before_or_afterwards(
    house: House,
) -> None:
    somebody, code, case = await filed(house)
    await somebody.browser.signs_in(ANNA)
    assert (await somebody.browser.get(f"/arende/{case}")).status == 404
    await somebody.browser.get("/kod")
    assert (await somebody.browser.post("/kod", {"code": code})).path == f"/arende/{case}"
    await somebody.browser.command("post_message", case, text="Hej.")
    rows = await every_row(house)
    about = [row for row in rows if case in row]
    assert len(about) > 5
    assert [row for row in about if ANNA.id in row] == []


async def every_row(house: House) -> list[str]:
    """All that is stored, as text."""

    async def work(connection: AsyncConnection) -> list[str]:
        tables = s.metadata.sorted_tables
        return [str(tuple(row)) for table in tables for row in await connection.execute(select(table))]

    return await house.parts.services.store.writer.do(work)


async def everything_unnamed(house: House) -> str:
    """Filed, come back to, and written in, by somebody with an address and a browser of their own; the code."""
    known = {"x_forwarded_for": ADDRESS, "user_agent": AGENT}
    somebody, code = await ready(house)
    fields = {name: somebody.page.field(name) for name in ("revision", "client_id")}
    page = await somebody.browser.post("/beratta/kod", {**fields, "last": code[-4:]}, **known)
    case = page.path.rpartition("/")[2]
    browser = await house.browser()
    await browser.get("/kod", **known)
    assert (await browser.post("/kod", {"code": code}, **known)).path == f"/arende/{case}"
    assert (await browser.post("/kod", {"code": UNKNOWN}, **known)).status == 422
    fields = {"client_id": house.new_id(), "text": "Hur går det?", "audience": "all"}
    assert (await browser.post(f"/arende/{case}/post_message", fields, **known)).status == 200
    karin = await house.browser(KARIN)
    await karin.get(f"/personal/arende/{case}")
    assert AGENT not in (await karin.get("/metrics")).text
    return code


async def count(house: House, table: object) -> int:
    """How many rows it has."""

    async def work(connection: AsyncConnection) -> int:
        return await connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]

    return await house.parts.services.store.writer.do(work)
