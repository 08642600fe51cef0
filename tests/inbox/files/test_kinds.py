"""What a file is is told by its content."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.files.errors import EmptyFile, WrongKind
from inbox.files.kinds import ACCEPT, Kind, kind_of
from tests.inbox.files import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.JPEG, Kind.JPEG),
        (samples.PNG, Kind.PNG),
        (samples.WEBP, Kind.WEBP),
        (samples.HEIC, Kind.HEIC),
        (samples.PDF, Kind.PDF),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", Kind.HEIC),
    ],
)
def test_each_kind_is_known_by_how_it_begins(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<!doctype html><script>",
        b"PK\x03\x04 a document",
        b"MZ a program",
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isom a film",
        b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif another picture",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"hej",
    ],
)
def test_anything_else_is_refused_as_the_wrong_kind(content: bytes) -> None:
    with pytest.raises(WrongKind):
        kind_of(content)


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\r\n",
        b" ",
        b"\0" * 200,
        b"\xfe\xff",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n",
        b"From: region@example.se\r\n\r\n",
        b"@PJL ENTER LANGUAGE=PDF\r\n",
        b"x" * (1024 - 5),
    ],
)
def test_a_pdf_may_have_something_before_its_header(before: bytes) -> None:
    assert kind_of(before + samples.PDF) is Kind.PDF


@pytest.mark.parametrize(
    "before",
    [b"GIF89a", b"\r\n<html>", b"PK\x03\x04", b"MZ", b"\x7fELF", b"#!/bin/sh\n", b"\xef\xbb\xbf<svg>", b"x" * 1024],
)
def test_what_begins_as_something_else_is_no_pdf_for_having_its_header_later(before: bytes) -> None:
    with pytest.raises(WrongKind):
        kind_of(before + samples.PDF)


def test_an_empty_file_is_refused_as_empty() -> None:
    with pytest.raises(EmptyFile):
        kind_of(b"")


@given(st.binary(max_size=80))
def test_any_bytes_are_a_kind_or_refused_by_name(content: bytes) -> None:
    # Anything but a named refusal fails the test.
    with suppress(EmptyFile, WrongKind):
        assert kind_of(content) in Kind


def test_only_pictures_that_browsers_draw_are_shown() -> None:
    assert {kind for kind in Kind if kind.shown} == {Kind.JPEG, Kind.PNG, Kind.WEBP}


def test_the_file_chooser_offers_every_kind() -> None:
    assert {"image/jpeg", ".heic", ".pdf"} <= set(ACCEPT.split(","))
