"""Words that call for help show where to call; ordinary stories do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.danger.emergency import alarming, emergency
from dialogs.kinds.files import Files
from dialogs.kinds.one import One
from dialogs.kinds.short_text import Text
from dialogs.load import load
from dialogs.schema.model import Step


@pytest.mark.parametrize(
    "text",
    [
        "Jag vill inte leva längre",
        "Han pratar om SJÄLVMORD",
        "Jag har självmordstankar varje dag.",
        "Hon sa att hon tänker ta\n  livet av sig? Nej, jag vill ta livet av mig.",
        "min pappa kan inte andas",
        "I want to die",
        "I don’t want to live any more",
        "She took an overdose.",
    ],
)
def test_acute_words_are_noticed(text: str) -> None:
    assert emergency(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jag ringde vårdcentralen tre dagar i rad med ont i bröstet. Varje gång fick jag rådet att vänta.",
        "Min mamma dog i maj. Ingen ringde.",
        "De tog inte min oro på allvar.",
        "I waited for six hours and nobody told me why.",
        "Det var livligt i väntrummet.",
    ],
)
def test_ordinary_stories_are_left_alone(text: str) -> None:
    assert not emergency(text)


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert emergency(text) in (True, False)


def test_an_answer_shows_help_when_its_words_or_its_choice_call_for_it() -> None:
    belongs, happened, files = (load("complaint", 1).node(id) for id in ("belongs", "happened", "files"))
    assert isinstance(belongs, Step)
    assert isinstance(happened, Step)
    assert isinstance(files, Step)
    assert alarming(belongs, One("urgent"))
    assert not alarming(belongs, One("none"))
    assert alarming(happened, Text("Jag vill dö."))
    assert not alarming(happened, Text("Jag fick vänta."))
    assert not alarming(files, Files(("a",)))
