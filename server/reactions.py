"""What follows from what has happened, on the terminal: how far it is, and once more what was put aside."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from inbox.execution.reacting import Reacting
from inbox.outbox.delivering import Delivering
from inbox.reactions import every_reaction
from inbox.storage.reacting.cursors import Position
from server.app import real_clock, store_of
from server.config import Settings
from server.process.lifespan import NotMigrated

T = TypeVar("T")


def show(settings: Settings) -> int:
    """Print each reaction with how far it is, what waits in the outbox, and what was given up.

    1 if anything was, or fails just now.
    """

    async def look(reacting: Reacting, delivering: Delivering) -> int:
        state, (waiting, dead) = await reacting.state(), await delivering.state()
        for position in state.at.values():
            print(_line(position, state.last))
        for one in state.parked:
            print(f"  {one.reaction}: event {one.row} was put aside at {one.at:%Y-%m-%d %H:%M}Z: {one.fault}")
        print(f"outbox: {', '.join(f'{n} wait for {name}' for name, n in waiting.items()) or 'nothing waits'}")
        for letter in dead:
            told = f"was given up at {letter.at:%Y-%m-%d %H:%M}Z after {letter.tries} tries"
            print(f"  {letter.channel}: {letter.id} {told}: {letter.fault}")
        return 1 if state.parked or dead or any(position.fault for position in state.at.values()) else 0

    return asyncio.run(_with(settings, look))


def retry(settings: Settings) -> int:
    """Try once more whatever was put aside, and have what was given up sent again; 1 if something fails at once."""

    async def again(reacting: Reacting, delivering: Delivering) -> int:
        failures = 0
        for name in reacting.reactions:
            done, failed = await reacting.retry(name)
            failures += failed
            print(f"{name}: {done} done, {failed} failed")
        print(f"outbox: {await delivering.retry()} are sent again by the service")
        return 1 if failures else 0

    return asyncio.run(_with(settings, again))


def _line(position: Position, last: int) -> str:
    state = f"at event {max(position.row, 0)} of {last}"
    if position.fault is None:
        return f"{position.name}: {state}"
    due = f", again at {position.due_at:%H:%M:%S}Z" if position.due_at else ""
    return f"{position.name}: {state}; the next has failed {position.tries} times ({position.fault}){due}"


async def _with(settings: Settings, do: Callable[[Reacting, Delivering], Awaitable[T]]) -> T:
    store = store_of(settings)
    if not await store.is_current():
        await store.close()
        raise NotMigrated
    store.start()
    try:
        # No way out is needed to look at what lies there.
        return await do(Reacting(store, every_reaction(), real_clock), Delivering(store, {}, real_clock))
    finally:
        await store.close()
