"""Messages in live threads: how soon they are kept, how soon the others see them, and whether any goes astray."""

import asyncio
import gc
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from msgspec import Struct

from server.app import real_id
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.frames import FrameSocket
from tests.benchmarks.served import prepare, serving
from tests.benchmarks.threads import Thread, make_threads
from tests.patience import PATIENCE

THREADS = 100
FEW, MANY = 100, 1_000
"""Messages a second that are offered."""
QUICK_SECONDS, SECONDS = 8.0, 15.0
IN_FLIGHT = 100
WARM_UP = 300
_POLL = 0.1
WORDS = "Tack för ert svar. Jag har läst det och undrar över en sak till som jag gärna vill att ni förklarar. "


class Times(Struct):
    """Seconds from sending until the acknowledgement, and until each of the others had it."""

    acknowledged: list[float] = []
    seen: list[float] = []
    took: float = 0.0


class Crowd:
    """Everybody at an open socket, four to a thread."""

    def __init__(self, threads: list[Thread]) -> None:
        self._threads = threads
        self._rooms = [[FrameSocket(thread.case, self._arrived) for _ in thread.secrets] for thread in threads]
        self._sent: dict[str, tuple[FrameSocket, float]] = {}
        self._times = Times()
        self._said = 0

    @asynccontextmanager
    async def gathered(self, *urls: str) -> AsyncIterator[None]:
        """Everybody has their thread open; with several processes, each thread's people sit at them in turn."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            for thread, room in zip(self._threads, self._rooms, strict=True):
                seats = zip(room, thread.secrets, itertools.cycle(urls), strict=False)
                await asyncio.gather(*(socket.opens(session, url, key) for socket, key, url in seats))
            try:
                yield
            finally:
                await asyncio.gather(*(socket.closes() for room in self._rooms for socket in room))

    async def offer(self, rate: int, seconds: float) -> Times:
        """So many messages a second, whether or not earlier ones have been acknowledged."""
        self._times, began = Times(), time.perf_counter()
        waiting: list[asyncio.Future[None]] = []
        for number in range(round(rate * seconds)):
            if (early := began + number / rate - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            waiting.append(asyncio.ensure_future(self._say()))
        return await self._settled(waiting, began)

    async def hurry(self, at_once: int, seconds: float, most: int = 1 << 30) -> Times:
        """As many messages as there is time for, so many waiting for their acknowledgement at every moment."""
        self._times, began = Times(), time.perf_counter()

        async def one_after_the_other() -> None:
            while time.perf_counter() - began < seconds and len(self._times.acknowledged) < most:
                await self._say()

        return await self._settled([asyncio.ensure_future(one_after_the_other()) for _ in range(at_once)], began)

    def strays(self) -> tuple[int, int, int]:
        """Frames out of order, lost and doubled, by what each socket got under its own numbers."""
        disorder = lost = doubled = 0
        for at, room in enumerate(self._rooms):
            said = len(range(at, self._said, len(self._rooms)))
            for socket in room:
                got = set(socket.numbers)
                pairs = zip(socket.numbers, socket.numbers[1:], strict=False)
                disorder += sum(later < earlier for earlier, later in pairs)
                lost += len(set(range(socket.head + 1, socket.head + said + 1)) - got)
                doubled += len(socket.numbers) - len(got)
        return disorder, lost, doubled

    @property
    def said(self) -> int:
        """Messages sent so far."""
        return self._said

    async def _say(self) -> None:
        """The next message: threads take turns, and in each thread its people."""
        at, turn = self._said % len(self._rooms), self._said // len(self._rooms)
        self._said += 1
        room, id = self._rooms[at], real_id()
        text = f"{id} {WORDS * 3}"[:320]
        post = {"command": "post_message", "case": self._threads[at].case, "client_id": id, "text": text}
        writer, sent = room[turn % len(room)], time.perf_counter()
        self._sent[id] = (writer, sent)
        _, now = await writer.asks("command", post)
        self._times.acknowledged.append(now - sent)

    def _arrived(self, socket: FrameSocket, text: str, now: float) -> None:
        writer, sent = self._sent.get(text.partition(" ")[0], (socket, now))
        if socket is not writer:
            self._times.seen.append(now - sent)

    async def _settled(self, waiting: list[asyncio.Future[None]], began: float) -> Times:
        """The times once everything has come, or so much time has passed that it is lost."""
        await asyncio.wait_for(asyncio.gather(*waiting), PATIENCE + SECONDS)
        self._times.took = time.perf_counter() - began
        for _ in range(round(PATIENCE / _POLL)):
            if not self.strays()[1]:
                break
            await asyncio.sleep(_POLL)
        return self._times


async def messages(*, quick: bool) -> list[Figure]:
    """The figures of a real server with everything on."""
    rates, seconds = ((FEW,), QUICK_SECONDS) if quick else ((FEW, MANY), SECONDS)
    figures: list[Figure] = []
    async with crowd_at_server(THREADS) as crowd:
        gc.collect()
        gc.freeze()
        await crowd.hurry(1, seconds, most=WARM_UP)
        for rate in rates:
            figures += _waited(await crowd.offer(rate, seconds), rate)
        if not quick:
            figures.append(_flow(await crowd.hurry(IN_FLIGHT, seconds)))
        return [*figures, *_strays(crowd)]


@asynccontextmanager
async def crowd_at_server(threads: int) -> AsyncIterator[Crowd]:
    """A server with as many threads, and four people at each."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = await prepare(folder, {})
        crowd = Crowd(await make_threads(Path(environment["DATABASE"]), threads))
        async with serving(folder, environment) as served, crowd.gathered(served.url):
            yield crowd


def _waited(times: Times, rate: int) -> list[Figure]:
    return [_latency("post_ack_ms", times.acknowledged, rate), _latency("post_seen_ms", times.seen, rate)]


def _latency(name: str, seconds: list[float], rate: int) -> Figure:
    p50, p99 = (round(percentile(seconds, share) * 1000, 2) for share in (0.5, 0.99))
    return Figure(name, p99, "ms", {"p50": p50, "p99": p99, "offered": rate, "count": len(seconds)})


def _flow(times: Times) -> Figure:
    return Figure(
        "messages_per_s",
        round(len(times.acknowledged) / times.took),
        "1/s",
        {
            "in_flight": IN_FLIGHT,
            "ack_p99": round(percentile(times.acknowledged, 0.99) * 1000, 2),
            "seen_p99": round(percentile(times.seen, 0.99) * 1000, 2),
        },
    )


def _strays(crowd: Crowd) -> list[Figure]:
    named = zip(("order_errors", "lost", "doubled"), crowd.strays(), strict=True)
    return [Figure(name, count, "frames", {"processes": 1, "messages": crowd.said}) for name, count in named]
