from datetime import date, timedelta

import pytest

from inbox.cases import commands as c
from inbox.cases.errors import NoSuchDraft, NotReady, StaleRevision
from inbox.cases.events import CaseSubmitted
from inbox.cases.model import Relation, State
from inbox.intake.drafts import Owner
from tests.answered import STORY
from tests.people import ANNA, BO, BOARD, EKBACKEN, NOT_CONNECTED
from tests.world import World

OWNER = Owner(key="a-browser", person=ANNA.id)


async def test_a_sent_draft_is_a_case_with_a_number_a_receiver_and_a_goal_date(world: World) -> None:
    case = await world.case(await world.complains(ANNA))
    registration = case.registrations[0]
    assert registration.number == "RM 2026-00001"
    assert registration.owner == EKBACKEN
    assert registration.goal == date(2026, 12, 19)
    assert registration.state is State.RECEIVED


async def test_numbers_of_an_authority_follow_each_other(world: World) -> None:
    numbers = [(await world.case(await world.complains(ANNA))).registrations[0].number for _ in range(3)]
    assert numbers == ["RM 2026-00001", "RM 2026-00002", "RM 2026-00003"]


async def test_a_refused_sending_takes_no_number(world: World) -> None:
    draft, revision = await world.drafts_complaint(ANNA)
    with pytest.raises(StaleRevision):
        await world.does(ANNA, c.SubmitCase, draft, revision=revision - 1)
    await world.does(ANNA, c.SubmitCase, draft, revision=revision)
    assert (await world.case(draft)).registrations[0].number == "RM 2026-00001"


async def test_the_case_holds_every_answer_in_the_words_the_reporter_saw(world: World) -> None:
    thread = await world.thread(await world.complains(ANNA), ANNA)
    event = thread.entries[0].event
    assert isinstance(event, CaseSubmitted)
    assert event.story == STORY
    assert [answer.step for answer in event.answers][:3] == ["leave", "story", "about"]
    assert all(answer.question and answer.lines for answer in event.answers)


async def test_sending_twice_from_two_windows_gives_one_case(world: World) -> None:
    draft, revision = await world.drafts_complaint(ANNA)
    await world.does(ANNA, c.SubmitCase, draft, revision=revision)
    again = await world.does(ANNA, c.SubmitCase, draft, revision=revision)
    assert again.repeated
    assert len(await world.history(draft)) == 1


async def test_another_person_cannot_send_my_draft(world: World) -> None:
    draft, revision = await world.drafts_complaint(ANNA)
    with pytest.raises(NoSuchDraft):
        await world.does(BO, c.SubmitCase, draft, revision=revision)


async def test_a_draft_with_open_questions_is_not_sent(world: World) -> None:
    draft, revision = await world.drafts_complaint(ANNA, {"leave": {"choice": ["complaint"]}})
    standing = await world.drafts.answer(draft, OWNER, "about", {"choice": ["own_child"]}, revision)
    with pytest.raises(NotReady):
        await world.does(ANNA, c.SubmitCase, draft, revision=standing.draft.revision)


async def test_a_draft_is_gone_after_thirty_days(world: World) -> None:
    draft, revision = await world.drafts_complaint(ANNA)
    world.passes(timedelta(days=30, seconds=1))
    with pytest.raises(NoSuchDraft):
        await world.does(ANNA, c.SubmitCase, draft, revision=revision)
    assert await world.drafts.sweep() == 1
    assert await world.drafts.of(OWNER) == []


async def test_a_case_for_the_board_comes_to_the_boards_desk_with_its_own_number(world: World) -> None:
    case = await world.case(await world.complains_to_board(ANNA))
    assert case.registrations[0].owner == BOARD
    assert case.registrations[0].number == "PN 2026-00001"


async def test_a_unit_that_is_not_connected_leads_to_the_board(world: World) -> None:
    case = await world.case(await world.complains_of(ANNA, NOT_CONNECTED))
    assert case.registrations[0].owner == BOARD
    assert case.place == NOT_CONNECTED


async def test_praise_has_no_goal_date(world: World) -> None:
    case = await world.case(await world.praises(ANNA))
    assert case.type == "praise"
    assert case.relation is Relation.SELF
    assert case.registrations[0].goal is None
