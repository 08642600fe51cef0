"""Processes of the service that begin at once.

To load the program takes a second of a processor's time, and a run of the tests begins some hundreds. So each worker
keeps a process that has loaded it (`loaded.py`), of which the others are copies. How `python -m server` itself begins
and ends is tried in `tests/server/test_running.py`, and by the benchmarks and `make faults`, which measure it.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from tests.services.loaded import LONGEST, Wish

ROOT = Path(__file__).parents[2]


class Begun:
    """A process, as `asyncio.subprocess.Process` has it."""

    def __init__(self, told: socket.socket) -> None:
        self._told = told
        self._heard = b""
        self._ended = False
        self.pid = int(self._line())
        self._told.setblocking(False)

    @property
    def returncode(self) -> int | None:
        """How it ended; None as long as it runs."""
        if not self._ended:
            try:
                self._hear(self._told.recv(64))
            except BlockingIOError:
                return None
        return int(self._heard)

    async def wait(self) -> int:
        """How it ended, once it has."""
        if not self._ended:
            self._hear(await asyncio.get_running_loop().sock_recv(self._told, 64))
        return int(self._heard)

    def finish(self) -> int:
        """The same for whoever has no loop."""
        if not self._ended:
            self._told.setblocking(True)
            self._hear(self._told.recv(64))
        return int(self._heard)

    def terminate(self) -> None:
        """Tell it to stop."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, which: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, which)

    def _hear(self, heard: bytes) -> None:
        # Nothing: whoever would have told has been killed, and it with that.
        self._heard, self._ended = heard or b"-9", True
        self._told.close()

    def _line(self) -> bytes:
        found = b""
        while not found.endswith(b"\n"):
            found += self._told.recv(1) or b"-1\n"
        return found


def begin(output: int, environment: Mapping[str, str], *words: str, module: str = "server.__main__") -> Begun:
    """Begin a process that does what `python -m server` does with these words, and prints to a file's handle."""
    ours, theirs = socket.socketpair()
    wish = msgspec.json.encode(Wish(module, words, dict(environment)))
    with theirs:
        socket.send_fds(_loaded().wishes, [wish], [output, theirs.fileno()])
    return Begun(ours)


class _Loaded(NamedTuple):
    """The process, and where wishes are sent: it ends when that is closed."""

    process: subprocess.Popen[bytes]
    wishes: socket.socket


@cache
def _loaded() -> _Loaded:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST)
    words = ["setpriv", "--pdeathsig", "KILL", sys.executable, "-m", "tests.services.loaded"]
    with theirs:
        return _Loaded(subprocess.Popen(words, cwd=ROOT, stdin=theirs.fileno()), ours)
