"""The kinds of faults: how the stage is set for each, and what is done while people write."""

import asyncio
import contextlib
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import synced
from tests.faults.following import Following
from tests.faults.outside import Cluster, Outside
from tests.faults.process import Server
from tests.faults.proxy import Proxy
from tests.faults.record import Record, What
from tests.faults.scene import Place

SQLITE, POSTGRES = "sqlite", "postgres"
DISK = "24m"
MARGIN = 2 << 20
"""Without a small disk of its own the file may grow by so much."""


@dataclass
class Stage:
    """What a fault can lay its hands on."""

    folder: Path
    places: list[Place]
    record: Record
    servers: list[Server]
    database_url: str = ""
    proxy: Proxy | None = None
    postgres: Cluster | None = None
    redis: Outside | None = None
    following: Following | None = None
    room: Path | None = None
    """The small disk on which PostgreSQL keeps the tables."""
    troubles: list[str] = field(default_factory=list)
    """What went wrong beside messages, as a server that died."""
    effects: Callable[[float, float], float] = lambda low, high: (low + high) / 2

    async def pause(self, low: float, high: float) -> None:
        """People write on."""
        await asyncio.sleep(self.effects(low, high))


@dataclass
class Setting:
    """How a server is started for a kind."""

    launch: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of fault. `trouble` does it so many times, and returns how many there were."""

    trouble: Callable[[Stage, int], Awaitable[int]]
    setting: Callable[[Path], Setting] = lambda _: Setting()
    engines: tuple[str, ...] = (SQLITE, POSTGRES)
    proxied: bool = False
    shuffles: bool = False
    small_disk: bool = False
    seconds: bool = False
    """Whether it goes on all the time, for so many seconds, instead of so many times."""
    one_writer: bool = False
    follows: bool = False
    """Whether it is judged what follows from events."""
    watched: bool = False
    """Whether `strace` sees what is written, synced and told."""


async def kill(stage: Stage, times: int) -> int:
    """A server is killed, and started again on what it left."""
    for at in range(times):
        await stage.pause(0.2, 1.5)
        server = stage.servers[at % len(stage.servers)]
        await server.kill()
        await stage.pause(0, 0.3)
        await server.start()
    return times


async def follow(stage: Stage, times: int) -> int:
    """A server is killed at any moment, most of them soon after it has begun to work, and clocks jump."""
    assert stage.following is not None
    for at in range(times):
        await stage.pause(0.05, 1.2)
        server = stage.servers[at % len(stage.servers)]
        await server.kill()
        set_clock(stage, stage.effects(-900, 900))
        stage.troubles += await stage.following.look()
        await server.start()
    # Whatever was left for a while is due: nobody waits for a quarter of an hour.
    set_clock(stage, 1_000)
    return times


async def kill_postgres(stage: Stage, times: int) -> int:
    """The database is killed with all its processes."""
    assert stage.postgres is not None
    for _ in range(times):
        await stage.pause(0.5, 2)
        await stage.postgres.running.restart(stage.effects(0, 0.5))
    await stage.pause(0.5, 1)
    return times


async def kill_redis(stage: Stage, times: int) -> int:
    """What carries words between the processes is killed; nothing of it is kept."""
    assert stage.redis is not None
    for _ in range(times):
        await stage.pause(0.5, 1.5)
        await stage.redis.restart(stage.effects(0.2, 1.5))
    await stage.pause(0.5, 1)
    return times


async def cut(stage: Stage, times: int) -> int:
    """One connection after the other is gone in the middle of what it carries."""
    assert stage.proxy is not None
    done = 0
    while done < times:
        await stage.pause(0.02, 0.3)
        done += stage.proxy.cut()
    return done


async def frames(stage: Stage, seconds: int) -> int:
    """Frames are late, come twice, and pass each other."""
    assert stage.proxy is not None
    await asyncio.sleep(seconds)
    return stage.proxy.troubled


async def full_disk(stage: Stage, times: int) -> int:
    """There is no room; after a while there is again. The server stays up, refuses clearly, and goes on."""
    for _ in range(times):
        await stage.pause(0.5, 1)
        refused = stage.record.count(What.REFUSED)
        with _filled(stage.room or stage.folder, stage.servers[0]):
            if not await _grows(stage.record, What.REFUSED, refused + 3):
                stage.troubles.append("nothing was refused while the disk was full")
            await stage.pause(0.3, 0.6)
        for server in stage.servers:
            if not server.alive:
                stage.troubles.append("the server died when the disk was full")
                await server.start()
        if not await _grows(stage.record, What.ACKNOWLEDGED, stage.record.count(What.ACKNOWLEDGED) + 3):
            stage.troubles.append("nothing was kept when there was room again")
    return times


async def clock(stage: Stage, times: int) -> int:
    """The clock jumps: back and ahead, by up to a quarter of an hour."""
    for _ in range(times):
        await stage.pause(0.1, 0.5)
        set_clock(stage, stage.effects(-900, 900))
    return times


def set_clock(stage: Stage, seconds: float) -> None:
    """So far are the servers' clocks from the real one."""
    # Put in its place whole: a server reads it at any moment.
    (stage.folder.parent / "jump.new").write_text(str(seconds))
    (stage.folder.parent / "jump.new").replace(stage.folder.parent / "jump")


async def slow_sync(stage: Stage, seconds: int) -> int:
    """Every sync takes long, some very."""
    await asyncio.sleep(seconds)
    log = stage.folder.parent / "slow"
    return log.stat().st_size if log.exists() else 0


async def sync(stage: Stage, seconds: int) -> int:
    """Nothing is done but watching whether what is told lies on disk."""
    await asyncio.sleep(seconds)
    return 0


def with_clock(folder: Path) -> Setting:
    """The server's clock stands beside the real one by what is in a file."""
    (folder.parent / "jump").write_text("0")
    return Setting(launch=[f"clock={folder.parent / 'jump'}"])


def with_shim(folder: Path) -> Setting:
    """The server with slow syncs."""
    return Setting(environment=slow_syncs(folder.parent))


def slow_syncs(folder: Path) -> dict[str, str]:
    """The environment in which a program's syncs are slow: the shim is compiled here."""
    made, log = folder / "shim.so", folder / "slow"
    if not made.exists():
        source = str(Path(__file__).with_name("shim.c"))
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-O1", f'-DLOG="{log}"', "-o", str(made), source, "-ldl"], check=True
        )
    return {"LD_PRELOAD": str(made)}


def watched(folder: Path) -> Setting:
    """The server under `strace`; with PostgreSQL it is attached to all who take part."""
    return Setting(around=synced.words(folder.parent / "trace"))


class NoSmallDisk(RuntimeError):
    """Without being root there is no small disk to be had for PostgreSQL."""


KINDS: dict[str, Kind] = {
    "kill": Kind(kill),
    "follow": Kind(follow, setting=with_clock, follows=True),
    "kill_postgres": Kind(kill_postgres, engines=(POSTGRES,)),
    "kill_redis": Kind(kill_redis, engines=(POSTGRES,)),
    "cut": Kind(cut, proxied=True),
    "frames": Kind(frames, proxied=True, shuffles=True, seconds=True),
    "full_disk": Kind(full_disk, small_disk=True),
    "clock": Kind(clock, setting=with_clock),
    "slow_sync": Kind(slow_sync, setting=with_shim, seconds=True),
    "sync": Kind(sync, setting=watched, watched=True, seconds=True, one_writer=True),
}


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """The folder as a small disk of its own, where we may make one; else a folder like any."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and not subprocess.run(mount, capture_output=True, check=False).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def small_tablespace(cluster: Cluster, folder: Path) -> Iterator[str]:
    """The name of a database of the cluster whose tables lie on a small disk of their own. Only root may make one."""
    with small_disk(folder) as mounted:
        if not mounted:
            raise NoSmallDisk
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        cluster.tell(f"CREATE TABLESPACE room LOCATION '{folder}'")
        try:
            cluster.tell("CREATE DATABASE full_disk TABLESPACE room")
            yield "full_disk"
        finally:
            cluster.drop("full_disk")
            cluster.tell("DROP TABLESPACE room")


@contextmanager
def _filled(folder: Path, server: Server) -> Iterator[None]:
    """No room: the small disk is filled up, or else no file of the server may grow."""
    if not folder.is_mount():
        soft, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
        largest = max(path.stat().st_size for path in folder.glob("faults.db*"))
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (largest, hard))
        try:
            yield
        finally:
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (soft, hard))
        return
    filler = folder / "filler"
    try:
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                # The server takes and gives room meanwhile: filled again until nothing fits.
                file.write(bytes(4096))
        yield
    finally:
        filler.unlink(missing_ok=True)


async def _grows(record: Record, what: What, to: int, patience: float = 15.0) -> bool:
    deadline = time.monotonic() + patience
    while record.count(what) < to:
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True
