"""A PostgreSQL of the tests' own, from Debian's package: in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.patience import PATIENCE
from tests.services.ports import free_port

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    # The tests' data may be lost with the machine: what they try is not the disk.
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


class NoPostgres(RuntimeError):
    """The programs are not there. Never a reason to leave a test out."""

    def __init__(self) -> None:
        super().__init__("PostgreSQL is not installed. On Debian: apt-get install --no-install-recommends postgresql")


class Postgres:
    """A running cluster, and the addresses of its databases."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._made = 0

    def url(self, database: str = "postgres") -> str:
        """What DATABASE_URL would be."""
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"

    def make(self, template: str = "template1") -> str:
        """The name of a new database, as the template is now."""
        self._made += 1
        name = f"t{self._made}"
        self.tell(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """The database goes, whoever is still connected."""
        self.tell(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def tell(self, statement: str) -> str:
        """Do one statement as the cluster's owner; what it printed."""
        words = [program("psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url()]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout


def program(name: str) -> str:
    """Where the newest of the installed versions keeps a program. Raises NoPostgres."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise NoPostgres
    return found


@contextmanager
def cluster(**settings: str) -> Iterator[Postgres]:
    """A cluster for as long as it is needed. `settings` go before those of tests, as `fsync="on"`."""
    program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="gensvar-postgres-"))
    try:
        if (owner := _owner()) is not None:
            shutil.chown(folder, owner)
        made = [program("initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "--no-sync"]
        subprocess.run(
            _as_owner([*made, "-E", "UTF8", "--locale=C.UTF-8"]), check=True, capture_output=True, cwd=folder
        )
        port = free_port()
        with _running(folder, port, {**_SETTINGS, **settings}):
            yield Postgres(port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, port: int, settings: dict[str, str]) -> Iterator[None]:
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    words = [program("postgres"), "-D", str(folder / "data"), "-p", str(port), *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(_as_owner(words), stdout=log, stderr=log, cwd=folder)
    try:
        _until_ready(process, port, folder / "log")
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(PATIENCE)


def _until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    words = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(words, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(log.read_text(errors="replace"))
        time.sleep(0.02)


@cache
def _owner() -> str | None:
    """Who must run it: the server refuses the system's administrator."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("postgres").pw_name


def _as_owner(words: Sequence[str]) -> list[str]:
    """The command, as the owner; it goes when we go, also when we are killed."""
    owner = _owner()
    if owner is None:
        return ["setpriv", "--pdeathsig", "QUIT", *words]
    who = ["--reuid", owner, "--regid", owner, "--init-groups"]
    return ["setpriv", *who, "--pdeathsig", "QUIT", *words]
