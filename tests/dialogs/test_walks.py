"""Wherever people go in the dialog, they come out, and only what they see is sent."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.chapters import part_at
from dialogs.engine import advance, answer, path, reachable, remaining, walk
from dialogs.errors import Invalid
from dialogs.kinds import decode_answers, encode_answers, kind_of
from dialogs.kinds.understood import PROPOSED
from dialogs.load import load, versions
from dialogs.schema.model import Dialog, Ending, Step
from dialogs.schema.values import Answers, DialogContext, Value
from dialogs.submission import NotReady, decode, encode, submission
from tests.dialogs.walks import Picks, facts, some_answer, walk_on

DIALOGS = {str(each): load("complaint", each) for each in versions("complaint")}
WHICH = st.sampled_from(sorted(DIALOGS))
SOME_BYTES = st.binary(min_size=48, max_size=96)


@settings(max_examples=2_000, deadline=None)
@given(WHICH, SOME_BYTES)
def test_every_walk_reaches_the_review_or_a_named_way_out(which: str, data: bytes) -> None:
    dialog = DIALOGS[which]
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(dialog, known, picks, turns=len(dialog.parts))
    assert walked.end is None or isinstance(walked.end, Ending)
    assert walked.turns < len(dialog.parts)
    if walked.end is None:
        _counts_right(encode(submission(dialog, walked.answers, known)))


def _counts_right(sent: bytes) -> None:
    """What every submission must hold for the statistics."""
    fields = {each.field for each in decode(sent).answers}
    leave = decode(sent).picked("leave")
    assert {"leave", "place", "answer_way", "text"} <= fields
    assert leave == ("praise",) or {"about", "themes"} <= fields
    assert leave != ("complaint",) or "when" in fields


@settings(max_examples=400, deadline=None)
@given(WHICH, SOME_BYTES)
def test_changing_an_answer_and_changing_it_back_sends_the_same_bytes(which: str, data: bytes) -> None:
    dialog = DIALOGS[which]
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(dialog, known, picks)
    if walked.end is not None:
        return
    before = encode(submission(dialog, walked.answers, known))
    steps = path(dialog, walked.answers, known)
    taken = {name for each in steps if kind_of(each).confirms for name in walked.sent[each.id]}
    for step in steps:
        if kind_of(step).confirms or step.id not in walked.sent or PROPOSED + step.id in taken:
            # What is taken where the story is confirmed is changed at the questions themselves.
            continue
        other = answer(dialog, walked.answers, step.id, some_answer(dialog, step, walked.answers, known, picks), known)
        back = answer(dialog, _answer_the_new(dialog, other, known, picks), step.id, walked.sent[step.id], known)
        assert encode(submission(dialog, back, known)) == before


def _answer_the_new(dialog: Dialog, answers: Answers, known: DialogContext, picks: Picks) -> Answers:
    """Answer the questions that come up for the first time; an answer that is there already is left alone."""
    while isinstance(step := advance(dialog, answers, known), Step) and step.id not in answers:
        answers = answer(dialog, answers, step.id, some_answer(dialog, step, answers, known, picks), known)
    return answers


@settings(max_examples=300, deadline=None)
@given(WHICH, SOME_BYTES)
def test_an_answer_off_the_path_is_refused_and_never_sent(which: str, data: bytes) -> None:
    dialog = DIALOGS[which]
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(dialog, known, picks)
    first = dialog.steps[0]
    answers = answer(dialog, walked.answers, first.id, some_answer(dialog, first, {}, known, picks), known)
    answers = dict(walk_on(dialog, known, picks, answers).answers)
    here = {node.id for node in reachable(dialog, answers, known)}
    for step in dialog.steps:
        if step.id not in here:
            with pytest.raises(Invalid) as refused:
                answer(dialog, answers, step.id, {}, known)
            assert refused.value.code == "not_on_path"
    if advance(dialog, answers, known) is None:
        assert {each.step for each in submission(dialog, answers, known).answers} <= here


@settings(max_examples=300, deadline=None)
@given(WHICH, SOME_BYTES)
def test_answers_survive_json_and_lead_to_the_same_place(which: str, data: bytes) -> None:
    dialog = DIALOGS[which]
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(dialog, known, picks, turns=picks.one(range(1, 30)))
    again = decode_answers(encode_answers(walked.answers))
    assert again == walked.answers
    assert walk(dialog, again, known) == walk(dialog, walked.answers, known)


@settings(max_examples=100, deadline=None)
@given(WHICH, SOME_BYTES)
def test_the_question_number_grows_and_never_passes_the_total(which: str, data: bytes) -> None:
    dialog = DIALOGS[which]
    picks = Picks(data)
    known = facts(picks)
    walked = walk_on(dialog, known, picks)
    answers: dict[str, Value] = {}
    before = 0
    for id, value in walked.answers.items():
        progress = remaining(dialog, answers, known)
        assert before <= progress.number <= progress.total
        here = advance(dialog, answers, known)
        # Whoever opens what was passed by goes back, and may come to a way out earlier on.
        before = progress.number if here is not None and here.id == id else 0
        answers[id] = value


@settings(max_examples=100, deadline=None)
@given(SOME_BYTES)
def test_the_parts_of_the_talk_are_always_as_many_and_each_answer_leads_on_in_them(data: bytes) -> None:
    dialog = load("complaint")
    picks = Picks(data)
    known = facts(picks)
    answers: dict[str, Value] = {}
    before = (0, 0)
    for id, value in walk_on(dialog, known, picks).answers.items():
        here = advance(dialog, answers, known)
        if isinstance(here, Step) and here.id == id:
            at = part_at(dialog, id, "sv")
            assert at is not None
            now = (at.number, at.parts[at.number - 1].done)
            assert before <= now
            assert len(at.parts) == len(dialog.chapters)
            before = now
        answers[id] = value


@pytest.mark.parametrize("dialog", DIALOGS.values(), ids=DIALOGS)
def test_every_question_and_every_way_out_is_met_on_some_walk(dialog: Dialog) -> None:
    met: set[str] = set()
    reviews = 0
    for seed in range(600):
        picks = Picks(Random(seed).randbytes(96))
        known = facts(picks)
        walked = walk_on(dialog, known, picks)
        met |= {*walked.sent, *([walked.end.id] if walked.end else [])}
        reviews += walked.end is None
    assert reviews > 200, "too few walks reach the review for the other tests to say much"
    assert met == {part.id for part in dialog.parts}


def test_nothing_can_be_sent_while_a_question_is_open() -> None:
    for dialog in DIALOGS.values():
        with pytest.raises(NotReady):
            submission(dialog, {}, facts(Picks(b"\0")))
