"""`picker_ms`: how long one waits for the picker among twenty thousand units, and whether it finds the one."""

import gc
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from inbox.directory.load import dump
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.served import prepare, serving
from tests.benchmarks.units import REGIONS, generate, queries

UNITS = 20_000
QUERIES, QUICK = 3_000, 1_000
# The first ones pay for connections and caches.
WARM_UP = 100


async def picker_ms(*, quick: bool) -> list[Figure]:
    """Queries one after the other, every other one with a slip."""
    country = generate(UNITS, seed=1)
    asked = queries(country, QUICK if quick else QUERIES, seed=2)
    with TemporaryDirectory() as name:
        folder = Path(name)
        dump(country, folder / "directory.json")
        settings = {"DIRECTORY": str(folder / "directory.json"), "REGION": REGIONS[0]}
        async with serving(folder, await prepare(folder, settings)) as served:
            waited, found = await _ask(f"{served.url}/api/v1/units", asked)
    p99 = round(percentile(waited, 0.99), 2)
    more: dict[str, float | str] = {
        "p50": round(percentile(waited, 0.5), 2),
        "p99": p99,
        "top3": round(found / len(asked), 4),
        "units": UNITS,
        "queries": len(asked),
    }
    return [Figure("picker_ms", p99, "ms", more)]


async def _ask(url: str, asked: list[tuple[str, str]]) -> tuple[list[float], int]:
    """Milliseconds of each query, and how often the unit meant was among the first three."""
    waited: list[float] = []
    found = 0
    gc.collect()
    gc.freeze()
    async with aiohttp.ClientSession() as session:
        for query, _ in asked[:WARM_UP]:
            await _units(session, url, query)
        for query, meant in asked:
            began = time.perf_counter()
            units = await _units(session, url, query)
            waited.append((time.perf_counter() - began) * 1000)
            found += meant in units[:3]
    return waited, found


async def _units(session: aiohttp.ClientSession, url: str, query: str) -> list[str]:
    async with session.get(url, params={"q": query}, raise_for_status=True) as answer:
        return [unit["id"] for unit in (await answer.json())["units"]]
