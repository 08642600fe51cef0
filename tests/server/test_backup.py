"""A copy made by the commands of the page, while people write, holds what they were promised before it was begun."""

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from inbox.storage.engine.engines import url_of
from inbox.storage.schema import metadata
from server.app import real_id
from server.auth.sessions import COOKIE
from server.web.csrf import token_for
from tests.faults.client import Client, mark_of
from tests.faults.process import Server
from tests.faults.record import Record, What
from tests.faults.scene import Place, make_scene, read_store
from tests.inbox.files.samples import jpeg
from tests.patience import PATIENCE, until
from tests.processes.test_move import rows_of
from tests.server.test_running import ROOT
from tests.services.postgres import Postgres, program

RUNNING = ROOT / "server" / "running"
SECRET = "s" * 40
ONLY_ADDED_TO = ("event", "payload", "feed", "note")
"""Tables in which nothing is ever altered."""
ENOUGH = 5
"""Messages and files before the copy is begun, and again while it is made."""


def block(page: str, name: str) -> str:
    """The commands of that name on a page."""
    text = (RUNNING / page).read_text(encoding="utf-8")
    found = re.search(rf"^```sh {name}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert found, name
    return found.group(1)


def do(commands: str, environment: dict[str, str]) -> None:
    """As an operator would, at the first fault no further."""
    done = subprocess.run(
        ["bash", "-euc", commands],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def surroundings(folder: Path, backup: Path, database_url: str) -> dict[str, str]:
    """The settings of a service in a folder, the programs of PostgreSQL, and the Python of this test."""
    path = f"{Path(sys.executable).parent}:{Path(program('pg_restore')).parent}:{os.environ['PATH']}"
    place = {"DATABASE": str(folder / "gensvar.db"), "FILES": str(folder / "files"), "BACKUP": str(backup)}
    return {**os.environ, **place, "PATH": path, "DATABASE_URL": database_url}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["file", "postgres"])
async def test_a_copy_is_made_while_it_runs_and_everything_comes_back_from_it(
    engine: str, tmp_path: Path, postgres: Postgres
) -> None:
    first, second, backup = tmp_path / "first", tmp_path / "second", tmp_path / "backup"
    for folder in (first, second, backup):
        folder.mkdir()
    urls = [postgres.url(postgres.make()) if engine == "postgres" else "" for _ in "ab"]
    before, after = surroundings(first, backup, urls[0]), surroundings(second, backup, urls[1])
    await asyncio.to_thread(do, "python -m server migrate && python -m server sample", before)
    places = await make_scene(first / "gensvar.db", 2, urls[0])
    async with serving(first, urls[0]) as server, busy(server, places) as people, uploads_that_vanish(first / "files"):
        promised, shown = await people.have_written(), await people.files()
        await asyncio.to_thread(do, block("backup.md", f"backup-{engine}"), before)
        more = await people.have_written()
    assert promised < more
    assert people.record.count(What.REFUSED) == 0
    await asyncio.to_thread(do, block("backup.md", f"restore-{engine}"), after)
    kept = await read_store(places, second / "gensvar.db", urls[1])
    assert kept.replayed, "what is stored is what the events say"
    assert promised <= {mark for feed in kept.feeds.values() for _, mark in feed}
    for table in metadata.sorted_tables:
        rows = await rows_of(url_of(second / "gensvar.db", urls[1]), table)
        assert rows or table.name not in {"case_", "event", "payload", "person"}
        if table.name in ONLY_ADDED_TO:
            assert rows <= await rows_of(url_of(first / "gensvar.db", urls[0]), table)
    async with serving(second, urls[1]) as server, aiohttp.ClientSession() as session:
        restored = Busy(server, places, session)
        files = await restored.files()
        assert shown.items() <= files.items()
        assert len(shown) >= ENOUGH
        await restored.sends_a_file(1)


class Busy:
    """Those who write at a server."""

    def __init__(self, server: Server, places: list[Place], session: aiohttp.ClientSession) -> None:
        self.record = Record()
        self.stop = asyncio.Event()
        self._server = server
        self._session = session
        # Of the last case, where there is no board: everybody reads everything.
        self._reporter = next(place for place in reversed(places) if place.member.who.startswith("reporter"))
        writing = [place for place in places if place.member.thread and place is not self._reporter]
        self._clients = [
            Client(place.member, place.case, place.secret, lambda: server.url, self.record) for place in writing
        ]
        self._sent = set[str]()

    async def goes_on(self) -> None:
        """Messages of everybody, and files of the reporter, until `stop` is set."""
        sitting = [asyncio.create_task(client.stay(self._session)) for client in self._clients]
        await asyncio.gather(*(client.write(10_000, 0.05, stop=self.stop) for client in self._clients), self._files())
        for task in sitting:
            task.cancel()
        await asyncio.gather(*sitting, return_exceptions=True)

    async def have_written(self) -> set[str]:
        """Everything that they were promised so far, once there is enough that is new."""
        known = len(self._promised()), len(self._sent)
        await until(lambda: len(self._promised()) >= known[0] + ENOUGH and len(self._sent) >= known[1] + ENOUGH)
        return self._promised() | self._sent

    async def files(self) -> dict[str, bytes]:
        """Every file that the reporter can download, by its address."""
        address, found = f"/arende/{self._reporter.case}/fil/", {}
        feed, after, more = f"/api/v1/cases/{self._reporter.case}/feed", 0, True
        while more:
            page: dict[str, Any] = await self._get(f"{feed}?after={after}", lambda answer: answer.json())
            for entry in page["entries"]:
                after = entry["n"]
                for file in entry["event"].get("files", ()):
                    found[file["id"]] = await self._get(address + file["id"], lambda answer: answer.read())
            more = after < page["head"]
        return found

    async def sends_a_file(self, number: int) -> None:
        """A picture with a few words, by the form of the page."""
        mark = mark_of(self._reporter.member, number)
        fields = {"csrf": token_for(SECRET.encode(), self._reporter.secret), "client_id": real_id(), "text": mark}
        form = aiohttp.FormData(fields)
        form.add_field("files", jpeg(), filename="bild.jpg", content_type="image/jpeg")
        address = f"{self._server.url}/arende/{self._reporter.case}/post_message"
        async with self._session.post(address, data=form, headers=self._cookie, allow_redirects=False) as answer:
            assert answer.status == 303
        self._sent.add(mark)

    async def _files(self) -> None:
        for number in count(1):
            if self.stop.is_set():
                return
            await self.sends_a_file(number)

    async def _get(self, address: str, read: Any) -> Any:
        async with self._session.get(self._server.url + address, headers=self._cookie) as answer:
            assert answer.status == 200, address
            return await read(answer)

    def _promised(self) -> set[str]:
        return {line.mark for line in self.record.lines if line.what is What.ACKNOWLEDGED}

    @property
    def _cookie(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self._reporter.secret}"}


@asynccontextmanager
async def serving(folder: Path, database_url: str) -> AsyncIterator[Server]:
    """The service in a folder; in the end it is killed."""
    place = {"DATABASE": str(folder / "gensvar.db"), "DATABASE_URL": database_url, "SECRET": SECRET}
    server = Server(folder, place)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


@asynccontextmanager
async def busy(server: Server, places: list[Place]) -> AsyncIterator[Busy]:
    """Everybody writes meanwhile."""
    async with aiohttp.ClientSession() as session:
        people = Busy(server, places, session)
        writing = asyncio.create_task(people.goes_on())
        try:
            yield people
        finally:
            people.stop.set()
            await writing


@asynccontextmanager
async def uploads_that_vanish(files: Path) -> AsyncIterator[None]:
    """Meanwhile parts of files are put down and taken away again, with their folder."""
    over = threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            folder = files / "parts"
            folder.mkdir(parents=True)
            for name in range(200):
                (folder / f"{name}#1").write_bytes(b"%PDF-")
            # Whoever reads a folder that never rests may never come to its end.
            over.wait(0.005)
            for name in range(200):
                (folder / f"{name}#1").unlink()
            folder.rmdir()

    going = asyncio.create_task(asyncio.to_thread(come_and_go))
    try:
        yield
    finally:
        over.set()
        await going
