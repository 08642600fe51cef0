"""`python -m tests.benchmarks [quick] [name …]`: figures as JSON lines, and a table for people beside them."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

from tests.benchmarks.cold_start import cold_start_s
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.picker import picker_ms

MEASURED: dict[str, Callable[..., Awaitable[Figure]]] = {
    "cold_start_s": cold_start_s,
    "picker_ms": picker_ms,
}


async def main(arguments: list[str]) -> int:
    """Measure what was asked for, or everything. 2 if something is asked for that is not measured."""
    quick = "quick" in arguments
    names = [argument for argument in arguments if argument != "quick"] or list(MEASURED)
    if unknown := [name for name in names if name not in MEASURED]:
        print(f"not measured: {', '.join(unknown)}; there is {', '.join(MEASURED)}", file=sys.stderr)
        return 2
    figures = []
    for name in names:
        figures.append(await MEASURED[name](quick=quick))
        print(figures[-1].line(), flush=True)
    print("\n" + table(figures), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
