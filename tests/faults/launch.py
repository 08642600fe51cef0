"""`python -m tests.faults.launch [clock=FILE] [plant …]`: the real server with another clock, or with a planted fault.

The product has no switch for any of this: the launcher changes what it has imported, and then serves.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.realtime.publisher import Publisher
from inbox.cases.commands import Audience
from inbox.execution import executor
from inbox.storage.engine import engines, writer
from server import __main__ as program
from server import serve
from server.app import Effects, id_at, real_clock

HEARD_FIRST = 60
"""Entries that are still pushed before the planted fault loses all that follow."""


def jumping(file: Path) -> Effects:
    """The real clock, and beside it as many seconds as stand in a file."""

    def now() -> Any:
        return real_clock() + timedelta(seconds=float(file.read_text() or 0))

    return Effects(now=now, new_id=lambda: id_at(now()))


def early() -> None:
    """A command is acknowledged when it is done, before it is committed."""
    one, still_open = writer._one, writer._still_open

    async def acknowledged(connection: Any, work: Any) -> Any:
        done = await one(connection, work)
        writer._settle(*done)
        return done

    async def later(connection: Any) -> None:
        await asyncio.sleep(0.2)
        await still_open(connection)

    patch.object(writer, "_one", acknowledged).start()
    patch.object(writer, "_still_open", later).start()


def lost_push() -> None:
    """After a while nothing is pushed any more, and nobody has a reason to ask."""
    told, pushed = Publisher._told, 0

    def sometimes(*arguments: Any) -> Any:
        nonlocal pushed
        frames = told(*arguments)
        pushed += len(frames)
        return frames if pushed < HEARD_FIRST else []

    patch.object(Publisher, "_told", sometimes).start()


def leak() -> None:
    """Everybody who has the case open gets every feed: notes reach the citizen."""
    told = Publisher._told

    def everything(self: Publisher, watcher: Any, actor: Any, outcome: Any) -> Any:
        feeds = {feed for feed, _, _ in outcome.rows}
        rows = tuple((actor.party if "@" in feed else feed, n, item) for feed, n, item in outcome.rows)
        leaking = any("@" in feed for feed in feeds) and actor.party == "reporter"
        return told(self, watcher, actor, msgspec.structs.replace(outcome, rows=rows) if leaking else outcome)

    patch.object(Publisher, "_told", everything).start()


def leak_aside() -> None:
    """Whoever has the case open gets what was said to one other side alone."""
    told = Publisher._told

    def everything(self: Publisher, watcher: Any, actor: Any, outcome: Any) -> Any:
        feeds = {feed for feed, _, _ in outcome.rows}
        aside = any(getattr(item.event, "audience", Audience.ALL) is not Audience.ALL for _, _, item in outcome.rows)
        if not aside or actor.party in feeds:
            return told(self, watcher, actor, outcome)
        rows = tuple((actor.party, n, item) for _, n, item in outcome.rows)
        return told(self, watcher, actor, msgspec.structs.replace(outcome, rows=rows))

    patch.object(Publisher, "_told", everything).start()


def unsynced() -> None:
    """A commit does not wait for the disk."""
    prepared = engines._prepared

    def hasty(engine: AsyncEngine, begin: str) -> AsyncEngine:
        made = prepared(engine, begin)
        event.listen(made.sync_engine, "connect", lambda raw, _: raw.cursor().execute("PRAGMA synchronous=OFF"))
        return made

    patch.object(engines, "_prepared", hasty).start()


def async_commit() -> None:
    """The same with PostgreSQL."""
    patch.dict(engines._WRITING, {"synchronous_commit": "off"}).start()


def twice() -> None:
    """Now and then a command is carried out once more, under another client id."""
    carry_out, count = executor.CommandExecutor.carry_out, 0

    async def again(self: executor.CommandExecutor, command: Any, identity: Any) -> Any:
        nonlocal count
        count += 1
        if count % 10 == 0:
            await carry_out(self, msgspec.structs.replace(command, client_id=f"{command.client_id}-again"), identity)
        return await carry_out(self, command, identity)

    patch.object(executor.CommandExecutor, "carry_out", again).start()


PLANTS: dict[str, Callable[[], None]] = {
    "early": early,
    "lost_push": lost_push,
    "leak": leak,
    "leak_aside": leak_aside,
    "unsynced": unsynced,
    "async_commit": async_commit,
    "twice": twice,
}


def main() -> int:
    """Change what was asked for, and serve."""
    for word in sys.argv[1:]:
        name, _, value = word.partition("=")
        if name == "clock":
            patch.object(serve, "Effects", partial(jumping, Path(value))).start()
        else:
            PLANTS[name]()
    sys.argv[1:] = ["serve"]
    return program.main()


if __name__ == "__main__":
    sys.exit(main())
