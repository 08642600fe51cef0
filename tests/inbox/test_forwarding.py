from typing import Any

import pytest

from inbox.cases import commands as c
from inbox.cases.errors import GuardsUnmet, NoSuchCase, NoSuchUnit, OtherProvider, SameUnit, WrongReceiver
from inbox.cases.events import CaseForwarded, CaseReferred, MessagePosted
from inbox.cases.model import State
from inbox.cases.views import Viewer, author_for
from tests.people import ANNA, ASPELUNDA, BOARD, EKBACKEN, FIA, KARIN, NOT_CONNECTED, SARA, TORGET
from tests.world import World

pytestmark = pytest.mark.rule


@pytest.mark.on_both_engines
async def test_a_forwarded_case_is_at_the_new_unit_and_gone_from_the_old(world: World) -> None:
    case = await world.complains(ANNA)
    goal = (await world.case(case)).registrations[0].goal
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Samtalet kom till Torget.")
    registration = (await world.case(case)).registrations[0]
    assert (registration.owner, registration.handler, registration.state) == (TORGET, None, State.RECEIVED)
    assert registration.goal == goal
    assert (await world.thread(case, SARA)).entries
    with pytest.raises(NoSuchCase):
        await world.thread(case, KARIN)


async def test_whoever_has_it_now_is_not_told_who_wrote_at_the_unit_before(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.PostMessage, case, text="Vi tittar på det.")
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Samtalet kom till Torget.")
    thread = await world.thread(case, SARA)
    # Whoever works at both units knows the names of both.
    viewer = Viewer(await world.case(case), thread.actor, thread.seats, {KARIN.id: KARIN.name})
    (said,) = [item.envelope for item in await world.history(case) if isinstance(item.event, MessagePosted)]
    assert author_for(viewer, said).unit == EKBACKEN
    assert author_for(viewer, said).name is None


async def test_the_reporter_is_told_where_and_why(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(FIA, c.ForwardCase, case, unit=TORGET, reason="Samtalet kom till Torget.")
    event = (await world.thread(case, ANNA)).entries[-1].event
    assert isinstance(event, CaseForwarded)
    assert (event.from_unit, event.to_unit, event.reason) == (EKBACKEN, TORGET, "Samtalet kom till Torget.")


@pytest.mark.parametrize(
    ("unit", "refusal"),
    [
        (ASPELUNDA, OtherProvider),
        (BOARD, OtherProvider),
        (EKBACKEN, SameUnit),
        (NOT_CONNECTED, WrongReceiver),
        ("SE0000000001-NOWHERE", NoSuchUnit),
    ],
)
async def test_a_case_does_not_move_where_it_may_not(world: World, unit: str, refusal: type[Exception]) -> None:
    case = await world.complains(ANNA)
    with pytest.raises(refusal):
        await world.does(KARIN, c.ForwardCase, case, unit=unit, reason="Prova.")
    assert (await world.case(case)).registrations[0].owner == EKBACKEN


async def test_a_referred_case_says_where_to_turn(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.ReferCase, case, reason="Det gäller ersättning.", turn_to="Löf prövar ersättning.")
    event = (await world.thread(case, ANNA)).entries[-1].event
    assert isinstance(event, CaseReferred)
    assert event.turn_to == "Löf prövar ersättning."
    assert (await world.case(case)).registrations[0].state is State.REFERRED


@pytest.mark.on_both_engines
async def test_whoever_answers_makes_an_assessment_of_harm_of_their_own(world: World) -> None:
    ready: dict[str, Any] = {
        "explanation": "Telefonen var felkopplad.",
        "no_measures": "Den är omkopplad.",
        "problems": ("6.2",),
        "area": "primarvard",
    }
    case = await world.complains_for_mother(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.AnswerCase, case, **ready, assessment="Mamman har sagt ja.")
    await world.does(KARIN, c.ReopenCase, case, reason="Det gäller Torget.")
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Det hände där.")
    await world.does(SARA, c.TakeCase, case)
    with pytest.raises(GuardsUnmet):
        await world.does(SARA, c.AnswerCase, case, **ready)
    await world.does(SARA, c.AnswerCase, case, **ready, assessment="Vi har frågat mamman.")
