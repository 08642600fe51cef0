"""What is done when another process tells something."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import assert_never

from handlers.realtime import peers as n
from handlers.realtime.publisher import Publisher
from handlers.realtime.remote_presence import RemotePresence
from handlers.realtime.subscriptions import Subscriptions
from inbox.cases.errors import NoSuchCase
from inbox.execution.executor import CommandExecutor
from inbox.people.identities import IdentityCache
from inbox.queries.reading import Reading
from inbox.storage.engine.ending import ended

log = logging.getLogger(__name__)


class PeerListener:
    """One queue and one task: what was told first is done first."""

    def __init__(
        self,
        *,
        act: CommandExecutor,
        reading: Reading,
        identities: IdentityCache,
        subscriptions: Subscriptions,
        publisher: Publisher,
        remote_presence: RemotePresence,
        end_session: Callable[[str], Awaitable[None]],
    ) -> None:
        self._act = act
        self._reading = reading
        self._identities = identities
        self._subscriptions = subscriptions
        self._publisher = publisher
        self._remote_presence = remote_presence
        self._end_session = end_session
        self._queue: asyncio.Queue[n.AnyWord | asyncio.Future[None] | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to do what is told. Needs a running loop."""
        self._task = asyncio.create_task(self._run(), name="hearing")

    async def stop(self) -> None:
        """Do what was heard, then end. Where that takes too long nothing is lost that the database does not hold."""
        if self._task is not None:
            self._queue.put_nowait(None)
            await ended({self._task}, busy={self._task})

    def hear(self, word: n.AnyWord) -> None:
        """Take a word. Never waits."""
        self._queue.put_nowait(word)

    async def done(self) -> None:
        """Return when everything heard so far has been done, and told to this process's sockets."""
        reached = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(reached)
        await reached
        await self._publisher.told_here()

    async def look(self) -> None:
        """Tell what has been written elsewhere without a word of it reaching us."""
        for case, version in (await self._reading.versions(tuple(self._subscriptions.told))).items():
            told = self._subscriptions.told.get(case, version)
            if told < version:
                self.hear(n.Happened(case, told + 1, version))
        for case in self._remote_presence.sweep():
            await self._presence(case)

    async def look_anew(self) -> None:
        """The same, and who people are now: after a time in which words may have been lost."""
        for person in self._subscriptions.everybody():
            self.hear(n.PersonChanged(person))
        await self.look()

    async def _run(self) -> None:
        while (word := await self._queue.get()) is not None:
            try:
                if isinstance(word, asyncio.Future):
                    word.set_result(None)
                else:
                    await self._do(word)
            except Exception as problem:  # noqa: BLE001 - one word that cannot be done must not stop the next
                log.error("word not done", extra={"problem": type(problem).__name__})

    async def _do(self, word: n.AnyWord) -> None:
        match word:
            case n.Happened(case=id, last=last):
                known = self._act.known(id)
                if known is not None and known.case.version < last:
                    self._act.forget(id)
                self._publisher.hear(word)
            case n.HasRead(case=id, by=by, marks=marks, at=at) if self._subscriptions.at(id):
                case, seats = await self._reading.bare(id)
                await self._publisher.tell_read_here(case, seats, by, marks, at)
            case n.Writes(case=id, by=by, feeds=feeds, on=on) if self._subscriptions.at(id):
                case, seats = await self._reading.bare(id)
                if by.staff:
                    # So that colleagues read the name.
                    await self._identities.known_as(by.staff)
                await self._publisher.tell_typing_here(case, seats, by, feeds, on)
            case n.HasRead() | n.Writes():
                pass
            case n.Here():
                for id in self._remote_presence.hear(word):
                    await self._presence(id)
            case n.SessionEnded(session=session):
                await self._end_session(session)
            case n.PersonChanged(person=person):
                self._identities.forget(person)
                await self._publisher.shut_out(person)
            case _:
                assert_never(word)

    async def _presence(self, id: str) -> None:
        if self._subscriptions.at(id):
            with contextlib.suppress(NoSuchCase):
                case, seats = await self._reading.bare(id)
                await self._publisher.tell_presence_here(case, seats)
