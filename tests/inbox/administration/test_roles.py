"""Roles are given and taken by commands, with days, and for what lies below."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from dialogs.errors import Refused
from inbox.administration.commands import AnyStaffCommand, GrantRole, RevokeRole
from inbox.administration.decide import replay
from inbox.administration.errors import EndsBeforeItBegins, NoSuchPerson, RoleNotHeld, RoleNotThere
from inbox.cases import commands as c
from inbox.cases.errors import ClientIdReused, NoSuchCase, NoSuchUnit
from inbox.cases.model import Grant, Identity, Role, State
from inbox.execution.staff_roles import StaffOutcome, staff_roles
from inbox.storage.administration import roles
from tests.people import ANNA, BO, BOARD, EKBACKEN, KARIN, LARS, OLLE, TORGET, who
from tests.world import DIRECTORY, World

DAY = timedelta(days=1)


async def does(world: World, command: AnyStaffCommand) -> StaffOutcome:
    """Carry it out, and prove that what is stored is what the events say."""
    roster = world.identities.roster
    outcome = await staff_roles(world.store, roster, world.clock, world.new_id).carry_out(command, None)
    async with world.store.reading() as connection:
        stored = await roles.load_staff(connection, command.person)
        history = await roles.history_of(connection, command.person)
    assert stored is not None
    told = replay(command.person, [one.event for one in history])
    for each in (stored, told):
        assert (each.person, each.version) == (outcome.staff.person, outcome.staff.version)
        assert set(each.held) == set(outcome.staff.held)
    world.identities.forget(command.person)
    return outcome


def given(world: World, person: Any, role: Role, unit: str, **days: Any) -> GrantRole:
    return GrantRole(person=person.id, client_id=world.new_id(), role=role, unit=unit, **days)


def taken(world: World, person: Any, role: Role, unit: str, until: date | None = None) -> RevokeRole:
    return RevokeRole(person=person.id, client_id=world.new_id(), role=role, unit=unit, until=until)


async def grants_of(world: World, person: Any) -> set[Grant]:
    world.identities.forget(person.id)
    return set((await identity_of(world, person)).grants)


async def identity_of(world: World, person: Any) -> Identity:
    identity = await world.identities.identity(who(person))
    assert identity is not None
    return identity


async def test_a_role_that_is_given_opens_the_unit_and_one_that_is_taken_shuts_it(world: World) -> None:
    case = await world.complains_of(ANNA, TORGET)
    await does(world, given(world, LARS, Role.CASEWORKER, TORGET))
    lars = await identity_of(world, LARS)
    await world.carry_out(c.TakeCase(case=case, client_id=world.new_id()), lars)
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS
    await does(world, taken(world, LARS, Role.CASEWORKER, TORGET))
    with pytest.raises(NoSuchCase):
        await world.carry_out(
            c.WriteNote(case=case, client_id=world.new_id(), text="Hej"), await identity_of(world, LARS)
        )


async def test_a_role_begins_on_its_first_day_and_ends_after_its_last(world: World) -> None:
    first = world.today() + 2 * DAY
    await does(world, given(world, LARS, Role.CASEWORKER, TORGET, since=first, until=first + DAY))
    held = []
    for _ in range(5):
        held.append(Grant(Role.CASEWORKER, TORGET) in await grants_of(world, LARS))
        world.passes(DAY)
    assert held == [False, False, True, True, False]


async def test_a_unit_is_known_in_small_letters_too(world: World) -> None:
    await does(world, given(world, LARS, Role.CASEWORKER, TORGET.lower()))
    assert Grant(Role.CASEWORKER, TORGET) in await grants_of(world, LARS)
    await does(world, taken(world, LARS, Role.CASEWORKER, TORGET.lower()))
    assert Grant(Role.CASEWORKER, TORGET) not in await grants_of(world, LARS)


async def test_a_role_can_be_taken_after_a_last_day(world: World) -> None:
    await does(world, taken(world, KARIN, Role.CASEWORKER, EKBACKEN, until=world.today()))
    assert await grants_of(world, KARIN) == {Grant(Role.CASEWORKER, EKBACKEN)}
    world.passes(DAY)
    assert await grants_of(world, KARIN) == set()


async def test_a_role_for_what_lies_below_is_held_at_every_unit_below_and_no_other(world: World) -> None:
    top = next(unit for unit in DIRECTORY.units.values() if len(DIRECTORY.descendants(unit.id)) > 3)
    below = DIRECTORY.descendants(top.id)
    await does(world, given(world, LARS, Role.CASEWORKER, top.id, below=True))
    units = {grant.unit for grant in await grants_of(world, LARS)}
    assert units == {EKBACKEN, top.id, *below}
    async with world.store.reading() as connection:
        for unit in below[:3]:
            assert LARS.id in await world.identities.roster.colleagues(connection, unit)
        assert LARS.id not in await world.identities.roster.colleagues(connection, BOARD)


async def test_whoever_has_no_role_at_a_unit_today_is_no_colleague_there(world: World) -> None:
    await does(world, given(world, LARS, Role.CASEWORKER, TORGET, since=world.today() + DAY))
    async with world.store.reading() as connection:
        assert LARS.id not in await world.identities.roster.colleagues(connection, TORGET)
        world.passes(DAY)
        assert LARS.id in await world.identities.roster.colleagues(connection, TORGET)


async def test_the_same_command_twice_is_done_once_and_another_under_its_id_refused(world: World) -> None:
    command = given(world, LARS, Role.CASEWORKER, TORGET)
    first = await does(world, command)
    await does(world, taken(world, LARS, Role.CASEWORKER, TORGET))
    again = await does(world, command)
    assert again.recorded == first.recorded
    assert Grant(Role.CASEWORKER, TORGET) not in await grants_of(world, LARS)
    with pytest.raises(ClientIdReused):
        await does(world, replace(command, below=True))


async def test_what_is_so_already_is_not_noted_again(world: World) -> None:
    await does(world, given(world, LARS, Role.CASEWORKER, TORGET))
    outcome = await does(world, given(world, LARS, Role.CASEWORKER, TORGET))
    assert (outcome.recorded, outcome.staff.version) == (None, 1)


@pytest.mark.parametrize(
    ("person", "role", "unit", "refusal"),
    [
        (ANNA, Role.CASEWORKER, EKBACKEN, NoSuchPerson),
        (BO, Role.OFFICER, BOARD, NoSuchPerson),
        (LARS, Role.CASEWORKER, "SE0-NOWHERE", NoSuchUnit),
        (LARS, Role.OFFICER, EKBACKEN, RoleNotThere),
        (OLLE, Role.CASEWORKER, BOARD, RoleNotThere),
        (LARS, Role.REPORTER, EKBACKEN, RoleNotThere),
        (LARS, Role.SYSTEM, EKBACKEN, RoleNotThere),
    ],
)
async def test_a_role_that_cannot_be_is_refused(
    world: World, person: Any, role: Role, unit: str, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        await does(world, given(world, person, role, unit))


async def test_days_that_cannot_be_are_refused(world: World) -> None:
    today = world.today()
    for since, until in ((None, today - DAY), (today + 2 * DAY, today + DAY), (today - 3 * DAY, today - DAY)):
        with pytest.raises(EndsBeforeItBegins):
            await does(world, given(world, LARS, Role.CASEWORKER, TORGET, since=since, until=until))
    with pytest.raises(RoleNotHeld):
        await does(world, taken(world, LARS, Role.CASEWORKER, TORGET))


async def test_two_at_a_time_give_both_roles(world: World) -> None:
    roster = world.identities.roster
    one, other = (staff_roles(world.store, roster, world.clock, world.new_id) for _ in range(2))
    await one.carry_out(given(world, LARS, Role.CASEWORKER, TORGET), None)
    await other.carry_out(given(world, LARS, Role.DISTRIBUTOR, TORGET), None)
    assert {grant.role for grant in await grants_of(world, LARS) if grant.unit == TORGET} == {
        Role.CASEWORKER,
        Role.DISTRIBUTOR,
    }
