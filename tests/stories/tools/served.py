"""The real server in a process of its own, on a database of its own: started, killed, started again."""

import asyncio
import os
import re
from pathlib import Path

import aiohttp

from inbox.storage.engine.engines import url_of
from tests.compiled import share_compiled
from tests.patience import PATIENCE
from tests.services.ports import free_port
from tests.services.program import Begun, begin
from tests.services.stores import KEYS

ERROR = re.compile(r"\S+ (error|critical) |\{.*\"level\":\"(error|critical)\"|Traceback ")


class NotServed(RuntimeError):
    """The server did not start; the text is the end of what it printed."""


class Served:
    """One server; its address stays the same when it is started anew. Without `database_url` on a file."""

    def __init__(self, folder: Path, database_url: str = "", **settings: str) -> None:
        self.port = free_port()
        self.database = folder / "story.db"
        self._folder = folder
        self._database_url = database_url
        self._settings = settings
        self._process: Begun | None = None

    def has(self, **settings: str) -> None:
        """These settings from its next start on."""
        self._settings |= settings

    @property
    def url(self) -> str:
        """Where it is found."""
        return f"http://localhost:{self.port}"

    @property
    def store_url(self) -> str:
        """Where it keeps everything: only for putting something there while it is not running."""
        return url_of(self.database, self._database_url)

    async def start(self) -> None:
        """Start it, and return when it answers."""
        share_compiled(self._folder)
        with (self._folder / "server.log").open("ab") as log:
            self._process = begin(log.fileno(), self.environment)
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while not await _is_ready(session, self.url):
                if self._process.returncode is not None:
                    raise NotServed(self._last_lines())
                await asyncio.sleep(0.02)

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self._process is not None
        return self._process.pid

    async def kill(self) -> None:
        """End it at once, as a power cut does."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """End it in good order."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    @property
    def environment(self) -> dict[str, str]:
        """Its settings."""
        return {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE": str(self.database),
            "DATABASE_URL": self._database_url,
            "FILES": str(self._folder / "files"),
            "KEYS": str(KEYS),
            "LOG_LEVEL": "warning",
            **self._settings,
        }

    @property
    def errors(self) -> list[str]:
        """The lines of level error that it has written, and where an error begins that nobody caught."""
        return [line for line in self.log.splitlines() if ERROR.match(line)]

    @property
    def log(self) -> str:
        """All that it has written."""
        log = self._folder / "server.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def _last_lines(self) -> str:
        return "\n".join(self.log.splitlines()[-20:])


def make_sample(served: Served) -> None:
    """The sample people and cases in a server's house, to be copied."""
    printed = served.database.with_name("sample.log")
    for command in ("migrate", "sample"):
        with printed.open("ab") as log:
            code = begin(log.fileno(), served.environment, command).finish()
        if code:
            raise NotServed(printed.read_text(errors="replace"))


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/health/ready") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
