"""What is administered is seen within a second by the process that serves, open sockets and pages alike."""

import re
from datetime import timedelta
from typing import Any

import pytest

from inbox.administration.commands import GrantRole, RevokeRole
from inbox.administration.directory import commands as a
from inbox.cases.model import Role
from inbox.execution.directory_changes import directory_changes
from inbox.execution.staff_roles import staff_roles
from server.administration.follower import LOOK
from tests.filing import filed
from tests.house import House
from tests.patience import until
from tests.people import ANNA, ASPELUNDA, EKBACKEN, LARS, TORGET
from tests.sockets import at_socket

LOOKS = [re.compile(rf'gensvar_jobs_total{{job="{job}",outcome="done"}} (\S+)') for job in ("directory", "roles")]


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


async def looked(house: House) -> None:
    """Both jobs have looked once since. The first that ends may have begun before, so the second is waited for."""
    anonymous = await house.browser(None)

    async def looks() -> list[int]:
        page = (await anonymous.get("/metrics")).text
        return [sum(int(float(done)) for done in of.findall(page)) for of in LOOKS]

    before = await looks()

    async def twice() -> bool:
        return all(now >= then + 2 for then, now in zip(before, await looks(), strict=True))

    await until(twice)


def test_somebody_looks_so_often_that_nothing_is_older_than_a_second() -> None:
    # How long a busy machine takes to draw a page is another matter: below, looks are counted instead of seconds.
    assert timedelta() < LOOK <= timedelta(seconds=0.5)


@pytest.mark.on_both_engines
async def test_a_role_that_is_taken_shuts_sockets_and_pages_within_a_second(house: House) -> None:
    case, lars = await filed(house, ANNA), await house.browser(LARS)
    socket = await at_socket(house, LARS, case)
    page = f"/personal/arende/{case}"
    assert (await lars.get(page)).status == 200
    await roles(house, RevokeRole)
    await looked(house)
    await until(lambda: "gone" in {frame[0] for frame in socket.frames})
    assert (await lars.get(page)).status == 404
    await roles(house, GrantRole)

    await looked(house)
    assert (await lars.get(page)).status == 200
    # One that ends with a day is over with the next.
    await roles(house, GrantRole, until=house.clock().date())
    assert (await lars.get(page)).status == 200
    house.clock.passes(timedelta(days=1))
    lars = await house.browser(LARS)
    await looked(house)
    assert (await lars.get(page)).status == 404


@pytest.mark.on_both_engines
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
    await looked(house)
    assert await renamed()
    await units(house, a.EndUnit, unit=ASPELUNDA)
    await looked(house)
    assert await ended()
    await units(house, a.MergeUnits, unit=EKBACKEN, into=TORGET)
    await looked(house)
    assert await merged()
