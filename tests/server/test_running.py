"""Starting, being watched over, and stopping in good order."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import UUID

import pytest

from server.ids import uuid7
from server.jobs.runner import Job, Jobs
from server.process.file_lock import AlreadyRunning, alone_with
from tests.house import House
from tests.patience import PATIENCE, Deadline, Watch
from tests.services.ports import free_port

ROOT = Path(__file__).parents[2]


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a server with a database of its own."""
    port = str(free_port())
    return {**os.environ, "PORT": port, "DATABASE": str(folder / "gensvar.db"), "FILES": str(folder / "files"), **more}


def run(command: str, environment: Mapping[str, str], umask: int = -1) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "server", command]
    return subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False, umask=umask
    )


def test_a_wrong_setting_is_one_plain_line(tmp_path: Path) -> None:
    done = run("serve", surroundings(tmp_path, PORT="many"))
    assert done.returncode == 2
    assert done.stderr.startswith("PORT is wrong")
    assert done.stderr.count("\n") == 1


def test_a_database_that_is_not_up_to_date_is_one_plain_line(tmp_path: Path) -> None:
    done = run("serve", surroundings(tmp_path))
    assert done.returncode == 2
    assert "python -m server migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_starts_answers_refuses_a_second_process_and_stops_when_told(tmp_path: Path) -> None:
    environment = surroundings(tmp_path)
    assert run("migrate", environment).returncode == 0
    with subprocess.Popen([sys.executable, "-m", "server"], cwd=ROOT, env=environment, stdout=subprocess.PIPE) as first:
        assert wait_for(f"http://127.0.0.1:{environment['PORT']}/health/ready") == 200
        second = run("serve", environment)
        assert second.returncode == 2
        assert "is in use by another process" in second.stderr
        first.send_signal(signal.SIGTERM)
        assert seconds_until_ended(first) < 5
        assert first.returncode == 0
        assert first.stdout
        assert environment["PORT"] in first.stdout.read().decode()


def seconds_until_ended(process: subprocess.Popen[bytes]) -> float:
    """How long it still runs, but for what the machine gives to others."""
    deadline, watch, seconds = Deadline(), Watch(process.pid), 0.0
    while process.poll() is None:
        seconds = watch.seconds
        deadline.check("the end")
        time.sleep(0.02)
    return seconds


def test_what_it_makes_can_be_read_by_its_own_account_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    environment = surroundings(folder)
    everybody_may_read = 0o022
    assert run("migrate", environment, everybody_may_read).returncode == 0
    words = [sys.executable, "-m", "server"]
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, umask=everybody_may_read) as one:
        assert wait_for(f"http://127.0.0.1:{environment['PORT']}/health/ready") == 200
        made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
        one.terminate()
    assert {"var", "gensvar.db", "gensvar.db-wal", "gensvar.db.lock", "secret"} <= set(made)
    assert {name: oct(mode) for name, mode in made.items() if mode & 0o077} == {}


def wait_for(address: str) -> int:
    """The status once somebody answers."""
    deadline = Deadline()
    while True:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
                status: int = answer.status
                return status
        except (URLError, ConnectionError):
            deadline.check(address)
            time.sleep(0.05)


async def test_it_says_that_it_is_ready_and_when_it_is_not(house: House) -> None:
    browser = await house.browser()
    assert (await browser.get("/health/live")).status == 200
    assert (await browser.get("/health/ready")).status == 200
    await house.parts.services.store.writer.stop()
    page = await browser.get("/health/ready")
    assert page.status == 503
    assert '"writer": false' in page.text
    house.parts.services.store.start()


async def test_figures_count_routes_and_never_addresses(house: House) -> None:
    browser = await house.browser()
    await browser.get("/api/v1/units?q=hemligt")
    await browser.get("/arende/0192-secret")
    page = await browser.get("/metrics")
    assert 'route="/api/v1/units",status="200"' in page.text
    assert "hemligt" not in page.text
    assert "0192-secret" not in page.text


def test_only_one_process_works_with_a_database(tmp_path: Path) -> None:
    database = tmp_path / "gensvar.db"
    with alone_with(database):
        # A lock belongs to an opened file, so this stands for another process.
        with pytest.raises(AlreadyRunning, match=r"in use"), alone_with(database):
            pass
    with alone_with(database):
        pass


def test_ids_sort_by_time_and_name_their_version() -> None:
    early, late = uuid7(1_700_000_000_000, b"\xff" * 10), uuid7(1_700_000_000_001, b"\x00" * 10)
    assert early < late
    assert (UUID(early).version, UUID(early).variant) == (7, "specified in RFC 4122")


async def test_a_job_comes_back_also_after_it_failed() -> None:
    done = asyncio.Event()
    rounds: list[str] = []

    async def work() -> None:
        if len(rounds) == 1:
            done.set()
        raise ValueError

    jobs = Jobs(
        (Job("sweep", timedelta(milliseconds=5), work),),
        effects=lambda: 0.5,
        count=lambda job, outcome: rounds.append(f"{job} {outcome}"),
    )
    jobs.start()
    await asyncio.wait_for(done.wait(), PATIENCE)
    await jobs.stop()
    assert rounds[0] == "sweep failed"
