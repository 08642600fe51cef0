"""Whether what is stored is what has happened, and making it so: told on the terminal."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime
from time import perf_counter

from inbox.execution.reacting import Reacting
from inbox.reactions import every_reaction
from inbox.storage.encryption.keyring import Keyring
from inbox.storage.engine.bell import Came
from inbox.storage.engine.engines import is_sqlite, open_readers, url_of
from inbox.storage.engine.migrate import is_current
from inbox.storage.engine.store import Store
from inbox.storage.projections.rebuild import CannotRebuild
from inbox.storage.projections.rebuild import rebuild as make_anew
from inbox.storage.projections.sources import PROJECTIONS
from inbox.storage.projections.verify import differences, miscounted
from inbox.storage.reacting.counts import Counts
from inbox.storage.sealing.check import broken_seals
from inbox.storage.sealing.heads import HeadsFile
from inbox.storage.statistics.verify import miscounted_facts
from server.config import Settings
from server.process.lifespan import NotMigrated
from server.startup_error import StartupError

PAUSE = 0.1
"""Seconds until it is looked again, where another process counts along."""
EACH = 1_000
"""Cases, or other things, after which it is said how far it is."""


class NothingThere(StartupError):
    """There is no such file."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(f"There is no {settings.database}. Set DATABASE or DATABASE_URL to what is to be looked at.")


class NoSuchProjection(StartupError):
    """Nothing of that name is made from events."""

    def __init__(self) -> None:
        super().__init__(f"Say what to make anew: python -m server rebuild {'|'.join([*PROJECTIONS, *_made_anew()])}")


class NotRebuilt(StartupError):
    """Events of a case, or of what is administered, cannot be read."""

    def __init__(self, place: str) -> None:
        super().__init__(f"Stopped at {place}, which cannot be read. Run python -m server verify for all there are.")


def verify(settings: Settings, keyring: Keyring) -> int:
    """Print whose and which field of all that is stored is not as it follows from events, or as it was sealed."""
    return asyncio.run(_verify(_url(settings), HeadsFile(settings.heads_file), keyring))


def rebuild(settings: Settings, name: str, now: Callable[[], datetime]) -> None:
    """Make a table anew from the events. Raises what hinders it."""
    if name in _made_anew():
        asyncio.run(_count_anew(_url(settings), name, now))
    elif name in PROJECTIONS:
        asyncio.run(_rebuild(_url(settings), name))
    else:
        raise NoSuchProjection


async def _verify(url: str, heads: HeadsFile, keyring: Keyring) -> int:
    await _check_shape(url)
    began, progress, found = perf_counter(), _Progress(), 0
    async with aclosing(differences(url, progress.tell)) as every:
        async for difference in every:
            found += 1
            print(difference.owner, difference.field, flush=True)
    for name, counts in _counts().items():
        for difference in await miscounted(url, name, counts):
            found += 1
            print(difference.field, flush=True)
    for difference in await miscounted_facts(url):
        found += 1
        print(f"{difference.owner} {difference.field}".strip(), flush=True)
    async with aclosing(broken_seals(url, heads, keyring)) as broken:
        async for difference in broken:
            found += 1
            print(f"{difference.owner} {difference.field}".strip(), flush=True)
    took = f"{perf_counter() - began:.1f} s"
    progress.says(f"{progress.seen()}, differences: {found:,}; {took}")
    return 1 if found else 0


async def _rebuild(url: str, name: str) -> None:
    await _check_shape(url)
    began, progress = perf_counter(), _Progress()
    try:
        mended = await make_anew(url, name, progress.tell)
    except CannotRebuild as broken:
        raise NotRebuilt(str(broken)) from None
    took = f"{perf_counter() - began:.1f} s"
    progress.says(f"{name}: {progress.seen()}, rows that were otherwise: {mended:,}; {took}")


async def _count_anew(url: str, name: str, now: Callable[[], datetime]) -> None:
    """Also while the service runs: it counts along."""
    await _check_shape(url)
    began, store = perf_counter(), Store(url)
    store.start()
    try:
        reacting = Reacting(store, every_reaction(), now)
        await reacting.start_anew(name)
        came = Came.MORE
        # What is written meanwhile is the service's to count: there is no end to it.
        while came in {Came.MORE, Came.LATER}:
            if came is Came.LATER:
                await asyncio.sleep(PAUSE)
            came = await reacting.go_on(name)
        state = await reacting.state()
    finally:
        await store.close()
    print(f"{name}: up to event {state.last:,}; {perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


def _counts() -> dict[str, Counts]:
    """What reactions count, by their names."""
    return {one.name: one.counts for one in every_reaction() if one.counts is not None}


def _made_anew() -> tuple[str, ...]:
    """Reactions that can begin at nothing."""
    return tuple(one.name for one in every_reaction() if one.clear is not None)


class _Progress:
    """On standard error: what is found goes to a file or another program."""

    def __init__(self) -> None:
        self._done = dict[str, int]()
        self._told = dict[str, int]()

    def tell(self, what: str, done: int, whole: int) -> None:
        self._done[what] = done
        if done - self._told.get(what, 0) >= EACH:
            self._told[what] = done
            self.says(f"{done:,} of {whole:,} {what}")

    def seen(self) -> str:
        return ", ".join(f"{what}: {done:,}" for what, done in self._done.items())

    def says(self, words: str) -> None:
        print(words, file=sys.stderr, flush=True)


def _url(settings: Settings) -> str:
    url = url_of(settings.database, settings.database_url)
    if is_sqlite(url) and not settings.database.is_file():
        raise NothingThere(settings)
    return url


async def _check_shape(url: str) -> None:
    engine = open_readers(url, 1)
    try:
        if not await is_current(engine):
            raise NotMigrated
    finally:
        await engine.dispose()
