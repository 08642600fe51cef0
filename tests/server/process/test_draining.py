"""A process that is told to stop ends in good order: what was begun is answered, what came after is not begun."""

import asyncio
from typing import Any

import msgspec

from tests.house import House
from tests.patience import PATIENCE, until
from tests.people import ANNA
from tests.server.sockets.test_socket_server import SOCKET, connect

CLOSED = "1"
"""The frame after which a browser connects again by itself."""


def post(house: House, number: int) -> str:
    """A frame with a command."""
    command = {"command": "post_message", "case": "none", "client_id": house.new_id(), "text": "Hej"}
    return f"42{number}{msgspec.json.encode(['command', command]).decode()}"


async def test_whoever_watches_over_it_hears_that_it_is_about_to_end(house: House) -> None:
    browser = await house.browser()
    await house.parts.leaving.begin(0)
    page = await browser.get("/health/ready")
    assert page.status == 503
    said = msgspec.json.decode(page.text)
    assert (said["ready"], said["leaving"]) == (False, True)
    assert (await browser.get("/health/live")).status == 200
    # Until the door closes people are served as ever.
    assert (await browser.get("/")).status == 200


async def test_an_event_under_way_is_answered_before_its_socket_is_closed_and_the_next_is_not_begun(
    house: House,
) -> None:
    anna, writer = await house.browser(ANNA), house.parts.services.store.writer
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def waits(_: Any) -> None:
        begun.set()
        await go_on.wait()

    async with anna._session.ws_connect(house.url(SOCKET)) as socket:
        await connect(socket)
        busy = asyncio.create_task(writer.do(waits))
        # What is sent before would be taken into the same batch.
        await begun.wait()
        await socket.send_str(post(house, 7))
        await until(lambda: bool(house.parts.sockets._sio._under_way))
        leaves = asyncio.create_task(house.parts.sockets.leave())
        await socket.send_str(post(house, 8))
        await asyncio.sleep(0.1)
        go_on.set()
        await asyncio.gather(busy, leaves)
        frames = [await socket.receive_str(timeout=PATIENCE), await socket.receive_str(timeout=PATIENCE)]
        assert frames[0].startswith("437[")
        assert frames[1] == CLOSED
        assert (await socket.receive(timeout=PATIENCE)).data is None or socket.closed


async def test_a_socket_that_polls_is_told_too(house: House) -> None:
    anna = await house.browser(ANNA)
    polling = house.url("/socket.io/?EIO=4&transport=polling")
    async with anna._session.get(polling) as opened:
        sid = msgspec.json.decode((await opened.text())[1:])["sid"]
    waiting = asyncio.create_task(anna.get(f"/socket.io/?EIO=4&transport=polling&sid={sid}"))
    await asyncio.sleep(0.1)
    await house.parts.sockets.leave()
    assert (await asyncio.wait_for(waiting, PATIENCE)).text == CLOSED
