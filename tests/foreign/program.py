"""The foreign program in its own process, and the wire between it and the house, which can be cut."""

import asyncio
import contextlib
import fcntl
import json
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.app import real_id
from tests.patience import PATIENCE

HERE = Path(__file__).parent
VENDOR = HERE.parents[1] / ".vendor"


class NoNode(RuntimeError):
    """The program is not there. Never a reason to leave a test out."""

    def __init__(self) -> None:
        super().__init__("Node 20 or later is not installed. On Debian: apt-get install nodejs npm")


class Program:
    """`client.mjs` as one person at one address."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._asked = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._reader = asyncio.create_task(self._read())

    async def does(self, task: str, **rest: Any) -> Any:
        """Have something done; what came of it."""
        assert self._process.stdin is not None
        self._asked += 1
        answer = self._waiting[self._asked] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(json.dumps({"do": task, "id": self._asked, **rest}).encode() + b"\n")
        return await asyncio.wait_for(answer, PATIENCE)

    async def says(self, command: str, case: str, client_id: str = "", **fields: Any) -> Any:
        """Give a command, again and again until there is an answer."""
        body = {"command": command, "case": case, "client_id": client_id or real_id(), **fields}
        return await self.does("command", body=body)

    async def has(self, case: str, count: int) -> list[Any]:
        """The entries that it holds, once there are so many."""
        known = await self.until("known", lambda known: len(known["entries"]) >= count, case=case)
        return list(known["entries"])

    async def hears(self, event: str) -> Any:
        """What the first event of that name held, once it has come."""
        told = await self.until("told", lambda told: any(one["event"] == event for one in told))
        return next(one["data"] for one in told if one["event"] == event)

    async def until(self, task: str, holds: Callable[[Any], bool], **rest: Any) -> Any:
        """Have something done again and again, until what comes of it is as it should be."""
        deadline = time.monotonic() + PATIENCE
        while not holds(answer := await self.does(task, **rest)):
            if time.monotonic() > deadline:
                raise TimeoutError(task)
            await asyncio.sleep(0.02)
        return answer

    async def ends(self) -> None:
        """End the process."""
        self._reader.cancel()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said = json.loads(line)
            waiting = self._waiting.pop(said["id"])
            if "problem" in said:
                waiting.set_exception(RuntimeError(said["problem"]))
            else:
                waiting.set_result(said["answer"])


async def begun(address: str) -> Program:
    """The program, at that address; nobody is signed in yet."""
    # Longer lines than the library's own limit: everything that was told is one.
    words = [_node(), str(HERE / "client.mjs"), address]
    pipe = asyncio.subprocess.PIPE
    return Program(await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, limit=1 << 24))


def _node() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NoNode
    made, pins = VENDOR / "node_modules/.package-lock.json", VENDOR / "package-lock.json"
    # `make test` has it made before its workers start; where tests are run otherwise one of them makes it for all.
    with (VENDOR / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists() or made.stat().st_mtime < pins.stat().st_mtime:
            subprocess.run([npm, "ci", "--silent"], cwd=VENDOR, check=True)
    return node


class Wire:
    """Carries bytes between a port of its own and the house, until it is cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._carrying: set[asyncio.StreamWriter] = set()
        self.whole = asyncio.Event()
        self.whole.set()
        self.address = ""

    def cut(self) -> None:
        """Everything that is open is gone, in the middle of what it carries; nothing comes through until mended."""
        self.whole.clear()
        for writer in list(self._carrying):
            writer.transport.abort()

    def mend(self) -> None:
        """What connects anew comes through again."""
        self.whole.set()

    async def carry(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One connection."""
        if not self.whole.is_set():
            back.transport.abort()
            return
        there, onward = await asyncio.open_connection("127.0.0.1", self._port)
        self._carrying |= {back, onward}
        pumps = [asyncio.create_task(pump) for pump in (_pump(here, onward), _pump(there, back))]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            for writer in (back, onward):
                self._carrying.discard(writer)
                writer.close()


async def _pump(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while block := await source.read(65536):
            goal.write(block)
            await goal.drain()


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    """A wire for as long as it is needed."""
    wire = Wire(port)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    wire.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield wire
    finally:
        wire.cut()
        server.close()
