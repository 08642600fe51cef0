"""Who people are now."""

import asyncio
import itertools

from inbox.people.identities import TRUSTED_FOR, IdentityCache
from tests.patience import PATIENCE
from tests.world import World


async def test_reading_that_takes_longer_than_it_is_believed_still_tells_who_somebody_is(world: World) -> None:
    slow = itertools.count(step=2 * TRUSTED_FOR)
    identities = IdentityCache(world.store, lambda: next(slow))
    async with asyncio.timeout(PATIENCE):
        identity = await identities.identity("anna")
    assert identity is not None
    assert identity.person == "anna"
