"""What a picture costs is told before anything of it is unpacked."""

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from inbox.files.errors import PictureTooHeavy, TooManyPixels
from inbox.files.kinds import Kind
from inbox.files.limits import DRAFT, room_for_one_more
from inbox.files.object_store import Shelf
from inbox.files.pictures.cost import MOST_POINTS, MOST_SCANS, cost_of
from inbox.files.store import Files
from tests.inbox.files import samples
from tests.inbox.files.test_store import arriving


def written(kind: Kind, size: tuple[int, int], **how: object) -> bytes:
    target = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(target, kind.name, **how)
    return target.getvalue()


def with_empty_scans(picture: bytes, number: int) -> bytes:
    """A progressive JPEG with scans that say nothing new: some bytes each, and all points gone over for each."""
    empty = samples.jpeg_segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + b"\x7f"
    return picture[:-2] + empty * number + picture[-2:]


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        (Kind.JPEG, {}),
        (Kind.JPEG, {"progressive": True}),
        (Kind.PNG, {}),
        (Kind.WEBP, {"quality": 80}),
        (Kind.WEBP, {"lossless": True}),
        (Kind.WEBP, {"exif": b"Exif\0\0"}),
    ],
)
def test_the_points_are_told_as_they_are(tmp_path: Path, kind: Kind, how: dict[str, object]) -> None:
    file = tmp_path / "picture"
    file.write_bytes(written(kind, (300, 200), **how))
    cost = cost_of(kind, file)
    assert cost.points == 60_000
    assert (1 < cost.scans < MOST_SCANS) == ("progressive" in how)


def test_scans_that_say_nothing_are_counted_too(tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(with_empty_scans(written(Kind.JPEG, (64, 64), progressive=True), 3000))
    assert cost_of(Kind.JPEG, file).scans > MOST_SCANS


def test_what_follows_a_photo_counts_for_nothing(tmp_path: Path) -> None:
    """Phones put a film, and further pictures, behind the photo."""
    file = tmp_path / "photo"
    file.write_bytes(samples.jpeg_photo() + b"\xff\xda" * 1000 + samples.jpeg_photo() * 50)
    assert cost_of(Kind.JPEG, file).scans == 1


@pytest.mark.parametrize("cut", range(2, len(samples.jpeg_photo()), 7))
def test_a_picture_that_is_cut_off_has_a_cost_all_the_same(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "photo"
    file.write_bytes(samples.jpeg_photo()[:cut])
    assert 0 < cost_of(Kind.JPEG, file).points <= MOST_POINTS


async def refused(tmp_path: Path, content: bytes) -> None:
    files = Files(Shelf(tmp_path / "files"), tmp_path / "desk")
    await files.keep("owner", arriving(content, 60_000), room_for_one_more([], DRAFT), "somebody")


async def test_a_picture_in_very_many_steps_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.files.pictures.sandbox._work", None)
    with pytest.raises(PictureTooHeavy):
        await refused(tmp_path, with_empty_scans(written(Kind.JPEG, (64, 64), progressive=True), 3000))


async def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.files.pictures.sandbox._work", None)
    large = bytearray(samples.JPEG)
    at = large.index(b"\xff\xc0") + 5
    large[at : at + 4] = struct.pack(">HH", 20_000, 20_000)
    with pytest.raises(TooManyPixels):
        await refused(tmp_path, bytes(large))
