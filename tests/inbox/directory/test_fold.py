"""Text is compared without case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.directory.fold import fold, stem, words


@pytest.mark.parametrize("text", ["Sjöstad", "SJÖSTAD", "sjostad", "sjo\u0308stad"])
def test_case_and_accents_do_not_matter(text: str) -> None:
    assert fold(text) == "sjostad"


def test_punctuation_separates_words() -> None:
    assert words("Öron-, näs- och halskliniken (ÖNH)") == ["oron", "nas", "och", "halskliniken", "onh"]


@pytest.mark.parametrize("word", ["vardcentralen", "vardcentral"])
def test_the_ending_for_the_does_not_matter(word: str) -> None:
    assert stem(word) == "vardcentral"


def test_a_short_word_keeps_its_ending() -> None:
    assert stem("ben") == "ben"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
