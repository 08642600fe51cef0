"""Whoever is refused is told why, in plain words and with the right figures."""

import pytest

from dialogs.errors import Refused
from handlers.errors import SENTENCES, sentence_of
from inbox.files import errors
from inbox.files.errors import TooBig
from inbox.files.limits import MEGABYTE, Room
from tests.words import SWEDISH


def test_every_refusal_of_a_file_has_a_sentence() -> None:
    refusals = [kind for kind in Refused.__subclasses__() if kind.__module__ == errors.__name__]
    assert {kind.code for kind in refusals} <= SENTENCES.keys()
    assert len(refusals) == 14


def test_the_sentence_about_size_says_the_limit_there_is() -> None:
    with pytest.raises(TooBig) as refused:
        Room(file=7 * MEGABYTE, left=0).check(8 * MEGABYTE)
    assert "7 MB" in sentence_of(refused.value, SWEDISH, "sv")
