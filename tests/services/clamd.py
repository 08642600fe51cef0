"""A ClamAV as long as it is needed: the real `clamd`, which knows one signature of the tests' own."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from tests.patience import PATIENCE
from tests.services.ports import free_port

INFECTED = b"GENSVAR-TEST-VIRUS-5d0c"
"""What it finds, wherever it stands in a file."""


class NoClamd(RuntimeError):
    """The program is not there. Never a reason to leave a test out."""

    def __init__(self) -> None:
        super().__init__("clamd is not installed. On Debian: apt-get install --no-install-recommends clamav-daemon")


class Clamd:
    """A running scanner."""

    def __init__(self, process: "subprocess.Popen[bytes]", socket: Path, port: int) -> None:
        self.unix = f"unix://{socket}"
        self.tcp = f"tcp://127.0.0.1:{port}"
        self._process = process

    def kill(self) -> None:
        """It is away from now on."""
        self._process.kill()
        self._process.wait()


@contextmanager
def clamd(folder: Path) -> Iterator[Clamd]:
    """A scanner of its own."""
    program = which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        raise NoClamd
    signatures, socket, port = folder / "signatures", folder / "socket", free_port()
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Gensvar.Test:0:*:{INFECTED.hex()}\n")
    lines = ["Foreground yes", f"DatabaseDirectory {signatures}", f"LocalSocket {socket}", f"TCPSocket {port}"]
    lines += ["TCPAddr 127.0.0.1", f"TemporaryDirectory {folder}", "StreamMaxLength 100M", "MaxThreads 2"]
    (folder / "clamd.conf").write_text("\n".join([*lines, ""]))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, f"--config-file={folder / 'clamd.conf'}"], stdout=log, stderr=log)
        running = Clamd(process, socket, port)
        try:
            _wait_for(process, socket, folder / "log")
            yield running
        finally:
            running.kill()


def _wait_for(process: "subprocess.Popen[bytes]", socket: Path, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text(errors="replace")[-2000:])
        time.sleep(0.05)
