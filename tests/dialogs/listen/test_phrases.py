"""A list is read as a person reads it aloud, and every letter can be pointed at."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.listen.lexicon import File, compiled, problems
from dialogs.listen.phrases import Unreadable, phrase_of
from dialogs.listen.places import NoPlaces
from dialogs.listen.standing import found
from dialogs.listen.story import story_of
from dialogs.listen.text import fold


def met(line: str, text: str) -> bool:
    """Whether a phrase stands in a text."""
    said = story_of(text, "sv", date(2026, 5, 4), NoPlaces()).tokens
    return bool(found(compiled({"it": File({"it": (line,)})}), "it", said))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("vänta*", "Vi VÄNTADE"),
        ("vänta*", "vi vantade"),
        ("*läkare", "en ortopedläkare"),
        ("jag .. väntade", "ja, som är 80 år, väntade"),
        ("inte ... (svar|besked)", "int fick vi dagen efter det heller nåt besked"),
        ("i+går", "I går"),
        ("# timmar", "efter 12 timmar"),
        ("jag är", "ja ä trött"),
        ("själv", "sjä\u00adlv"),
        ("så", "så\u200bååå"),
    ],
)
def test_a_phrase_stands_there(line: str, text: str) -> None:
    assert met(line, text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("vänta", "väntade"),
        ("inte .. svar", "Jag fick inte. Svar kom aldrig."),
        ("jag .. väntade", "jag och min man och våra fyra barn väntade"),
        ("läkare svarade", "läkare som svarade"),
    ],
)
def test_a_phrase_does_not_stand_there(line: str, text: str) -> None:
    assert not met(line, text)


@pytest.mark.parametrize("line", ["", "..", "(a|b", "{nobody}", "a ..", ".. a", "don't"])
def test_a_line_that_cannot_be_read_is_refused_by_name(line: str) -> None:
    with pytest.raises(Unreadable):
        phrase_of("it", line, {})


def test_every_line_of_every_list_can_be_read() -> None:
    assert problems() == []


@given(st.text(max_size=200))
def test_every_letter_keeps_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    for token in story_of(text, "sv", date(2026, 5, 4), NoPlaces()).tokens:
        assert 0 <= token.start < token.end <= len(text)
