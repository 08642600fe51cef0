"""What tests of two processes hold in their hands: addresses, threads, and people at sockets of raw frames."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
from sqlalchemy import Executable, delete, update

from dialogs.schema.model import Dialog
from inbox.cases.model import PersonId
from inbox.storage import schema as s
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.store import Store
from server.app import real_clock, real_id
from server.auth.sessions import hash_of
from tests.benchmarks.frames import FrameSocket, Reply
from tests.benchmarks.threads import Thread, make_threads
from tests.patience import PATIENCE, Watch
from tests.publishing import publish
from tests.services.stores import store_at


class Listener(FrameSocket):
    """Somebody's socket, remembering everything that was pushed to it."""

    ROWS = False

    def __init__(self, case: str) -> None:
        super().__init__(case, lambda *_: None)
        self.case = case
        self.frames: list[tuple[str, Any]] = []

    def _heard(self, body: str, now: float) -> None:
        self.frames.append(tuple(msgspec.json.decode(body)))
        super()._heard(body, now)

    async def is_cut(self) -> None:
        """Return once the server has ended the connection."""
        assert self._reader is not None
        await asyncio.wait_for(asyncio.wait([self._reader]), PATIENCE)

    async def gives(self, command: str, **fields: object) -> Reply:
        """Give a command; its acknowledgement."""
        body = {"command": command, "case": self.case, "client_id": real_id(), **fields}
        reply, _ = await asyncio.wait_for(self.asks("command", body), PATIENCE)
        return reply

    async def says(self, text: str) -> Reply:
        """Post a message."""
        return await self.gives("post_message", text=text)

    async def gets(self, event: str, count: int = 1) -> list[Any]:
        """What so many frames of the kind held, once they have come."""
        deadline = time.monotonic() + PATIENCE
        while len(found := [data for name, data in self.frames if name == event]) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{event}: {len(found)} of {count}")
            await asyncio.sleep(0.01)
        return found

    async def sees(self, *kinds: str) -> None:
        """Return once it was said last that just these are here beside oneself."""
        deadline = time.monotonic() + PATIENCE
        while sorted(kinds) != sorted(one["kind"] for one in (await self.gets("presence"))[-1]["here"]):
            if time.monotonic() > deadline:
                raise TimeoutError(kinds)
            await asyncio.sleep(0.01)


class Pair:
    """Two processes that are ready, or more."""

    def __init__(self, urls: tuple[str, ...], processes: tuple[int, ...], folder: Path, database_url: str) -> None:
        self.urls = urls
        self._processes = processes
        self._folder = folder
        self._database_url = database_url

    def watch(self) -> Watch:
        """Counts the seconds from now on that all had."""
        return Watch(*self._processes)

    async def threads(self, count: int) -> list[Thread]:
        """Cases, each with the reporter and three colleagues signed in."""
        return await make_threads(self._folder / "bench.db", count, self._database_url)

    async def takes_roles(self, person: PersonId) -> None:
        """Take every role from somebody: in the database, where no process is told of it."""
        await self._changes(delete(s.grant).where(s.grant.c.person_id == person))

    async def ends_session(self, secret: str, after: timedelta) -> None:
        """Let a session that nobody has used yet run out so long from now."""
        ends = update(s.session).where(s.session.c.id_hash == hash_of(secret)).values(expires_at=real_clock() + after)
        await self._changes(ends)

    async def publishes(self, dialog: Dialog) -> None:
        """Publish a version of a dialog, as the command line does: no process is told of it."""
        async with self.store() as store:
            await publish(store, dialog, real_clock, real_id)

    async def _changes(self, statement: Executable) -> None:
        async with self.store() as store:
            await store.writer.do(lambda connection: connection.execute(statement))

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """What they share, for somebody beside them: the terminal."""
        store = store_at(url_of(self._folder / "bench.db", self._database_url))
        store.start()
        try:
            yield store
        finally:
            await store.close()

    @asynccontextmanager
    async def sitting(self, *seats: tuple[Thread, int, int]) -> AsyncIterator[list[Listener]]:
        """People at open sockets: of a thread, the how-manieth of its people, at which process."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            listeners = [Listener(thread.case) for thread, _, _ in seats]
            for listener, (thread, who, where) in zip(listeners, seats, strict=True):
                await listener.opens(session, self.urls[where], thread.secrets[who])
            try:
                yield listeners
            finally:
                await asyncio.gather(*(listener.closes() for listener in listeners))

    async def get(self, where: int, path: str, secret: str = "") -> tuple[int, str]:
        """Status and text of a page, as somebody with that session; redirects are not followed."""
        headers = {"Cookie": f"__Host-session={secret}"} if secret else {}
        async with aiohttp.ClientSession() as session:
            async with session.get(self.urls[where] + path, headers=headers, allow_redirects=False) as answer:
                return answer.status, await answer.text()
