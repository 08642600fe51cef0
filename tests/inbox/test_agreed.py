"""What she agreed to when filing with the board counts, no further than it goes and no longer than she lets it."""

import pytest

from inbox.cases import commands as c
from inbox.cases import events as e
from inbox.cases.errors import NoSuchRequest
from inbox.cases.model import Case
from tests.people import ANNA, EKBACKEN, KARIN, OLLE, TORGET
from tests.world import World

pytestmark = pytest.mark.rule

JUST_THIS = c.Parts(answers=True)


async def agreed(world: World, share: str = "yes") -> str:
    """A case at the board, taken; whether the care may be shown it was answered when filing."""
    case = await world.complains(ANNA, {"recipient": {"choice": ["board"]}, "share": {"choice": [share]}})
    await world.does(OLLE, c.TakeCase, case)
    return case


async def shows(world: World, case: str, parts: c.Parts = JUST_THIS) -> list[type[e.AnyEvent]]:
    """The board wants to show it to the unit: the kinds of what happens by it."""
    told = await world.does(OLLE, c.ProposeSharing, case, unit=EKBACKEN, parts=parts, reason="De kan svara dig.")
    return [type(each.event) for each in told.recorded]


@pytest.mark.on_both_engines
async def test_what_was_agreed_to_is_shown_at_once_and_says_why(world: World) -> None:
    case = await agreed(world)
    assert await shows(world, case) == [e.CaseShared]
    entries = (await world.thread(case, ANNA)).entries
    (given,) = [each for each in entries if isinstance(each.event, e.SharingAgreed)]
    (shared,) = [each.event for each in entries if isinstance(each.event, e.CaseShared)]
    assert (shared.unit, shared.agreement, shared.reason) == (EKBACKEN, given.id, "De kan svara dig.")
    registration = (await world.case(case)).registrations[1]
    assert (registration.owner, registration.number) == (EKBACKEN, "RM 2026-00001")
    assert (await world.thread(case, KARIN)).case.title


async def test_the_words_she_saw_are_kept_with_it_and_only_she_reads_them(world: World) -> None:
    case = await agreed(world)
    (hers,) = [
        each.event for each in (await world.thread(case, ANNA)).entries if isinstance(each.event, e.SharingAgreed)
    ]
    assert hers.text.splitlines()[0] == "Får patientnämnden visa ditt ärende för vården?"
    assert hers.text.splitlines()[-1] == "Ja"
    (theirs,) = [
        each.event for each in (await world.thread(case, OLLE)).entries if isinstance(each.event, e.SharingAgreed)
    ]
    assert (theirs.unit, theirs.text) == (EKBACKEN, "")


async def test_without_her_yes_she_is_asked(world: World) -> None:
    case = await agreed(world, "no")
    assert (await world.case(case)).agreed is None
    assert await shows(world, case) == [e.ConsentAsked]
    assert len((await world.case(case)).registrations) == 1


async def test_for_more_than_she_agreed_to_she_is_asked(world: World) -> None:
    case = await agreed(world)
    await world.does(ANNA, c.PostMessage, case, text="Det här är bara till er.")
    assert await shows(world, case, c.Parts(answers=True, since="all")) == [e.ConsentAsked]


async def test_nor_is_another_unit_shown_it_when_the_place_was_corrected(world: World) -> None:
    case = await agreed(world)
    before = (await world.case(case)).agreed
    assert before is not None
    assert before.unit == EKBACKEN
    await world.does(OLLE, c.SetPlace, case, unit=TORGET)
    told = await world.does(OLLE, c.ProposeSharing, case, unit=TORGET, parts=JUST_THIS, reason="De kan svara dig.")
    assert [type(each.event) for each in told.recorded] == [e.ConsentAsked]


@pytest.mark.on_both_engines
async def test_she_takes_it_back_before_anything_is_shown(world: World) -> None:
    case = await agreed(world)
    given = (await world.case(case)).agreed
    assert given is not None
    with pytest.raises(NoSuchRequest):
        await world.does(ANNA, c.WithdrawConsent, case, agreement="no-such")
    await world.does(ANNA, c.WithdrawConsent, case, agreement=given.id)
    assert await shows(world, case) == [e.ConsentAsked]
    with pytest.raises(NoSuchRequest):
        await world.does(ANNA, c.WithdrawConsent, case, agreement=given.id)


async def test_and_afterwards_by_shutting_the_unit_out_for_which_she_is_then_asked(world: World) -> None:
    case = await agreed(world)
    await shows(world, case)
    given = (await world.case(case)).agreed
    assert given is not None
    with pytest.raises(NoSuchRequest):
        await world.does(ANNA, c.WithdrawConsent, case, agreement=given.id)
    await world.does(ANNA, c.WithdrawConsent, case, party="a2")
    assert (await world.case(case)).agreed is None
    assert await shows(world, case) == [e.ConsentAsked]


async def test_a_case_of_before_it_was_kept_has_none(world: World) -> None:
    case = await world.case(await agreed(world))
    bare = {name: getattr(case, name) for name in Case.__struct_fields__ if name != "agreed"}
    assert Case(**bare).agreed is None
