"""`python -m server sample`."""

from inbox.storage.people import sample_people
from server.app import Effects, build_app, id_at, real_clock, store_of
from server.config import Settings
from server.process.lifespan import unlock
from server.sample.tell import Clock, tell


async def fill(settings: Settings) -> bool:
    """Fill a database without sample people; False if they are there."""
    if await _has_people(settings):
        return False
    clock = Clock(real_clock())
    house = build_app(settings, Effects(now=clock, new_id=lambda: id_at(clock())))
    store = house.services.store
    store.start()
    try:
        await unlock(store)
        await house.follower.begin()
        await tell(house.services, clock)
    finally:
        await store.close()
    return True


async def _has_people(settings: Settings) -> bool:
    store = store_of(settings)
    store.start()
    try:
        await unlock(store)
        async with store.reading() as connection:
            return bool(await sample_people(connection))
    finally:
        await store.close()
