"""A photo with a place in it has none afterwards, and is still the same picture."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.files.clean import cleaned
from inbox.files.errors import BrokenFile, EmptyFile, WrongKind
from inbox.files.exif import only_orientation, orientation
from inbox.files.kinds import Kind
from tests.inbox.files import samples

PHOTOS: dict[Kind, Callable[[int], bytes]] = {
    Kind.JPEG: samples.jpeg_photo,
    Kind.PNG: samples.png_photo,
    Kind.WEBP: samples.webp_photo,
}
WHOLE = [
    samples.JPEG,
    samples.PNG,
    samples.WEBP,
    samples.HEIC,
    samples.PDF,
    samples.jpeg_photo(6),
    samples.webp_photo(6),
]


@pytest.mark.parametrize("kind", PHOTOS)
def test_neither_place_nor_camera_nor_texts_stay_in_a_photo(kind: Kind) -> None:
    photo = PHOTOS[kind](1)
    assert samples.SECRET in photo
    found, clean = cleaned(photo)
    assert found is kind
    assert samples.SECRET not in clean
    assert b"GPS" not in clean
    assert b"adobe.com" not in clean


def test_neither_place_nor_camera_nor_texts_stay_in_a_heic_photo() -> None:
    _, clean = cleaned(samples.HEIC)
    assert b"SECRET" not in clean
    assert b"xmpmeta" not in clean
    # 59 degrees as Exif writes it.
    assert (59).to_bytes(4, "big") + (1).to_bytes(4, "big") in samples.HEIC
    assert (59).to_bytes(4, "big") + (1).to_bytes(4, "big") not in clean


def test_a_heic_photo_is_changed_nowhere_else() -> None:
    _, clean = cleaned(samples.HEIC)
    # Behind the picture itself, which ends where the Exif begins.
    begins = samples.HEIC.index(b"\x00\x00\x00\x06Exif")
    assert clean[:begins] == samples.HEIC[:begins]
    assert len(clean) == len(samples.HEIC)


def test_a_film_beside_a_heic_photo_is_blanked() -> None:
    film = b"\x00\x00\x00\x18moov" + samples.SECRET.ljust(16)
    assert samples.SECRET not in cleaned(samples.HEIC + film)[1]


@pytest.mark.parametrize("kind", PHOTOS)
def test_the_picture_itself_stays_as_it_was(kind: Kind) -> None:
    _, clean = cleaned(PHOTOS[kind](1))
    plain = {Kind.JPEG: samples.JPEG, Kind.PNG: samples.PNG, Kind.WEBP: samples.WEBP[12:]}[kind]
    assert clean.endswith(plain[2:] if kind is Kind.JPEG else plain)


@pytest.mark.parametrize("kind", PHOTOS)
@pytest.mark.parametrize("turned", range(2, 9))
def test_which_way_is_up_stays(kind: Kind, turned: int) -> None:
    _, clean = cleaned(PHOTOS[kind](turned))
    assert only_orientation(turned) in clean
    assert samples.SECRET not in clean


@pytest.mark.parametrize("whole", WHOLE)
def test_cleaning_what_is_clean_changes_nothing(whole: bytes) -> None:
    _, once = cleaned(whole)
    assert cleaned(once)[1] == once


def test_a_picture_with_nothing_beside_it_stays_byte_for_byte() -> None:
    assert cleaned(samples.JPEG)[1] == samples.JPEG
    assert cleaned(samples.PNG)[1] == samples.PNG
    assert cleaned(samples.WEBP)[1] == samples.WEBP


def test_colours_of_a_photo_stay() -> None:
    profile = samples.jpeg_segment(0xE2, b"ICC_PROFILE\x00\x01\x01 colours")
    adobe = samples.jpeg_segment(0xEE, b"Adobe\x00d\x00\x00\x00\x00\x01")
    _, clean = cleaned(samples.jpeg(profile, adobe))
    assert profile in clean
    assert adobe in clean


def test_the_small_picture_in_a_jpeg_heading_goes() -> None:
    heading = samples.jpeg_segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01" + b"rgb")
    _, clean = cleaned(samples.JPEG[:2] + heading + samples.JPEG[20:])
    assert b"rgb" not in clean


def test_a_pdf_stays_as_it_is() -> None:
    assert cleaned(samples.PDF) == (Kind.PDF, samples.PDF)


@pytest.mark.parametrize("whole", [samples.JPEG, samples.PNG, samples.WEBP, samples.HEIC, samples.PDF])
def test_a_file_that_is_cut_off_is_refused_as_broken(whole: bytes) -> None:
    for end in range(32, len(whole) - 8, 7):
        with pytest.raises(BrokenFile):
            cleaned(whole[:end])


def test_a_png_with_a_damaged_part_is_refused_as_broken() -> None:
    damaged = bytearray(samples.PNG)
    damaged[45] ^= 1
    with pytest.raises(BrokenFile):
        cleaned(bytes(damaged))


def test_a_heic_photo_whose_parts_cannot_be_found_is_refused_as_broken() -> None:
    with pytest.raises(BrokenFile):
        cleaned(samples.HEIC.replace(b"iloc", b"iLoc"))


@settings(deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_file_is_cleaned_or_refused_by_name(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    # Anything but a named refusal fails the test.
    with suppress(EmptyFile, WrongKind, BrokenFile):
        cleaned(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))


@given(st.binary(max_size=60))
def test_any_exif_says_some_way_up(tiff: bytes) -> None:
    assert 1 <= orientation(tiff) <= 8
    assert 1 <= orientation(b"II*\x00" + tiff) <= 8


@pytest.mark.parametrize("order", ["<", ">"])
def test_which_way_is_up_is_read_from_both_kinds_of_cameras(order: str) -> None:
    assert orientation(samples.exif(8, order)) == 8
