"""What a page is given to draw."""

from datetime import date

import pytest
from msgspec.structs import replace

from dialogs.answers.dates import span
from dialogs.diagram import pages
from dialogs.display import display
from dialogs.engine import Progress, advance, answer
from dialogs.kinds.address import Address
from dialogs.kinds.consent import Consent
from dialogs.kinds.files import Files
from dialogs.kinds.one import One
from dialogs.kinds.person import Person
from dialogs.kinds.place import Place
from dialogs.kinds.several import Several
from dialogs.kinds.short_text import Text
from dialogs.kinds.when import When
from dialogs.load import load
from dialogs.schema.model import Ending, Step
from dialogs.schema.values import Answers, Skipped, Value
from dialogs.view import question, summary, transcript, way_out
from tests.dialogs.test_ways import START, TOLD, WHOLE, given
from tests.dialogs.walks import EVERYWHERE, UNIT

COMPLAINT = load("complaint")
NAMES = {UNIT: "Ekbackens vårdcentral", "file-1": "Kallelse.jpg"}


def step(id: str) -> Step:
    found = COMPLAINT.node(id)
    assert isinstance(found, Step)
    return found


@pytest.mark.parametrize(
    ("first", "last", "swedish", "english"),
    [
        (date(2026, 10, 21), date(2026, 10, 21), "21 oktober 2026", "21 October 2026"),
        (date(2026, 10, 21), date(2026, 10, 23), "21–23 oktober 2026", "21–23 October 2026"),
        (date(2026, 9, 28), date(2026, 10, 2), "28 september – 2 oktober 2026", "28 September – 2 October 2026"),
        (
            date(2025, 12, 30),
            date(2026, 1, 2),
            "30 december 2025 – 2 januari 2026",
            "30 December 2025 – 2 January 2026",
        ),
        (date(2026, 2, 1), date(2026, 2, 28), "februari 2026", "February 2026"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025", "2025"),
    ],
)
def test_days_are_said_as_short_as_they_can_be(first: date, last: date, swedish: str, english: str) -> None:
    assert span(first, last, "sv") == swedish
    assert span(first, last, "en") == english


@pytest.mark.parametrize(
    ("id", "value", "lines"),
    [
        ("leave", One("complaint"), ["Klagomål"]),
        ("themes", Several(("attitude", "waiting")), ["Bemötande", "Väntetid"]),
        ("main_theme", One("waiting"), ["Väntetid"]),
        ("story", Text("Ett\n\nTvå"), ["Ett", "", "Två"]),
        ("when", When(), ["Vet inte"]),
        ("when", When(date(2026, 10, 21), date(2026, 10, 23)), ["21–23 oktober 2026"]),
        ("place", Place(unit=UNIT), ["Ekbackens vårdcentral"]),
        ("place", Place(text="Vid torget"), ["Vid torget"]),
        ("files", Files(("file-1",)), ["Kallelse.jpg"]),
        ("patient", Person("Kim Exempel", 1950), ["Kim Exempel, född 1950"]),
        ("address", Address("Storgatan 1", "123 45", "Lindby"), ["Storgatan 1", "123 45 Lindby"]),
        ("share", Consent(given=False), ["Nej"]),
        ("title", Skipped(), ["Hoppade över"]),
    ],
)
def test_an_answer_is_shown_in_words(id: str, value: Value, lines: list[str]) -> None:
    assert display(COMPLAINT, step(id), value, "sv", NAMES) == lines


def test_the_transcript_holds_what_has_been_answered_in_order() -> None:
    turns = transcript(COMPLAINT, given(START), EVERYWHERE, "sv", NAMES)
    assert [turn.id for turn in turns] == list(START)
    assert turns[3].question == "Var hände det?"
    assert turns[3].lines == ("Ekbackens vårdcentral",)


def test_the_summary_leaves_out_what_was_only_read() -> None:
    turns = summary(COMPLAINT, given(WHOLE), EVERYWHERE, "en", NAMES)
    assert [turn.id for turn in turns] == [id for id in WHOLE if id != "more"]


def test_a_question_is_drawn_with_its_choices_and_its_number() -> None:
    drawn = question(COMPLAINT, step("leave"), {}, EVERYWHERE, "sv")
    assert [option.label for option in drawn.options] == ["Klagomål", "Synpunkt eller förslag", "Beröm"]
    assert drawn.progress.number == 1
    assert drawn.fields == ("choice",)
    assert drawn.value is None


def test_a_question_that_is_changed_shows_the_answer_given_and_keeps_its_number() -> None:
    drawn = question(COMPLAINT, step("about"), given(START), EVERYWHERE, "sv")
    assert [option.id for option in drawn.options if option.picked] == ["self"]
    assert drawn.progress.number == 3


def test_what_matters_most_is_worded_as_it_was_picked() -> None:
    answers = given({**START, "themes": {"choice": ("attitude", "waiting")}})
    drawn = question(COMPLAINT, step("main_theme"), answers, EVERYWHERE, "sv")
    assert [option.label for option in drawn.options] == ["Bemötande", "Väntetid"]


def test_a_yes_or_no_is_drawn_as_two_choices() -> None:
    drawn = question(COMPLAINT, step("share"), {}, EVERYWHERE, "sv")
    assert [option.id for option in drawn.options] == ["yes", "no"]


def test_every_question_can_be_drawn_in_every_language() -> None:
    answers: Answers = {}
    for id, raw in WHOLE.items():
        for language in (*COMPLAINT.languages, "fi"):
            drawn = question(COMPLAINT, step(id), answers, EVERYWHERE, language)
            assert drawn.question
            assert 1 <= drawn.progress.number <= drawn.progress.total
            assert bool(drawn.options) == (drawn.kind in ("one", "several", "recipient"))
        answers = answer(COMPLAINT, answers, id, raw, EVERYWHERE)


def test_a_way_out_is_drawn_with_where_to_turn() -> None:
    answers = given({**TOLD, "belongs": {"choice": ("compensation",)}})
    ending = advance(COMPLAINT, answers, EVERYWHERE)
    assert isinstance(ending, Ending)
    drawn = way_out(COMPLAINT, ending, "sv")
    assert drawn.can_resume
    assert drawn.change == "belongs"
    assert "Löf" in [way.name for way in drawn.text.ways]


def test_the_number_of_questions_is_told_from_the_start() -> None:
    first = question(COMPLAINT, step("leave"), {}, EVERYWHERE, "sv").progress
    assert first == Progress(number=1, total=first.total)
    assert 8 <= first.total <= 10


def test_the_reference_pages_are_fresh() -> None:
    for page, text in pages().items():
        assert page.read_text(encoding="utf-8") == text, "run `make docs`"


def test_nobody_who_writes_of_her_own_care_is_asked_about_the_patient() -> None:
    unasked = replace(EVERYWHERE, age_known=False, sex_known=False)
    for language in COMPLAINT.languages:
        for about, spoken_of in (("self", False), ("relative", True)):
            answers: Answers = {"leave": One("complaint"), "story": Text("Jag fick vänta."), "about": One(about)}
            for id in ("consequences", "sex"):
                asked = question(COMPLAINT, step(id), answers, unasked, language)
                assert ("patient" in f"{asked.question} {asked.hint}") == spoken_of, (language, about, id)


@pytest.mark.parametrize(
    ("language", "row"),
    [("sv", ("Hör till någon annan", "Nej, gå vidare")), ("en", ("Someone else’s to deal with", "No, continue"))],
)
def test_that_it_belongs_here_is_no_answer_that_says_the_opposite(language: str, row: tuple[str, str]) -> None:
    turns = summary(COMPLAINT, given({**WHOLE, "belongs": {"choice": ("none",)}}), EVERYWHERE, language, NAMES)
    assert [(turn.label, *turn.lines) for turn in turns if turn.id == "belongs"] == [row]
