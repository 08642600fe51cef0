"""Who is here is said at once, and then at most every so often; what holds in the end is said in any case."""

import asyncio

from handlers.calm import Calm


async def test_the_first_is_said_at_once_and_what_follows_once_for_all() -> None:
    said: list[str] = []

    async def say(case: str) -> None:
        said.append(case)

    calm = Calm(say, 0.05)
    for _ in range(10):
        await calm.say("one")
    await calm.say("another")
    assert said == ["one", "another"]
    await asyncio.sleep(0.2)
    assert said == ["one", "another", "one"]
    await calm.say("one")
    assert said[3:] == ["one"]


async def test_what_fails_in_the_meantime_is_tried_again_with_the_next_change() -> None:
    tried = 0

    async def say(case: str) -> None:
        nonlocal tried
        tried += 1
        if tried == 2:
            raise ConnectionError

    calm = Calm(say, 0.02)
    await calm.say("one")
    await calm.say("one")
    await asyncio.sleep(0.1)
    await calm.say("one")
    assert tried == 3
