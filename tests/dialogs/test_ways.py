"""What different people meet: the ways through the dialog for views and complaints."""

from datetime import date

import pytest
from msgspec.structs import replace

from dialogs.answers.forms import Raw
from dialogs.engine import advance, answer, choices_at, path, reachable, remaining
from dialogs.errors import Invalid
from dialogs.kinds import kind_of
from dialogs.kinds.short_text import Text
from dialogs.kinds.when import When
from dialogs.load import load
from dialogs.prefill import Problems, suggest_problems
from dialogs.schema.kind import Asked
from dialogs.schema.model import Ending, Step
from dialogs.schema.values import Answers, DialogContext
from dialogs.submission import encode, submission
from dialogs.titles import LONGEST, suggest_title
from tests.dialogs.walks import EVERYWHERE, UNIT, Picks, answered, walk_on

COMPLAINT = load("complaint")
ONLY_BOARD = replace(EVERYWHERE, unit_receives=False)
NOWHERE = replace(EVERYWHERE, unit_receives=False, board_receives=False)

TOLD: dict[str, Raw] = {"leave": {"choice": ("complaint",)}, "story": {"text": ("Jag fick vänta.",)}}
START: dict[str, Raw] = {
    **TOLD,
    "about": {"choice": ("self",)},
    "place": {"unit": (UNIT,)},
    "when": {"when": ("unknown",)},
    "themes": {"choice": ("waiting",)},
}
TO_WHOM: dict[str, Raw] = {**START, "wants": {"choice": ("explanation",)}}
"""All that is asked before who should get it."""
HOW: dict[str, Raw] = {**TO_WHOM, "recipient": {"choice": ("unit",)}}
"""And before how the answer is wanted."""
REST: dict[str, Raw] = {
    "answer_way": {"choice": ("inbox",)},
    "support": {"skip": ("1",)},
    "more": {},
    "consequences": {"skip": ("1",)},
    "improvement": {"skip": ("1",)},
    "contacts": {"choice": ("no",)},
    "age_group": {"skip": ("1",)},
    "sex": {"skip": ("1",)},
    "title": {"skip": ("1",)},
}
WHOLE = {**HOW, **REST}


def asked(answers: Answers, known: DialogContext = EVERYWHERE) -> list[str]:
    return [step.id for step in path(COMPLAINT, answers, known)]


def now(answers: Answers, known: DialogContext = EVERYWHERE) -> str:
    here = advance(COMPLAINT, answers, known)
    return here.id if here else "review"


def given(sent: dict[str, Raw], known: DialogContext = EVERYWHERE) -> Answers:
    return answered(COMPLAINT, known, sent)


def test_a_plain_complaint_goes_straight_to_the_review() -> None:
    answers = given(WHOLE)
    assert now(answers) == "review"
    assert asked(answers) == list(WHOLE)


def test_praise_takes_three_questions_after_the_first() -> None:
    answers = given({"leave": {"choice": ("praise",)}})
    assert remaining(COMPLAINT, answers, EVERYWHERE).total == 5
    short: dict[str, Raw] = {
        "story": {"text": ("Ni är bra!",)},
        "place": {"unit": (UNIT,)},
        "praise_answer": {"choice": ("none",)},
    }
    answers = given({"leave": {"choice": ("praise",)}, **short})
    assert (now(answers), len(asked(answers))) == ("review", 4)
    sent = submission(COMPLAINT, answers, EVERYWHERE)
    assert sent.recipient == "unit"
    assert sent.picked("answer_way") == ("none",)
    assert suggest_problems(COMPLAINT, sent) == Problems(main="P", subs=(), mains=("P",))


def test_what_she_has_changed_her_mind_about_is_not_sent() -> None:
    answers = given(WHOLE)
    for id, choice in {"leave": "praise", "praise_answer": "none"}.items():
        answers = answer(COMPLAINT, answers, id, {"choice": (choice,)}, EVERYWHERE)
    assert "themes" in answers
    assert {each.step for each in submission(COMPLAINT, answers, EVERYWHERE).answers}.isdisjoint(REST)


def test_praise_for_a_place_that_is_not_connected_goes_to_the_board() -> None:
    picks = Picks(b"\1")
    answers = walk_on(COMPLAINT, ONLY_BOARD, picks, given({"leave": {"choice": ("praise",)}})).answers
    assert submission(COMPLAINT, answers, ONLY_BOARD).recipient == "board"


@pytest.mark.parametrize("way_out", ["compensation", "private", "prison", "school", "social", "crime"])
def test_what_belongs_elsewhere_meets_a_way_out_and_can_still_be_filed(way_out: str) -> None:
    answers = given({**TOLD, "belongs": {"choice": (way_out,)}})
    here = advance(COMPLAINT, answers, EVERYWHERE)
    assert isinstance(here, Ending)
    assert now(answer(COMPLAINT, answers, here.id, {}, EVERYWHERE)) == "about"


def test_a_way_out_without_a_way_on_cannot_be_passed() -> None:
    answers = answered(COMPLAINT, NOWHERE, dict(list(START.items())[:4]))
    assert now(answers, NOWHERE) == "not_open"
    with pytest.raises(Invalid, match="not_on_path"):
        answer(COMPLAINT, answers, "not_open", {}, NOWHERE)


def test_for_others_the_patient_and_the_relation_are_asked() -> None:
    relative = given({**dict(list(START.items())[:2]), "about": {"choice": ("relative",)}})
    assert now(relative) == "patient"
    relative = walk_on(COMPLAINT, EVERYWHERE, Picks(b"\1\2\3\5\7"), relative).answers
    assert {"patient", "relation", "patient_knows"} <= set(asked(relative))
    assert not {"guardian", "basis", "age_group"} & set(asked(relative))


@pytest.mark.parametrize(
    ("about", "question"),
    [("own_child", "guardian"), ("proxy", "basis"), ("deceased", "relation"), ("own_child", "patient_knows")],
)
def test_each_bond_has_its_question(about: str, question: str) -> None:
    answers = given({**dict(list(START.items())[:2]), "about": {"choice": (about,)}})
    answers = walk_on(COMPLAINT, EVERYWHERE, Picks(b"\1\2\3\5\7"), answers).answers
    assert question in asked(answers)


def test_nobody_in_particular_is_offered_only_for_a_view() -> None:
    about = COMPLAINT.node("about")
    assert isinstance(about, Step)
    complaint = given(TOLD)
    view = given({**TOLD, "leave": {"choice": ("suggestion",)}})
    assert "general" not in [choice.id for choice in choices_at(COMPLAINT, complaint, about, EVERYWHERE)]
    assert "general" in [choice.id for choice in choices_at(COMPLAINT, view, about, EVERYWHERE)]


def test_the_most_important_theme_can_be_told_where_there_are_several_and_nobody_is_asked() -> None:
    main = COMPLAINT.node("main_theme")
    assert isinstance(main, Step)
    assert main not in reachable(COMPLAINT, given(START), EVERYWHERE)
    several = given({**START, "themes": {"choice": ("contact", "attitude", "waiting")}})
    assert now(several) == "wants"
    assert main in reachable(COMPLAINT, several, EVERYWHERE)
    assert [choice.id for choice in choices_at(COMPLAINT, several, main, EVERYWHERE)] == [
        "attitude",
        "waiting",
        "contact",
    ]


def test_a_theme_that_is_taken_away_cannot_stay_the_most_important() -> None:
    several: dict[str, Raw] = {"themes": {"choice": ("attitude", "waiting")}, "main_theme": {"choice": ("attitude",)}}
    answers = given({**START, **several})
    answers = answer(COMPLAINT, answers, "themes", {"choice": ("contact", "waiting")}, EVERYWHERE)
    assert "main_theme" not in asked(answers)
    answers = answer(COMPLAINT, answers, "themes", {"choice": ("attitude", "waiting")}, EVERYWHERE)
    assert "main_theme" in asked(answers)


def test_the_classification_begins_with_what_matters_most() -> None:
    several: dict[str, Raw] = {"themes": {"choice": ("attitude", "waiting")}, "main_theme": {"choice": ("waiting",)}}
    sent = submission(COMPLAINT, given({**START, **several, **WHOLE, **several}), EVERYWHERE)
    assert suggest_problems(COMPLAINT, sent) == Problems(main="6", subs=("6.2", "3.4"), mains=("6", "3"))


def test_the_citizen_chooses_between_the_unit_and_the_board() -> None:
    for recipient, follows in (("unit", "answer_way"), ("board", "share")):
        answers = given({**TO_WHOM, "recipient": {"choice": (recipient,)}})
        assert now(answers) == follows


def test_without_a_board_only_the_unit_is_offered() -> None:
    alone = replace(EVERYWHERE, board_receives=False)
    answers = answered(COMPLAINT, alone, TO_WHOM)
    recipient = advance(COMPLAINT, answers, alone)
    assert isinstance(recipient, Step)
    assert [choice.id for choice in choices_at(COMPLAINT, answers, recipient, alone)] == ["unit"]


def test_where_the_unit_cannot_receive_the_board_can_or_one_turns_to_the_unit_directly() -> None:
    to_board = answered(COMPLAINT, ONLY_BOARD, {**TO_WHOM, "recipient_board": {"choice": ("board",)}})
    directly = answered(COMPLAINT, ONLY_BOARD, {**TO_WHOM, "recipient_board": {"choice": ("directly",)}})
    assert now(to_board, ONLY_BOARD) == "share"
    assert now(directly, ONLY_BOARD) == "directly"


def test_a_unit_that_stops_receiving_makes_the_question_come_up_again() -> None:
    assert now(given(WHOLE), ONLY_BOARD) == "recipient_board"


@pytest.mark.parametrize(
    ("way", "question"),
    [("phone", "phone"), ("meeting", "phone"), ("letter", "address"), ("inbox", "support"), ("none", "more")],
)
def test_only_what_the_answer_needs_is_asked(way: str, question: str) -> None:
    assert now(given({**HOW, "answer_way": {"choice": (way,)}})) == question


def test_age_and_sex_are_not_asked_when_they_are_known() -> None:
    known = replace(EVERYWHERE, age_known=True, sex_known=True)
    assert not {"age_group", "sex"} & {step.id for step in path(COMPLAINT, given(WHOLE), known)}
    assert now(given(WHOLE), known) == "review"


def test_every_answer_can_be_changed_and_changed_back_without_a_trace() -> None:
    before = encode(submission(COMPLAINT, given(WHOLE), EVERYWHERE))
    for step in path(COMPLAINT, given(WHOLE), EVERYWHERE):
        for other in _others(step):
            changed = answer(COMPLAINT, given(WHOLE), step.id, other, EVERYWHERE)
            back = answer(COMPLAINT, changed, step.id, WHOLE[step.id], EVERYWHERE)
            assert encode(submission(COMPLAINT, back, EVERYWHERE)) == before


def _others(step: Step) -> tuple[Raw, ...]:
    picked = choices_at(COMPLAINT, given(WHOLE), step, EVERYWHERE)
    return kind_of(step).examples(Asked(step, tuple(choice.id for choice in picked), EVERYWHERE))


def test_later_answers_are_kept_while_hidden_and_are_not_sent() -> None:
    whole = given({**WHOLE, "consequences": {"text": ("Jag kunde inte sova.",)}})
    answers = answer(COMPLAINT, whole, "leave", {"choice": ("suggestion",)}, EVERYWHERE)
    assert answers["consequences"] == Text("Jag kunde inte sova.")
    sent = submission(COMPLAINT, answers, EVERYWHERE)
    assert "text" in {each.field for each in sent.answers}
    assert "consequences" not in {each.step for each in sent.answers}
    with pytest.raises(Invalid, match="not_on_path"):
        answer(COMPLAINT, answers, "consequences", {"text": ("Nej",)}, EVERYWHERE)


def test_where_nobody_knows_the_day_the_title_tells_when_it_was_written() -> None:
    sent = submission(COMPLAINT, given(WHOLE), EVERYWHERE)
    today = date(2026, 11, 20)
    title = suggest_title(COMPLAINT, sent.picked, "sv", When(), "Ekbackens vårdcentral", today)
    assert title == "Väntetid, Ekbackens vårdcentral, skrivet i november 2026"
    assert suggest_title(COMPLAINT, sent.picked, "en", None, "", today) == "Waiting times, written in November 2026"
    # A long name gives way: it is the same in every title of the unit.
    long = suggest_title(COMPLAINT, sent.picked, "sv", When(), "Mottagning " * 20, today)
    assert long == "Väntetid, skrivet i november 2026"


def test_a_title_is_suggested_from_themes_and_day_and_never_from_free_text() -> None:
    sent = submission(COMPLAINT, given(WHOLE), EVERYWHERE)
    week = When(date(2026, 10, 21), date(2026, 10, 23))
    assert suggest_title(COMPLAINT, sent.picked, "sv", week, "Ekbackens vårdcentral") == "Väntetid, 21–23 oktober 2026"
    for unknown in (None, When()):
        assert suggest_title(COMPLAINT, sent.picked, "sv", unknown, "Ekbackens") == "Väntetid, Ekbackens"
    several = {"main_theme": ("waiting",), "themes": ("treatment", "waiting", "contact")}
    assert suggest_title(COMPLAINT, lambda step: several.get(step, ()), "sv", week).startswith("Väntetid, Behandling")
    assert suggest_title(COMPLAINT, sent.picked, "en") == "Waiting times"
    assert suggest_title(COMPLAINT, lambda _: (), "sv") == "Synpunkter och klagomål"
    assert len(suggest_title(COMPLAINT, sent.picked, "sv", None, "Mottagning " * 20)) <= LONGEST
