"""Who is signed in, for how long, and where it ends."""

import asyncio
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from inbox.storage import schema
from inbox.storage.people import Person
from server.auth.next_url import local_path
from server.auth.sessions import COOKIE, hash_of
from tests.filing import filed
from tests.house import Browser, House, house_in
from tests.people import ANNA, BO, KARIN
from tests.sockets import at_socket


async def sample(house: House, person: Person) -> None:
    """Somebody becomes a sample person."""
    query = update(schema.person).where(schema.person.c.id == person.id).values(sample=True)
    await house.parts.services.store.writer.do(lambda connection: connection.execute(query))


async def signed_in(browser: Browser) -> bool:
    status, _ = await browser.api("GET", "/api/v1/cases/none/feed")
    return status != 401


async def test_a_session_opens_what_needs_somebody(house: House) -> None:
    assert await signed_in(await house.browser(ANNA))
    assert not await signed_in(await house.browser())


async def test_a_citizen_is_signed_out_after_an_hour_of_rest(house: House) -> None:
    anna = await house.browser(ANNA)
    house.clock.passes(timedelta(minutes=59))
    assert await signed_in(anna)
    house.clock.passes(timedelta(minutes=59))
    assert await signed_in(anna)
    house.clock.passes(timedelta(minutes=60))
    assert not await signed_in(anna)


async def test_staff_are_signed_out_after_half_an_hour_of_rest(house: House) -> None:
    karin = await house.browser(KARIN)
    house.clock.passes(timedelta(minutes=30))
    assert not await signed_in(karin)


async def test_what_an_open_page_does_by_itself_keeps_nobody_signed_in(house: House) -> None:
    case = await filed(house, ANNA)
    karin, socket = await house.browser(KARIN), await at_socket(house, KARIN, case)
    own = await house.browser(KARIN)
    for _ in range(2):
        house.clock.passes(timedelta(minutes=10))
        await karin.get("/personal", **{"X-Requested-With": "fragment"})
        assert "ok" in await socket.asks("read", case=case, n=1)
        assert "ok" in await socket.asks("catch_up", case=case)
        await own.get("/personal")
    house.clock.passes(timedelta(minutes=10))
    assert not await signed_in(karin)
    assert (await socket.asks("read", case=case, n=1))["error"]["code"] == "sign_in_needed"
    assert await signed_in(own)


@pytest.mark.parametrize("way", ["polling", "websocket"])
async def test_a_socket_keeps_nobody_signed_in_whichever_way_it_goes(house: House, way: str) -> None:
    karin = await house.browser(KARIN)
    for _ in range(2):
        house.clock.passes(timedelta(minutes=10))
        await karin.get(f"/socket.io/?EIO=4&transport={way}")
    house.clock.passes(timedelta(minutes=10))
    assert not await signed_in(karin)


async def test_a_picture_that_a_page_shows_by_itself_keeps_nobody_signed_in(house: House) -> None:
    karin, case = await house.browser(KARIN), await filed(house, ANNA)
    house.clock.passes(timedelta(minutes=20))
    await karin.get(f"/personal/arende/{case}/fil/none/bild")
    house.clock.passes(timedelta(minutes=10))
    assert not await signed_in(karin)


async def test_a_part_of_a_page_that_somebody_asks_for_keeps_them_signed_in(house: House) -> None:
    karin = await house.browser(KARIN)
    for _ in range(3):
        house.clock.passes(timedelta(minutes=20))
        await karin.get("/personal", **{"X-Requested-With": "fragment", "X-Used": "1"})
    assert await signed_in(karin)


async def test_whoever_writes_in_a_live_thread_stays_signed_in(house: House) -> None:
    socket = await at_socket(house, KARIN, case := await filed(house, ANNA))
    for _ in range(3):
        house.clock.passes(timedelta(minutes=20))
        assert "ok" in await socket.asks("typing", case=case, on=True)


async def test_whoever_writes_for_long_without_sending_stays_signed_in(house: House) -> None:
    karin = await house.browser(KARIN)
    for _ in range(3):
        house.clock.passes(timedelta(minutes=20))
        assert (await karin.get("/har")).status == HTTPStatus.NO_CONTENT
    assert await signed_in(karin)


async def test_everybody_signs_in_anew_after_a_working_day(house: House) -> None:
    anna = await house.browser(ANNA)
    for _ in range(20):
        house.clock.passes(timedelta(minutes=29))
        assert await signed_in(anna)
    house.clock.passes(timedelta(minutes=29))
    assert not await signed_in(anna)


async def test_signing_out_ends_the_session_also_for_a_copied_cookie(house: House) -> None:
    anna, copy = await house.browser(ANNA), await house.browser()
    copy._session.cookie_jar.update_cookies(anna.cookies)
    assert await signed_in(copy)
    page = await anna.post("/logga-ut")
    assert page.path == "/"
    assert not await signed_in(anna)
    assert not await signed_in(copy)


async def test_whoever_signs_in_anew_leaves_no_session_behind(house: House) -> None:
    await sample(house, BO)
    browser, copy = await house.browser(ANNA), await house.browser()
    copy._session.cookie_jar.update_cookies(browser.cookies)
    assert await signed_in(copy)
    assert (await browser.post("/logga-in", {"person": BO.id})).path == "/hem"
    assert await signed_in(browser)
    assert not await signed_in(copy)


async def test_the_store_holds_no_secret_that_opens_anything(house: House) -> None:
    anna = await house.browser(ANNA)
    secret = anna.cookies[COOKIE]
    async with house.parts.services.store.reading() as connection:
        rows = [str(tuple(row)) for row in await connection.execute(select(schema.session))]
    assert any(hash_of(secret) in row for row in rows)
    assert not any(secret in row for row in rows)


async def test_old_sessions_are_swept_away(house: House) -> None:
    await house.browser(ANNA)
    house.clock.passes(timedelta(hours=11))
    await house.parts.sessions.sweep()
    async with house.parts.services.store.reading() as connection:
        assert (await connection.execute(select(schema.session))).first() is None


async def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_script(house: House) -> None:
    page = await (await house.browser()).get("/logga-in")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


async def test_a_browser_gets_a_new_secret_at_sign_in(house: House) -> None:
    browser = await house.browser()
    await browser.get("/logga-in")
    before = browser.cookies[COOKIE]
    await sample(house, ANNA)
    await browser.post("/logga-in", {"person": ANNA.id})
    assert browser.cookies[COOKIE] != before
    assert await signed_in(browser)


async def test_only_a_sample_person_can_be_picked(house: House) -> None:
    browser = await house.browser()
    await browser.get("/logga-in")
    page = await browser.post("/logga-in", {"person": ANNA.id})
    assert page.status == 422
    assert not await signed_in(browser)


PASSED_ON = [
    "X-Forwarded-For: 203.0.113.9",
    "X-Forwarded-Host: synpunkter.example.se",
    "X-Forwarded-Proto: https",
    "Forwarded: for=203.0.113.9",
    "Via: 1.1 proxy",
    "X-Real-IP: 203.0.113.9",
]


@pytest.mark.parametrize("header", PASSED_ON)
async def test_through_a_proxy_nobody_signs_in_by_picking_a_person(house: House, header: str) -> None:
    name, _, value = header.partition(": ")
    await sample(house, ANNA)
    browser = await house.browser()
    await browser.get("/logga-in")
    proxied = {name.replace("-", "_"): value}
    assert (await browser.get("/logga-in", **proxied)).status == HTTPStatus.NOT_FOUND
    assert (await browser.post("/logga-in", {"person": ANNA.id}, **proxied)).status == HTTPStatus.NOT_FOUND
    assert not await signed_in(browser)


async def test_a_proxy_that_says_nothing_of_itself_is_known_by_how_it_speaks(house: House) -> None:
    await sample(house, ANNA)
    statuses = {}
    for version in ("1.0", "1.1"):
        reader, writer = await asyncio.open_connection(house.server.host, house.server.port)
        writer.write(f"GET /logga-in HTTP/{version}\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        statuses[version] = (await reader.readline()).split()[1]
        writer.close()
    assert statuses == {"1.0": b"404", "1.1": b"200"}


async def test_through_a_proxy_of_ones_own_people_are_picked_where_that_was_set(tmp_path: Path) -> None:
    async with house_in(tmp_path, dev_sign_in="proxied") as house:
        await sample(house, ANNA)
        browser = await house.browser()
        await browser.get("/logga-in")
        await browser.post("/logga-in", {"person": ANNA.id}, x_forwarded_for="127.0.0.1")
        assert await signed_in(browser)


async def test_every_page_says_that_people_are_picked_here(house: House) -> None:
    anna, karin, nobody = await house.browser(ANNA), await house.browser(KARIN), await house.browser()
    case = await filed(house, ANNA)
    opened = [
        *[(nobody, path) for path in ("/", "/logga-in", "/beratta", "/kontakt", "/utan-nat", "/finns-inte")],
        *[(anna, path) for path in ("/hem", f"/arende/{case}", f"/arende/{case}/utskrift", f"/kvitto/{case}")],
        *[(karin, path) for path in ("/personal", f"/personal/arende/{case}", f"/personal/arende/{case}/utskrift")],
    ]
    for browser, path in opened:
        assert "Övningsläge." in (await browser.get(path)).words, path


async def test_no_page_says_so_where_people_are_not_picked(tmp_path: Path) -> None:
    async with house_in(tmp_path, dev_sign_in="no") as house:
        nobody, karin = await house.browser(), await house.browser(KARIN)
        for browser, path in ((nobody, "/"), (nobody, "/beratta"), (karin, "/personal")):
            assert "Övningsläge" not in (await browser.get(path)).words, path
        assert (await nobody.get("/logga-in")).status == HTTPStatus.NOT_FOUND


async def test_whoever_signs_in_has_the_roles_held_now_and_not_those_of_last_time(house: House) -> None:
    await sample(house, KARIN)
    case = await filed(house, ANNA)
    browser = await house.browser()
    gone = delete(schema.grant).where(schema.grant.c.person_id == KARIN.id)
    for hoped in (200, 404):
        await browser.get("/logga-in")
        await browser.post("/logga-in", {"person": KARIN.id})
        assert (await browser.get(f"/personal/arende/{case}")).status == hoped
        await browser.post("/logga-ut")
        await house.parts.services.store.writer.do(lambda connection: connection.execute(gone))


@pytest.mark.parametrize("wanted", ["/hem", "/arende/1?a=b#c", "/personal"])
def test_after_signing_in_one_goes_on_to_a_page_of_ours(wanted: str) -> None:
    assert local_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "hem",
        "/\t/evil.example",
        "/a\n",
        "//[",
        "https://[evil",
    ],
)
def test_no_address_leads_anywhere_else(wanted: str) -> None:
    assert local_path(wanted) == ""
