"""What clients do wrong is no fault of the service, and no line in its log says so."""

import asyncio
import json
import re
import socket
import struct

import aiohttp
import pytest

from tests.floods.test_sockets import SOCKET, connected, signed_in
from tests.floods.watched import Watched
from tests.hostile.test_frames import FRAMES
from tests.patience import PATIENCE, until

FORM = "POST /logga-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
FILES = "POST /arende/x/post_message HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
ODD = {
    "half a form": f"{FORM}Content-Length: 200\r\n\r\ncsrf=x",
    "half a form with files": f"{FILES}Content-Length: 99\r\n\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n",
    "half a program's request": FORM.replace("/logga-in", "/api/v1/commands/take_case") + "Content-Length: 9\r\n\r\n{",
    "half a part of a file": FORM.replace("POST /logga-in", "PATCH /filer/x") + "Content-Length: 9\r\n\r\n1",
    "half a chunk": f"{FORM}Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "a chunk that is none": f"{FORM}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "no encoding that there is": f"{FORM}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    "a page that nobody waits for": "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "half a head": "GET / HTTP/1.1\r\nHost: loc",
    "no request": "nonsense\r\n\r\n",
    "an odd method": "G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "two lengths": f"{FORM}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "a long head": f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'x' * 20_000}\r\n\r\n",
    "the beginning of a secret talk": "\x16\x03\x01\x02\x00\x01\x00",
    "a socket without an id": "POST /socket.io/?EIO=4&transport=polling&sid=none HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Length: 2\r\n\r\n40",
    "a socket of another kind": "GET /socket.io/?EIO=3&transport=pigeon HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "half a handshake": "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}
COMPLAINT = re.compile(r'^.*"level":"(?:warning|error|critical)".*$|^Traceback.*$', re.MULTILINE)


@pytest.fixture
def settings() -> dict[str, str]:
    return {"LOG_LEVEL": "info", "LOG_FORMAT": "json"}


async def test_nothing_that_clients_do_is_told_as_a_fault_of_ours(watched: Watched) -> None:
    for sent in ODD.values():
        for abruptly in (False, True):
            await say(watched.port, sent.encode("latin-1"), abruptly=abruptly)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        case = await signed_in(watched, session, "Anna Lindqvist")
        leaving = ('42["disconnect"]', '422["disconnect","x",1,2]')
        for frames in (*(frames.sent for frames in FRAMES), leaving):
            async with session.ws_connect(watched.url + SOCKET) as ws:
                await connected(ws)
                for frame in frames:
                    told = frame.replace("$case", case) if isinstance(frame, str) else frame
                    await (ws.send_bytes(told) if isinstance(told, bytes) else ws.send_str(told))
                # Gone in the middle of what it asked for.
                await ws.send_str('423["lists",{}]')
                cut(ws)
        async with session.get(f"{watched.url}/hem") as page:
            assert page.status == 200
    await until(lambda: all(event in events(watched) for event in ("unreadable", "odd frame", "gone")))
    assert COMPLAINT.findall(watched.log) == []


def events(watched: Watched) -> set[str]:
    """What was told of clients."""
    lines = [json.loads(line) for line in watched.log.splitlines() if line.startswith("{") and line.endswith("}")]
    return {line["event"] for line in lines if line["logger"] == "clients"}


async def say(port: int, sent: bytes, *, abruptly: bool) -> None:
    """Send something and go, or wait for what becomes of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    await writer.drain()
    if abruptly:
        # Closed with a reset, not with a farewell.
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    else:
        writer.write_eof()
        async with asyncio.timeout(PATIENCE):
            while await reader.read(65536):
                continue
    writer.close()


def cut(ws: aiohttp.ClientWebSocketResponse) -> None:
    """The connection is gone, without a word."""
    connection = ws._response.connection
    if connection is not None and connection.transport is not None:
        connection.transport.abort()
