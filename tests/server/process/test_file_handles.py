"""When handles run short, connections that rest are closed; what has just come is heard first."""

import asyncio

from aiohttp import web

from server.process.file_handles import close_resting, resting_at
from tests.patience import until


async def test_only_what_rested_at_the_look_before_is_closed_and_the_longest_open_first() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
    try:
        await until(lambda: len(resting_at(runner)) == len(opened))
        first, *_, newest = seen = resting_at(runner)
        assert close_resting(runner, 4, []) == 0
        assert close_resting(runner, 4, seen[:1]) == 1
        assert first.transport is None or first.transport.is_closing()
        assert newest.transport is not None
        assert not newest.transport.is_closing()
        # With handles to spare nobody is closed, however long they rest.
        assert close_resting(runner, 100, seen) == 0
    finally:
        for _, writer in opened:
            writer.close()
        await runner.cleanup()
