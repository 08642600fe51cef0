"""What a socket may cost."""

from datetime import timedelta

from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.house import House
from tests.people import ANNA

SOCKET = "/socket.io/?EIO=4&transport=websocket"


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
        message = await socket.receive(timeout=5)
        assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED}


async def test_signing_out_closes_every_socket_of_the_session_at_once(house: House) -> None:
    anna = await house.browser(ANNA)
    async with anna._session.ws_connect(house.url(SOCKET)) as socket:
        await connect(socket)
        await anna.post("/logga-ut")
        assert (await socket.receive_str(timeout=5)).startswith("41")


async def test_a_socket_does_not_outlive_the_session(house: House) -> None:
    anna = await house.browser(ANNA)
    async with anna._session.ws_connect(house.url(SOCKET)) as socket:
        await connect(socket)
        house.clock.passes(timedelta(hours=1))
        await house.parts.sockets.shut_all_but(house.parts.sessions.stands)
        assert (await socket.receive_str(timeout=5)).startswith("41")


async def connect(socket: ClientWebSocketResponse) -> None:
    await socket.receive_str()
    await socket.send_str("40")
    assert (await socket.receive_str(timeout=5)).startswith("40")


async def test_another_site_cannot_open_a_websocket(house: House) -> None:
    anna = await house.browser(ANNA)
    answer = await anna.get(SOCKET, origin="https://evil.example", connection="Upgrade", upgrade="websocket")
    assert answer.status == 403
