"""`python -m tests.benchmarks [quick] [name …]`: figures as JSON lines, and a table for people beside them."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

from server.serve import fastest_loop
from tests.benchmarks.cold_start import cold_start_s
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.messages import messages
from tests.benchmarks.picker import picker_ms
from tests.benchmarks.queue import home_ms, queue_ms
from tests.benchmarks.several import several_messages_per_s
from tests.benchmarks.storm import storms

MEASURED: dict[str, Callable[..., Awaitable[list[Figure]]]] = {
    "cold_start_s": cold_start_s,
    "picker_ms": picker_ms,
    "queue_ms": queue_ms,
    "home_ms": home_ms,
    "post_ack_ms": messages,
    "post_seen_ms": messages,
    "messages_per_s": messages,
    "order_errors": messages,
    "lost": messages,
    "doubled": messages,
    "several_messages_per_s": several_messages_per_s,
    "storm_s": storms,
}
"""What measures a figure. What is measured together comes together."""


async def main(arguments: list[str]) -> int:
    """Measure what was asked for, or everything. 2 if something is asked for that is not measured."""
    quick = "quick" in arguments
    names = [argument for argument in arguments if argument != "quick"] or list(MEASURED)
    if unknown := [name for name in names if name not in MEASURED]:
        print(f"not measured: {', '.join(unknown)}; there is {', '.join(MEASURED)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for measure in dict.fromkeys(MEASURED[name] for name in names):
        for figure in await measure(quick=quick):
            figures.append(figure)
            print(figure.line(), flush=True)
    print("\n" + table(figures), file=sys.stderr)
    return 0


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        sys.exit(runner.run(main(sys.argv[1:])))
