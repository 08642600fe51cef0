"""Keys are changed while people write and file; without the right ones nothing starts."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import CookieJar
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from yarl import URL

from inbox.storage.encryption.fields import decrypt
from inbox.storage.encryption.keyring import Keyring, NotAuthentic
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.engine.store import Store
from inbox.storage.people import find_person, person_with_number
from inbox.storage.projections.verify import differences
from server.auth.sessions import COOKIE
from tests.benchmarks.served import ROOT
from tests.benchmarks.threads import Thread, make_threads
from tests.handlers.teller import Teller
from tests.house import SECRET, Browser
from tests.patience import PATIENCE, until
from tests.people import ANNA, BO
from tests.privacy.test_nothing_in_the_open import BY_PHONE, FOR_MALTE, PHONE, STREET
from tests.processes.pair import Listener
from tests.processes.restarts import Process
from tests.services.postgres import Postgres
from tests.services.stores import KEYS, fresh_store
from tests.world import World, world_in

FILERS, WRITERS = 2, 2


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A file of keys that may be changed."""
    return Path(shutil.copyfile(KEYS, tmp_path / "keys"))


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """People on a real database, on each engine."""
    async with world_in(tmp_path, database_url) as world:
        yield world


class Outside:
    """A server elsewhere, for whoever has a browser."""

    def __init__(self, address: str) -> None:
        self.address = address

    def url(self, path: str) -> str:
        return self.address + path if path.startswith("/") else path

    def new_id(self) -> str:
        return str(uuid4())

    @asynccontextmanager
    async def telling(self, secret: str) -> AsyncIterator[Teller]:
        """Somebody signed in, at the first question."""
        origin = URL(self.url("/"))
        async with aiohttp.ClientSession(cookie_jar=CookieJar(unsafe=True, treat_as_secure_origin=origin)) as session:
            session.cookie_jar.update_cookies({COOKIE: secret}, origin)
            browser = Browser(self, session)  # type: ignore[arg-type]
            yield Teller(browser, await browser.get("/beratta?ny=1"))


def surroundings(folder: Path, database_url: str, keys: Path) -> dict[str, str]:
    place = {"DATABASE": str(folder / "gensvar.db"), "DATABASE_URL": database_url, "KEYS": str(keys)}
    return {**os.environ, **place, "FILES": str(folder / "files"), "SECRET": SECRET}


def run(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the service."""
    call = [sys.executable, "-m", "server", *words]
    return subprocess.run(
        call, cwd=ROOT, env=dict(environment), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_keys_are_changed_while_people_write_and_file(
    engine: str, tmp_path: Path, keys: Path, request: pytest.FixtureRequest
) -> None:
    database_url = ""
    if engine == "postgres":
        postgres: Postgres = request.getfixturevalue("postgres")
        database_url = postgres.url(postgres.make())
    database = tmp_path / "gensvar.db"
    url, environment = url_of(database, database_url), surroundings(tmp_path, database_url, keys)
    await migrate(url)
    threads = await make_threads(database, FILERS, database_url)
    async with AsyncExitStack() as stack:
        processes = [Process(tmp_path, environment) for _ in range(2 if database_url else 1)]
        for process in processes:
            stack.push_async_callback(process.end)
            await process.start()
        addresses = [process.url for process in processes]
        cases, said = await busy_while(environment, addresses, threads)
        for where, (case, told) in enumerate(cases):
            page = await look(addresses[where % len(addresses)], f"/personal/arende/{case}", threads[0].secrets[1])
            assert told in page, page
    assert len(cases) > 2 * FILERS
    assert said > 20
    used = re.findall(r"^(\w{16}) +([\d,]+) fields( +current)?$", run(environment, "keys").stdout, re.MULTILINE)
    assert [int(count.replace(",", "")) for _, count, current in used if not current] == [0, 0]
    for id, _, current in used:
        done = run(environment, "keys", "retire", id)
        assert done.returncode == (2 if current else 0), done.stderr
    only_the_newest(keys)
    await still_there(url, keys, cases)


def only_the_newest(keys: Path) -> None:
    keys.write_text(keys.read_text().splitlines()[-1] + "\n")


async def busy_while(
    environment: Mapping[str, str], addresses: list[str], threads: list[Thread]
) -> tuple[list[tuple[str, str]], int]:
    """Change the key twice, once killed in the middle; the cases that were filed meanwhile, and how many messages."""
    stop, cases, said = asyncio.Event(), list[tuple[str, str]](), 0

    async def files(at: int) -> None:
        house = Outside(addresses[at % len(addresses)])
        while not stop.is_set():
            told, word = ((FOR_MALTE, STREET), (BY_PHONE, PHONE))[len(cases) % 2]
            async with house.telling(threads[at].secrets[0]) as teller:
                await teller.tells(told)
                page = await teller.sends()
                assert page.path.startswith("/kvitto/"), page.words
                cases.append((page.path.rpartition("/")[2], word))

    async def writes(at: int, session: aiohttp.ClientSession) -> None:
        nonlocal said
        listener = Listener(threads[at].case)
        await listener.opens(session, addresses[at % len(addresses)], threads[at].secrets[0])
        while not stop.is_set():
            assert (await listener.says(f"Rad {said}")).ok is not None
            said += 1
            await asyncio.sleep(0.1)
        await listener.closes()

    def filed(count: int, people: list[asyncio.Task[None]]) -> bool:
        return len(cases) >= count or any(task.done() for task in people)

    async with aiohttp.ClientSession() as session:
        people = [asyncio.create_task(files(at)) for at in range(FILERS)]
        people += [asyncio.create_task(writes(at, session)) for at in range(WRITERS)]
        for times, change in enumerate((rotate_and_kill, rotate), start=1):
            await until(partial(filed, times * FILERS, people))
            await change(environment)
        stop.set()
        await asyncio.gather(*people)
    return cases, said


async def rotate(environment: Mapping[str, str]) -> None:
    done = await asyncio.to_thread(run, environment, "keys", "rotate")
    assert done.returncode == 0, done.stderr


async def rotate_and_kill(environment: Mapping[str, str]) -> None:
    """As soon as another key is current; what is left is done by the next."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server",
        "keys",
        "rotate",
        cwd=ROOT,
        env=dict(environment),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert b"Current is" in await process.stdout.readline()
    process.kill()
    await process.wait()
    await rotate(environment)


async def look(address: str, path: str, secret: str) -> str:
    async with aiohttp.ClientSession() as session:
        async with session.get(address + path, headers={"Cookie": f"{COOKIE}={secret}"}) as answer:
            assert answer.status == 200
            return await answer.text()


async def still_there(url: str, keys: Path, cases: list[tuple[str, str]]) -> None:
    """What was filed before, during and after is read with the newest key alone, and is what has happened."""
    store = Store(url, Keyring(keys, os.urandom))
    async with store.reading() as connection:
        rows = (await connection.execute(text("SELECT id, body FROM private_detail"))).all()
        told = "".join(decrypt(connection, row.body, f"private_detail.body:{row.id}") for row in rows)
    await store.close()
    assert all(word in told for _, word in cases)
    assert [each async for each in differences(url, lambda *_: None)] == []


async def test_somebody_is_found_by_number_and_a_field_that_was_moved_is_not_read(world: World) -> None:
    async with world.store.reading() as connection:
        assert await person_with_number(connection, ANNA.personal_number or "") == ANNA.id
        assert await person_with_number(connection, "200001012384") is None
        found = await find_person(connection, ANNA.id)
    assert found == ANNA

    async def swap(connection: AsyncConnection) -> None:
        statement = "UPDATE person SET name = (SELECT name FROM person WHERE id = 'bo') WHERE id = 'anna'"
        await connection.execute(text(statement))

    await world.store.writer.do(swap)
    async with world.store.reading() as connection:
        assert (await find_person(connection, BO.id)) == BO
        with pytest.raises(NotAuthentic):
            await find_person(connection, ANNA.id)


async def test_an_answer_that_was_moved_to_another_case_is_not_read_there(world: World) -> None:
    here, there = await world.complains_for_mother(ANNA), await world.complains_for_mother(BO)
    assert "Mona Exempel" in repr((await world.thread(here, ANNA)).entries)

    async def swap(connection: AsyncConnection) -> None:
        body = "(SELECT body FROM private_detail WHERE case_id = :there LIMIT 1)"
        statement = f"UPDATE private_detail SET body = {body} WHERE case_id = :here"  # noqa: S608 - of the test
        await connection.execute(text(statement), {"here": here, "there": there})

    await world.store.writer.do(swap)
    with pytest.raises(NotAuthentic):
        await world.thread(here, ANNA)


@pytest.mark.parametrize("hindrance", ["gone", "another", "broken"])
async def test_without_its_keys_the_service_does_not_start_and_says_which_is_missing(
    tmp_path: Path, keys: Path, hindrance: str
) -> None:
    environment = surroundings(tmp_path, "", keys)
    store = Store(await fresh_store(tmp_path / "gensvar.db"), Keyring(keys, os.urandom))
    store.start()
    await store.unlock()
    await store.close()
    spoil(keys, hindrance)
    done = await asyncio.to_thread(run, environment, "serve")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert str(keys) in done.stderr
    assert ("line 1" if hindrance == "broken" else "kept apart") in done.stderr
    assert hindrance != "gone" or keys not in folder_of(tmp_path)


def spoil(keys: Path, hindrance: str) -> None:
    if hindrance == "gone":
        keys.unlink()
    else:
        keys.write_text("no key at all\n" if hindrance == "broken" else "A" * 43 + "=\n")


def folder_of(path: Path) -> list[Path]:
    return list(path.iterdir())


def test_with_nothing_set_a_file_of_keys_is_made_that_only_we_can_read(tmp_path: Path) -> None:
    environment = surroundings(tmp_path, "", Path())
    environment["KEYS"] = ""
    assert run(environment, "migrate").returncode == 0
    assert run(environment, "sample").returncode == 0
    made = tmp_path / "keys"
    assert made.stat().st_mode & 0o777 == 0o600
    assert run(environment, "keys").stdout.count("current") == 1
    made.unlink()
    done = run(environment, "people")
    assert (done.returncode, "kept apart" in done.stderr) == (2, True)
    assert not made.exists()
