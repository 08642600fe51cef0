"""From a file to PostgreSQL with one command: everything arrives as it was, and the service goes on."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import Table, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from inbox.storage.engine.engines import url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.schema import metadata
from server.process.file_lock import alone_with
from tests.benchmarks.served import ROOT, prepare, serving
from tests.processes.feeds import Longer, events_in, is_whole, make_long_threads
from tests.processes.pair import Listener, Pair
from tests.services.postgres import Postgres
from tests.services.stores import store_at

EVENTS, EACH = 20_000, 200
REPORTER, COLLEAGUE = 0, 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database file with its tables, and nothing in it."""
    database = tmp_path / "gensvar.db"
    asyncio.run(migrate(url_of(database, "")))
    return database


@pytest.fixture
def goal(postgres: Postgres) -> str:
    """A PostgreSQL database that was just made."""
    return postgres.url(postgres.make())


def words(command: str, file: Path, goal: str) -> tuple[list[str], Mapping[str, str]]:
    environment = {**os.environ, "DATABASE": str(file), "DATABASE_URL": goal, "FILES": str(file.parent / "files")}
    return [sys.executable, "-m", "server", command], environment


def run(command: str, file: Path, goal: str) -> subprocess.CompletedProcess[str]:
    call, environment = words(command, file, goal)
    return subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def refused(file: Path, goal: str) -> str:
    """The one line that says why nothing was moved."""
    done = run("move", file, goal)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


async def count(goal: str) -> int:
    store = store_at(url_of(Path(), goal))
    async with store.reading() as connection:
        found = await events_in(connection)
    await store.close()
    return found


def make(file: Path, events: int, each: int = EACH) -> list[Longer]:
    return asyncio.run(make_long_threads(file, -(-events // (each - 1)), each))


@pytest.mark.slow
def test_20000_events_arrive_as_they_were_and_the_service_goes_on(file: Path, goal: str) -> None:
    assert run("sample", file, "").returncode == 0
    threads = make(file, EVENTS)
    done = run("move", file, goal)
    assert done.returncode == 0, done.stderr
    assert "counts and hashes equal on both sides" in done.stdout
    assert asyncio.run(count(goal)) >= EVENTS
    for table in metadata.sorted_tables:
        assert asyncio.run(rows_of(url_of(Path(), goal), table)) == asyncio.run(rows_of(url_of(file, ""), table))
    asyncio.run(goes_on(file.parent, goal, threads))


async def rows_of(url: str, table: Table) -> Counter[tuple[object, ...]]:
    """Every row, read as the service reads it: not by what the move itself compares."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = Counter(tuple(row) for row in await connection.execute(select(table)))
    await engine.dispose()
    return found


async def goes_on(folder: Path, goal: str, threads: list[Longer]) -> None:
    """People read on and write on, and what is written joins what was moved."""
    environment = await prepare(folder, {"DATABASE_URL": goal, "SECRET": "s" * 40})
    async with serving(folder, environment) as served:
        pair = Pair((served.url,), (served.process,), folder, goal)
        for longer in threads[:5]:
            seats = ((longer.thread, REPORTER, 0), (longer.thread, COLLEAGUE, 0))
            async with pair.sitting(*seats) as (anna, karin):
                await says(anna, "Jag läser vidare efter flytten.")
                assert (await karin.gets("entry"))[-1]["n"] == karin.head + 1
        status, page = await pair.get(0, f"/arende/{threads[0].thread.case}", threads[0].thread.secrets[REPORTER])
        assert status == 200
        assert "Jag läser vidare efter flytten." in page
    store = store_at(url_of(Path(), goal))
    async with store.reading() as connection:
        for longer in threads[:50]:
            assert await is_whole(connection, longer.thread.case)
    await store.close()


async def says(who: Listener, text: str) -> None:
    reply = await who.says(text)
    assert reply.ok is not None


def test_it_is_refused_while_the_service_runs_on_the_file(file: Path, goal: str) -> None:
    with alone_with(file):
        assert "in use by another process" in refused(file, goal)


def test_it_is_refused_where_something_lies_already_and_that_stays(file: Path, goal: str) -> None:
    make(file, 30, 10)
    assert run("move", file, goal).returncode == 0
    before = asyncio.run(count(goal))
    assert "is not empty" in refused(file, goal)
    assert asyncio.run(count(goal)) == before


def test_it_is_refused_when_the_file_is_of_another_version(file: Path, postgres: Postgres, goal: str) -> None:
    tell_file(file, "UPDATE alembic_version SET version_num = '0001'")
    assert "server migrate" in refused(file, goal)


def test_it_is_refused_when_the_database_is_of_another_version(file: Path, postgres: Postgres) -> None:
    name = postgres.make()
    assert run("migrate", file, postgres.url(name)).returncode == 0
    tell(postgres.url(name), "UPDATE alembic_version SET version_num = '9999'")
    assert "another version" in refused(file, postgres.url(name))


def test_what_is_missing_is_said_by_name(tmp_path: Path, file: Path, goal: str) -> None:
    assert refused(tmp_path / "gone.db", goal).startswith("There is no")
    assert refused(file, "").startswith("DATABASE_URL is wrong")
    assert "Nothing was moved" in refused(file, "postgresql://nobody@127.0.0.1:1/nowhere")


def test_what_arrives_otherwise_than_it_was_sent_is_found_and_nothing_stays(file: Path, postgres: Postgres) -> None:
    name = postgres.make()
    goal = postgres.url(name)
    make(file, 30, 10)
    # Its tables alone: the command would fill the directory's too, and what is not empty is no goal.
    asyncio.run(migrate(url_of(Path(), goal)))
    tell(
        goal,
        "CREATE FUNCTION spoil() RETURNS trigger AS 'BEGIN NEW.body := NEW.body || '' ''; RETURN NEW; END'"
        " LANGUAGE plpgsql",
    )
    tell(goal, "CREATE TRIGGER spoils BEFORE INSERT ON payload FOR EACH ROW EXECUTE FUNCTION spoil()")
    assert "not what was sent, in: payload" in refused(file, goal)
    assert asyncio.run(count(goal)) == 0


@pytest.mark.slow
def test_killed_in_the_middle_it_leaves_nothing_and_can_be_done_anew(file: Path, goal: str) -> None:
    make(file, 20_000)
    call, environment = words("move", file, goal)
    with subprocess.Popen(call, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as moving:
        assert moving.stdout
        while "event" not in moving.stdout.readline():
            assert moving.poll() is None
        moving.kill()
    assert "20," in run("move", file, goal).stdout
    assert asyncio.run(count(goal)) >= 20_000


def tell(goal: str, statement: str) -> None:
    """Do one statement in PostgreSQL."""
    asyncio.run(_tell(url_of(Path(), goal), statement))


def tell_file(file: Path, statement: str) -> None:
    """Do one statement in the file."""
    asyncio.run(_tell(url_of(file, ""), statement))


async def _tell(url: str, statement: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
