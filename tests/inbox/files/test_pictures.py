"""A photo with a place in it has none afterwards, is the same picture, and a broken one harms nobody."""

import io
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from inbox.files.errors import BrokenFile, TooManyPixels
from inbox.files.kinds import Kind
from inbox.files.limits import DRAFT, room_for_one_more
from inbox.files.object_store import Shelf
from inbox.files.pictures.documents import first_page
from inbox.files.pictures.reencode import LONGEST_SIDE, made_anew
from inbox.files.store import Files, Kept
from tests.inbox.files import samples

PHOTOS: dict[Kind, Callable[[int], bytes]] = {
    Kind.JPEG: samples.jpeg_photo,
    Kind.PNG: samples.png_photo,
    Kind.WEBP: samples.webp_photo,
}


def made(tmp_path: Path, kind: Kind, content: bytes) -> bytes:
    """What becomes of a picture."""
    (tmp_path / "arrived").write_bytes(content)
    made_anew(kind, tmp_path)
    return (tmp_path / "made").read_bytes()


async def kept(tmp_path: Path, content: bytes) -> tuple[Kept, bytes]:
    """The same as it happens in the service: by a process of its own."""
    files = Files(Shelf(tmp_path / "files"), tmp_path / "desk")

    async def arriving() -> AsyncIterator[bytes]:
        yield content

    kept = await files.keep("owner", arriving(), room_for_one_more([], DRAFT))
    return kept, b"".join([block async for block in files.read("owner", kept.digest)])


def written(picture: Image.Image, format: str, **how: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, format, **how)
    return target.getvalue()


def two_halves(mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: one sees how it is turned."""
    picture = Image.new(mode, (64, 32), (255, 0, 0) if mode == "RGB" else 0)
    picture.paste((0, 0, 255) if mode == "RGB" else 255, (32, 0, 64, 32))
    return picture


@pytest.mark.parametrize("kind", PHOTOS)
def test_neither_place_nor_camera_nor_texts_stay_in_a_photo(tmp_path: Path, kind: Kind) -> None:
    photo = PHOTOS[kind](1)
    assert samples.SECRET in photo
    clean = made(tmp_path, kind, photo)
    assert samples.SECRET not in clean
    assert b"GPS" not in clean
    assert b"adobe.com" not in clean
    with Image.open(io.BytesIO(clean)) as opened:
        assert not opened.getexif()
        assert set(opened.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "duration",
            "timestamp",
        }


async def test_a_heic_photo_becomes_a_jpeg_without_place_and_texts(tmp_path: Path) -> None:
    file, clean = await kept(tmp_path, samples.HEIC)
    assert file.kind is Kind.JPEG
    assert b"SECRET" in samples.HEIC
    assert b"SECRET" not in clean
    with Image.open(io.BytesIO(clean)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif())) == ("JPEG", (8, 8), {})


@pytest.mark.parametrize(("turned", "top_left"), [(1, "red"), (2, "blue"), (3, "blue"), (6, "red"), (8, "blue")])
def test_which_way_is_up_is_in_the_points_afterwards(tmp_path: Path, turned: int, top_left: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    clean = made(tmp_path, Kind.JPEG, written(two_halves(), "JPEG", exif=exif, quality=95))
    with Image.open(io.BytesIO(clean)) as opened:
        assert opened.size == ((64, 32) if turned < 5 else (32, 64))
        red, _, blue = opened.convert("RGB").getpixel((4, 4))  # type: ignore[misc]
        assert (red > blue) == (top_left == "red")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_make_has_the_same_points(tmp_path: Path, mode: str) -> None:
    picture = two_halves("L").convert(mode) if mode != "I;16" else Image.new("I;16", (64, 32), 4000)
    clean = made(tmp_path, Kind.PNG, written(picture, "PNG"))
    with Image.open(io.BytesIO(clean)) as opened:
        assert (opened.mode, opened.tobytes()) == (picture.mode, picture.tobytes())


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_a_photo_of_any_make_is_drawn(tmp_path: Path, mode: str) -> None:
    clean = made(tmp_path, Kind.JPEG, written(two_halves().convert(mode), "JPEG"))
    with Image.open(io.BytesIO(clean)) as opened:
        assert opened.mode in {"L", "RGB"}


def test_a_profile_of_colours_becomes_colours(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    clean = made(tmp_path, Kind.JPEG, written(two_halves(), "JPEG", icc_profile=profile, quality=95))
    assert b"ICC_PROFILE" not in clean
    with Image.open(io.BytesIO(clean)) as opened:
        red, green, blue = opened.getpixel((4, 4))  # type: ignore[misc]
        assert red > 240
        assert max(green, blue) < 15


def test_a_profile_that_is_none_hinders_nobody(tmp_path: Path) -> None:
    assert b"nonsense" not in made(tmp_path, Kind.JPEG, written(two_halves(), "JPEG", icc_profile=b"nonsense" * 20))


def test_what_is_seen_through_stays_so(tmp_path: Path) -> None:
    picture = two_halves("L").convert("P")
    clean = made(tmp_path, Kind.PNG, written(picture, "PNG", transparency=0))
    with Image.open(io.BytesIO(clean)) as opened:
        assert opened.info == {"transparency": 0}


def test_a_large_photo_has_a_small_picture(tmp_path: Path) -> None:
    made(tmp_path, Kind.JPEG, written(Image.effect_noise((2000, 1000), 50), "JPEG"))
    with Image.open(tmp_path / "preview") as small:
        assert small.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_photo_does_not_grow(tmp_path: Path) -> None:
    photo = written(Image.effect_noise((800, 800), 90).convert("RGB"), "JPEG", quality=75)
    assert len(made(tmp_path, Kind.JPEG, photo)) <= len(photo) * 1.1


async def test_a_picture_that_would_fill_the_memory_is_refused_by_name(tmp_path: Path) -> None:
    rows = zlib.compress(bytes(20_001) * 200)
    head = (20_000).to_bytes(4) + (20_000).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    bomb = b"\x89PNG\r\n\x1a\n" + samples.png_chunk(b"IHDR", head) + samples.png_chunk(b"IDAT", rows)
    with pytest.raises(TooManyPixels):
        await kept(tmp_path, bomb + samples.png_chunk(b"IEND", b""))


@pytest.mark.parametrize("whole", [samples.JPEG, samples.PNG, samples.WEBP, samples.HEIC])
async def test_a_picture_that_is_cut_off_is_refused_as_broken(tmp_path: Path, whole: bytes) -> None:
    with pytest.raises(BrokenFile):
        await kept(tmp_path, whole[: len(whole) * 2 // 3])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(PHOTOS)), st.data())
def test_a_damaged_picture_is_made_anew_or_falls_without_harm(tmp_path: Path, kind: Kind, data: st.DataObject) -> None:
    damaged = bytearray(PHOTOS[kind](1))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(12, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    # What a decoder stumbles over ends its process. What it makes of it has nothing beside the points.
    with suppress(Exception):
        assert samples.SECRET not in made(tmp_path, kind, bytes(damaged))


async def test_a_pdf_stays_as_it_is_and_its_first_page_is_drawn(tmp_path: Path) -> None:
    document, target = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(target)
    file, content = await kept(tmp_path, target.getvalue())
    assert content == target.getvalue()
    assert (file.kind, file.width, file.height) == (Kind.PDF, 453, 640)


async def test_a_pdf_that_cannot_be_drawn_is_kept_without_a_picture(tmp_path: Path) -> None:
    file, content = await kept(tmp_path, samples.PDF)
    assert (content, file.width) == (samples.PDF, 0)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_document_is_drawn_or_left(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "arrived").write_bytes(b"%PDF-1.4\n" + content)
    assert first_page(tmp_path).kind is Kind.PDF


async def test_a_pdf_that_asks_for_a_password_is_kept_and_known_as_such(tmp_path: Path) -> None:
    file, content = await kept(tmp_path, samples.LOCKED_PDF)
    assert (content, file.width, file.locked) == (samples.LOCKED_PDF, 0, True)


LOCKS = {
    "certificate": samples.CERTIFIED_PDF,
    "older certificate": samples.CERTIFIED_PDF.replace(b"adbe.pkcs7.s5", b"adbe.pkcs7.s4"),
    "rights of a company": samples.CERTIFIED_PDF.replace(b"Adobe.PubSec", b"MicrosoftIRMServices"),
    "a shop's own": samples.CERTIFIED_PDF.replace(b"Adobe.PubSec", b"FOPN_foweb"),
}


@pytest.mark.parametrize("lock", LOCKS)
async def test_so_is_one_that_opens_by_no_password(tmp_path: Path, lock: str) -> None:
    file, content = await kept(tmp_path, LOCKS[lock])
    assert (content, file.width, file.locked) == (LOCKS[lock], 0, True)


@pytest.mark.parametrize(
    "after",
    [bytes(3000), b"\r\n" * 1500, b" \n" * 100_000, b"\x1a" * 5000, b"\xff" * 4096, b"\r\n--next part--\r\n" * 50],
)
async def test_a_pdf_may_be_filled_up_after_its_end(tmp_path: Path, after: bytes) -> None:
    _, content = await kept(tmp_path, samples.PDF + after)
    assert content == samples.PDF + after


@pytest.mark.parametrize("after", [b"", bytes(3000)])
async def test_a_pdf_without_an_end_is_refused_also_when_it_is_filled_up(tmp_path: Path, after: bytes) -> None:
    with pytest.raises(BrokenFile):
        await kept(tmp_path, samples.PDF.replace(b"%%EOF", b"") + after)


async def test_a_pdf_that_is_cut_off_is_refused_as_broken(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile):
        await kept(tmp_path, samples.PDF[:40])
