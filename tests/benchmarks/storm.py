"""A storm: everybody is cut off at once, and comes back at once: how long it takes until all are in step again."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from msgspec import Struct

from inbox.cases.commands import PostMessage
from inbox.cases.model import Identity
from inbox.principals.principal import Individual, Who
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from server.app import real_id
from tests.benchmarks.figures import Figure
from tests.benchmarks.threads import Thread, make_threads
from tests.faults.checker import Member, check
from tests.faults.client import WORDS, Client, as_browsers
from tests.faults.process import Server
from tests.faults.record import Record, What
from tests.faults.scene import Place, act_on, read_store
from tests.services.stores import store_at

MANY, FEW = 1_000, 200
"""Sockets in the full round, and in the short one."""
AT_ONCE = 50
"""How many come at the same moment at the very beginning, which is no storm."""
BEGUN = 2
"""Events in each thread before anybody writes."""
PATIENCE = 60.0
"""Seconds after which whoever is not in step is given up."""


class Storm(Struct, frozen=True):
    """What became of one."""

    back_s: float
    """Seconds from the cut until everybody had everything again."""
    mb_before: float
    mb_after: float


async def storms(*, quick: bool) -> list[Figure]:
    """The wire is cut; then the server is killed, and started again at once."""
    figures = []
    async with crowd(FEW if quick else MANY) as people:
        for what, cut in (("wire", people.cut_the_wire), ("server", people.kill_the_server)):
            storm = await people.weathers(cut)
            errors = await people.errors()
            more: dict[str, float | str] = {"cut": what, "sockets": len(people.clients), "errors": len(errors)}
            more["ready_s"] = round(people.ready_s, 2)
            more |= {"mb_before": round(storm.mb_before, 1), "mb_after": round(storm.mb_after, 1)}
            figures.append(Figure("storm_s", round(storm.back_s, 2), "s", more))
    return figures


class Crowd:
    """Everybody at an open socket."""

    def __init__(self, server: Server, places: list[Place], session: aiohttp.ClientSession) -> None:
        self.server = server
        self.session = session
        self.record = record = Record()
        self.clients = [
            Client(place.member, place.case, place.secret, lambda: server.url, record, as_browsers) for place in places
        ]
        self.ready_s = 0.0
        """Seconds that the server needed to be ready again."""
        self.places = places
        self.sitting: dict[Client, asyncio.Task[None]] = {}
        """Who is at a socket, or comes back to it."""
        self._storms = 0

    async def sit_down(self) -> None:
        """Everybody comes, some at a time: that is no storm yet."""
        for some in (self.clients[at : at + AT_ONCE] for at in range(0, len(self.clients), AT_ONCE)):
            self.sitting |= {client: asyncio.create_task(client.stay(self.session)) for client in some}
            await asyncio.wait_for(asyncio.gather(*(client.connected.wait() for client in some)), PATIENCE)

    async def get_up(self) -> None:
        """Nobody comes back any more."""
        for task in self.sitting.values():
            task.cancel()
        await asyncio.gather(*self.sitting.values(), return_exceptions=True)

    async def cut_the_wire(self) -> None:
        """Every connection is gone at the same moment."""
        for client in self.clients:
            client.cut()

    async def kill_the_server(self) -> None:
        """The server is gone with all of its connections, and is started again at once."""
        await self.server.kill()
        began = time.monotonic()
        await self.server.start()
        self.ready_s = time.monotonic() - began

    async def weathers(self, cut: Callable[[], Awaitable[None]]) -> Storm:
        """One in each thread has just sent something when everybody is cut off."""
        self._storms += 1
        before, opened = self.server.memory_mb(), {client.member.who: client.opened for client in self.clients}
        writing = [asyncio.create_task(client.say(self._storms)) for client in self.clients if not client.member.desk]
        await asyncio.sleep(0)
        began = time.monotonic()
        await cut()
        while not all(self._in_step(client, opened[client.member.who]) for client in self.clients):
            if time.monotonic() > began + PATIENCE:
                break
            await asyncio.sleep(0.02)
        back = time.monotonic() - began
        await asyncio.wait_for(asyncio.gather(*writing), PATIENCE)
        return Storm(back, before, self.server.memory_mb())

    async def all_in_step(self) -> bool:
        """Whether everybody is here, and has everything that is kept for them."""
        heads = {feed: len(rows) for feed, rows in (await read_store(self.places, self.server.database)).feeds.items()}
        return all(
            client.connected.is_set()
            and client.heads[False] == heads[client.member.thread]
            and client.heads[True] == heads.get(client.member.desk, 0)
            for client in self.clients
        )

    async def errors(self) -> list[str]:
        """What went wrong so far: refusals, and what was lost, came twice, in another order, or to somebody else."""
        kept = await read_store(self.places, self.server.database)
        verdict = check(self.record.lines, kept, [place.member for place in self.places])
        refused = [line.mark for line in self.record.lines if line.what is What.REFUSED]
        return [*verdict.lost, *verdict.doubled, *verdict.misordered, *verdict.leaked, *verdict.unclear, *refused]

    def _in_step(self, client: Client, opened: int) -> bool:
        return client.opened > opened and client.connected.is_set() and client.heads[False] == BEGUN + self._storms


@asynccontextmanager
async def crowd(sockets: int, said: int = 0) -> AsyncIterator[Crowd]:
    """A server with so many sockets open, four to a thread in which so much has been said."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "disk"
        folder.mkdir()
        server = Server(folder, {"SECRET": "s" * 40})
        await migrate(url_of(server.database, ""))
        threads = await make_threads(server.database, sockets // 4)
        await _talk(server.database, threads, said)
        await server.start()
        try:
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
                people = Crowd(server, _places(threads), session)
                try:
                    await people.sit_down()
                    yield people
                finally:
                    await people.get_up()
        finally:
            await server.kill()


async def _talk(database: Path, threads: list[Thread], said: int) -> None:
    """The reporters have written so much already."""
    store = store_at(url_of(database, ""))
    store.start()
    act = act_on(store)
    try:
        for at, thread in enumerate(threads):
            reporter = Identity(Who(Individual(f"reporter{at}")), f"Reporter {at}")
            posts = [PostMessage(case=thread.case, client_id=real_id(), text=WORDS) for _ in range(said)]
            await asyncio.gather(*(act.carry_out(post, reporter) for post in posts))
    finally:
        await store.close()


def _places(threads: list[Thread]) -> list[Place]:
    """The reporter of each thread, and three of the unit."""
    return [
        Place(
            Member(f"{'reporter' if who == 0 else f'colleague{who}'}@{at}", f"thread-{at}", f"desk-{at}" * (who > 0)),
            thread.case,
            secret,
        )
        for at, thread in enumerate(threads)
        for who, secret in enumerate(thread.secrets)
    ]
