"""A new version is rolled out: each process is restarted in turn, and nobody loses anything."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from inbox.cases.events import MessagePosted
from inbox.storage import cases
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from server.app import real_id
from server.auth.sessions import COOKIE
from server.web.csrf import token_for
from tests.faults.checker import check
from tests.faults.client import Client
from tests.faults.record import Record, What
from tests.faults.scene import Place, make_scene, read_store
from tests.patience import PATIENCE, until
from tests.processes.nginx import is_right, nginx_before, until_open, write_config
from tests.processes.restarts import Process
from tests.services.postgres import Postgres
from tests.services.stores import store_at

SECRET = "s" * 40
ROUNDS = 3
CASES, RATE = 6, 75


def test_the_file_for_nginx_is_right(tmp_path: Path) -> None:
    said = is_right(write_config(tmp_path, 8443, (8081, 8082)))
    assert said.returncode == 0, said.stderr


@pytest.mark.slow
async def test_restarted_in_turn_under_load_nothing_is_lost_doubled_or_out_of_order(
    tmp_path: Path, postgres: Postgres, redis_url: str
) -> None:
    goal, record = postgres.url(postgres.make()), Record()
    await migrate(url_of(Path(), goal))
    places = await make_scene(Path(), CASES + 1, goal)
    places, apart = [place for place in places if place.case != places[-1].case], places[-5]
    async with two_behind_nginx(tmp_path, goal, redis_url) as (both, url):
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            clients = [Client(place.member, place.case, place.secret, lambda: url, record) for place in places]
            forms = Forms(session, url, apart)
            async with writing(clients, session):
                sending = asyncio.create_task(forms.send_on())
                for process in both * ROUNDS:
                    await written(record)
                    await process.stop()
                    await process.start()
                await written(record)
                forms.stop.set()
                await sending
    kept = await read_store(places, Path(), goal)
    verdict = check(record.lines, kept, [place.member for place in places])
    figures = {"acknowledged": record.count(What.ACKNOWLEDGED), "cut": record.count(What.CUT)}
    print(figures, forms.answers, [process.stopped_in for process in both])  # noqa: T201 - figures to look at
    assert verdict.clean, verdict
    assert record.count(What.REFUSED) == 0
    assert set(forms.answers) == {200}, "no form failed, and no page that came after it"
    assert await forms.kept(goal) == forms.said


@asynccontextmanager
async def two_behind_nginx(folder: Path, goal: str, redis_url: str) -> AsyncIterator[tuple[list[Process], str]]:
    """Two processes that are ready, and the address at which people find them."""
    settings = {"DATABASE_URL": goal, "REDIS_URL": redis_url, "SECRET": SECRET, "DEV_SIGN_IN": "proxied"}
    both = [Process(folder, settings), Process(folder, settings)]
    try:
        await asyncio.gather(*(process.start() for process in both))
        with nginx_before(folder / "nginx", [process.port for process in both]) as port:
            await until_open(port)
            yield both, f"http://localhost:{port}"
    finally:
        for process in both:
            await process.kill()


@asynccontextmanager
async def writing(clients: list[Client], session: aiohttp.ClientSession) -> AsyncIterator[list[Client]]:
    """Everybody sits at a socket and those who may write do, until the end; then what is under way is finished."""
    sitting = [asyncio.create_task(client.stay(session)) for client in clients]
    able, stop = [client for client in clients if client.member.thread], asyncio.Event()
    pause = len(able) / RATE
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(client.connected.wait() for client in able))
        writers = [asyncio.create_task(client.write(9999, pause, stop=stop)) for client in able]
        yield able
        stop.set()
        await asyncio.wait_for(asyncio.gather(*writers), PATIENCE)
        await seen_by_all(able)
    finally:
        for task in sitting:
            task.cancel()
        await asyncio.gather(*sitting, return_exceptions=True)


async def seen_by_all(clients: list[Client]) -> None:
    """Return when everybody in a thread is as far as the others, or has had the time."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < deadline:
        heads = {(client.case, client.member.thread, client.heads[False]) for client in clients}
        if len(heads) == len({client.case for client in clients}):
            break
        await asyncio.sleep(0.1)
    # A moment more: what comes twice comes late.
    await asyncio.sleep(0.5)


async def written(record: Record) -> None:
    """Return when so much more was written that a restart in the midst of it shows something."""
    enough = record.count(What.ACKNOWLEDGED) + RATE
    await until(lambda: record.count(What.ACKNOWLEDGED) >= enough)


class Forms:
    """Somebody without script, who sends one form after the other and reads the page that comes back."""

    def __init__(self, session: aiohttp.ClientSession, url: str, place: Place) -> None:
        self.answers: Counter[int] = Counter()
        """Statuses, as the browser got them after the redirect."""
        self.said: list[str] = []
        self.stop = asyncio.Event()
        self._session = session
        self._url = url
        self._place = place

    async def send_on(self) -> None:
        """Until told to stop."""
        for number in itertools.count(1):
            if self.stop.is_set():
                return
            self.said.append(f"Blankett {number}")
            async with self._post(f"{self._url}/arende/{self._place.case}/post_message") as page:
                self.answers[page.status] += 1
                await page.read()
            await asyncio.sleep(0.1)

    async def kept(self, goal: str) -> list[str]:
        """What is kept of it, in order."""
        store = store_at(url_of(Path(), goal))
        async with store.reading() as connection:
            history = await cases.load_history(connection, self._place.case)
        await store.close()
        return [item.event.text for item in history if isinstance(item.event, MessagePosted)]

    def _post(self, url: str) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        secret = self._place.secret
        fields = {"csrf": token_for(SECRET.encode(), secret), "client_id": real_id(), "text": self.said[-1]}
        return self._session.post(url, data=fields, headers={"Cookie": f"{COOKIE}={secret}"})
