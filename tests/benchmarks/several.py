"""The same messages with two processes on PostgreSQL and Redis: each thread's people sit at both."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.messages import IN_FLIGHT, QUICK_SECONDS, SECONDS, THREADS, WARM_UP, Crowd
from tests.benchmarks.served import prepare, serving
from tests.benchmarks.threads import make_threads
from tests.services.ports import free_port
from tests.services.postgres import cluster
from tests.services.redis import running_redis

PROCESSES = 2


async def several_messages_per_s(*, quick: bool) -> list[Figure]:
    """Acknowledged messages a second, and whether any went astray."""
    seconds = QUICK_SECONDS if quick else SECONDS
    async with crowd_at_two() as crowd:
        gc.collect()
        gc.freeze()
        await crowd.hurry(1, seconds, most=WARM_UP)
        times = await crowd.hurry(IN_FLIGHT, seconds)
        rest: dict[str, float | str] = {
            "processes": PROCESSES,
            "in_flight": IN_FLIGHT,
            "ack_p99": round(percentile(times.acknowledged, 0.99) * 1000, 2),
            "seen_p99": round(percentile(times.seen, 0.99) * 1000, 2),
        }
        strays = zip(("order_errors", "lost", "doubled"), crowd.strays(), strict=True)
        return [
            Figure("several_messages_per_s", round(len(times.acknowledged) / times.took), "1/s", rest),
            *(Figure(f"several_{name}", n, "frames", {"messages": crowd.said}) for name, n in strays),
        ]


@asynccontextmanager
async def crowd_at_two() -> AsyncIterator[Crowd]:
    """Two processes, with everything on that keeps what is acknowledged, and four people at each thread."""
    with TemporaryDirectory() as name, cluster(fsync="on", full_page_writes="on") as postgres, running_redis() as redis:
        folder = Path(name)
        url = postgres.url(postgres.make())
        first = await prepare(folder, {"DATABASE_URL": url, "REDIS_URL": redis, "SECRET": "s" * 40})
        second = {**first, "PORT": str(free_port())}
        folders = [folder / "first", folder / "second"]
        for one in folders:
            one.mkdir()
        crowd = Crowd(await make_threads(folder, THREADS, url))
        async with serving(folders[0], first) as here, serving(folders[1], second) as there:
            async with crowd.gathered(here.url, there.url):
                yield crowd
