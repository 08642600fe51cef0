"""One run: people write while faults happen, then everything settles, and what was seen and kept is judged."""

import asyncio
import itertools
import random
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from msgspec import Struct

from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from tests.faults.checker import Kept, Verdict, check
from tests.faults.client import Client
from tests.faults.following import following_in, receiving
from tests.faults.kinds import KINDS, POSTGRES, Kind, Setting, Stage, small_disk, small_tablespace
from tests.faults.outside import Cluster, Outside
from tests.faults.process import Server
from tests.faults.proxy import proxy_to
from tests.faults.record import Record, What
from tests.faults.scene import make_scene, read_store
from tests.faults.synced import attached, unsynced

CASES = 2
PAUSE = 0.15
"""Seconds between two messages of one person, on average."""
PATIENCE = 40.0
"""Seconds after the last fault until what was not seen is lost."""


class Around(Struct, frozen=True):
    """PostgreSQL and Redis, as long as runs need them."""

    postgres: Cluster
    redis: Outside
    redis_url: str

    @property
    def ports(self) -> tuple[int, ...]:
        """Where they listen."""
        return self.postgres.port, urlsplit(self.redis_url).port or 0


class Result(Struct, frozen=True):
    """What a run gave."""

    kind: str
    engine: str
    faults: int
    acknowledged: int
    refused: int
    verdict: Verdict


async def run(
    kind: str,
    folder: Path,
    times: int,
    *,
    around: Around | None = None,
    plant: Sequence[str] = (),
    seed: int = 1,
    patience: float = PATIENCE,
) -> Result:
    """Do it in an empty folder, with SQLite or with what is around. `plant` are faults put into the server.

    `patience`: seconds after the last fault until what was not seen is lost.
    """
    chosen, record = KINDS[kind], Record()
    async with _stage(chosen, folder, record, around, plant, seed) as stage:
        kept, faults = await _people_write(chosen, stage, times, patience)
        record.save(folder / "record.jsonl")
        members = [place.member for place in stage.places]
        verdict = check(record.lines, kept, members, in_order=not chosen.shuffles)
        verdict.unclear += stage.troubles
        if stage.following:
            await stage.following.judge(verdict)
        if (folder / "trace").exists():
            faults = _look_at_disk(folder / "trace", record, verdict, around.ports if around else ())
    engine = POSTGRES if around else "sqlite"
    return Result(kind, engine, faults, record.count(What.ACKNOWLEDGED), record.count(What.REFUSED), verdict)


@asynccontextmanager
async def _stage(
    kind: Kind, folder: Path, record: Record, around: Around | None, plant: Sequence[str], seed: int
) -> AsyncIterator[Stage]:
    effects = random.Random(seed)
    async with AsyncExitStack() as stack:
        disk = folder / "disk"
        if kind.small_disk and not around:
            stack.enter_context(small_disk(disk))
        disk.mkdir(exist_ok=True)
        url, room = "", folder / "room" if around and kind.small_disk else None
        if around:
            made = stack.enter_context(small_tablespace(around.postgres, room)) if room else around.postgres.make()
            url = around.postgres.url(made)
        receiver = await stack.enter_async_context(receiving()) if kind.follows else None
        plant = [*plant, f"follows={receiver.url}"] if receiver else plant
        servers = _servers(kind, disk, kind.setting(disk), around, url, plant)
        await migrate(url_of(servers[0].database, url))
        places = await make_scene(servers[0].database, CASES, url)
        following = await stack.enter_async_context(following_in(url_of(servers[0].database, url), receiver))
        for server in servers:
            stack.push_async_callback(server.kill)
        await asyncio.gather(*(server.start() for server in servers))
        if around and kind.watched:
            pids = [*around.postgres.running.family(), *(server.pid for server in servers)]
            stack.enter_context(attached(pids, folder / "trace"))
        stage = Stage(disk, places, record, servers, url, following=following, room=room, effects=effects.uniform)
        if around:
            stage.postgres, stage.redis = around.postgres, around.redis
        if kind.proxied:
            turns = itertools.cycle(servers)
            proxy = proxy_to(lambda: next(turns).url, effects, shuffles=kind.shuffles)
            stage.proxy = await stack.enter_async_context(proxy)
        yield stage


def _servers(
    kind: Kind, disk: Path, setting: Setting, around: Around | None, url: str, plant: Sequence[str]
) -> list[Server]:
    settings = {**setting.environment, "SECRET": "s" * 40}
    launch = [*setting.launch, *plant]
    if around is None:
        return [Server(disk, settings, launch=launch, around=setting.around, copied=kind.follows)]
    settings |= {"DATABASE_URL": url, "REDIS_URL": around.redis_url}
    folders = [disk / "first", disk / "second"]
    for folder in folders:
        folder.mkdir()
    return [Server(folder, settings, launch=launch, copied=kind.follows) for folder in folders]


async def _people_write(kind: Kind, stage: Stage, times: int, patience: float) -> tuple[Kept, int]:
    """What is kept in the end, and how many faults there were."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        clients = _clients(stage)
        sitting = [asyncio.create_task(client.stay(session)) for client in clients]
        stop = asyncio.Event()
        able = [client for client in clients if client.member.thread]
        writers = [c for c in able if c.member.desk][:1] if kind.one_writer else able
        writing: list[asyncio.Task[None]] = []
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(client.connected.wait() for client in able))
            writing += [asyncio.create_task(client.write(9999, PAUSE, stop=stop)) for client in writers]
            faults = await kind.trouble(stage, times)
            stop.set()
            await asyncio.wait_for(asyncio.gather(*writing), PATIENCE)
            return await _settled(stage, able, patience), faults
        finally:
            for task in (*sitting, *writing):
                task.cancel()
            await asyncio.gather(*sitting, *writing, return_exceptions=True)


def _clients(stage: Stage) -> list[Client]:
    turns = itertools.cycle(stage.servers)

    def url() -> str:
        return stage.proxy.url if stage.proxy else next(turns).url

    # One of each three comes where sockets do not pass; what is cut in the middle of a frame is a socket.
    return [
        Client(place.member, place.case, place.secret, url, stage.record, polls=not stage.proxy and at % 3 == 1)
        for at, place in enumerate(stage.places)
    ]


async def _settled(stage: Stage, clients: list[Client], patience: float) -> Kept:
    """What is kept, once everybody has seen it, or has had the time to. Nobody is told to look."""
    url = stage.database_url
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        kept = await read_store(stage.places, stage.servers[0].database, url)
        heads = {feed: len(rows) for feed, rows in kept.feeds.items()}
        here = all(
            client.heads[False] >= heads[client.member.own] and client.heads[True] >= heads.get(client.member.desk, 0)
            for client in clients
        )
        followed = stage.following is None or await stage.following.is_done()
        if (here and followed) or asyncio.get_running_loop().time() > deadline:
            break
        await asyncio.sleep(0.3)
    # A moment more: what comes twice comes late.
    await asyncio.sleep(0.3)
    for server in stage.servers:
        await server.kill()
    return await read_store(stage.places, stage.servers[0].database, url)


def _look_at_disk(trace: Path, record: Record, verdict: Verdict, inside: Sequence[int]) -> int:
    """How many tellings were judged; those that were told before they lay on disk would be lost with the power."""
    acknowledged = [line.mark for line in record.lines if line.what is What.ACKNOWLEDGED]
    with trace.open(errors="replace") as lines:
        judged, wrong = unsynced(lines, acknowledged, inside)
    verdict.lost += [f"{mark} was told before it lay on disk" for mark in wrong]
    if judged < len(acknowledged):
        verdict.unclear.append(f"only {judged} tellings were found in the trace")
    return judged


def clear_away(folder: Path) -> None:
    """The folder goes."""
    shutil.rmtree(folder, ignore_errors=True)
