"""Files lie safely, apart for each draft or case, in a folder or in a bucket, and nothing is left behind."""

import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from inbox.cases.errors import NoSuchFile, NotKept
from inbox.files.errors import BrokenFile, EmptyFile, OverDay, OverQuota, TooBig, WrongKind
from inbox.files.kinds import Kind
from inbox.files.limits import DRAFT, Room, room_for_one_more
from inbox.files.object_store import Bucket, Shelf
from inbox.files.store import Files
from tests.inbox.files import samples
from tests.services.ports import free_port

OWNER = "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000"
ROOM = room_for_one_more([], DRAFT)
LONG_AGO, FAR_AHEAD = 1_000_000.0, 4_000_000_000.0


async def arriving(content: bytes, step: int = 10) -> AsyncIterator[bytes]:
    for at in range(0, len(content), step):
        yield content[at : at + step]


async def all_of(blocks: AsyncIterator[bytes]) -> bytes:
    return b"".join([block async for block in blocks])


async def all_on(files: Files) -> list[str]:
    return sorted([each.path async for each in files.shelf.all()])


async def endless(began: list[int]) -> AsyncIterator[bytes]:
    while True:
        began.append(1)
        yield samples.JPEG[:3] + bytes(97)


async def test_what_is_kept_can_be_read_back(files: Files) -> None:
    kept = await files.keep(OWNER, arriving(samples.PDF), ROOM)
    assert (kept.kind, kept.size) == (Kind.PDF, len(samples.PDF))
    assert await all_of(files.read(OWNER, kept.digest)) == samples.PDF


async def test_a_large_document_comes_back_byte_by_byte(files: Files) -> None:
    content = samples.large_pdf(24_000_000)
    kept = await files.keep(OWNER, arriving(content, 65_536), ROOM)
    assert kept.digest == hashlib.sha256(content).hexdigest()
    assert hashlib.sha256(await all_of(files.read(OWNER, kept.digest))).hexdigest() == kept.digest


async def test_a_file_lies_under_its_owner_and_the_digest_of_its_content(files: Files) -> None:
    kept = await files.keep(OWNER, arriving(samples.PDF), ROOM)
    assert kept.digest == hashlib.sha256(samples.PDF).hexdigest()
    assert await all_on(files) == [f"{OWNER}/{kept.digest}"]


async def test_the_place_in_a_photo_is_gone_before_it_is_kept(files: Files) -> None:
    kept = await files.keep(OWNER, arriving(samples.jpeg_photo()), ROOM)
    content = await all_of(files.read(OWNER, kept.digest))
    assert b"GPS" not in content
    assert samples.SECRET not in content
    assert len(content) == kept.size


async def test_a_picture_has_a_small_one_beside_it(files: Files, tmp_path: Path) -> None:
    kept = await files.keep(OWNER, arriving(samples.PNG), ROOM)
    (tmp_path / "small").write_bytes(await files.preview(OWNER, kept.digest))
    with Image.open(tmp_path / "small") as small:
        assert (small.format, small.size) == ("WEBP", (kept.width, kept.height))
    assert await all_on(files) == [f"{OWNER}/{kept.digest}", f"{OWNER}/{kept.digest}-preview"]


async def test_the_same_file_sent_twice_lies_there_once(files: Files) -> None:
    first = await files.keep(OWNER, arriving(samples.PDF), ROOM)
    assert await files.keep(OWNER, arriving(samples.PDF, step=1000), ROOM) == first
    assert len(await all_on(files)) == 1


async def test_a_file_of_one_case_is_not_in_another(files: Files) -> None:
    kept = await files.keep(OWNER, arriving(samples.PDF), ROOM)
    with pytest.raises(NoSuchFile):
        await all_of(files.read("another", kept.digest))


@pytest.mark.parametrize(
    ("room", "refusal"),
    [
        (Room(file=1000, left=5000), TooBig),
        (Room(file=5000, left=1000), OverQuota),
        (Room(file=5000, left=5000, today=1000), OverDay),
    ],
)
async def test_reading_stops_as_soon_as_there_is_no_more_room(
    tmp_path: Path, room: Room, refusal: type[Exception]
) -> None:
    began: list[int] = []
    with pytest.raises(refusal):
        await Files(Shelf(tmp_path), tmp_path / "desk").keep(OWNER, endless(began), room)
    assert len(began) == 11


async def test_reading_stops_as_soon_as_the_kind_is_wrong(files: Files) -> None:
    async def program() -> AsyncIterator[bytes]:
        yield b"MZ" + bytes(100)
        raise AssertionError

    with pytest.raises(WrongKind):
        await files.keep(OWNER, program(), ROOM)


@pytest.mark.parametrize(
    ("content", "refusal"), [(b"", EmptyFile), (b"hej", WrongKind), (samples.JPEG[:100], BrokenFile)]
)
async def test_nothing_of_a_refused_file_is_left(
    files: Files, tmp_path: Path, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await files.keep(OWNER, arriving(content), ROOM)
    assert await all_on(files) == []
    assert list((tmp_path / "desk").iterdir()) == []


async def test_nothing_is_left_when_the_sender_goes_away(files: Files, tmp_path: Path) -> None:
    async def lost() -> AsyncIterator[bytes]:
        yield samples.JPEG[:50]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await files.keep(OWNER, lost(), ROOM)
    assert await all_on(files) == []
    assert list((tmp_path / "desk").iterdir()) == []


async def test_a_discarded_file_is_gone_with_its_small_picture_and_may_be_discarded_again(files: Files) -> None:
    kept = await files.keep(OWNER, arriving(samples.PNG), ROOM)
    await files.discard(OWNER, kept.digest)
    await files.discard(OWNER, kept.digest)
    assert await all_on(files) == []
    with pytest.raises(NoSuchFile):
        await all_of(files.read(OWNER, kept.digest))
    with pytest.raises(NoSuchFile):
        await files.preview(OWNER, kept.digest)


async def test_the_sweep_takes_what_nobody_wants_and_leaves_the_rest(files: Files) -> None:
    wanted = await files.keep(OWNER, arriving(samples.PNG), ROOM)
    await files.keep(OWNER, arriving(samples.PDF), ROOM)
    await files.keep("forgotten", arriving(samples.PDF), ROOM)
    await files.put_part("under-way", "part-1", b"half")
    await files.put_part("given-up", "part-1", b"half")
    assert await files.sweep({(OWNER, wanted.digest)}, {"under-way"}, FAR_AHEAD) == 3
    kept = [f"{OWNER}/{wanted.digest}", f"{OWNER}/{wanted.digest}-preview", "arriving/under-way/part-1"]
    assert await all_on(files) == sorted(kept)


async def test_the_sweep_leaves_what_has_just_arrived(files: Files) -> None:
    await files.keep(OWNER, arriving(samples.PDF), ROOM)
    await files.put_part("given-up", "part-1", b"half")
    assert await files.sweep(set(), set(), LONG_AGO) == 0


async def test_parts_are_read_in_the_order_that_is_asked_for(files: Files) -> None:
    await files.put_part("under-way", "b", b"first ")
    await files.put_part("under-way", "a", b"second")
    assert await all_of(files.parts("under-way", ("b", "a"))) == b"first second"
    await files.drop_parts("under-way", ("b", "a"))
    assert await all_on(files) == []


async def test_the_sweep_takes_what_a_stopped_process_left_half_done(tmp_path: Path) -> None:
    files = Files(Shelf(tmp_path / "files"), tmp_path / "desk")
    kept = await files.keep(OWNER, arriving(samples.PDF), ROOM)
    half = tmp_path / "files" / OWNER / f"{'0' * 64}#1"
    half.write_bytes(b"half")
    left = tmp_path / "desk" / "left"
    left.mkdir()
    (left / "arrived").write_bytes(b"half")
    for path in (half, left):
        os.utime(path, (LONG_AGO, LONG_AGO))
    await files.sweep({(OWNER, kept.digest)}, set(), LONG_AGO + 1)
    assert [half.exists(), left.exists()] == [False, False]
    assert await all_of(files.read(OWNER, kept.digest)) == samples.PDF


@pytest.mark.parametrize("owner", ["", "..", "../other", "a/b", "å", "a\n", "arriving"])
async def test_an_owner_that_leads_elsewhere_is_refused(files: Files, owner: str) -> None:
    with pytest.raises(NoSuchFile):
        await files.keep(owner, arriving(samples.PDF), ROOM)


@pytest.mark.parametrize("digest", ["", "..", "../x", "A" * 64, "0" * 63])
async def test_a_digest_that_is_none_is_refused(files: Files, digest: str) -> None:
    with pytest.raises(NoSuchFile):
        await all_of(files.read(OWNER, digest))
    with pytest.raises(NoSuchFile):
        await files.discard(OWNER, digest)


async def test_a_bucket_that_cannot_be_reached_is_a_refusal_by_name(tmp_path: Path) -> None:
    nowhere = Bucket(
        name="gensvar", endpoint=f"http://127.0.0.1:{free_port()}", region="us-east-1", key="k", secret="s"
    )
    files = Files(Shelf(nowhere), tmp_path / "desk")
    with pytest.raises(NotKept):
        await files.keep(OWNER, arriving(samples.PDF), ROOM)
    with pytest.raises(NotKept):
        await all_of(files.read(OWNER, "0" * 64))


async def test_a_folder_that_cannot_be_written_is_a_refusal_by_name(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / OWNER).write_text("a file where a folder should be")
    with pytest.raises(NotKept):
        await Files(Shelf(tmp_path / "files"), tmp_path / "desk").keep(OWNER, arriving(samples.PDF), ROOM)
