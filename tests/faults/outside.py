"""PostgreSQL and Redis that can be killed, and started again on what they left."""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.patience import PATIENCE
from tests.services.ports import free_port
from tests.services.postgres import Postgres, program
from tests.services.redis import NoRedis


class Outside:
    """A program beside the service."""

    def __init__(self, words: list[str], asks: list[str], folder: Path, environment: Mapping[str, str] = {}) -> None:
        self._words = words
        self._asks = asks
        self._folder = folder
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it answers. What was killed may need a moment to let go of its files."""
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process is None or self._process.poll() is not None:
                with (self._folder / "log").open("ab") as log:
                    self._process = subprocess.Popen(
                        self._words, stdout=log, stderr=log, cwd=self._folder, env=self._environment
                    )
            if time.monotonic() > deadline:
                raise TimeoutError((self._folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and its children at once."""
        if self._process is None:
            return
        for pid in self.family():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def family(self) -> list[int]:
        """Its process, and those that it has started."""
        return [self.pid, *_children(self.pid)]

    async def restart(self, pause: float) -> None:
        """Kill it, and start it after a pause."""
        self.kill()
        await asyncio.sleep(pause)
        await asyncio.to_thread(self.start)

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process is not None
        return self._process.pid

    def _answers(self) -> bool:
        alive = self._process is not None and self._process.poll() is None
        return alive and subprocess.run(self._asks, capture_output=True, check=False).returncode == 0


class Cluster(Postgres):
    """A cluster with everything on that keeps what it has acknowledged."""

    def __init__(self, port: int, running: Outside, folder: Path) -> None:
        super().__init__(port)
        self.port = port
        self.running = running
        self.folder = folder


@contextmanager
def postgres_in(folder: Path, environment: Mapping[str, str] = {}) -> Iterator[Cluster]:
    """A cluster for as long as it is needed."""
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    as_owner = ["--reuid", "postgres", "--regid", "postgres", "--init-groups"] if owner else []
    folder.mkdir()
    if owner:
        shutil.chown(folder, "postgres")
        # Its owner must be able to come by.
        for above in folder.parents[:2]:
            above.chmod(above.stat().st_mode | 0o011)
    made = [program("initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "--no-sync"]
    made = ["setpriv", *as_owner, *made, "-E", "UTF8", "--locale=C.UTF-8"] if owner else made
    subprocess.run(made, check=True, capture_output=True, cwd=folder)
    port = str(free_port())
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "shared_buffers": "64MB"}
    words = ["setpriv", *as_owner, "--pdeathsig", "QUIT", program("postgres"), "-D", str(folder / "data"), "-p", port]
    words += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    asks = [program("psql"), "-qAtX", "-c", "SELECT 1", f"postgresql://postgres@127.0.0.1:{port}/postgres"]
    running = Outside(words, asks, folder, environment)
    try:
        running.start()
        yield Cluster(int(port), running, folder)
    finally:
        running.kill()


@contextmanager
def redis_in(folder: Path) -> Iterator[tuple[str, Outside]]:
    """Its address, and what runs it."""
    redis = shutil.which("redis-server")
    if redis is None:
        raise NoRedis
    folder.mkdir()
    port = str(free_port())
    words = ["setpriv", "--pdeathsig", "TERM", redis, "--port", port, "--bind", "127.0.0.1", "--save", ""]
    running = Outside(words, ["redis-cli", "-e", "-p", port, "ping"], folder)
    try:
        running.start()
        yield f"redis://127.0.0.1:{port}/0", running
    finally:
        running.kill()


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
