"""Several regions in one installation: each case follows the rules of its unit's region, and stays within it."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dialogs.errors import Refused
from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase
from inbox.cases.model import Case
from inbox.storage.administration import roles
from inbox.storage.people import Person
from tests.people import ANNA, BOARD, EKBACKEN, KARIN, OLLE, SARA, TORGET
from tests.regions import DORA, ELIN, NILS, NORA, NORTH, OTHER_BOARD, OTHER_CARE, two, who
from tests.world import World, world_in

DAY = timedelta(days=1)
COMMANDS = 2_000


@pytest.fixture
async def both(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """A world of both regions, with people in each."""
    async with world_in(tmp_path, database_url) as world:

        async def settle(connection: Any) -> None:
            for person in (NILS, NORA, DORA, ELIN):
                await roles.add_with_roles(connection, person, NORTH.get(person.id, ()), world.now)

        await world.store.writer.do(settle)
        world.has_units(two())
        yield world


async def does(world: World, person: Person, kind: type[c.Command], case: str, **fields: Any) -> Any:
    command: Any = kind(case=case, client_id=world.new_id(), **fields)
    return await world.carry_out(command, who(person))


ANSWER = {
    "explanation": "Kön var lång.",
    "no_measures": "Inget behövs.",
    "problems": ("6.2",),
    "area": "primarvard",
}


async def test_goals_are_those_of_the_units_region_wherever_the_citizen_lives(both: World) -> None:
    here, there = both.today() + 21 * DAY, both.today() + 45 * DAY
    for person in (ANNA, ELIN):
        for unit, goal in ((EKBACKEN, here), (OTHER_CARE, there)):
            case = await both.case(await both.complains_of(person, unit))
            assert case.registrations[0].goal == goal


async def test_the_board_is_that_of_the_units_region_and_so_are_its_number_and_goal(both: World) -> None:
    to_board = {"recipient": {"choice": ["board"]}, "share": {"choice": ["no"]}}
    for unit, board, prefix, days in ((EKBACKEN, BOARD, "PN", 21), (OTHER_CARE, OTHER_BOARD, "PX", 45)):
        case = await both.case(await both.complains(ANNA, {"place": {"unit": [unit]}, **to_board}))
        registration = case.registrations[0]
        assert (registration.owner, registration.number[:2]) == (board, prefix)
        assert registration.goal == both.today() + days * DAY


async def test_a_place_in_words_goes_to_the_board_at_home_and_else_to_that_of_the_installation(both: World) -> None:
    words = {"place": {"text": ["Någonstans på vägen"]}, "share": {"choice": ["no"]}}
    for person, board in ((ANNA, BOARD), (ELIN, OTHER_BOARD)):
        case = await both.case(await both.complains(person, words))
        assert case.registrations[0].owner == board


@pytest.mark.parametrize(("unit", "person", "days"), [(EKBACKEN, KARIN, 14), (OTHER_CARE, NILS, 60)])
async def test_one_can_ask_on_for_as_long_as_the_units_region_says(
    both: World, unit: str, person: Person, days: int
) -> None:
    case = await both.complains_of(ELIN, unit)
    await does(both, person, c.TakeCase, case)
    await does(both, person, c.AnswerCase, case, **ANSWER)
    assert (await both.case(case)).registrations[0].reply_until == both.now + timedelta(days=days)


async def test_nothing_is_forwarded_placed_or_let_in_across_regions(both: World) -> None:
    case = await both.complains_of(ELIN, EKBACKEN)
    await does(both, KARIN, c.TakeCase, case)
    for kind, fields in (
        (c.ForwardCase, {"unit": OTHER_CARE, "reason": "Det hände där."}),
        (c.SetPlace, {"unit": OTHER_CARE}),
        (c.GiveConsent, {"unit": OTHER_BOARD, "parts": c.Parts(answers=True), "text": "Ja"}),
    ):
        with pytest.raises(Refused):
            await does(both, ELIN if kind is c.GiveConsent else KARIN, kind, case, **fields)
    # Hers by the place, though she lives elsewhere.
    consent = {"unit": BOARD, "parts": c.Parts(answers=True), "text": "Ja"}
    await does(both, ELIN, c.GiveConsent, case, **consent)
    assert {registration.owner for registration in (await both.case(case)).registrations} == {EKBACKEN, BOARD}


STAFF = (KARIN, SARA, OLLE, NILS, NORA, DORA)
OF = {"99": {KARIN.id, SARA.id, OLLE.id}, "98": {NILS.id, NORA.id, DORA.id}}
PLACES = (EKBACKEN, TORGET, BOARD, OTHER_CARE, OTHER_BOARD)


def commands(chance: random.Random) -> tuple[type[c.Command], dict[str, Any]]:
    """Something that somebody could ask for, of whichever region what it names is."""
    unit, parts = chance.choice(PLACES), c.Parts(answers=True, since="all")
    every: list[tuple[type[c.Command], dict[str, Any]]] = [
        (c.TakeCase, {}),
        (c.ReleaseCase, {}),
        (c.AssignCase, {"handler": chance.choice(STAFF).id}),
        (c.PostMessage, {"text": "Hej"}),
        (c.WriteNote, {"text": "Internt"}),
        (c.ForwardCase, {"unit": unit, "reason": "Det hände där."}),
        (c.SetPlace, {"unit": unit}),
        (c.ProposeSharing, {"unit": unit, "parts": parts, "reason": "För ditt svar."}),
        (c.GiveConsent, {"unit": unit, "parts": parts, "text": "Ja"}),
        (c.AnswerCase, ANSWER),
        (c.ReopenCase, {"reason": "Mer kom fram."}),
    ]
    return chance.choice(every)


def allowed(case: Case, region: str) -> set[str]:
    """Who may be at a case that was filed in a region: by the plain rule, apart from what the service goes by.

    Of the region's own people those at a unit that has it; of any other region's nobody, whatever is asked for.
    """
    at = {EKBACKEN: {KARIN.id}, TORGET: {SARA.id}, BOARD: {OLLE.id}, OTHER_CARE: {NILS.id, DORA.id}}
    at[OTHER_BOARD] = {NORA.id}
    return {person for each in case.registrations for person in at[each.owner]} & OF[region]


@pytest.mark.slow
async def test_of_2000_commands_across_two_regions_none_shows_a_case_to_the_other_region(both: World) -> None:
    chance = random.Random(1)
    filed: dict[str, str] = {}
    for number, (unit, region) in enumerate(((EKBACKEN, "99"), (TORGET, "99"), (OTHER_CARE, "98")) * 4):
        recipient = {"recipient": {"choice": ["board" if number % 3 == 0 else "unit"]}, "share": {"choice": ["no"]}}
        case = await both.complains((ANNA, ELIN)[number % 2], {"place": {"unit": [unit]}, **recipient})
        filed[case] = region
    done = 0
    for _ in range(COMMANDS):
        case = chance.choice(list(filed))
        own = [one for one in STAFF if one.id in OF[filed[case]]]
        person = chance.choice((*STAFF, ANNA, ELIN, *own * 2))
        kind, fields = commands(chance)
        if person.id in OF["98" if filed[case] == "99" else "99"]:
            # To the other region's people there is no such case, whatever they ask.
            with pytest.raises(NoSuchCase):
                await does(both, person, kind, case, **fields)
            continue
        with suppress(Refused):
            await does(both, person, kind, case, **fields)
            done += 1
    assert done > COMMANDS / 20
    for case, region in filed.items():
        stored = await both.case(case)
        assert {one.region for one in _units(both, stored)} == {region}
        seen = {person.id for person in STAFF if await _sees(both, person, case)}
        assert seen <= OF[region]
        assert seen <= allowed(stored, region)
    for region, people_of in OF.items():
        for person in (one for one in STAFF if one.id in people_of):
            listed = (await both.reading.queue(who(person))).rows
            assert {filed[row.case.id] for row in listed} <= {region}


def _units(world: World, case: Case) -> list[Any]:
    ids = [*(each.owner for each in case.registrations), *([case.place] if case.place else [])]
    return [world.directory.tree.units[id] for id in ids]


async def _sees(world: World, person: Person, case: str) -> bool:
    for look in _looks(world):
        try:
            await look(case, who(person))
        except Refused:
            continue
        return True
    return False


def _looks(world: World) -> tuple[Callable[..., Any], ...]:
    return world.reading.thread, partial(world.reading.after, n=0), world.reading.register_entry
