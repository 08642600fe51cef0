"""`cold_start_s`: from starting the process until it says that it is ready."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure
from tests.benchmarks.served import prepare, serving

RUNS = 5


async def cold_start_s(*, quick: bool) -> list[Figure]:
    """The median of several starts on a database that is there already; a quick run differs in nothing."""
    seconds = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = await prepare(folder, {})
        for _ in range(RUNS):
            async with serving(folder, environment) as served:
                seconds.append(served.seconds_to_ready)
    more: dict[str, float | str] = {"min": round(min(seconds), 3), "max": round(max(seconds), 3), "runs": RUNS}
    return [Figure("cold_start_s", round(median(seconds), 3), "s", more)]
