"""Whoever is refused is told why, in plain words and with the right figures."""

import inspect

from handlers.errors import SENTENCES
from inbox.errors import Refused
from inbox.files import errors
from inbox.files.limits import CASE, DRAFT, MEGABYTE


def test_every_refusal_of_a_file_has_a_sentence() -> None:
    refusals = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind is not Refused]
    assert {kind.code for kind in refusals} <= SENTENCES.keys()
    assert len(refusals) == 6


def test_the_sentence_about_size_says_the_limit_there_is() -> None:
    assert DRAFT.file == CASE.file
    assert f"{DRAFT.file // MEGABYTE} MB" in SENTENCES["too_big"]
