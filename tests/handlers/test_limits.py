"""People do as much as people do; a flood is refused, and hears when to try again."""

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict
from sqlalchemy import select

from handlers.limits import MOST_SENDERS, Act, Limits, Rate, TooOften, sender_address, stretch_of
from inbox.storage.schema import access
from server.web.rate_limits import Addresses
from tests.filing import filed
from tests.house import House, house_in
from tests.people import ANNA, KARIN
from tests.sockets import at_socket


class Watch:
    """Seconds, as they pass."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def taken(limits: Limits, act: Act, person: str | None, address: str = "", *, tries: int = 100) -> int:
    """How many of so many acts at once are taken."""
    done = 0
    for _ in range(tries):
        try:
            limits.check(act, person, address)
        except TooOften:
            continue
        done += 1
    return done


def test_a_burst_is_taken_and_then_as_many_as_the_minute_allows() -> None:
    watch = Watch()
    limits = Limits({Act.COMMAND: Rate(60)}, watch, "salt")
    assert taken(limits, Act.COMMAND, "anna") == 60
    with pytest.raises(TooOften) as refused:
        limits.check(Act.COMMAND, "anna")
    assert refused.value.seconds == 1
    watch.seconds = 10
    assert taken(limits, Act.COMMAND, "anna") == 10
    assert taken(limits, Act.COMMAND, "karin") == 60


def test_whoever_comes_back_at_the_second_that_was_told_is_taken() -> None:
    watch = Watch()
    limits = Limits({Act.DRAFT: Rate(7)}, watch, "salt")
    taken(limits, Act.DRAFT, "anna")
    for _ in range(50):
        with pytest.raises(TooOften) as refused:
            limits.check(Act.DRAFT, "anna")
        watch.seconds += refused.value.seconds
        limits.check(Act.DRAFT, "anna")


def test_all_together_whom_nobody_knows_have_a_ceiling_and_whoever_is_signed_in_is_not_under_it() -> None:
    limits = Limits({Act.DRAFT: Rate(10, unknown=25)}, Watch(), "salt")
    assert [taken(limits, Act.DRAFT, None, f"192.0.2.{n}") for n in range(4)] == [10, 10, 5, 0]
    assert taken(limits, Act.DRAFT, "anna") == 10


def test_a_flood_of_senders_fills_no_memory() -> None:
    limits = Limits({Act.SEARCH: Rate(10)}, Watch(), "salt")
    for n in range(MOST_SENDERS + 500):
        limits.check(Act.SEARCH, None, str(n))
    assert len(limits._each[Act.SEARCH]._left) == MOST_SENDERS


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:1:1::1", "2001:db8:1:ff:aaaa::2", True),
        ("2001:db8:1:1::1", "2001:db8:1:100::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "nothing", False),
    ],
)
def test_a_household_is_one_sender_whatever_it_calls_itself(one: str, other: str, same: bool) -> None:
    assert (stretch_of(one) == stretch_of(other)) is same


@pytest.mark.parametrize(
    ("forwarded", "proxies", "sender"),
    [
        ("", 0, "10.0.0.1"),
        ("192.0.2.7", 0, "10.0.0.1"),
        ("192.0.2.7", 1, "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7", 1, "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7, 10.0.0.2", 2, "192.0.2.7"),
        ("192.0.2.7", 2, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(forwarded: str, proxies: int, sender: str) -> None:
    assert sender_address("10.0.0.1", forwarded, proxies) == sender


def coming(*forwarded: str) -> web.Request:
    """A request with so many lines of where it was passed on from."""
    headers = CIMultiDict([("X-Forwarded-For", line) for line in forwarded])
    return make_mocked_request("GET", "/", headers=headers)


def test_what_proxies_wrote_counts_also_where_each_wrote_a_line_of_its_own() -> None:
    assert Addresses(1)(coming("198.51.100.1", "192.0.2.7")) == "192.0.2.7"
    assert Addresses(2)(coming("198.51.100.1, 192.0.2.7", "10.0.0.2")) == "192.0.2.7"


def test_a_proxy_that_was_not_told_of_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    addresses = Addresses(0)
    addresses(coming())
    assert caplog.records == []
    for _ in range(3):
        addresses(coming("192.0.2.7"))
    assert [(record.levelname, "PROXIES" in record.msg) for record in caplog.records] == [("WARNING", True)]
    Addresses(1)(coming("192.0.2.7"))
    assert len(caplog.records) == 1


async def test_a_person_writes_so_often_and_no_more_whichever_way(tmp_path: Path) -> None:
    async with house_in(tmp_path, commands_per_minute=5) as house:
        case = await filed(house, ANNA)
        anna, socket = await house.browser(ANNA), await at_socket(house, ANNA, case)
        heard: dict[str, list[str]] = {"api": [], "socket": [], "form": []}
        for n in range(4):
            status, reply = await anna.command("post_message", case, text=f"Hej {n}")
            heard["api"].append(reply.get("error", {}).get("code", "") if status == 429 else "")
            answer = await socket.asks("command", command="post_message", case=case, client_id=house.new_id(), text="x")
            heard["socket"].append(answer.get("error", {}).get("code", ""))
        page = await anna.post(
            f"/arende/{case}/post_message", {"client_id": house.new_id(), "text": "Det här stannar."}
        )
        assert heard["api"][-1] == heard["socket"][-1] == "too_often"
        assert heard["api"][0] == heard["socket"][0] == ""
        assert page.status == 429
        assert int(page.headers["Retry-After"]) > 0
        assert "Det går lite för fort." in page.words
        assert "Det här stannar." in page.text
        karin = await house.browser(KARIN)
        assert (await karin.command("take_case", case))[0] == 201


async def test_nobody_in_particular_begins_so_many_drafts_and_no_more(tmp_path: Path) -> None:
    async with house_in(tmp_path, drafts_per_minute=3) as house:
        statuses = []
        for _ in range(5):
            browser = await house.browser()
            page = await browser.get("/beratta?ny=1")
            fields = {"revision": page.field("revision"), "choice": "complaint"}
            statuses.append((await browser.post("/beratta/leave", fields)).status)
        assert statuses == [200, 200, 200, 429, 429]


async def test_tries_to_sign_in_are_counted_by_address(tmp_path: Path) -> None:
    async with house_in(tmp_path, sign_ins_per_minute=4) as house:
        browser = await house.browser()
        await browser.get("/logga-in")
        statuses = [(await browser.post("/logga-in", {"person": "nobody"})).status for _ in range(6)]
        assert statuses == [422] * 4 + [429] * 2


LOOKS = {
    "page": "/arende/{case}",
    "part of a page": "/arende/{case}?before=2",
    "paper": "/arende/{case}/utskrift",
    "who reads": "/arende/{case}/vem",
    "feed": "/api/v1/cases/{case}/feed",
    "list": "/hem",
}


@pytest.mark.parametrize("what", LOOKS)
async def test_a_person_opens_so_much_and_no_more_and_hears_when_to_try_again(tmp_path: Path, what: str) -> None:
    async with house_in(tmp_path, looks_per_minute=3) as house:
        case = await filed(house, ANNA)
        anna = await house.browser(ANNA)
        headers = {"x_requested_with": "fragment"} if what == "part of a page" else {}
        pages = [await anna.get(LOOKS[what].format(case=case), **headers) for _ in range(5)]
        assert [page.status for page in pages] == [200] * 3 + [429] * 2
        assert int(pages[-1].headers["Retry-After"]) > 0
        assert "sekunder" in pages[-1].text
        assert len(await opened(house, case)) <= 3
        # Others who come from the same address are not meant.
        karin = await house.browser(KARIN)
        assert (await karin.get(f"/personal/arende/{case}")).status == 200
        assert (await karin.get("/personal")).status == 200


@pytest.mark.parametrize("event", ["watch", "catch_up", "read"])
async def test_a_live_thread_asks_so_often_and_no_more(tmp_path: Path, event: str) -> None:
    async with house_in(tmp_path, looks_per_minute=3) as house:
        case = await filed(house, ANNA)
        socket = await at_socket(house, ANNA)
        heard = [await socket.asks(event, case=case, n=1) for _ in range(5)]
        assert ["ok" in reply for reply in heard] == [True] * 3 + [False] * 2
        assert heard[-1]["error"]["code"] == "too_often"
        assert heard[-1]["error"]["retry_after"] > 0


async def test_what_was_read_is_told_so_often_and_no_more(tmp_path: Path) -> None:
    async with house_in(tmp_path, looks_per_minute=4) as house:
        case = await filed(house, ANNA)
        anna = await house.browser(ANNA)
        # Each leads back to the thread, which is opened by that.
        assert [(await anna.post(f"/arende/{case}/sett", {"n": "1"})).status for _ in range(3)] == [200, 200, 429]


async def test_what_was_written_stays_where_its_page_may_not_be_opened_once_more(tmp_path: Path) -> None:
    async with house_in(tmp_path, looks_per_minute=1, commands_per_minute=1) as house:
        case = await filed(house, ANNA)
        anna = await house.browser(ANNA)
        await anna.get(f"/arende/{case}")
        await anna.command("post_message", case, text="Ett")
        page = await anna.post(
            f"/arende/{case}/post_message", {"client_id": house.new_id(), "text": "Det här stannar."}
        )
        assert page.status == 429
        assert "Det här stannar." in page.text
        assert "Skicka igen" in page.words


async def opened(house: House, case: str) -> list[str]:
    """What was noted as opened of a case, and by whom."""
    async with house.parts.services.store.reading() as connection:
        rows = await connection.execute(select(access.c.what).where(access.c.case_id == case))
    return [row.what for row in rows]
