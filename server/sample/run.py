"""`python -m server sample`."""

from inbox.storage.engine.engines import url_of
from inbox.storage.engine.store import Store
from inbox.storage.people import sample_people
from server.app import Effects, build_app, id_at, real_clock
from server.config import Settings
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
        await house.follower.begin()
        await tell(house.services, clock)
    finally:
        await store.close()
    return True


async def _has_people(settings: Settings) -> bool:
    store = Store(url_of(settings.database, settings.database_url))
    try:
        async with store.reading() as connection:
            return bool(await sample_people(connection))
    finally:
        await store.close()
