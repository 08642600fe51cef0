"""`python -m server sample`."""

from server.app import Chance, id_at, make_house, real_clock
from server.config import Settings
from server.sample.tell import Clock, tell


async def fill(settings: Settings) -> bool:
    """Fill an empty database; False if it is not empty."""
    clock = Clock(real_clock())
    house = make_house(settings, Chance(now=clock, new_id=lambda: id_at(clock())))
    store = house.services.store
    store.start()
    try:
        return await tell(house.services, clock)
    finally:
        await store.close()
