"""One soak: everybody is busy for a while; memory and waiting are watched, and in the end everything is judged."""

import asyncio
import time
from collections.abc import Callable

from msgspec import Struct

from tests.benchmarks.storm import Crowd, crowd
from tests.faults.record import What
from tests.soak.busy import Busy, Done
from tests.soak.drawing import draw
from tests.soak.judged import WINDOW, Judged, Sample, judge, windows_of

SAID = 100
"""Messages in each thread when it begins: more than a page shows, so that pages do not grow while it lasts."""
SETTLING = 60.0
"""Seconds after which whoever is not in step is given up."""

TELL_EVERY = 60.0


class Soaked(Struct, frozen=True):
    """What it gave."""

    seconds: float
    sockets: int
    messages: int
    done: Done
    judged: Judged
    errors: list[str]
    drawing: str


async def soak(sockets: int, seconds: float, tell: Callable[[str], None] = lambda _: None) -> Soaked:
    """So many sockets, for so long; `tell` gets a line now and then about how it goes."""
    async with crowd(sockets, SAID) as people:
        busy = Busy(people)
        await busy.warms_up()
        start, samples = time.monotonic(), list[Sample]()
        watching = asyncio.create_task(_watch(people, start, samples))
        telling = asyncio.create_task(_tell(people, seconds, samples, tell))
        await busy.goes_on(seconds)
        for task in (watching, telling):
            task.cancel()
        await _settled(people)
        lines = people.record.lines
        errors = [*busy.done.wrong, *await people.errors(), *people.server.complaints()]
        windows = windows_of(lines, start, min(WINDOW, seconds / 36))
        judged = judge(samples, windows, seconds)
        sent = len({line.mark for line in lines if line.what is What.ACKNOWLEDGED})
        return Soaked(seconds, sockets, sent, busy.done, judged, errors, draw(samples, windows, seconds, judged))


async def _watch(people: Crowd, start: float, samples: list[Sample]) -> None:
    while True:
        samples.append(Sample(time.monotonic() - start, people.server.memory_mb()))
        await asyncio.sleep(1)


async def _tell(people: Crowd, seconds: float, samples: list[Sample], tell: Callable[[str], None]) -> None:
    while True:
        await asyncio.sleep(TELL_EVERY)
        last = samples[-1]
        tell(f"{last.at / 60:.0f} of {seconds / 60:.0f} minutes, {last.mb:.1f} MB, {len(people.record.lines)} lines")


async def _settled(people: Crowd) -> None:
    """Return when everybody has everything, or has had the time to; what is missing then is found as lost."""
    deadline = time.monotonic() + SETTLING
    while not await people.all_in_step():
        if time.monotonic() > deadline:
            return
        await asyncio.sleep(0.3)
