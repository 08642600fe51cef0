"""Files lie safely, apart for each draft or case, and nothing is left behind."""

import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from inbox.errors import NoSuchFile
from inbox.files.errors import BrokenFile, EmptyFile, OverQuota, TooBig, WrongKind
from inbox.files.kinds import Kind
from inbox.files.limits import DRAFT, Room, room_for_one_more
from inbox.files.store import discard, keep, read, sweep
from tests.inbox.files import samples

OWNER = "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000"
ROOM = room_for_one_more([], DRAFT)
LONG_AGO, NOW = 1_000_000.0, 4_000_000_000.0


async def arriving(content: bytes, step: int = 10) -> AsyncIterator[bytes]:
    for at in range(0, len(content), step):
        yield content[at : at + step]


async def all_of(blocks: AsyncIterator[bytes]) -> bytes:
    return b"".join([block async for block in blocks])


def all_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


async def endless(began: list[int]) -> AsyncIterator[bytes]:
    while True:
        began.append(1)
        yield samples.JPEG[:3] + bytes(97)


async def test_what_is_kept_can_be_read_back(tmp_path: Path) -> None:
    kept = await keep(tmp_path, OWNER, arriving(samples.JPEG), ROOM)
    assert (kept.kind, kept.size) == (Kind.JPEG, len(samples.JPEG))
    assert await all_of(read(tmp_path, OWNER, kept.digest)) == samples.JPEG


async def test_a_file_lies_under_its_owner_and_the_digest_of_its_content(tmp_path: Path) -> None:
    kept = await keep(tmp_path, OWNER, arriving(samples.PNG), ROOM)
    assert kept.digest == hashlib.sha256(samples.PNG).hexdigest()
    assert all_in(tmp_path) == [tmp_path / OWNER, tmp_path / OWNER / kept.digest]


async def test_the_place_in_a_photo_is_gone_before_it_is_kept(tmp_path: Path) -> None:
    kept = await keep(tmp_path, OWNER, arriving(samples.jpeg_photo()), ROOM)
    content = await all_of(read(tmp_path, OWNER, kept.digest))
    assert b"GPS" not in content
    assert len(content) == kept.size


async def test_the_same_file_sent_twice_lies_there_once(tmp_path: Path) -> None:
    first = await keep(tmp_path, OWNER, arriving(samples.PNG), ROOM)
    assert await keep(tmp_path, OWNER, arriving(samples.PNG, step=1000), ROOM) == first
    assert len(list((tmp_path / OWNER).iterdir())) == 1


async def test_a_file_of_one_case_is_not_in_another(tmp_path: Path) -> None:
    kept = await keep(tmp_path, OWNER, arriving(samples.PNG), ROOM)
    with pytest.raises(NoSuchFile):
        await all_of(read(tmp_path, "another", kept.digest))


async def test_reading_stops_as_soon_as_a_file_is_too_big(tmp_path: Path) -> None:
    began: list[int] = []
    with pytest.raises(TooBig):
        await keep(tmp_path, OWNER, endless(began), Room(file=1000, left=5000))
    assert len(began) == 11


async def test_reading_stops_as_soon_as_the_quota_is_used_up(tmp_path: Path) -> None:
    with pytest.raises(OverQuota):
        await keep(tmp_path, OWNER, endless([]), Room(file=5000, left=1000))


async def test_reading_stops_as_soon_as_the_kind_is_wrong(tmp_path: Path) -> None:
    async def program() -> AsyncIterator[bytes]:
        yield b"MZ" + bytes(100)
        raise AssertionError

    with pytest.raises(WrongKind):
        await keep(tmp_path, OWNER, program(), ROOM)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"", EmptyFile), (b"hej", WrongKind), (samples.JPEG[:100], BrokenFile)],
)
async def test_nothing_of_a_refused_file_is_left(tmp_path: Path, content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        await keep(tmp_path, OWNER, arriving(content), ROOM)
    assert list((tmp_path / OWNER).iterdir()) == []


async def test_nothing_is_left_when_the_sender_goes_away(tmp_path: Path) -> None:
    async def lost() -> AsyncIterator[bytes]:
        yield samples.JPEG[:50]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await keep(tmp_path, OWNER, lost(), ROOM)
    assert list((tmp_path / OWNER).iterdir()) == []


async def test_a_discarded_file_is_gone_and_may_be_discarded_again(tmp_path: Path) -> None:
    kept = await keep(tmp_path, OWNER, arriving(samples.PNG), ROOM)
    await discard(tmp_path, OWNER, kept.digest)
    await discard(tmp_path, OWNER, kept.digest)
    with pytest.raises(NoSuchFile):
        await all_of(read(tmp_path, OWNER, kept.digest))


async def test_the_sweep_takes_what_nobody_wants_and_leaves_the_rest(tmp_path: Path) -> None:
    wanted = await keep(tmp_path, OWNER, arriving(samples.PNG), ROOM)
    await keep(tmp_path, OWNER, arriving(samples.JPEG), ROOM)
    await keep(tmp_path, "forgotten", arriving(samples.JPEG), ROOM)
    assert await sweep(tmp_path, {(OWNER, wanted.digest)}, NOW) == 2
    assert all_in(tmp_path) == [tmp_path / OWNER, tmp_path / OWNER / wanted.digest]


async def test_the_sweep_leaves_what_has_just_arrived(tmp_path: Path) -> None:
    await keep(tmp_path, OWNER, arriving(samples.PNG), ROOM)
    assert await sweep(tmp_path, set(), LONG_AGO) == 0


async def test_the_sweep_takes_what_a_stopped_process_left_half_done(tmp_path: Path) -> None:
    kept = await keep(tmp_path, OWNER, arriving(samples.PNG), ROOM)
    half = tmp_path / OWNER / "arriving-1"
    half.write_bytes(b"half")
    os.utime(half, (LONG_AGO, LONG_AGO))
    assert await sweep(tmp_path, {(OWNER, kept.digest)}, LONG_AGO + 1) == 1


@pytest.mark.parametrize("owner", ["", "..", "../other", "a/b", "å", "a\n"])
async def test_an_owner_that_leads_elsewhere_is_refused(tmp_path: Path, owner: str) -> None:
    with pytest.raises(NoSuchFile):
        await keep(tmp_path, owner, arriving(samples.PNG), ROOM)


@pytest.mark.parametrize("digest", ["", "..", "../x", "A" * 64, "0" * 63])
async def test_a_digest_that_is_none_is_refused(tmp_path: Path, digest: str) -> None:
    with pytest.raises(NoSuchFile):
        await all_of(read(tmp_path, OWNER, digest))
    with pytest.raises(NoSuchFile):
        await discard(tmp_path, OWNER, digest)
