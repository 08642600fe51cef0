"""`queue_ms`, `home_ms`: how long somebody waits for each page of a long list, first and last.

A caseworker has a queue of twenty thousand cases, a citizen five thousand of her own.
"""

import re
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from server.auth.sessions import COOKIE
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.served import prepare, serving
from tests.benchmarks.threads import Thread, make_threads

CASES, QUICK = 20_000, 5_000
TENTH = 10
_CASE = re.compile(r'href="/personal/arende/([^"?]+)')
_NEXT = re.compile(r'href="(/personal\?visa=alla&(?:amp;)?efter=[^"]+)"')
OWN, OWN_QUICK = 5_000, 1_000
_OWN_CASE, _OWN_NEXT = re.compile(r'href="/arende/([^"?]+)"'), re.compile(r'href="(/hem\?efter=[^"]+)"')


async def queue_ms(*, quick: bool) -> list[Figure]:
    """From page to page, as the link says, until there is none."""
    count = QUICK if quick else CASES
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = await prepare(folder, {})
        threads = await make_threads(folder / "bench.db", count)
        async with serving(folder, environment) as served:
            waited, seen = await _leaf_through(served.url, threads[0].secrets[1], "/personal?visa=alla", _CASE, _NEXT)
    return [_figure("queue_ms", threads, waited, seen)]


async def home_ms(*, quick: bool) -> list[Figure]:
    """The same for one's own cases."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = await prepare(folder, {})
        threads = await make_threads(folder / "bench.db", OWN_QUICK if quick else OWN, of_one=True)
        async with serving(folder, environment) as served:
            waited, seen = await _leaf_through(served.url, threads[0].secrets[0], "/hem", _OWN_CASE, _OWN_NEXT)
    return [_figure("home_ms", threads, waited, seen)]


def _figure(name: str, threads: list[Thread], waited: list[float], seen: list[str]) -> Figure:
    if sorted(seen) != sorted(thread.case for thread in threads):
        raise RuntimeError(f"{len(threads)} cases, {len(seen)} rows, {len(set(seen))} of them different")
    tenth = len(waited) // TENTH
    more: dict[str, float | str] = {
        "p50": round(percentile(waited, 0.5), 2),
        "p95": round(percentile(waited, 0.95), 2),
        "first_tenth": round(percentile(waited[:tenth], 0.5), 2),
        "last_tenth": round(percentile(waited[-tenth:], 0.5), 2),
        "cases": len(threads),
        "pages": len(waited),
    }
    return Figure(name, round(percentile(waited, 0.95), 2), "ms", more)


async def _leaf_through(
    url: str, secret: str, path: str, case: re.Pattern[str], further: re.Pattern[str]
) -> tuple[list[float], list[str]]:
    """Milliseconds of each page, and the cases in the order of their rows."""
    waited, seen = list[float](), list[str]()
    async with aiohttp.ClientSession(headers={"Cookie": f"{COOKIE}={secret}"}, raise_for_status=True) as session:
        while path:
            began = time.perf_counter()
            async with session.get(url + path) as answer:
                text = await answer.text()
            waited.append((time.perf_counter() - began) * 1000)
            seen += dict.fromkeys(case.findall(text))
            found = further.search(text)
            path = found[1].replace("&amp;", "&") if found else ""
    return waited, seen
