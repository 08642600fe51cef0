"""Roles on the terminal: given, taken and listed beside a service that runs."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from inbox.storage import people
from server import __main__ as command_line
from server.config import Settings
from server.directory import take_in_first
from server.process.file_lock import alone_with
from tests.people import EKBACKEN, LARS
from tests.services.stores import KEYS, fresh_store, store_at

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a database with Lars and a directory in it, which another process serves from."""
    database = tmp_path / "gensvar.db"
    asyncio.run(_settled(database))
    take_in_first(Settings(database=database, keys=str(KEYS)))
    capsys.readouterr()
    for name, value in {"DATABASE": str(database), "FILES": str(tmp_path / "files")}.items():
        monkeypatch.setenv(name, value)
    # Of a process of its own; this one goes on with other tests.
    monkeypatch.setattr("server.observability.logs.set_up", lambda *_: None)
    monkeypatch.setattr("os.umask", lambda _: 0)

    def done(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["server", *words])
        with alone_with(database):
            code = command_line.main()
        return code, *capsys.readouterr()

    return done


async def _settled(database: Path) -> None:
    store = store_at(await fresh_store(database, ""))
    store.start()
    await store.writer.do(lambda connection: people.add_person(connection, LARS))
    await store.close()


def test_a_role_is_given_listed_and_taken(run: Run) -> None:
    told = f"  caseworker at {EKBACKEN} Ekbackens vårdcentral and below from 2026-01-01 until 2099-12-31\n"
    days = ("--from", "2026-01-01", "--until", "2099-12-31", "--below")
    assert run("grant", "lars", "caseworker", EKBACKEN, *days) == (0, f"Done.\n{told}", "")
    assert run("grant", "lars", "caseworker", EKBACKEN, *days) == (0, f"It was so already.\n{told}", "")
    assert run("people") == (0, f"lars  Lars Kollegsson\n{told}", "")
    assert run("revoke", "lars", "caseworker", EKBACKEN) == (0, "Done.\n", "")
    assert run("people") == (0, "lars  Lars Kollegsson\n", "")


def test_what_is_refused_is_one_plain_line(run: Run) -> None:
    words = "The person does not have that role there.\n"
    assert run("revoke", "lars", "caseworker", EKBACKEN) == (2, "", words)
    assert run("grant", "nobody", "caseworker", EKBACKEN)[::2] == (2, "Nobody with that id works in the service.\n")


def test_somebody_is_let_in_by_what_they_are_called_at_work(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told, _ = run("employee", "SE0000000001-NEW", "Nya Medarbetare")
    assert (code, told.strip() != "") == (0, True)
    assert f"{told.strip()}  Nya Medarbetare" in run("people")[1]
    assert run("employee", "SE0000000001-LARS", "", "--person", "lars") == (0, "lars\n", "")
    assert run("employee", "se0000000001-lars", "", "--person", told.strip())[0] == 2
    assert run("employee", "SE0000000001-X", "", "--person", "nobody")[0] == 2
    monkeypatch.setattr("getpass.getpass", lambda _: "19121212-1212")
    assert run("employee", "SE0000000001-LARS2", "", "--person", "lars", "--number") == (0, "lars\n", "")
    assert run("employee", "SE0000000001-LARS3", "", "--number") == (0, "lars\n", "")
    monkeypatch.setattr("getpass.getpass", lambda _: "191212121213")
    assert run("employee", "SE0000000001-LARS4", "", "--number")[0] == 2
