"""`python -m server sample`."""

from pathlib import Path

from handlers.view.locale import in_sweden
from inbox.execution.directory_changes import directory_changes
from inbox.storage.people import sample_people
from server.administration.taking_in import take_in
from server.app import App, Effects, build_app, id_at, real_clock, store_of
from server.config import Settings
from server.process.lifespan import unlock
from server.sample.tell import Clock, tell

NORRSKOG = Path(__file__).with_name("norrskog.json")


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
        await open_norrskog(house, clock)
        await tell(house.services, clock)
    finally:
        await store.close()
    return True


async def open_norrskog(house: App, clock: Clock) -> None:
    """A second region beside the one of the installation's own file, with rules of its own."""
    services = house.services
    kernel = directory_changes(services.store, clock, lambda: in_sweden(clock()), services.new_id)
    await take_in(NORRSKOG, services.store, kernel, services.new_id, lambda _, __: None)
    await house.follower.look_at_directory()


async def _has_people(settings: Settings) -> bool:
    store = store_of(settings)
    store.start()
    try:
        await unlock(store)
        async with store.reading() as connection:
            return bool(await sample_people(connection))
    finally:
        await store.close()
