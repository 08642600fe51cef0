"""What a story says is proposed, and is an answer only once somebody has confirmed it."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dialogs.answers.forms import Raw
from dialogs.checks.problems import problems
from dialogs.engine import advance, answer, path, proposed, reachable, remaining, walk
from dialogs.errors import Invalid
from dialogs.kinds import decode_answers, encode_answers
from dialogs.kinds.one import One
from dialogs.kinds.place import Place
from dialogs.kinds.short_text import Text, Told
from dialogs.kinds.when import When
from dialogs.load import load
from dialogs.schema.model import Ending, Step
from dialogs.schema.values import Answers, DialogContext, Skipped
from dialogs.submission import encode, submission
from tests.dialogs.small import Plain, built
from tests.dialogs.telling import TELLING, Said, Sure, likely, sure, telling
from tests.dialogs.walks import EVERYWHERE, TODAY, UNIT, Picks, some_answer, walk_on

STORY: Raw = {"text": ("I tisdags väntade mamma i Ekbacken.",)}
TUESDAY = When(date(2026, 11, 17), date(2026, 11, 17))
SAID = {
    "about": sure("relative", (17, 22)),
    "relation": sure("child", (17, 22)),
    "place": likely(Place(unit=UNIT), Place(text="Ekbacken"), span=(25, 33)),
    "when": sure(TUESDAY, (0, 9)),
    "themes": likely("waiting", span=(10, 17)),
}
TAKEN: Raw = {
    "heard-about": ("choice=relative",),
    "heard-relation": ("choice=child",),
    "heard-place": (f"unit={UNIT}",),
    "heard-when": ("when=2026-11-17",),
    "heard-themes": ("choice=waiting",),
}


def hearing(heard: Mapping[str, tuple[Said, ...]] = SAID) -> DialogContext:
    return replace(EVERYWHERE, heard=heard)


def told(known: DialogContext, story: Raw = STORY) -> Answers:
    return answer(TELLING, {}, "story", story, known)


def now(answers: Answers, known: DialogContext) -> str:
    here = advance(TELLING, answers, known)
    return here.id if here else "review"


def test_what_is_sure_stands_there_and_what_is_likely_is_asked() -> None:
    known = hearing()
    answers = told(known)
    assert now(answers, known) == "understood"
    shown = {each.step.id: (each.sure, each.tokens) for each in proposed(TELLING, answers, known)}
    assert shown == {
        "about": (True, ("choice=relative",)),
        "relation": (True, ("choice=child",)),
        "place": (False, (f"unit={UNIT}", "text=Ekbacken")),
        "when": (True, ("when=2026-11-17",)),
        "themes": (False, ("choice=waiting",)),
    }


def test_what_is_taken_is_an_answer_like_any_other_and_says_which_words_it_came_from() -> None:
    known = hearing()
    answers = answer(TELLING, told(known), "understood", TAKEN, known)
    assert now(answers, known) == "answer_way"
    assert answers["when"] == TUESDAY
    sent = submission(TELLING, answer(TELLING, answers, "answer_way", {"choice": ("inbox",)}, known, {}), known)
    assert {each.step: each.spans for each in sent.answers if each.spans} == {
        "about": ((17, 22),),
        "relation": ((17, 22),),
        "place": ((25, 33),),
        "when": ((0, 9),),
        "themes": ((10, 17),),
    }


def test_what_nobody_took_is_asked_and_never_sent() -> None:
    known = hearing()
    answers = answer(TELLING, told(known), "understood", {}, known)
    assert set(answers) == {"story", "understood"}
    assert now(answers, known) == "about"
    elsewhere = walk_on(TELLING, replace(known, heard={}), Picks(b"\1"), answers).answers
    assert set(elsewhere) >= {"about", "place", "when", "themes"}


def test_where_nothing_was_heard_there_is_nothing_to_confirm() -> None:
    known = hearing({})
    assert now(told(known), known) == "about"


def test_what_the_question_does_not_offer_is_not_proposed() -> None:
    known = hearing({"about": sure("nobody"), "belongs": sure("crime"), "place": sure(Place(unit="elsewhere"))})
    assert now(told(known), known) == "about"


def test_what_depends_on_a_proposal_is_taken_only_with_it() -> None:
    known = hearing()
    taken = {**TAKEN, "heard-about": ("choice=self",)}
    answers = answer(TELLING, told(known), "understood", taken, known)
    assert "relation" not in answers
    assert now(answers, known) == "answer_way"


def test_a_proposal_that_cannot_be_answered_any_more_is_refused_where_it_stood() -> None:
    known = hearing()
    with pytest.raises(Invalid) as refused:
        answer(TELLING, told(known), "understood", {**TAKEN, "heard-place": ("unit=closed",)}, known)
    assert (refused.value.step, refused.value.field) == ("understood", "heard-place")


def test_only_what_is_heard_from_the_story_can_be_answered_there() -> None:
    known = hearing()
    answers = answer(TELLING, told(known), "understood", {"heard-answer_way": ("choice=inbox",)}, known)
    assert "answer_way" not in answers


def test_one_is_changed_by_its_own_question_and_is_not_brought_up_again() -> None:
    known = hearing()
    answers = answer(TELLING, told(known), "when", {"when": ("unknown",)}, known)
    assert now(answers, known) == "understood"
    (when,) = (each for each in proposed(TELLING, answers, known) if each.step.id == "when")
    assert (when.given, when.differs) == (When(), False)
    answers = answer(TELLING, answers, "understood", {}, known)
    assert answers["when"] == When()
    # Told anew, it says the same of the day: that was seen.
    again = answer(TELLING, answers, "story", {"text": ("I tisdags väntade mamma.",)}, known)
    assert not any(each.differs for each in proposed(TELLING, again, known))


def test_adding_to_the_story_proposes_again_and_touches_nothing_that_was_confirmed() -> None:
    known = hearing({"when": sure(TUESDAY), "about": likely("self")})
    answers = answer(TELLING, told(known), "understood", {"heard-when": ("when=2026-11-17",)}, known)
    answers = answer(TELLING, answers, "about", {"choice": ("self",)}, known)
    wednesday = When(date(2026, 11, 18), date(2026, 11, 18))
    later = hearing({"when": sure(wednesday), "about": likely("self"), "themes": likely("fees")})
    answers = answer(TELLING, answers, "story", {"text": ("Det var i onsdags. Det kostade.",)}, later)
    assert now(answers, later) == "understood"
    shown = {each.step.id: each for each in proposed(TELLING, answers, later)}
    assert (shown["when"].given, shown["when"].differs) == (TUESDAY, True)
    assert (shown["about"].given, shown["about"].differs) == (One("self"), False)
    assert shown["themes"].given is None
    kept = answer(TELLING, answers, "understood", {}, later)
    assert (kept["when"], kept["about"]) == (TUESDAY, One("self"))
    assert now(kept, later) == "place"
    changed = answer(TELLING, answers, "understood", {"heard-when": ("when=2026-11-18",)}, later)
    assert changed["when"] == wednesday


def test_a_story_that_says_nothing_new_is_not_confirmed_again() -> None:
    known = hearing({"when": sure(TUESDAY)})
    answers = answer(TELLING, told(known), "understood", {"heard-when": ("when=2026-11-17",)}, known)
    answers = answer(TELLING, answers, "story", {"text": ("I tisdags. Det var allt.",)}, known)
    assert now(answers, known) == "about"


def test_other_lists_bring_nothing_up_again() -> None:
    known = replace(hearing({"when": sure(TUESDAY)}), lexicon="1")
    answers = answer(TELLING, told(known), "understood", {}, known)
    later = replace(hearing({"when": sure(TUESDAY), "themes": likely("fees")}), lexicon="2")
    assert now(answers, later) == "about"


def test_a_story_keeps_the_day_on_which_it_was_told_until_it_is_told_otherwise() -> None:
    known = hearing()
    answers = told(known)
    later = replace(known, today=date(2026, 11, 25))
    assert answer(TELLING, answers, "story", STORY, later)["story"] == answers["story"]
    again = answer(TELLING, answers, "story", {"text": ("I går.",)}, later)["story"]
    assert again == Text("I går.", Told(date(2026, 11, 25), "sv"))


def test_what_is_aside_is_passed_by_until_somebody_opens_it() -> None:
    known = hearing({"belongs": likely("money")})
    answers = told(known)
    assert [each.step.id for each in proposed(TELLING, answers, known)] == ["elsewhere"]
    on = answer(TELLING, answers, "understood", {}, known)
    assert now(on, known) == "about"
    out = answer(TELLING, answers, "understood", {"heard-elsewhere": ("choice=money",)}, known)
    assert isinstance(advance(TELLING, out, known), Ending)
    assert now(answer(TELLING, out, "insurance", {}, known), known) == "about"
    opened = answer(TELLING, on, "elsewhere", {"choice": ("crime",)}, known)
    assert now(opened, known) == "about"


def test_questions_of_one_page_are_answered_in_one_go_or_not_at_all() -> None:
    known = hearing({})
    picks = Picks(b"\1")
    answers = told(known)
    while (step := advance(TELLING, answers, known)) and step.id != "answer_way":
        assert isinstance(step, Step)
        answers = answer(TELLING, answers, step.id, some_answer(TELLING, step, answers, known, picks), known)
    with pytest.raises(Invalid) as refused:
        answer(TELLING, answers, "answer_way", {"choice": ("phone",)}, known, {})
    assert refused.value.step == "phone"
    beside: Mapping[str, Raw] = {"phone": {"phone": ("070-123 45 67",)}}
    both = answer(TELLING, answers, "answer_way", {"choice": ("phone",)}, known, beside)
    assert now(both, known) == "review"
    assert both["support"] == Skipped()
    # What is not asked is left out, whatever the page sent.
    assert "phone" not in answer(TELLING, answers, "answer_way", {"choice": ("inbox",)}, known, beside)
    assert remaining(TELLING, both, known).total == remaining(TELLING, answers, known).total


HEARD = st.fixed_dictionaries(
    {},
    optional={
        "about": st.sampled_from([sure("self"), likely("relative", "self"), sure("relative")]),
        "relation": st.sampled_from([sure("child"), likely("parent", "child")]),
        "place": st.sampled_from([sure(Place(unit=UNIT)), likely(Place(text="Torget"), Place(unit=UNIT))]),
        "when": st.sampled_from([sure(TUESDAY), likely(TUESDAY, When(TODAY, TODAY))]),
        "themes": st.sampled_from([likely("fees"), (Said("fees"), Said("waiting", how=Sure.LIKELY))]),
        "belongs": st.sampled_from([likely("money"), likely("crime")]),
    },
)


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=24, max_size=48), HEARD)
def test_whatever_is_heard_one_comes_to_the_end_and_only_what_was_answered_is_sent(
    data: bytes, heard: Mapping[str, tuple[Said, ...]]
) -> None:
    known, picks = hearing(heard), Picks(data)
    walked = walk_on(TELLING, known, picks, turns=len(TELLING.parts) + 1)
    assert walked.end is None or isinstance(walked.end, Ending)
    again = decode_answers(encode_answers(walked.answers))
    assert walk(TELLING, again, known) == walk(TELLING, walked.answers, known)
    if walked.end is not None:
        return
    before = encode(submission(TELLING, walked.answers, known))
    for step in path(TELLING, walked.answers, known):
        # What was answered by hand and taken from the story has two things that were sent.
        if step.id in walked.sent.keys() - {"understood"} and f"heard-{step.id}" not in walked.sent.get(
            "understood", {}
        ):
            other = _changed(walked.answers, step, known, picks)
            back = answer(TELLING, other, step.id, walked.sent[step.id], known)
            assert encode(submission(TELLING, _settled(back, known, picks), known)) == before


def _changed(answers: Answers, step: Step, known: DialogContext, picks: Picks) -> Answers:
    return _settled(
        answer(TELLING, answers, step.id, some_answer(TELLING, step, answers, known, picks), known), known, picks
    )


def _settled(answers: Answers, known: DialogContext, picks: Picks) -> Answers:
    """Answer what comes up for the first time; of proposals nothing is taken that has an answer."""
    while isinstance(step := advance(TELLING, answers, known), Step):
        if step.id == "understood":
            answers = answer(TELLING, answers, step.id, {}, known)
        elif step.id in answers:
            return answers
        else:
            answers = answer(TELLING, answers, step.id, some_answer(TELLING, step, answers, known, picks), known)
    return answers


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=24, max_size=48), HEARD)
def test_what_cannot_be_opened_cannot_be_answered(data: bytes, heard: Mapping[str, tuple[Said, ...]]) -> None:
    known, picks = hearing(heard), Picks(data)
    answers = walk_on(TELLING, known, picks, turns=picks.one(range(1, 9))).answers
    here = {each.id for each in reachable(TELLING, answers, known)}
    for step in TELLING.steps:
        if step.id not in here:
            with pytest.raises(Invalid, match="not_on_path"):
                answer(TELLING, answers, step.id, {}, known)


def test_a_definition_that_does_not_listen_is_asked_as_ever() -> None:
    first = load("complaint", 1)
    known = hearing()
    for seed in range(40):
        picks = Picks(bytes([seed, 3, 7, seed]))
        plainly, listening = walk_on(first, EVERYWHERE, picks), walk_on(first, known, Picks(bytes([seed, 3, 7, seed])))
        assert plainly.answers == listening.answers


# What a definition cannot say ----------------------------------------------------------------------------------------


def _step(it: Plain, id: str) -> Plain:
    found: Plain = next(step for step in it["steps"] if step["id"] == id)
    return found


def _set(id: str, name: str, value: object) -> Callable[[Plain], None]:
    def change(it: Plain) -> None:
        _step(it, id)[name] = value

    return change


def _nothing_confirms(it: Plain) -> None:
    _step(it, "understood")["kind"] = "note"


def _too_early(it: Plain) -> None:
    it["first"] = "when"
    _step(it, "when")["next"] = [{"to": "story"}]
    _step(it, "place")["next"] = [{"to": "themes"}]


def _stray_never_heard(it: Plain) -> None:
    _step(it, "answer_way")["choices"] = [{"id": "inbox", "never_heard": True}, {"id": "phone"}]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (_set("when", "heard_from", "weather"), "unknown_hearer"),
        (_set("when", "heard_from", "about"), "cannot_be_heard"),
        (_set("themes", "heard_from", "about"), "cannot_be_heard"),
        (_set("phone", "heard_from", "place"), "cannot_be_heard"),
        (_set("support", "heard_from", "place"), "cannot_be_heard"),
        (_set("files", "heard_from", "themes"), "cannot_be_heard"),
        (_set("support", "listens", True), "cannot_listen"),
        (_nothing_confirms, "nothing_listens"),
        (_set("story", "listens", False), "nothing_listens"),
        (_too_early, "heard_too_early"),
        (_stray_never_heard, "stray_never_heard"),
        (_set("phone", "beside", "nowhere"), "unknown_step"),
        (_set("support", "beside", "phone"), "beside_nothing"),
        (_set("when", "beside", "answer_way"), "beside_too_far"),
    ],
)
def test_a_definition_that_listens_wrongly_is_refused(broken: Callable[[Plain], None], code: str) -> None:
    it = telling()
    broken(it)
    assert code in {problem.code for problem in problems(built(it))}


@pytest.mark.parametrize("kind", ["consent", "person", "phone", "address", "note", "files", "short_text", "long_text"])
def test_what_only_a_person_may_say_is_never_heard(kind: str) -> None:
    it = telling()
    _step(it, "answer_way").update(kind=kind, heard_from="answer_way")
    assert "cannot_be_heard" in {problem.code for problem in problems(built(it))}


def test_a_definition_that_listens_well_is_taken() -> None:
    assert problems(TELLING) == ()
