"""What is administered is seen within a second by the process that serves, open sockets and pages alike."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from inbox.administration.commands import GrantRole, RevokeRole
from inbox.administration.directory import commands as a
from inbox.cases.model import Role
from inbox.execution.directory_changes import directory_changes
from inbox.execution.staff_roles import staff_roles
from tests.filing import filed
from tests.house import House
from tests.patience import Watch, until
from tests.people import ANNA, ASPELUNDA, EKBACKEN, LARS, TORGET
from tests.sockets import at_socket

pytestmark = pytest.mark.on_both_engines

SECOND = 1.0


async def roles(house: House, kind: type[GrantRole | RevokeRole], **days: Any) -> None:
    """Lars is given, or loses, his role: what another process would write, and nobody here is told of."""
    services = house.parts.services
    kernel = staff_roles(services.store, services.identities.roster, house.clock, house.new_id)
    command: Any = kind(person=LARS.id, client_id=house.new_id(), role=Role.CASEWORKER, unit=EKBACKEN, **days)
    assert (await kernel.carry_out(command, None)).recorded


async def units(house: House, kind: type[a.DirectoryCommand], **fields: Any) -> None:
    """The directory is changed, likewise."""
    kernel = directory_changes(house.parts.services.store, house.clock, lambda: house.clock().date(), house.new_id)
    command: Any = kind(client_id=house.new_id(), **fields)
    assert (await kernel.carry_out(command, None)).recorded


async def seconds(holds: Callable[[], bool | Awaitable[bool]]) -> float:
    """How long it takes until it holds for whoever asks. How long a busy machine draws the answer is another matter."""
    watch, asked = Watch(), 0.0

    async def look() -> bool:
        nonlocal asked
        asked = watch.seconds
        held = holds()
        return held if isinstance(held, bool) else await held

    await until(look, pause=0.01)
    return asked


async def test_a_role_that_is_taken_shuts_sockets_and_pages_within_a_second(house: House) -> None:
    case, lars = await filed(house, ANNA), await house.browser(LARS)
    socket = await at_socket(house, LARS, case)
    page = f"/personal/arende/{case}"
    assert (await lars.get(page)).status == 200
    await roles(house, RevokeRole)
    assert await seconds(lambda: "gone" in {frame[0] for frame in socket.frames}) < SECOND
    assert (await lars.get(page)).status == 404
    await roles(house, GrantRole)

    async def open_to_lars() -> bool:
        return (await lars.get(page)).status == 200

    async def shut_to_lars() -> bool:
        return not await open_to_lars()

    assert await seconds(open_to_lars) < SECOND
    # One that ends with a day is over with the next.
    await roles(house, GrantRole, until=house.clock().date())
    assert await open_to_lars()
    house.clock.passes(timedelta(days=1))
    lars = await house.browser(LARS)
    assert await seconds(shut_to_lars) < SECOND


async def test_the_directory_is_what_it_became_within_a_second(house: House) -> None:
    anna, lars = await house.browser(ANNA), await house.browser(LARS)
    case = await filed(house, ANNA)

    async def found(words: str) -> dict[str, tuple[str, str]]:
        _, told = await anna.api("GET", f"/api/v1/units?q={words}")
        return {unit["id"]: (unit["name"], unit["connection"]) for unit in told["units"]}

    async def renamed() -> bool:
        page = await lars.get(f"/personal/arende/{case}")
        name = "Björkens vårdcentral"
        return (await found("björkens")).get(EKBACKEN, ("", ""))[0] == name and name in page.words

    async def ended() -> bool:
        return (await found("aspelunda+lindby")).get(ASPELUNDA, ("", ""))[1] == "ended"

    async def merged() -> bool:
        there = await found("björkens")
        return TORGET in there and EKBACKEN not in there

    await units(house, a.RenameUnit, unit=EKBACKEN, name="Björkens vårdcentral")
    assert await seconds(renamed) < SECOND
    await units(house, a.EndUnit, unit=ASPELUNDA)
    assert await seconds(ended) < SECOND
    await units(house, a.MergeUnits, unit=EKBACKEN, into=TORGET)
    assert await seconds(merged) < SECOND
