"""Broken forms, addresses, cookies and headers: the right status, a sentence, and no inside."""

import pytest
from aiohttp import ClientSession
from yarl import URL

from inbox.storage.people import Person
from server.auth.sessions import COOKIE
from tests.hostile.inputs import NOWHERE
from tests.hostile.requests import ADDRESSES, COOKIES, FORMS, ONWARD, Sent
from tests.hostile.stage import LANGUAGES, SECRET, Stage, quiet
from tests.house import Browser, House
from tests.people import ANNA

pytestmark = pytest.mark.on_both_engines


async def test_a_form_that_cannot_be_taken_is_refused(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    found = {}
    for language in LANGUAGES:
        for sent in FORMS:
            status, text = await send(stage, sent, language)
            if status != sent.status or "Traceback" in text or f'<html lang="{language}"' not in text:
                found[sent.name] = (status, text[:200])
    assert found == {}
    assert quiet(caplog.records) == []
    await stage.still_works()


async def send(stage: Stage, sent: Sent, language: str) -> tuple[int, str]:
    """What a browser gets for a form: on a connection of its own, as the server may close it."""
    headers = {"Content-Type": sent.kind, "Accept-Language": language, **sent.headers}
    body = sent.body.replace(b"$csrf", stage.anna.csrf.encode())
    async with ClientSession(cookies={COOKIE: stage.anna.cookies[COOKIE]}) as session:
        url = stage.house.url(f"{stage.url('anna')}/post_message")
        async with session.post(url, data=body, headers=headers, allow_redirects=False) as response:
            return response.status, await response.text(errors="replace")


async def test_a_text_whose_form_is_refused_stands_on_the_page(stage: Stage) -> None:
    for sent in FORMS:
        if sent.name in {"no token", "somebody else's token", "a token that is no letters"}:
            assert SECRET in (await send(stage, sent, "sv"))[1]


async def test_an_address_that_leads_nowhere_says_so(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    found = {}
    for method, path, hoped in ADDRESSES:
        url = URL(stage.house.url(stage.filled(path)), encoded=True)
        async with stage.anna._session.request(method, url) as response:
            text = await response.text()
        if response.status != hoped or "Traceback" in text:
            found[path] = (response.status, text[:200])
    assert found == {}
    assert quiet(caplog.records) == []
    await stage.still_works()


async def test_a_cookie_that_is_none_of_ours_opens_nothing(stage: Stage) -> None:
    found = {}
    for cookie in (COOKIE, "__Host-draft", "__Host-sprak"):
        for name, value in COOKIES.items():
            async with ClientSession(headers={"Cookie": f"{cookie}={value}"}) as session:
                for path in ("/", "/beratta", "/beratta/leave", "/hem", f"/arende/{stage.case}"):
                    async with session.get(stage.house.url(path)) as response:
                        ended = response.url.path
                    if response.status != 200 or ended not in {"/", "/beratta/leave", "/logga-in"}:
                        found[cookie, name, path] = (response.status, ended)
    assert {key: got for key, got in found.items() if got[1] != "/logga-in"} == {}
    await stage.still_works()


async def test_a_token_of_bytes_is_nobodys(stage: Stage) -> None:
    url = stage.house.url("/api/v1/commands/post_message")
    for token in ("", "\xff\xfe", "å" * 32, "x" * 5_000):
        async with stage.anna._session.post(url, json={}, headers={"X-CSRF-Token": token}) as response:
            assert (response.status, (await response.json())["error"]["code"]) == (403, "bad_csrf")


async def test_the_same_message_sent_twice_is_there_once(stage: Stage) -> None:
    form = {"client_id": "twice-twice", "text": SECRET}
    for _ in range(2):
        assert (await stage.anna.post(f"{stage.url('anna')}/post_message", form)).status == 200
    status, body = await stage.anna.command("post_message", stage.case, "twice-twice", text=SECRET)
    assert (status, body["repeated"]) == (200, True)
    _, feed = await stage.anna.api("GET", f"/api/v1/cases/{stage.case}/feed")
    assert str(feed).count(SECRET) == 1


async def test_another_text_under_the_same_id_is_refused_on_every_channel_and_not_lost(stage: Stage) -> None:
    assert (await stage.anna.command("post_message", stage.case, "the-same-id", text="Ett"))[0] == 201
    status, body = await stage.anna.command("post_message", stage.case, "the-same-id", text=SECRET)
    assert (status, body["error"]["code"]) == (409, "client_id_reused")
    socket = await stage.socket("anna")
    command = {"command": "post_message", "case": stage.case, "client_id": "the-same-id", "text": SECRET}
    assert (await socket.asks("command", **command))["error"]["code"] == "client_id_reused"
    page = await stage.anna.post(f"{stage.url('anna')}/post_message", {"client_id": "the-same-id", "text": SECRET})
    assert (page.status, SECRET in page.text) == (409, True)
    assert stage.sentence("client_id_reused", "sv") in page.words


async def test_a_guided_chat_that_is_answered_off_its_path_stays_where_it_is(stage: Stage) -> None:
    browser = await stage.house.browser()
    first = await browser.get("/beratta")
    revision = first.field("revision")
    found = {}
    for name, path, fields, hoped in (
        ("a question that comes later", "/beratta/story", {"revision": revision, "text": SECRET}, {409, 422}),
        ("a question that there is not", "/beratta/nothing", {"revision": revision}, {404}),
        ("a mark of another draft", "/beratta/leave", {"revision": f"{NOWHERE}.1", "choice": "complaint"}, {404}),
        ("a mark that is none", "/beratta/leave", {"revision": SECRET, "choice": "complaint"}, {422}),
        ("a choice that there is not", "/beratta/leave", {"revision": revision, "choice": SECRET}, {422}),
        (
            "sending what is not ready",
            "/beratta/skicka",
            {"revision": "1", "client_id": "client-id-1"},
            {404, 409, 422},
        ),
    ):
        page = await browser.post(path, fields)
        if page.status not in hoped or "Traceback" in page.text:
            found[name] = (page.status, page.words[:200])
    assert found == {}


async def test_an_old_window_does_not_overwrite_a_newer_answer(stage: Stage) -> None:
    browser = await stage.house.browser()
    revision = (await browser.get("/beratta")).field("revision")
    page = await browser.post("/beratta/leave", {"revision": revision, "choice": "complaint"})
    old = page.field("revision")
    await browser.post(page.path, {"revision": old, "choice": "none"})
    again = await browser.post(page.path, {"revision": old, "choice": "inpatient"})
    assert (again.status, stage.sentence("stale_revision", "sv") in again.words or again.status == 422) in {
        (409, True),
        (422, True),
    }


async def test_nobody_is_sent_to_another_site_after_signing_in(house_with_eva: tuple[House, Person]) -> None:
    house, eva = house_with_eva
    for wanted in ONWARD:
        browser = await house.browser()
        page = await browser.get(str(URL("/logga-in").with_query({"next": wanted})))
        assert "evil" not in page.text, wanted
        location = await signs_in(browser, house, eva, wanted)
        assert location == "/hem", wanted


async def signs_in(browser: Browser, house: House, eva: Person, wanted: str) -> str:
    """Where somebody is sent who picks a person."""
    form = {"csrf": browser.csrf, "person": eva.id, "next": wanted}
    async with browser._session.post(house.url("/logga-in"), data=form, allow_redirects=False) as response:
        assert response.status == 303
        assert "a" not in response.cookies
        return response.headers["Location"]


async def test_a_session_that_was_there_before_signing_in_is_not_the_one_after(
    house_with_eva: tuple[House, Person],
) -> None:
    house, eva = house_with_eva
    browser = await house.browser()
    fixed = "a" * 43
    browser._session.cookie_jar.update_cookies({COOKIE: fixed}, URL(house.url("/")))
    await signs_in(browser, house, eva, "")
    assert browser.cookies[COOKIE] != fixed
    thief = await house.browser()
    thief._session.cookie_jar.update_cookies({COOKIE: fixed}, URL(house.url("/")))
    assert (await thief.get("/hem")).path == "/logga-in"
    assert ANNA.id not in browser.cookies[COOKIE]
