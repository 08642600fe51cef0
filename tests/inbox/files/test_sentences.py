"""Whoever is refused is told why, in plain words and with the right figures."""

from handlers.errors import SENTENCES
from inbox.errors import Refused
from inbox.files import errors
from inbox.files.limits import CASE, DRAFT, MEGABYTE


def test_every_refusal_of_a_file_has_a_sentence() -> None:
    refusals = [kind for kind in Refused.__subclasses__() if kind.__module__ == errors.__name__]
    assert {kind.code for kind in refusals} <= SENTENCES.keys()
    assert len(refusals) == 6


def test_the_sentence_about_size_says_the_limit_there_is() -> None:
    assert DRAFT.file == CASE.file
    assert f"{DRAFT.file // MEGABYTE} MB" in SENTENCES["too_big"]
