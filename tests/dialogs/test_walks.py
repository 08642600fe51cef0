"""Wherever people go in the dialog, they come out, and only what they see is sent."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.engine import advance, answer, path, remaining, walk
from dialogs.errors import Invalid
from dialogs.kinds import decode_answers, encode_answers
from dialogs.load import load
from dialogs.schema.model import Ending, Step
from dialogs.schema.values import Answers, DialogContext, Value
from dialogs.submission import NotReady, decode, encode, submission
from tests.dialogs.walks import Picks, facts, some_answer, walk_on

COMPLAINT = load("complaint")
MOST_TURNS = len(COMPLAINT.parts)
SOME_BYTES = st.binary(min_size=48, max_size=96)


@settings(max_examples=2_000, deadline=None)
@given(SOME_BYTES)
def test_every_walk_reaches_the_review_or_a_named_way_out(data: bytes) -> None:
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(COMPLAINT, known, picks, turns=MOST_TURNS)
    assert walked.end is None or isinstance(walked.end, Ending)
    assert walked.turns < MOST_TURNS
    if walked.end is None:
        _counts_right(encode(submission(COMPLAINT, walked.answers, known)))


def _counts_right(sent: bytes) -> None:
    """What every submission must hold for the statistics."""
    fields = {each.field for each in decode(sent).answers}
    leave = decode(sent).picked("leave")
    assert {"leave", "place", "answer_way", "text"} <= fields
    assert leave == ("praise",) or {"about", "themes"} <= fields
    assert leave != ("complaint",) or "when" in fields


@settings(max_examples=400, deadline=None)
@given(SOME_BYTES)
def test_changing_an_answer_and_changing_it_back_sends_the_same_bytes(data: bytes) -> None:
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(COMPLAINT, known, picks)
    if walked.end is not None:
        return
    before = encode(submission(COMPLAINT, walked.answers, known))
    for step in path(COMPLAINT, walked.answers, known):
        other = answer(
            COMPLAINT, walked.answers, step.id, some_answer(COMPLAINT, step, walked.answers, known, picks), known
        )
        back = answer(COMPLAINT, _answer_the_new(other, known, picks), step.id, walked.sent[step.id], known)
        assert encode(submission(COMPLAINT, back, known)) == before


def _answer_the_new(answers: Answers, known: DialogContext, picks: Picks) -> Answers:
    """Answer the questions that come up for the first time; an answer that is there already is left alone."""
    while isinstance(step := advance(COMPLAINT, answers, known), Step) and step.id not in answers:
        answers = answer(COMPLAINT, answers, step.id, some_answer(COMPLAINT, step, answers, known, picks), known)
    return answers


@settings(max_examples=300, deadline=None)
@given(SOME_BYTES)
def test_an_answer_off_the_path_is_refused_and_never_sent(data: bytes) -> None:
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(COMPLAINT, known, picks)
    first = COMPLAINT.steps[0]
    answers = answer(COMPLAINT, walked.answers, first.id, some_answer(COMPLAINT, first, {}, known, picks), known)
    answers = dict(walk_on(COMPLAINT, known, picks, answers).answers)
    here = {step.id for step in path(COMPLAINT, answers, known)}
    for step in COMPLAINT.steps:
        if step.id not in here:
            with pytest.raises(Invalid) as refused:
                answer(COMPLAINT, answers, step.id, {}, known)
            assert refused.value.code == "not_on_path"
    if advance(COMPLAINT, answers, known) is None:
        assert {each.step for each in submission(COMPLAINT, answers, known).answers} <= here


@settings(max_examples=300, deadline=None)
@given(SOME_BYTES)
def test_answers_survive_json_and_lead_to_the_same_place(data: bytes) -> None:
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(COMPLAINT, known, picks, turns=picks.one(range(1, 30)))
    again = decode_answers(encode_answers(walked.answers))
    assert again == walked.answers
    assert walk(COMPLAINT, again, known) == walk(COMPLAINT, walked.answers, known)


@settings(max_examples=300, deadline=None)
@given(SOME_BYTES)
def test_the_question_number_grows_and_never_passes_the_total(data: bytes) -> None:
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(COMPLAINT, known, picks)
    answers: dict[str, Value] = {}
    before = 0
    for id, value in walked.answers.items():
        progress = remaining(COMPLAINT, answers, known)
        assert before <= progress.number <= progress.total
        before = progress.number
        answers[id] = value


def test_every_question_and_every_way_out_is_met_on_some_walk() -> None:
    met: set[str] = set()
    reviews = 0
    for seed in range(600):
        picks = Picks(Random(seed).randbytes(96))
        known = facts(picks)
        walked = walk_on(COMPLAINT, known, picks)
        met |= {*walked.sent, *([walked.end.id] if walked.end else [])}
        reviews += walked.end is None
    assert reviews > 200, "too few walks reach the review for the other tests to say much"
    assert met == {part.id for part in COMPLAINT.parts}


def test_nothing_can_be_sent_while_a_question_is_open() -> None:
    with pytest.raises(NotReady):
        submission(COMPLAINT, {}, facts(Picks(b"\0")))
