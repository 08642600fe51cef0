"""`queue_ms`: how long a caseworker waits for each page of a queue of twenty thousand cases, first and last."""

import re
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from server.auth.sessions import COOKIE
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.served import prepare, serving
from tests.benchmarks.threads import make_threads

CASES, QUICK = 20_000, 5_000
TENTH = 10
_CASE = re.compile(r'href="/personal/arende/([^"?]+)')
_NEXT = re.compile(r'href="(/personal\?visa=alla&(?:amp;)?efter=[^"]+)"')


async def queue_ms(*, quick: bool) -> list[Figure]:
    """From page to page, as the link says, until there is none."""
    count = QUICK if quick else CASES
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = await prepare(folder, {})
        threads = await make_threads(folder / "bench.db", count)
        async with serving(folder, environment) as served:
            waited, seen = await _leaf_through(served.url, threads[0].secrets[1])
    if sorted(seen) != sorted(thread.case for thread in threads):
        raise RuntimeError(f"{len(threads)} cases, {len(seen)} rows, {len(set(seen))} of them different")
    tenth = len(waited) // TENTH
    more: dict[str, float | str] = {
        "p50": round(percentile(waited, 0.5), 2),
        "p95": round(percentile(waited, 0.95), 2),
        "first_tenth": round(percentile(waited[:tenth], 0.5), 2),
        "last_tenth": round(percentile(waited[-tenth:], 0.5), 2),
        "cases": count,
        "pages": len(waited),
    }
    return [Figure("queue_ms", round(percentile(waited, 0.95), 2), "ms", more)]


async def _leaf_through(url: str, secret: str) -> tuple[list[float], list[str]]:
    """Milliseconds of each page, and the cases in the order of their rows."""
    waited, seen, path = list[float](), list[str](), "/personal?visa=alla"
    async with aiohttp.ClientSession(headers={"Cookie": f"{COOKIE}={secret}"}, raise_for_status=True) as session:
        while path:
            began = time.perf_counter()
            async with session.get(url + path) as answer:
                text = await answer.text()
            waited.append((time.perf_counter() - began) * 1000)
            seen += dict.fromkeys(_CASE.findall(text))
            found = _NEXT.search(text)
            path = found[1].replace("&amp;", "&") if found else ""
    return waited, seen
