"""When handles run short, connections that rest are closed; the youngest are kept, and none is lost in the queue."""

import asyncio
import socket

from aiohttp import web

from server.process.file_handles import QUEUE, close_resting
from tests.patience import PATIENCE, until


async def test_the_longest_open_are_closed_and_the_youngest_are_kept() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
    assert runner.server is not None
    server = runner.server
    try:
        await until(lambda: len(server.connections) == len(opened))
        # With handles to spare nobody is closed, however long they rest.
        assert close_resting(runner, 100) == 0
        assert close_resting(runner, 5) == 2
        ends = [asyncio.create_task(reader.read()) for reader, _ in opened]
        closed, _ = await asyncio.wait(ends[:2])
        assert len(closed) == 2
        assert not any(end.done() for end in ends[2:])
    finally:
        for _, writer in opened:
            writer.close()
        await runner.cleanup()


async def test_a_burst_waits_in_the_queue_until_it_is_accepted() -> None:
    """The library lets 128 wait; the rest would come again only after a second, and what they said later still."""
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=QUEUE).start()
    burst = [socket.socket() for _ in range(400)]
    try:
        for one in burst:
            # Nothing is accepted meanwhile, for the loop waits for this: whoever finds the queue full never comes in.
            one.settimeout(PATIENCE)
            one.connect(runner.addresses[0][:2])
            one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        async with asyncio.timeout(PATIENCE):
            for one in burst:
                one.setblocking(False)
                assert await asyncio.get_running_loop().sock_recv(one, 1)
    finally:
        for one in burst:
            one.close()
        await runner.cleanup()
