"""`python -m tests.faults.launch [clock=FILE] [follows=URL] [plant …]`: the real server, with something put into it.

Another clock; a reaction that has a receiver told; a planted fault.

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
from inbox.execution.reacting import Reacting
from inbox.reactions import every_reaction
from inbox.storage.engine import engines, writer
from inbox.storage.engine.bell import Came
from inbox.storage.reacting import cursors, outbox
from server import __main__ as program
from server import app, serve
from server.app import Effects, id_at, real_clock
from server.jobs.jobs import chores
from server.jobs.runner import Job
from tests.faults.following import CHANNEL, TOLD, channel_to

ROUND = timedelta(seconds=0.5)
HEARD_FIRST = 60
"""Entries that are still pushed before the planted fault loses all that follow."""
LATER = 3.0
"""Seconds from a cursor that runs ahead to what it promised: no server of the test lives so long without a kill."""


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

    def everything(self: Publisher, watcher: Any, actor: Any, outcome: Any, details: Any) -> Any:
        feeds = {feed for feed, _, _ in outcome.rows}
        rows = tuple((actor.party if "@" in feed else feed, n, item) for feed, n, item in outcome.rows)
        leaking = any("@" in feed for feed in feeds) and actor.party == "reporter"
        return told(self, watcher, actor, msgspec.structs.replace(outcome, rows=rows) if leaking else outcome, details)

    patch.object(Publisher, "_told", everything).start()


def leak_aside() -> None:
    """Whoever has the case open gets what was said to one other side alone."""
    told = Publisher._told

    def everything(self: Publisher, watcher: Any, actor: Any, outcome: Any, details: Any) -> Any:
        feeds = {feed for feed, _, _ in outcome.rows}
        aside = any(getattr(item.event, "audience", Audience.ALL) is not Audience.ALL for _, _, item in outcome.rows)
        if not aside or actor.party in feeds:
            return told(self, watcher, actor, outcome, details)
        rows = tuple((actor.party, n, item) for _, n, item in outcome.rows)
        return told(self, watcher, actor, msgspec.structs.replace(outcome, rows=rows), details)

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


def follow(url: str) -> None:
    """A reaction more and a way out, and whatever comes back by itself comes back every half second."""
    channels = app.channels

    def soon(*arguments: Any) -> tuple[Job, ...]:
        return tuple(msgspec.structs.replace(job, every=ROUND) if job.once else job for job in chores(*arguments))

    patch.object(app, "every_chore", soon).start()
    patch.object(app, "every_reaction", lambda: (*every_reaction(), TOLD)).start()
    patch.object(app, "channels", lambda services: {**channels(services), CHANNEL: channel_to(url)}).start()


def hasty() -> None:
    """A reaction's cursor is committed before what it does."""
    react = Reacting._react

    async def ahead(self: Reacting, connection: Any, reaction: Any, position: Any, events: Any, rest: Any) -> Any:
        if reaction.name != TOLD.name:
            return await react(self, connection, reaction, position, events, rest)
        await cursors.keep(connection, cursors.Position(position.name, events[-1].row))
        asyncio.get_running_loop().call_later(LATER, lambda: asyncio.ensure_future(later(self, events)))
        return Came.MORE

    async def later(self: Reacting, events: Any) -> None:
        await self._store.writer.do(lambda connection: TOLD.work(connection, events))

    patch.object(Reacting, "_react", ahead).start()


def forgetful() -> None:
    """Now and then something is sent once more, under another id."""
    put, count = outbox.put, 0

    async def twice(connection: Any, letters: Any) -> None:
        nonlocal count
        count += 1
        again = [msgspec.structs.replace(letter, id=f"{letter.id}-again") for letter in letters]
        await put(connection, [*letters, *again] if count % 2 == 0 else letters)

    patch.object(outbox, "put", twice).start()


PLANTS: dict[str, Callable[[], None]] = {
    "early": early,
    "lost_push": lost_push,
    "leak": leak,
    "leak_aside": leak_aside,
    "unsynced": unsynced,
    "async_commit": async_commit,
    "twice": twice,
    "hasty": hasty,
    "forgetful": forgetful,
}


def main() -> int:
    """Change what was asked for, and serve."""
    for word in sys.argv[1:]:
        name, _, value = word.partition("=")
        if name == "clock":
            patch.object(serve, "Effects", partial(jumping, Path(value))).start()
        elif name == "follows":
            follow(value)
        else:
            PLANTS[name]()
    sys.argv[1:] = ["serve"]
    return program.main()


if __name__ == "__main__":
    sys.exit(main())
