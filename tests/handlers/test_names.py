"""People are called by the first word of their name."""

import pytest

from handlers.names import first_name


@pytest.mark.parametrize(
    ("name", "called"),
    [("Anna Provlind", "Anna"), ("Per-Olof Dahl", "Per-Olof"), (" Anna ", "Anna"), ("", ""), ("  ", ""), (None, "")],
)
def test_the_first_word_of_a_name_is_said_and_nothing_where_there_is_none(name: str | None, called: str) -> None:
    assert first_name(name) == called
