"""What is administered on the terminal is seen by every process: units within two seconds, roles sooner."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from handlers.view.locale import in_sweden
from inbox.administration.commands import GrantRole, RevokeRole
from inbox.administration.directory import commands as a
from inbox.cases.model import Role
from inbox.directory.current import CurrentDirectory
from inbox.execution.directory_changes import directory_changes
from inbox.execution.staff_roles import staff_roles
from inbox.people.roster import Roster
from server.app import real_clock, real_id
from tests.benchmarks.frames import Refused
from tests.benchmarks.threads import COLLEAGUES
from tests.people import ASPELUNDA, EKBACKEN, TORGET
from tests.processes.conftest import started
from tests.processes.pair import Pair
from tests.services.postgres import Postgres
from tests.world import DIRECTORY

EVERY = range(3)
UNITS, ROLES = 2.0, 5.0
"""Seconds within which a change of the directory, and of somebody's roles, is seen elsewhere than where it was made."""
REPORTER, LARS = 0, 2


@pytest.fixture
async def three(tmp_path: Path, postgres: Postgres, redis_url: str) -> AsyncIterator[Pair]:
    """Three that are ready, on a database of their own."""
    async with started(tmp_path, postgres.url(postgres.make()), redis_url, count=3) as running:
        yield running


async def changes(three: Pair, command: a.AnyDirectoryCommand) -> None:
    async with three.store() as store:
        kernel = directory_changes(store, real_clock, lambda: in_sweden(real_clock()), real_id)
        assert (await kernel.carry_out(command, None)).recorded


async def seen_in(three: Pair, holds: Callable[[int], Awaitable[bool]]) -> float:
    """Seconds until it holds at every process."""
    watch = three.watch()
    for where in EVERY:
        while not await holds(where):
            assert watch.seconds < 30
            await asyncio.sleep(0.02)
    return watch.seconds


async def found(three: Pair, where: int, words: str) -> dict[str, str]:
    """Names by id of what the picker finds at a process."""
    _, text = await three.get(where, f"/api/v1/units?q={words}")
    return {unit["id"]: unit["name"] for unit in msgspec.json.decode(text)["units"]}


async def test_a_unit_that_is_renamed_ended_or_merged_is_so_at_three_processes_within_two_seconds(three: Pair) -> None:
    (thread,) = await three.threads(1)
    page = f"/personal/arende/{thread.case}"

    async def renamed(where: int) -> bool:
        name = (await found(three, where, "ekbackens+vårdcentral")).get(EKBACKEN)
        return name == "Björkens vårdcentral" and name in (await three.get(where, page, thread.secrets[LARS]))[1]

    async def merged(where: int) -> bool:
        names = await found(three, where, "björkens+vårdcentral")
        return TORGET in names and EKBACKEN not in names

    async def ended(where: int) -> bool:
        _, text = await three.get(where, "/api/v1/units?q=aspelunda+lindby")
        return (ASPELUNDA, "ended") in {(one["id"], one["connection"]) for one in msgspec.json.decode(text)["units"]}

    await changes(three, a.RenameUnit(client_id=real_id(), unit=EKBACKEN, name="Björkens vårdcentral"))
    took = [await seen_in(three, renamed)]
    await changes(three, a.MergeUnits(client_id=real_id(), unit=EKBACKEN, into=TORGET))
    took.append(await seen_in(three, merged))
    # Whoever handles the old unit's cases goes on.
    assert (await three.get(0, page, thread.secrets[LARS]))[0] == 200
    await changes(three, a.EndUnit(client_id=real_id(), unit=ASPELUNDA))
    took.append(await seen_in(three, ended))
    assert max(took) < UNITS, took


async def test_a_role_that_is_taken_on_the_terminal_shuts_open_sockets_at_every_process(three: Pair) -> None:
    (thread,) = await three.threads(1)
    lars = COLLEAGUES[LARS - 1]
    page = f"/personal/arende/{thread.case}"

    async def does(command: GrantRole | RevokeRole) -> None:
        async with three.store() as store:
            roster = Roster(CurrentDirectory(DIRECTORY), lambda: in_sweden(real_clock()))
            await staff_roles(store, roster, real_clock, real_id).carry_out(command, None)

    def taken(person: str) -> RevokeRole:
        return RevokeRole(person=person, client_id=real_id(), role=Role.CASEWORKER, unit=EKBACKEN)

    async with three.sitting((thread, REPORTER, 0), *((thread, LARS, where) for where in EVERY)) as (anna, *sockets):
        await anna.says("Hej")
        for socket in sockets:
            await socket.gets("entry")
        watch = three.watch()
        await does(taken(lars))
        for socket in sockets:
            # Told by itself: nobody has written meanwhile.
            await socket.gets("gone")
        assert watch.seconds < ROLES
        await anna.says("Är du kvar?")
        for socket in sockets:
            with pytest.raises(Refused, match="no_such_case"):
                await socket.gives("post_message", text="Kvar?")
        assert [len(socket.numbers) for socket in sockets] == [1, 1, 1]
        given = GrantRole(person=lars, client_id=real_id(), role=Role.CASEWORKER, unit=EKBACKEN)
        await does(given)

        async def opened(where: int) -> bool:
            return (await three.get(where, page, thread.secrets[LARS]))[0] == 200

        assert await seen_in(three, opened) < ROLES
