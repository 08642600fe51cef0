"""Sockets that say nothing, read nothing or belong to nobody keep nobody from being served."""

import asyncio
import json
import resource
from collections.abc import Callable
from contextlib import suppress
from itertools import count

import aiohttp
import pytest

from server.auth.sessions import COOKIE
from tests.floods.watched import MEGABYTE, SOON, Watched
from tests.patience import PATIENCE

SOCKET = "/socket.io/?EIO=4&transport=websocket"


async def signed_in(watched: Watched, session: aiohttp.ClientSession, name: str) -> str:
    """Somebody signs in; their first case."""
    async with session.get(f"{watched.url}/logga-in") as page:
        text = await page.text()
    token = text.split('name="csrf" value="')[1].split('"')[0]
    # The label with the name comes after its button.
    person = text.split(name)[0].rsplit('name="person" value="', 1)[1].split('"')[0]
    # The cookie is for secure connections, and browsers take this very machine for one; the client here does not.
    jar = {morsel.key: morsel.value for morsel in session.cookie_jar}
    data = {"csrf": token, "person": person}
    headers = {"Cookie": cookie_of(jar)}
    async with session.post(f"{watched.url}/logga-in", data=data, headers=headers, allow_redirects=False) as answer:
        assert answer.status == 303
        session.headers["Cookie"] = cookie_of({COOKIE: answer.cookies[COOKIE].value})
    async with session.get(f"{watched.url}/hem") as page:
        return (await page.text()).split('href="/arende/')[1].split('"')[0].split("?")[0].split("#")[0]


def cookie_of(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


async def connected(socket: aiohttp.ClientWebSocketResponse) -> None:
    await socket.receive_str()
    await socket.send_str("40")
    assert (await socket.receive_str(timeout=PATIENCE)).startswith("40")


async def test_whoever_reads_nothing_is_cut_and_is_in_step_after_reading_again(watched: Watched) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        case = await signed_in(watched, session, "Anna Lindqvist")
        async with session.ws_connect(watched.url + SOCKET) as writer:
            await connected(writer)
            for n in range(30):
                told = {"command": "post_message", "case": case, "client_id": f"long-{n}", "text": "x" * 9_900}
                await writer.send_str(f"42{n}" + json.dumps(["command", told]))
                await until(writer, f"43{n}[")
        before = watched.memory("VmRSS")
        async with watched.answering(within=SOON):
            # Asked for and never read, and alive by its own word.
            reader, deaf = await raw_socket(watched, session)
            await floods(watched, deaf, case, before)
            assert deaf.transport.is_closing()
            del reader
        async with session.ws_connect(watched.url + SOCKET) as again:
            await connected(again)
            await again.send_str("421" + json.dumps(["catch_up", {"case": case, "after": 0}]))
            assert "long-" not in await until(again, "431[")


@pytest.mark.parametrize("sockets", [True, False])
async def test_a_thousand_and_a_half_that_say_nothing_keep_nobody_out(watched: Watched, sockets: bool) -> None:
    """Sockets at which nobody says who they are, and connections on which nothing is asked."""
    one = silent if sockets else connection
    resource.prlimit(watched.pid, resource.RLIMIT_NOFILE, (1024, 1024))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, hard), hard))
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            case = await signed_in(watched, session, "Anna Lindqvist")
            opened = await asyncio.gather(*(one(watched) for _ in range(1500)), return_exceptions=True)
            async with watched.answering(within=2 * SOON), asyncio.timeout(PATIENCE):
                for path in ("/", f"/arende/{case}", "/health/ready"):
                    async with session.get(watched.url + path) as answer:
                        assert answer.status == 200, path
            streams = [each for each in opened if not isinstance(each, BaseException)]
            if sockets:
                await asyncio.gather(*(closed(each) for each in streams))
            for _, writer in streams:
                writer.close()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def floods(watched: Watched, deaf: asyncio.StreamWriter, case: str, before: int) -> None:
    """Ask again and again for everything, for a minute at most, until the server hangs up."""
    async with asyncio.timeout(PATIENCE):
        for n in count():
            if deaf.transport.is_closing():
                return
            deaf.write(masked(f"42{n}" + json.dumps(["catch_up", {"case": case, "after": 0}])))
            if not n % 50:
                deaf.write(masked("3"))
            with suppress(ConnectionError):
                await deaf.drain()
            assert watched.memory("VmRSS") - before < 20 * MEGABYTE


async def until(socket: aiohttp.ClientWebSocketResponse, beginning: str) -> str:
    """The frame that begins so; signs of life are answered meanwhile."""
    while not (frame := await socket.receive_str(timeout=PATIENCE)).startswith(beginning):
        if frame == "2":
            await socket.send_str("3")
    return frame


async def raw_socket(
    watched: Watched, session: aiohttp.ClientSession
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A socket that is connected and of which nothing more is read."""
    reader, writer = await silent(watched, str(session.headers["Cookie"]))
    writer.write(masked("40"))
    await reader.readuntil(b"}")
    await reader.read(100)
    writer.transport.set_write_buffer_limits(high=1024)
    pause: Callable[[], None] = writer.transport.pause_reading  # type: ignore[attr-defined]
    pause()
    return reader, writer


async def silent(watched: Watched, cookie: str = "") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A socket that was opened, and at which nobody says anything."""
    reader, writer = await asyncio.open_connection("127.0.0.1", watched.port)
    head = (
        f"GET {SOCKET} HTTP/1.1\r\nHost: localhost:{watched.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n"
    )
    writer.write(head.encode())
    await writer.drain()
    async with asyncio.timeout(PATIENCE):
        await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def connection(watched: Watched) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection on which nothing is asked."""
    return await asyncio.open_connection("127.0.0.1", watched.port)


async def closed(streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    """It is closed by the other side."""
    reader, _ = streams
    try:
        async with asyncio.timeout(PATIENCE):
            while await reader.read(4096):
                continue
    except ConnectionResetError:
        pass


def masked(text: str) -> bytes:
    """A frame as a browser sends it, with a mask of nothing."""
    body = text.encode()
    length = bytes([0x80 | len(body)]) if len(body) < 126 else bytes([0x80 | 126]) + len(body).to_bytes(2)
    return b"\x81" + length + bytes(4) + body
