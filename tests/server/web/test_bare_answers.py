"""What is no request is answered too, and learns nothing: no versions, no piece of itself, the headers of all."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from aiohttp import web

from server.app import Effects, build_app
from server.config import Settings
from server.serve import runner_of
from server.web.security import headers
from tests.patience import PATIENCE
from tests.services.ports import free_port
from tests.services.stores import fresh_store

MARK = b"kanariefagel"
LINE = b"GET /logga-in HTTP/1.1\r\nHost: localhost\r\n"
ODD = {
    "no method": MARK + b"@ / HTTP/1.1\r\n\r\n",
    "no line": MARK + b"\r\n\r\n",
    "a version that there is not": b"GET /" + MARK + b" HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "two lengths": b"POST /" + MARK + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a length and pieces": LINE + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length that is none": LINE + b"Content-Length: " + MARK + b"\r\n\r\n",
    "a header that is too long": LINE + b"X-Long: " + MARK * 1000 + b"\r\n\r\n",
    "a line that is too long": b"GET /" + MARK * 1000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a header that is none": LINE + MARK + b"\r\n\r\n",
    "a header with a null": LINE + b"X-Odd: " + MARK + b"\0\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + MARK,
    "a wish that there is not": LINE + b"Connection: close\r\nExpect: " + MARK + b"\r\n\r\n",
    "a page that there is not": b"GET /" + MARK + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "a method that there is not": MARK.upper() + b" / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
}


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Settings]:
    """The service as it is served."""
    settings = Settings(database=tmp_path / "house.db", files=tmp_path / "files", secret="x" * 32, port=free_port())
    await fresh_store(settings.database, settings.database_url)
    runner = runner_of(build_app(settings, Effects()), settings)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield settings
    finally:
        await runner.cleanup()


async def answer_to(port: int, sent: bytes) -> bytes:
    """What comes back until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        return await asyncio.wait_for(reader.read(), PATIENCE)
    finally:
        writer.close()


def wrong_in(answer: bytes, always: Mapping[str, str]) -> list[str]:
    """What an answer should not tell, and what it lacks."""
    head, *_ = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    told = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    found = [] if re.match(r"HTTP/1\.[01] 4\d\d ", first) else [f"status: {first[:80]}"]
    found += ["its program"] if "server" in told or b"aiohttp" in answer else []
    found += ["a piece of the request"] if MARK in answer.lower() else []
    return found + [name for name, value in always.items() if told.get(name.lower()) != value]


async def test_an_odd_request_is_answered_with_its_status_and_nothing_else(served: Settings) -> None:
    always = {**headers(served), "Cache-Control": "no-store"}
    answers = {what: await answer_to(served.port, sent) for what, sent in ODD.items()}
    assert {what: wrong for what, answer in answers.items() if (wrong := wrong_in(answer, always))} == {}
