"""Who people are now."""

import asyncio
import itertools
from collections.abc import Iterable

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.people.identities import TRUSTED_FOR, IdentityCache
from inbox.storage import people
from tests.patience import PATIENCE
from tests.people import ANNA, KARIN, OLLE, identity, who
from tests.world import World


async def test_reading_that_takes_longer_than_it_is_believed_still_tells_who_somebody_is(world: World) -> None:
    slow = itertools.count(step=2 * TRUSTED_FOR)
    identities = IdentityCache(world.store, world.identities.roster, lambda: next(slow))
    async with asyncio.timeout(PATIENCE):
        identity = await identities.identity(who(ANNA))
    assert identity is not None
    assert identity.person == "anna"


async def test_those_who_are_asked_for_together_are_read_together(world: World) -> None:
    seconds = [0.0]
    identities = IdentityCache(world.store, world.identities.roster, lambda: seconds[0])
    for person in (everybody := (ANNA, KARIN, OLLE)):
        await identities.identity(who(person))
    seconds[0] = 2 * TRUSTED_FOR
    assert [identities.known(who(person)) for person in everybody] == [None] * 3
    assert await identities.identity(who(ANNA))
    found = [identities.known(who(person)) for person in everybody]
    assert [one and one.person for one in found] == [one.id for one in everybody]


async def test_those_who_are_asked_for_while_they_are_read_wait_for_the_same_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, looks, read = [0.0], list[list[str]](), people.people_with_roles

    async def counted(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, people.WithRoles]:
        looks.append(list(ids))
        return await read(connection, looks[-1])

    identities = IdentityCache(world.store, world.identities.roster, lambda: seconds[0])
    for person in (everybody := (ANNA, KARIN, OLLE)):
        await identities.identity(who(person))
    seconds[0] = 2 * TRUSTED_FOR
    assert [identities.known(who(person)) for person in everybody] == [None] * 3
    monkeypatch.setattr(people, "people_with_roles", counted)
    found = await asyncio.gather(*(identities.identity(who(person)) for person in (*everybody, *everybody)))
    assert [one and one.person for one in found] == [one.id for one in (*everybody, *everybody)]
    assert len(looks) == 1
    # Whoever was asked for has changed meanwhile: nobody believes what was read before.
    seconds[0] = 4 * TRUSTED_FOR
    asked = [asyncio.create_task(identities.identity(who(person))) for person in everybody]
    await asyncio.sleep(0)
    identities.forget(KARIN.id)
    assert all(await asyncio.gather(*asked))
    assert len(looks) > 2


async def test_whoever_nobody_asked_for_is_not_read_again(world: World) -> None:
    seconds = [0.0]
    identities = IdentityCache(world.store, world.identities.roster, lambda: seconds[0])
    for now in range(3):
        seconds[0] = now * 2 * TRUSTED_FOR
        for person in (ANNA, KARIN)[: 1 if now else 2]:
            await identities.identity(who(person))
    assert identities.known(who(KARIN)) is None


async def test_roles_of_everybody_who_is_read_are_told_apart(world: World) -> None:
    async with world.store.reading() as connection:
        found = await world.identities.roster.people(connection, ["anna", "karin", "nobody"])
    assert {id: one.grants for id, one in found.items()} == {one.id: identity(one).grants for one in (ANNA, KARIN)}
    assert found["karin"].grants
    assert not found["anna"].grants
