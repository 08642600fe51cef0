"""The real server in a process that can be killed and started again at the same address."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import aiohttp

from tests.patience import PATIENCE
from tests.rates import BUSY
from tests.services.ports import free_port
from tests.services.program import Begun, begin

ROOT = Path(__file__).parents[2]

_GREETINGS = ("Gensvar:", "Sign in at", "  ")


class NotServed(RuntimeError):
    """The server did not start; the text is the end of what it printed."""


class Server:
    """One process. `around` are words before its own, `launch` what `tests.faults.launch` is told.

    `copied` from one that has loaded the program: for whoever kills it hundreds of times.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        *,
        launch: Sequence[str] = (),
        around: Sequence[str] = (),
        copied: bool = False,
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "faults.db"
        self._log = folder.parent / f"{folder.name}.log"
        module = ["tests.faults.launch", *launch] if launch else ["server"]
        # It goes when we go, also when we are killed.
        self._words = ["setpriv", "--pdeathsig", "KILL", *around, sys.executable, "-m", *module]
        self._environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE": str(self.database),
            "FILES": str(folder / "files"),
            "LOG_LEVEL": "error",
            **BUSY,
            **settings,
        }
        self._copied = tuple(launch) if copied else None
        self._process: asyncio.subprocess.Process | Begun | None = None

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it, and return when it is ready."""
        with self._log.open("ab") as log:
            self._process = await self._begun(log)
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while not await self.ready(session):
                if self._process.returncode is not None:
                    raise NotServed(self.said())
                await asyncio.sleep(0.05)

    async def _begun(self, log: BinaryIO) -> asyncio.subprocess.Process | Begun:
        if self._copied is not None:
            return begin(log.fileno(), self._environment, *self._copied, module="tests.faults.launch")
        return await asyncio.create_subprocess_exec(
            *self._words, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
        )

    async def ready(self, session: aiohttp.ClientSession) -> bool:
        """Whether it answers."""
        try:
            async with session.get(f"{self.url}/health/ready", timeout=aiohttp.ClientTimeout(5)) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def kill(self) -> None:
        """End it at once, as when the power goes."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                (os.kill if self._copied is not None else os.killpg)(self.pid, signal.SIGKILL)
        if self._process is not None:
            await self._process.wait()

    def memory_mb(self) -> float:
        """What it has in memory now."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    def complaints(self) -> list[str]:
        """The lines that it printed about what went wrong; it prints no others than these and where it listens."""
        lines = self._log.read_text(errors="replace").splitlines()
        return [line for line in lines if line.strip() and not line.startswith(_GREETINGS)]

    def said(self) -> str:
        """The end of what it printed."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-20:])
