"""Where files are scanned, nothing is taken that the scanner has found something in, or has not seen."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from inbox.files.errors import Infected, NotScanned
from inbox.files.limits import DRAFT, room_for_one_more
from inbox.files.object_store import Shelf
from inbox.files.scan import Scanner
from inbox.files.store import Files
from tests.inbox.files import samples
from tests.services.clamd import INFECTED, Clamd, clamd
from tests.services.ports import free_port

ROOM = room_for_one_more([], DRAFT)


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    """A real one."""
    with clamd(tmp_path_factory.mktemp("clamd")) as running:
        yield running


def files_with(tmp_path: Path, address: str) -> Files:
    return Files(Shelf(tmp_path / "files"), tmp_path / "desk", Scanner(address))


async def arriving(content: bytes) -> AsyncIterator[bytes]:
    yield content


def ill(content: bytes) -> bytes:
    """A document with what the scanner looks for in it."""
    return content.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + INFECTED + b"\n")


@pytest.mark.parametrize("way", ["unix", "tcp"])
async def test_a_file_in_which_nothing_is_found_is_kept(tmp_path: Path, scanner: Clamd, way: str) -> None:
    files = files_with(tmp_path, getattr(scanner, way))
    kept = await files.keep("owner", arriving(samples.PDF), ROOM)
    assert b"".join([block async for block in files.read("owner", kept.digest)]) == samples.PDF


@pytest.mark.parametrize("way", ["unix", "tcp"])
async def test_a_file_in_which_something_is_found_is_refused_and_gone(tmp_path: Path, scanner: Clamd, way: str) -> None:
    files = files_with(tmp_path, getattr(scanner, way))
    with pytest.raises(Infected):
        await files.keep("owner", arriving(ill(samples.PDF)), ROOM)
    assert [each async for each in files.shelf.all()] == []
    assert list((tmp_path / "desk").iterdir()) == []


async def test_the_scanner_sees_what_came_and_not_what_was_made_of_it(tmp_path: Path, scanner: Clamd) -> None:
    photo = samples.jpeg(samples.jpeg_segment(0xFE, INFECTED))
    with pytest.raises(Infected):
        await files_with(tmp_path, scanner.unix).keep("owner", arriving(photo), ROOM)


async def test_a_large_document_is_looked_through_to_its_end(tmp_path: Path, scanner: Clamd) -> None:
    content = samples.large_pdf(20_000_000).replace(b"\n%%EOF\n", INFECTED + b"\n%%EOF\n")
    with pytest.raises(Infected):
        await files_with(tmp_path, scanner.unix).keep("owner", arriving(content), ROOM)


async def test_without_a_scanner_that_answers_nothing_is_kept(tmp_path: Path) -> None:
    for address in (f"tcp://127.0.0.1:{free_port()}", f"unix://{tmp_path / 'nobody'}"):
        files = files_with(tmp_path, address)
        with pytest.raises(NotScanned):
            await files.keep("owner", arriving(samples.PDF), ROOM)
        assert [each async for each in files.shelf.all()] == []


@pytest.mark.parametrize("said", [b"", b"stream: ", b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0"])
async def test_an_answer_that_is_not_clear_is_no_answer(tmp_path: Path, said: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0\0\0\0")
        writer.write(said)
        writer.close()

    server = await asyncio.start_unix_server(talk, tmp_path / "odd")
    async with server:
        with pytest.raises(NotScanned):
            await files_with(tmp_path, f"unix://{tmp_path / 'odd'}").keep("owner", arriving(samples.PDF), ROOM)
