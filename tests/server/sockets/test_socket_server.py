"""What a socket may cost."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from sqlalchemy import delete

from inbox.storage import schema
from tests.filing import filed
from tests.house import Browser, House, Page, house_in
from tests.patience import PATIENCE
from tests.people import ANNA, KARIN
from tests.sockets import Polling, at_socket

SOCKET = "/socket.io/?EIO=4&transport=websocket"
POLLING = "/socket.io/?EIO=4&transport=polling"


async def test_a_socket_is_never_compressed(house: House) -> None:
    anna = await house.browser(ANNA)
    headers = {"Sec-WebSocket-Extensions": "permessage-deflate"}
    async with anna._session.ws_connect(house.url(SOCKET), headers=headers, compress=15) as socket:
        assert "Sec-WebSocket-Extensions" not in socket._response.headers
        assert (await socket.receive_str()).startswith("0{")


async def test_a_frame_that_is_too_large_closes_the_socket(house: House) -> None:
    anna = await house.browser(ANNA)
    async with anna._session.ws_connect(house.url(SOCKET)) as socket:
        await socket.receive_str()
        await socket.send_str("4" + "a" * 70_000)
        message = await socket.receive(timeout=PATIENCE)
        assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED}


async def test_signing_out_closes_every_socket_of_the_session_at_once(house: House) -> None:
    anna = await house.browser(ANNA)
    async with anna._session.ws_connect(house.url(SOCKET)) as socket:
        await connect(socket)
        await anna.post("/logga-ut")
        assert (await socket.receive_str(timeout=PATIENCE)).startswith("41")


async def test_a_socket_does_not_outlive_the_session(house: House) -> None:
    anna = await house.browser(ANNA)
    async with anna._session.ws_connect(house.url(SOCKET)) as socket:
        await connect(socket)
        house.clock.passes(timedelta(hours=1))
        await house.parts.sockets.shut_all_but(house.parts.sessions.stands)
        assert (await socket.receive_str(timeout=PATIENCE)).startswith("41")


async def connect(socket: ClientWebSocketResponse) -> None:
    await socket.receive_str()
    await socket.send_str("40")
    assert (await socket.receive_str(timeout=PATIENCE)).startswith("40")


async def test_another_site_cannot_open_a_websocket(house: House) -> None:
    anna = await house.browser(ANNA)
    answer = await anna.get(SOCKET, origin="https://evil.example", connection="Upgrade", upgrade="websocket")
    assert answer.status == 403


async def test_an_open_socket_is_worth_nothing_to_another_browser_and_that_somebody_tried_is_told(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "security")
    karin, anna, nobody = [await house.browser(person) for person in (KARIN, ANNA, None)]
    case = await filed(house, ANNA)
    opened = await karin.get(POLLING)
    sid = opened.text.split('"sid":"')[1].split('"')[0]
    address = f"{POLLING}&sid={sid}"
    assert (await said(karin, address, "40")).status == 200
    for other in (anna, nobody):
        assert (await other.get(address)).status == 400
        assert (await said(other, address, f'420["watch",{{"case":"{case}"}}]')).status == 400
        with pytest.raises(WSServerHandshakeError) as refused:
            await other._session.ws_connect(house.url(address.replace("polling", "websocket")))
        assert refused.value.status == 400
    heard = await karin.get(address)
    assert heard.status == 200
    assert heard.text.startswith("40")
    told = [vars(record) for record in caplog.records if vars(record).get("code") == "not_your_socket"]
    key_of = house.parts.services.person_key
    assert [(line["person"], line["owner"]) for line in told] == [
        (key_of(ANNA.id), key_of(KARIN.id)),
        ("nobody", key_of(KARIN.id)),
    ]
    assert sid not in "".join(map(str, told))


@pytest.mark.parametrize("posts", [False, True])
async def test_whoever_polls_a_socket_that_was_ended_hears_that_it_is_none(
    house: House, posts: bool, caplog: pytest.LogCaptureFixture
) -> None:
    karin = await house.browser(KARIN)
    polls = await Polling(house).opens(karin)
    house.clock.passes(timedelta(hours=1))
    await house.parts.sockets.shut_all_but(house.parts.sessions.stands)
    answer = await (said(karin, polls.address, '42["lists",{}]') if posts else karin.get(polls.address))
    assert answer.status == 400
    assert [record.message for record in caplog.records if record.message == "request failed"] == []


async def said(browser: Browser, address: str, frame: str) -> Page:
    async with browser._session.post(browser._house.url(address), data=frame) as answer:
        return Page(answer.status, answer.url.path, await answer.text(), answer.headers)


async def test_whoever_is_refused_hears_so_and_the_connection_ends(house: House) -> None:
    nobody = await house.browser()
    async with nobody._session.ws_connect(house.url(SOCKET)) as socket:
        await socket.receive_str()
        await socket.send_str("40")
        assert "sign_in_needed" in await socket.receive_str(timeout=PATIENCE)
        await ends(socket)


async def test_a_connection_ends_with_the_session_and_with_signing_out(house: House) -> None:
    for over in (False, True):
        anna = await house.browser(ANNA)
        async with anna._session.ws_connect(house.url(SOCKET)) as socket:
            await connect(socket)
            if over:
                house.clock.passes(timedelta(hours=1))
                await house.parts.sockets.shut_those(house.parts.sessions.is_over)
            else:
                await anna.post("/logga-ut")
            assert (await socket.receive_str(timeout=PATIENCE)).startswith("41")
            await ends(socket)


@pytest.mark.parametrize("asks", [False, True], ids=["silent", "asking"])
async def test_nothing_more_is_told_to_a_session_that_ran_out(house: House, asks: bool) -> None:
    case = await filed(house, ANNA)
    karin = await at_socket(house, KARIN, case)
    await karin.settles()
    house.clock.passes(timedelta(minutes=1))
    await house.parts.sessions.sweep()
    house.clock.passes(timedelta(minutes=31))
    if asks:
        assert "error" in await karin.asks_while_open("lists")
        await house.parts.sessions.sweep()
    anna = await house.browser(ANNA)
    seen = len(karin.frames)
    await anna.command("post_message", case, text="Efter att tiden gått ut.")
    await house.parts.services.publisher.told()
    # Where the machine is busy, the job that shuts such sockets may come first.
    reply = await karin.asks_while_open("catch_up", case=case, after=0)
    assert reply["error"]["code"] in {"sign_in_needed", "cut"}
    assert [name for name, _ in karin.frames[seen:] if name in {"entry", "lists"}] == []


async def test_a_socket_at_which_nobody_says_who_they_are_is_closed(tmp_path: Path) -> None:
    async with house_in(tmp_path, socket_patience_seconds=1) as house:
        anna = await house.browser(ANNA)
        async with (
            anna._session.ws_connect(house.url(SOCKET)) as silent,
            anna._session.ws_connect(house.url(SOCKET)) as left,
        ):
            await silent.receive_str()
            await connect(left)
            await left.send_str("41")
            await ends(silent)
            await ends(left)


async def test_one_person_and_one_address_have_so_many_sockets_and_no_more(tmp_path: Path) -> None:
    async with house_in(tmp_path, sockets_per_person=3, unknown_sockets_per_address=2) as house:
        for person, most in ((ANNA, 3), (None, 2), (KARIN, 3)):
            browser = await house.browser(person)
            opened = [await browser._session.ws_connect(house.url(SOCKET)) for _ in range(most)]
            answer = await browser.get(POLLING)
            assert (answer.status, int(answer.headers["Retry-After"]) > 0) == (429, True)
            for socket in opened:
                await socket.close()


async def test_a_role_that_is_taken_away_by_hand_opens_nothing_a_second_later(tmp_path: Path) -> None:
    elapsed = 0.0
    async with house_in(tmp_path, steady=lambda: elapsed) as house:
        case = await filed(house, ANNA)
        karin, page = await at_socket(house, KARIN, case), await house.browser(KARIN)
        gone = delete(schema.grant).where(schema.grant.c.person_id == KARIN.id)
        await house.parts.services.store.writer.do(lambda connection: connection.execute(gone))
        elapsed = 1.0
        assert (await page.get(f"/personal/arende/{case}")).status == 404
        seen = len(karin.frames)
        anna = await house.browser(ANNA)
        await anna.command("post_message", case, text="Efter att rollen togs bort.")
        await karin.gets("gone")
        assert [name for name, _ in karin.frames[seen:] if name == "entry"] == []
        assert (await karin.says("write_note", case, text="x"))["error"]["code"] == "no_such_case"
        assert (await page.command("write_note", case, text="x"))[0] == 404


async def ends(socket: ClientWebSocketResponse) -> None:
    """The other side closes it."""
    async with asyncio.timeout(PATIENCE):
        while (await socket.receive()).type not in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING}:
            continue
