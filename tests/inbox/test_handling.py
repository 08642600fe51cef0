import pytest

from inbox.cases import commands as c
from inbox.cases.errors import AlreadyTaken, NoSuchCase, NotAColleague, NotNow, NotYours, OtherRegion
from inbox.cases.events import CaseTaken
from inbox.cases.model import State
from tests.people import ADA, ANNA, ASPELUNDA, BO, BOARD, EKBACKEN, FIA, KARIN, LARS, OLLE, SARA
from tests.regions import OTHER_CARE, SHUT_CARE, WIDE
from tests.world import World

pytestmark = pytest.mark.rule


@pytest.mark.on_both_engines
async def test_a_caseworker_takes_a_case_and_handles_it(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    registration = (await world.case(case)).registrations[0]
    assert registration.handler == "karin"
    assert registration.state is State.IN_PROGRESS


async def test_a_colleague_cannot_take_what_is_taken(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    with pytest.raises(AlreadyTaken):
        await world.does(LARS, c.TakeCase, case)


@pytest.mark.on_both_engines
async def test_a_distributor_gives_a_case_to_a_caseworker_of_the_unit_only(world: World) -> None:
    case = await world.complains(ANNA)
    with pytest.raises(NotAColleague):
        await world.does(FIA, c.AssignCase, case, handler="sara")
    await world.does(FIA, c.AssignCase, case, handler="lars")
    assert (await world.case(case)).registrations[0].handler == "lars"


@pytest.mark.on_both_engines
async def test_a_released_case_waits_in_the_queue_again(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.ReleaseCase, case)
    registration = (await world.case(case)).registrations[0]
    assert registration.handler is None
    assert registration.state is State.RECEIVED


@pytest.mark.parametrize("stranger", [BO, SARA, OLLE, ADA])
async def test_to_those_who_take_no_part_there_is_no_such_case(world: World, stranger: object) -> None:
    case = await world.complains(ANNA)
    with pytest.raises(NoSuchCase):
        await world.does(stranger, c.TakeCase, case)
    with pytest.raises(NoSuchCase):
        await world.thread(case, stranger)
    with pytest.raises(NoSuchCase):
        await world.does(stranger, c.TakeCase, "no-such-case")


async def test_a_distributor_never_opens_the_thread(world: World) -> None:
    case = await world.complains(ANNA)
    with pytest.raises(NotYours):
        await world.thread(case, FIA)
    with pytest.raises(NotYours):
        await world.after(case, FIA)
    with pytest.raises(NotYours):
        await world.does(FIA, c.PostMessage, case, text="Hej")


async def test_the_reporter_is_not_told_who_handles_the_case(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    hers, theirs = await world.thread(case, ANNA), await world.thread(case, LARS)
    taken, seen = hers.entries[-1], theirs.entries[-1]
    assert isinstance(taken.event, CaseTaken)
    assert taken.event.handler is None
    assert taken.by.name is None
    assert isinstance(seen.event, CaseTaken)
    assert seen.event.handler == "karin"
    assert seen.by.name == "Karin Handlund"


async def test_an_officer_handles_what_was_sent_to_the_board(world: World) -> None:
    case = await world.complains_to_board(ANNA)
    await world.does(OLLE, c.TakeCase, case)
    assert (await world.case(case)).registrations[0].owner == BOARD
    with pytest.raises(NoSuchCase):
        await world.does(KARIN, c.TakeCase, case)


async def test_the_place_can_be_set_when_the_reporter_wrote_it_in_words(world: World) -> None:
    case = await world.complains(
        ANNA, {"place": {"text": ["Den lilla mottagningen vid ån"]}, "recipient": {"choice": ["board"]}}
    )
    await world.does(OLLE, c.TakeCase, case)
    await world.does(OLLE, c.SetPlace, case, unit="SE0000000001-VCEKBACKEN")
    stored = await world.case(case)
    assert stored.place == "SE0000000001-VCEKBACKEN"
    assert stored.place_text == "Den lilla mottagningen vid ån"


@pytest.mark.parametrize("unit", [OTHER_CARE, SHUT_CARE])
async def test_a_case_is_not_moved_to_another_regions_care_by_saying_that_it_is_about_it(
    world: World, unit: str
) -> None:
    world.has_units(WIDE)
    cared, heard = await world.complains(ANNA), await world.complains_to_board(ANNA)
    for who, case in ((KARIN, cared), (OLLE, heard)):
        await world.does(who, c.TakeCase, case)
        with pytest.raises(OtherRegion):
            await world.does(who, c.SetPlace, case, unit=unit)
        assert (await world.case(case)).place == EKBACKEN
        await world.does(who, c.SetPlace, case, unit=ASPELUNDA)


async def test_nothing_is_done_to_a_case_that_is_withdrawn(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(ANNA, c.WithdrawCase, case)
    for kind in (c.TakeCase, c.ReleaseCase, c.StopWaiting):
        with pytest.raises(NotNow):
            await world.does(KARIN, kind, case)
