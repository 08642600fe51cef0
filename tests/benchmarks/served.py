"""The real server in a process of its own, with a fresh database in a temporary folder."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import aiohttp
from msgspec import Struct

from tests.patience import PATIENCE
from tests.rates import BUSY
from tests.services.ports import free_port

ROOT = Path(__file__).parents[2]
_POLL = 0.005


class Served(Struct, frozen=True):
    """A server that is ready."""

    url: str
    process: int
    seconds_to_ready: float


class NotServed(RuntimeError):
    """The server did not start; the text is the end of what it printed."""


async def prepare(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a server in that folder, its database made."""
    environment = {
        **os.environ,
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "DATABASE": str(folder / "bench.db"),
        "FILES": str(folder / "files"),
        "LOG_LEVEL": "error",
        **BUSY,
        **settings,
    }
    made = await asyncio.create_subprocess_exec(sys.executable, "-m", "server", "migrate", cwd=ROOT, env=environment)
    if await made.wait():
        raise NotServed("the database could not be made")
    return environment


@asynccontextmanager
async def serving(folder: Path, environment: Mapping[str, str]) -> AsyncIterator[Served]:
    """The server from start to clean stop."""
    printed = folder / "server.log"
    with printed.open("wb") as log:
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server", cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{environment['PORT']}"
    try:
        await _until_ready(url, process, printed)
        yield Served(url, process.pid, time.perf_counter() - began)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _until_ready(url: str, process: asyncio.subprocess.Process, printed: Path) -> None:
    deadline = time.perf_counter() + PATIENCE
    async with aiohttp.ClientSession() as session:
        while time.perf_counter() < deadline and process.returncode is None:
            if await _is_ready(session, url):
                return
            await asyncio.sleep(_POLL)
    raise NotServed(_last_lines(printed))


def _last_lines(printed: Path) -> str:
    return "\n".join(printed.read_text(errors="replace").splitlines()[-20:])


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/health/ready") as answer:
            return answer.status == HTTPStatus.OK
    except aiohttp.ClientError:
        return False
