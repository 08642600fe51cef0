"""Processes that can be told to stop, as a new version is rolled out, and started again at the same address."""

import asyncio
import os
import time
from collections.abc import Mapping
from pathlib import Path

import aiohttp

from tests.benchmarks.served import NotServed
from tests.compiled import share_compiled
from tests.patience import PATIENCE
from tests.rates import BUSY
from tests.services.ports import free_port
from tests.services.program import Begun, begin

LIMIT = 20.0
"""Seconds in which a process that was told to stop has ended."""


class Process:
    """One process of the service, a web process or another command. `module` is what Python runs."""

    def __init__(
        self, folder: Path, settings: Mapping[str, str], command: str = "serve", *, module: str = "server.__main__"
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.stopped_in: list[float] = []
        """Seconds from being told until it had ended, each time."""
        self._folder = folder
        self._log = folder / f"{command}-{self.port}.log"
        self._command, self._module = command, module
        self._environment = {
            **os.environ,
            "PORT": str(self.port),
            "DATABASE": str(folder / "gensvar.db"),
            "FILES": str(folder / "files"),
            "LOG_LEVEL": "warning",
            **BUSY,
            **settings,
        }
        self._process: Begun | None = None

    async def start(self) -> None:
        """Start it, and return when it is ready."""
        share_compiled(self._folder)
        with self._log.open("ab") as log:
            self._process = begin(log.fileno(), self._environment, self._command, module=self._module)
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while not (await self.health(session)).get("ready"):
                if self._process.returncode is not None:
                    raise NotServed(self.said())
                await asyncio.sleep(0.02)

    async def health(self, session: aiohttp.ClientSession) -> dict[str, object]:
        """What it says of itself; nothing if it does not answer."""
        try:
            async with session.get(f"{self.url}/health/ready") as answer:
                found: dict[str, object] = await answer.json()
                return found
        except aiohttp.ClientError:
            return {}

    async def stop(self) -> None:
        """Tell it to stop, as a system does, and see it end by itself and in time."""
        assert self._process is not None
        began = time.monotonic()
        self._process.terminate()
        code = await asyncio.wait_for(self._process.wait(), LIMIT)
        self.stopped_in.append(time.monotonic() - began)
        assert code == 0, self.said()

    async def end(self) -> None:
        """Tell it to stop, if it still runs, and wait until it has."""
        if self._process is not None:
            self._process.terminate()
            await self._process.wait()

    async def kill(self) -> None:
        """End it at once."""
        if self._process is not None and self.alive:
            self._process.kill()
            await self._process.wait()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process is not None
        return self._process.pid

    def said(self) -> str:
        """The end of what it printed."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-30:])
