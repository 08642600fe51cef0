from datetime import timedelta
from typing import Any

import pytest

from inbox.actions.closing import Guard
from inbox.cases import commands as c
from inbox.cases.errors import GuardsUnmet, NotNow, ReplyWindowOver, UnknownCategory
from inbox.cases.events import AnswerRated, CaseAnswered, CaseReopened, DisclosureAssessed
from inbox.cases.model import BY_ITSELF, State
from tests.people import ANNA, KARIN, OLLE, identity
from tests.world import World

pytestmark = pytest.mark.rule

READY: dict[str, Any] = {
    "explanation": "Telefonen var felkopplad.",
    "measures": (c.Measure(text="Vi har kopplat om."),),
    "regret": "Vi beklagar.",
    "problems": ("6.2",),
    "area": "primarvard",
}


async def in_progress(world: World) -> str:
    """A case that Karin handles."""
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    return case


@pytest.mark.on_both_engines
async def test_the_answer_the_state_and_the_inbox_come_in_one_event(world: World) -> None:
    case = await in_progress(world)
    outcome = await world.does(KARIN, c.AnswerCase, case, **READY)
    assert [type(recorded.event) for recorded in outcome.recorded] == [CaseAnswered]
    assert outcome.case.registrations[0].state is State.ANSWERED
    (own,) = (await world.reading.home(identity(ANNA))).cases
    assert own.unread_answer


async def test_the_reporter_gets_the_answer_but_not_the_classification(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    hers, theirs = await world.thread(case, ANNA), await world.thread(case, KARIN)
    answer, kept = hers.entries[-1].event, theirs.entries[-1].event
    assert isinstance(answer, CaseAnswered)
    assert (answer.explanation, answer.measures[0].text, answer.regret) == (
        "Telefonen var felkopplad.",
        "Vi har kopplat om.",
        "Vi beklagar.",
    )
    assert (answer.problems, answer.area) == ((), "")
    assert isinstance(kept, CaseAnswered)
    assert (kept.problems, kept.area) == (("6.2",), "primarvard")


async def test_every_unmet_guard_is_named_at_once(world: World) -> None:
    case = await in_progress(world)
    with pytest.raises(GuardsUnmet) as refusal:
        await world.does(KARIN, c.AnswerCase, case)
    assert refusal.value.guards == ("explanation_missing", "measures_missing", "problem_missing", "area_missing")
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS


@pytest.mark.parametrize(
    ("without", "guard"),
    [
        ({"explanation": "  "}, Guard.EXPLANATION),
        ({"measures": ()}, Guard.MEASURES),
        ({"problems": ()}, Guard.PROBLEM),
        ({"area": ""}, Guard.AREA),
    ],
)
async def test_each_guard_alone_holds_the_answer_back(world: World, without: dict[str, Any], guard: Guard) -> None:
    case = await in_progress(world)
    with pytest.raises(GuardsUnmet) as refusal:
        await world.does(KARIN, c.AnswerCase, case, **{**READY, **without})
    assert refusal.value.guards == (guard.value,)


async def test_a_reason_for_doing_nothing_stands_in_for_measures(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **{**READY, "measures": (), "no_measures": "Felet var hos en annan."})
    assert (await world.case(case)).registrations[0].state is State.ANSWERED


async def test_a_relative_is_answered_only_after_a_written_assessment(world: World) -> None:
    case = await world.complains_for_mother(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    with pytest.raises(GuardsUnmet) as refusal:
        await world.does(KARIN, c.AnswerCase, case, **READY)
    assert refusal.value.guards == ("assessment_missing",)
    await world.does(KARIN, c.AnswerCase, case, **READY, assessment="Patienten har sagt ja.")
    hers, theirs = await world.thread(case, ANNA), await world.thread(case, KARIN)
    assert "sagt ja" not in repr(hers)
    assert [type(note.event) for note in theirs.notes] == [DisclosureAssessed]


async def test_a_case_without_a_unit_gets_one_before_it_is_answered(world: World) -> None:
    case = await world.complains(ANNA, {"place": {"text": ["Vid ån"]}, "recipient": {"choice": ["board"]}})
    await world.does(OLLE, c.TakeCase, case)
    with pytest.raises(GuardsUnmet) as refusal:
        await world.does(OLLE, c.AnswerCase, case, **READY)
    assert refusal.value.guards == ("place_missing",)


async def test_praise_is_answered_with_thanks_alone(world: World) -> None:
    case = await world.praises(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.AnswerCase, case, explanation="Tack!", problems=("P",), area="primarvard")
    assert (await world.case(case)).registrations[0].state is State.ANSWERED


@pytest.mark.on_both_engines
async def test_the_reporter_asks_on_within_the_reply_window(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    world.passes(timedelta(days=30))
    await world.does(ANNA, c.AskOn, case, text="Men varför tog det tre dagar?")
    registration = (await world.case(case)).registrations[0]
    assert registration.state is State.IN_PROGRESS
    assert isinstance((await world.thread(case, KARIN)).entries[-1].event, CaseReopened)


async def test_the_reporter_cannot_ask_on_afterwards(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    world.passes(timedelta(days=30, seconds=1))
    with pytest.raises(ReplyWindowOver):
        await world.does(ANNA, c.AskOn, case, text="Men varför?")


@pytest.mark.on_both_engines
async def test_the_service_closes_the_thread_when_the_window_is_over_and_not_before(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    close = c.CloseThread(case=case, client_id="close-it")
    with pytest.raises(NotNow):
        await world.carry_out(close, BY_ITSELF)
    world.passes(timedelta(days=30, seconds=1))
    await world.carry_out(close, BY_ITSELF)
    assert (await world.case(case)).registrations[0].state is State.CLOSED


async def test_the_reporter_says_whether_the_answer_answered(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(ANNA, c.RateAnswer, case, rating="partly")
    event = (await world.thread(case, KARIN)).entries[-1].event
    assert isinstance(event, AnswerRated)
    assert event.rating == "partly"


async def test_staff_take_an_answered_case_up_again_with_a_reason(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(KARIN, c.ReopenCase, case, reason="Vi har fått nya uppgifter.")
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS


@pytest.mark.on_both_engines
async def test_a_withdrawn_case_stays_in_the_register(world: World) -> None:
    case = await in_progress(world)
    await world.does(ANNA, c.WithdrawCase, case, reason="Det löste sig.")
    registration = (await world.case(case)).registrations[0]
    assert (registration.state, registration.number) == (State.WITHDRAWN, "RM 2026-00001")


async def test_an_answer_that_is_given_again_is_rated_again(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(ANNA, c.RateAnswer, case, rating="no")
    await world.does(ANNA, c.AskOn, case, text="Men varför?")
    await world.does(KARIN, c.AnswerCase, case, **READY)
    assert (await world.case(case)).rated is None


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"problems": ("6.2", "zzz")}, "$.problems[1]"),
        ({"problems": ("6.2 ",)}, "$.problems[0]"),
        ({"area": "notanarea"}, "$.area"),
        ({"area": "6.2"}, "$.area"),
        ({"problems": ("primarvard",)}, "$.problems[0]"),
    ],
)
async def test_an_answer_is_classified_only_by_codes_of_the_list(
    world: World, fields: dict[str, Any], where: str
) -> None:
    case = await in_progress(world)
    with pytest.raises(UnknownCategory) as refused:
        await world.does(KARIN, c.AnswerCase, case, **{**READY, **fields})
    assert refused.value.params == {"where": where}
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS


async def test_the_same_problem_twice_is_one(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **{**READY, "problems": ("6.2", "6.1", "6.2")})
    answered = (await world.history(case))[-1].event
    assert isinstance(answered, CaseAnswered)
    assert answered.problems == ("6.2", "6.1")
