"""Who is here is said at once, and then at most every so often; what holds in the end is said in any case."""

import asyncio
from unittest.mock import AsyncMock

from handlers.realtime.throttle import Throttle
from tests.patience import until

A_MINUTE = 60.0


async def test_the_first_is_said_at_once_and_what_follows_once_for_all() -> None:
    said: list[str] = []

    async def say(case: str) -> None:
        said.append(case)

    calm = Throttle(say, A_MINUTE)
    for _ in range(10):
        await calm.say("one")
    await calm.say("another")
    assert said == ["one", "another"]
    await rested(calm, "one", "another")
    assert said == ["one", "another", "one"]
    await rested(calm, "one")
    await calm.say("one")
    assert said[3:] == ["one"]


async def test_what_fails_in_the_meantime_is_tried_again_with_the_next_change() -> None:
    tried = 0

    async def say(case: str) -> None:
        nonlocal tried
        tried += 1
        if tried == 2:
            raise ConnectionError

    calm = Throttle(say, A_MINUTE)
    await calm.say("one")
    await calm.say("one")
    await rested(calm, "one")
    assert tried == 2
    await rested(calm, "one")
    await calm.say("one")
    assert tried == 3


async def test_the_pause_is_over_by_itself() -> None:
    said: list[str] = []
    calm, again = Throttle(AsyncMock(side_effect=said.append), 0.01), ["one", "one"]
    await calm.say("one")
    await calm.say("one")
    await until(lambda: said == again)


async def rested(calm: Throttle, *cases: str) -> None:
    """The pause is over, and what was to be said after it is said."""
    for case in cases:
        calm._rested(case)
    await asyncio.gather(*calm._saying)
