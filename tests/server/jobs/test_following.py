"""What follows from what people do comes soon, by itself; and when it does not, that is said."""

from functools import partial

import msgspec
from sqlalchemy import insert

from inbox.storage import schema as s
from inbox.storage.reacting.cursors import Parked, park
from server.observability.readiness import MISSED
from tests.filing import filed
from tests.house import House
from tests.patience import until
from tests.people import ANNA


async def figures(house: House) -> str:
    return (await (await house.browser()).get("/metrics")).text


async def health(house: House) -> tuple[bool, list[str]]:
    found = msgspec.json.decode((await (await house.browser()).get("/health/ready")).text)
    return found["reactions"], found["says"]


async def test_what_is_done_is_counted_soon_after(house: House) -> None:
    for number in (1, 2):
        await filed(house, ANNA)
        counted = f'gensvar_happened{{kind="case_submitted"}} {number}.0'
        await until(partial(_is_in, house, counted))
    assert 'gensvar_behind{reaction="tally"} 0.0' in await figures(house)


async def test_what_was_put_aside_is_said_until_somebody_has_seen_to_it(house: House) -> None:
    services, condition = house.parts.services, house.parts.condition
    await filed(house, ANNA)
    await until(partial(_is_in, house, 'gensvar_happened{kind="case_submitted"} 1.0'))
    await condition.look_at_reactions()
    assert await health(house) == (True, [])
    await services.store.writer.do(lambda connection: park(connection, Parked("tally", 1, house.clock(), "KeyError")))
    await condition.look_at_reactions()
    assert await health(house) == (False, [MISSED["reactions"]])
    await services.store.writer.do(lambda connection: connection.execute(s.parked_event.delete()))
    await condition.look_at_reactions()
    assert await health(house) == (True, [])
    row = {"id": "x", "channel": "gone", "key": "", "body": "{}", "at": house.clock(), "due_at": house.clock()}
    dead = insert(s.outbox).values(**row, tries=12, fault="status_503", dead_at=house.clock())
    await services.store.writer.do(lambda connection: connection.execute(dead))
    await condition.look_at_reactions()
    assert await health(house) == (False, [MISSED["reactions"]])


async def _is_in(house: House, words: str) -> bool:
    return words in await figures(house)
