"""What people read in the dialog: complete, easy, and in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from dialogs.checks.lix import LIMIT, LIMIT_OF_GUIDE, lix
from dialogs.kinds import SENTENCES, kind_of
from dialogs.kinds.when import WHENS
from dialogs.load import load, versions
from dialogs.schema.model import Dialog, EndingText, StepText

COMPLAINT = load("complaint")
LANGUAGES = COMPLAINT.languages
CATALOGUE = Path(__file__).parents[2] / "web/locales/en/LC_MESSAGES/messages.po"
ENOUGH_WORDS = 8
"""LIX says nothing about a label of a few words; those are measured together with the question they belong to."""


def texts_of(dialog: Dialog, language: str) -> Iterator[tuple[str, str]]:
    """Every text that is long enough to measure alone, and every screen as a whole."""
    words = dialog.words[language]
    yield "hello", words.hello
    yield from _ending_texts("emergency", words.emergency)
    for id, step in words.steps.items():
        parts = (step.question, step.hint, step.why, step.example)
        yield from ((id, part) for part in parts)
        yield f"{id} as a whole", "\n".join((*parts, *_choice_texts(step)))
    for id, ending in words.endings.items():
        yield from _ending_texts(id, ending)


def _choice_texts(step: StepText) -> Iterator[str]:
    for choice in step.choices.values():
        yield from (choice.label, choice.hint)


def _ending_texts(id: str, ending: EndingText) -> Iterator[tuple[str, str]]:
    parts = (ending.title, *ending.body, ending.resume, *(way.text for way in ending.ways))
    yield from ((id, part) for part in parts)
    yield f"{id} as a whole", "\n".join(parts)


@pytest.mark.parametrize(
    "dialog", [load("complaint", each) for each in versions("complaint")], ids=lambda each: str(each.version)
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_easy_to_read(dialog: Dialog, language: str) -> None:
    hard = {
        where: round(lix(text), 1)
        for where, text in texts_of(dialog, language)
        if len(text.split()) >= ENOUGH_WORDS and lix(text) > (LIMIT_OF_GUIDE if dialog == COMPLAINT else LIMIT)
    }
    assert hard == {}


def test_every_refusal_is_easy_to_read() -> None:
    told = {code: text for code, text in SENTENCES.items() if len(text.split()) >= ENOUGH_WORDS}
    assert {code: round(lix(text), 1) for code, text in told.items() if lix(text) > LIMIT_OF_GUIDE} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_stiff(language: str) -> None:
    stiff = {"avseende", "erhålla", "vederbörande", "ovanstående", "rörande", "gällande", "såväl", "vänligen", "samt"}
    assert {where for where, text in texts_of(COMPLAINT, language) if stiff & set(text.casefold().split())} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_calls_the_goal_a_limit_set_by_law(language: str) -> None:
    assert not [text for _, text in texts_of(COMPLAINT, language) if "lagens gräns" in text or "28 dagar" in text]


def test_both_languages_have_the_same_parts() -> None:
    swedish, english = (COMPLAINT.words[language] for language in ("sv", "en"))
    assert swedish.steps.keys() == english.steps.keys()
    assert swedish.endings.keys() == english.endings.keys()
    for id, step in swedish.steps.items():
        assert step.choices.keys() == english.steps[id].choices.keys()
        assert bool(step.hint) == bool(english.steps[id].hint)
    for id, ending in swedish.endings.items():
        assert [(way.url, way.phone) for way in ending.ways] == [
            (way.url, way.phone) for way in english.endings[id].ways
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_quoted_at_a_question_with_choices_is_one_of_them(language: str) -> None:
    words = COMPLAINT.words[language]
    wrong = {}
    for step in COMPLAINT.steps:
        if "choice" not in kind_of(step).fields and step.kind != "when":
            continue
        text = words.steps[step.id]
        labels = {choice.label for choice in words.steps[step.offers_from or step.id].choices.values()}
        quoted = {name for told in _told(text) for name in re.findall("[“”]([^“”]*)”", told)}
        wrong[step.id] = quoted - labels - (_days(language) if step.kind == "when" else set())
    assert {id: names for id, names in wrong.items() if names} == {}
    assert any("”" in told for step in words.steps.values() for told in _told(step))


def _told(text: StepText) -> Iterator[str]:
    yield from (text.question, text.hint, text.why, text.example)
    for other in text.instead:
        yield from (other.question, other.hint, other.why, other.example)


def _days(language: str) -> set[str]:
    """The choices of a question for a day: they are the page's own."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    return {name if language == "sv" else str(catalogue[name].string) for name in WHENS.values()}


def test_every_way_out_says_where_to_turn_and_what_can_be_changed() -> None:
    for ending in COMPLAINT.endings:
        assert COMPLAINT.words["sv"].endings[ending.id].ways
        assert ending.resume or ending.change


def test_in_an_emergency_both_numbers_stand_there() -> None:
    for words in COMPLAINT.words.values():
        assert {"112", "1177"} <= {way.phone for way in words.emergency.ways}


def test_lix_counts_words_sentences_and_long_words() -> None:
    assert lix("") == 0
    assert lix("Jag fick vänta.") == 3
    assert lix("Jag fick vänta. Ingen förklarade varför.") == pytest.approx(3 + 100 / 6)
    assert lix("Rubrik\nEn rad till") == 2
    assert lix("Klockan 14.30 ringde jag") == pytest.approx(5 + 100 / 5)
