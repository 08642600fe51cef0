"""What nobody in particular sends keeps nobody from being served, and lies nowhere."""

import asyncio
import io

import aiohttp
import pytest

from tests.floods.watched import MEGABYTE, SOON, Watched
from tests.patience import PATIENCE

ADDRESSES = ("/arende/x/post_message", "/personal/arende/x/answer_case")


def form(text: str) -> aiohttp.FormData:
    """A form with a text, as a browser sends it."""
    data = aiohttp.FormData()
    data.add_field("csrf", "nothing of ours")
    data.add_field("text", text)
    data.add_field("files", io.BytesIO(), filename="", content_type="application/octet-stream")
    return data


async def send(session: aiohttp.ClientSession, url: str, text: str) -> tuple[int, int]:
    """The status and length of the answer; 0 where the server hung up."""
    try:
        async with session.post(url, data=form(text), allow_redirects=False) as answer:
            return answer.status, len(await answer.read())
    except (aiohttp.ClientError, ConnectionError):
        return 0, 0


@pytest.mark.parametrize("letter", ["<", "a", "🦊"])
async def test_a_huge_text_of_nobody_stops_nobody_and_takes_no_memory(watched: Watched, letter: str) -> None:
    text = letter * (50 * MEGABYTE // len(letter.encode()))
    before = watched.memory()
    async with watched.answering(within=SOON), aiohttp.ClientSession() as session:
        for turn in range(5):
            for address in ADDRESSES:
                status, length = await send(session, watched.url + address, text)
                assert status in {0, 413}, turn
                assert length < 100_000
        await asyncio.gather(*(send(session, watched.url + ADDRESSES[0], text) for _ in range(10)))
    assert watched.memory() - before < 50 * MEGABYTE


async def test_a_hundred_texts_as_long_as_they_may_be_stop_nobody(watched: Watched) -> None:
    """They are shown again, once, so that nobody whose session ended loses what they wrote."""
    text = "<" * (250 * 1024)
    before = watched.memory()
    async with watched.answering(within=SOON), aiohttp.ClientSession() as session:
        for _ in range(100):
            status, length = await send(session, watched.url + ADDRESSES[0], text)
            assert status == 401
            assert length < 5 * len(text)
        await asyncio.gather(*(send(session, watched.url + ADDRESSES[0], text) for _ in range(20)))
    assert watched.memory() - before < 50 * MEGABYTE


HEADS = {
    "a form": ("/logga-in", "application/x-www-form-urlencoded", b"csrf=x&person="),
    "a form with files": (
        "/arende/x/post_message",
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-' + b"x" * 100_000,
    ),
    "a program's": ("/api/v1/commands/post_message", "application/json", b"{"),
    "an answer": ("/beratta/leave", "application/x-www-form-urlencoded", b"csrf=x"),
    "an answer with files": (
        "/beratta/files",
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nx',
    ),
    "a part of a file": ("/filer/x", "application/offset+octet-stream", b"x"),
    "a socket's": ("/socket.io/?EIO=4&transport=polling", "text/plain", b"40"),
}


async def test_three_hundred_bodies_that_say_nothing_more_are_gone_soon_and_nothing_lies_on_the_disk(
    watched: Watched,
) -> None:
    before = watched.memory()
    async with watched.answering(within=SOON):
        opened = await asyncio.gather(*(begin(watched, name) for name in list(HEADS) * 50))
        assert watched.temporary_files() < MEGABYTE
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(until_closed(reader) for reader, _ in opened))
    for _, writer in opened:
        writer.close()
    assert watched.temporary_files() == 0
    assert watched.memory() - before < 50 * MEGABYTE


async def test_a_body_that_comes_letter_by_letter_has_its_time_too(watched: Watched) -> None:
    opened = [await begin(watched, name) for name in HEADS]

    async def drip(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.5)

    dripping = [asyncio.create_task(drip(writer)) for _, writer in opened]
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(until_closed(reader) for reader, _ in opened))
    for task, (_, writer) in zip(dripping, opened, strict=True):
        task.cancel()
        writer.close()


async def test_from_one_address_nobody_in_particular_sends_so_much_at_once_and_no_more(watched: Watched) -> None:
    opened = await asyncio.gather(*(begin(watched, "a form with files") for _ in range(60)))
    async with asyncio.timeout(PATIENCE):
        answers = await asyncio.gather(*(reader.readline() for reader, _ in opened))
    assert sum(b" 429 " in answer for answer in answers) == 10
    for _, writer in opened:
        writer.close()


async def begin(watched: Watched, name: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Half a request of that kind."""
    address, kind, beginning = HEADS[name]
    reader, writer = await asyncio.open_connection("127.0.0.1", watched.port)
    head = f"POST {address} HTTP/1.1\r\nHost: localhost:{watched.port}\r\nContent-Type: {kind}\r\n"
    writer.write(head.encode() + b"Content-Length: 200000\r\n\r\n" + beginning)
    await writer.drain()
    return reader, writer


async def until_closed(reader: asyncio.StreamReader) -> None:
    try:
        while await reader.read(65536):
            continue
    except ConnectionResetError:
        return
