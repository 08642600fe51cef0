"""What a soak must show: as much memory at the end as after warming up, and waiting no longer."""

import itertools
import statistics
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tests.benchmarks.figures import percentile
from tests.faults.record import Line, What

WINDOW = 10.0
"""Seconds whose 99th percentile is one value; of a quarter's values the median counts, so that no hiccup decides."""
MEMORY, WAITING = 1.05, 1.2
"""How many times as much there may be at the end."""
LONG = 600.0
"""Seconds from which on the quarters are long enough for WAITING to count whatever it is a multiple of."""
NOISE = 100.0
"""Milliseconds that nobody notices, and a shorter soak does not mind: in its few windows a hiccup decides."""
APART, SHORT_WAITING = 0.9, 1.5
"""In a shorter soak waiting has grown when it is so many times as long, and a window of the last quarter is worse than
one of the second in so many of all pairs: three minutes of the same code differ by up to 1.6, but in pairs they mix."""


class Sample(Struct, frozen=True):
    """The server's memory at a moment."""

    at: float
    mb: float


class Window(Struct, frozen=True):
    """The 99th percentile of waiting from sending a message until each of the others had it."""

    at: float
    p99_ms: float


class Judged(Struct, frozen=True):
    """Four quarters of the time: the first is for warming up."""

    mb_warm: float
    mb_end: float
    p99_second: float
    p99_last: float
    apart: float = 1.0
    """Share of pairs of windows of which the later is the worse: 0.5 where nothing has changed."""
    short: bool = False

    @property
    def mb_ratio(self) -> float:
        """How many times the memory after warming up there is at the end."""
        return self.mb_end / self.mb_warm

    @property
    def p99_ratio(self) -> float:
        """How many times as long as in the second quarter people wait in the last."""
        return self.p99_last / self.p99_second

    @property
    def holds(self) -> bool:
        """Whether it is within the limits."""
        return self.mb_ratio <= MEMORY and not self.slower

    @property
    def slower(self) -> bool:
        """Whether waiting has grown."""
        if not self.short:
            return self.p99_ratio > WAITING
        return self.p99_last > NOISE and self.p99_ratio > SHORT_WAITING and self.apart >= APART


def judge(samples: Sequence[Sample], windows: Sequence[Window], seconds: float) -> Judged:
    """From moments that are counted from the beginning."""
    quarter = seconds / 4
    few = min(quarter, 3 * WINDOW)
    second = [x.p99_ms for x in windows if quarter <= x.at < 2 * quarter]
    last = [x.p99_ms for x in windows if 3 * quarter <= x.at < seconds]
    return Judged(
        mb_warm=statistics.median(x.mb for x in samples if quarter <= x.at < quarter + few),
        mb_end=statistics.median(x.mb for x in samples if seconds - few <= x.at < seconds),
        p99_second=statistics.median(second),
        p99_last=statistics.median(last),
        apart=statistics.mean(after > before for before, after in itertools.product(second, last)),
        short=seconds < LONG,
    )


def windows_of(lines: Iterable[Line], start: float, window: float = WINDOW) -> list[Window]:
    """From the record: each message from its last sending to each push of it, by the moment of the push."""
    sent: dict[str, float] = {}
    waited: dict[int, list[float]] = {}
    for line in lines:
        if line.what is What.SENT:
            sent[line.mark] = line.at
        elif line.what is What.PUSHED and line.mark in sent:
            waited.setdefault(int((line.at - start) / window), []).append(line.at - sent[line.mark])
    return [Window(at * window, percentile(values, 0.99) * 1000) for at, values in sorted(waited.items())]
