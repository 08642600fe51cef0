"""A file is called what its sender called it, and the name cannot deceive."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.files.kinds import Kind
from inbox.files.names import LONGEST, display_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Såret på armen.jpg", "Såret på armen.jpg"),
        ("IMG_0001.JPEG", "IMG_0001.jpeg"),
        ("/home/anna/bild.jpg", "bild.jpg"),
        ("C:\\Users\\Anna\\bild.jpg", "bild.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("virus.exe", "virus.jpg"),
        ("bild.jpg.exe", "bild.jpg"),
        ("Brev 3. mars", "Brev 3. mars.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("bild\x00\r\n2.jpg", "bild 2.jpg"),
        ("a\u0308lg.jpg", "älg.jpg"),
        ('<b>"fet"</b>.jpg', "b.jpg"),
        ("", "fil.jpg"),
        (".jpg", "fil.jpg"),
        ("...", "fil.jpg"),
        ("   ", "fil.jpg"),
    ],
)
def test_the_name_is_kept_without_paths_controls_and_false_endings(given: str, shown: str) -> None:
    assert display_name(given, Kind.JPEG) == shown


def test_a_long_name_is_cut_but_keeps_its_ending() -> None:
    name = display_name("å" * 300 + ".pdf", Kind.PDF)
    assert len(name) == LONGEST
    assert name.endswith("å.pdf")


@given(st.text(), st.sampled_from(Kind))
def test_any_name_becomes_a_safe_one(given: str, kind: Kind) -> None:
    name = display_name(given, kind)
    assert 0 < len(name) <= LONGEST
    assert name.endswith(kind.extensions)
    assert not any(letter in name for letter in '/\\<>"\u202e')
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)


@given(st.text(), st.sampled_from(Kind))
def test_naming_twice_is_naming_once(given: str, kind: Kind) -> None:
    once = display_name(given, kind)
    assert display_name(once, kind) == once
