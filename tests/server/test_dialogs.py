"""Versions of dialogs on the terminal: imported, published and retired beside a service that runs."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogs.load import DEFINITIONS
from server import __main__ as command_line
from server.process.file_lock import alone_with
from tests.services.stores import fresh_store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a new database, which another process serves from."""
    database = tmp_path / "gensvar.db"
    asyncio.run(fresh_store(database, ""))
    for name, value in {"DATABASE": str(database), "FILES": str(tmp_path / "files")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("server.observability.logs.set_up", lambda *_: None)
    monkeypatch.setattr("os.umask", lambda _: 0)

    def done(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["server", "dialogs", *words])
        with alone_with(database):
            code = command_line.main()
        return code, *capsys.readouterr()

    return done


def changed(folder: Path, number: int, was: str = "", becomes: str = "") -> str:
    """A folder with the complaint as that version, with one thing changed."""
    to = folder / f"complaint-{number}"
    shutil.copytree(DEFINITIONS / "complaint/1", to)
    rules = to / "dialog.toml"
    text = rules.read_text(encoding="utf-8").replace("version = 1", f"version = {number}", 1)
    rules.write_text(text.replace(was, becomes, 1) if was else text, encoding="utf-8")
    return str(to)


def test_a_version_is_imported_published_and_the_one_before_is_retired(run: Run, tmp_path: Path) -> None:
    for number in (1, 2):
        code, told, _ = run("import", changed(tmp_path, number))
        assert (code, f"complaint/{number}  draft\n" in told) == (0, True)
        assert run("publish", "complaint", str(number))[0] == 0
    assert run("retire", "complaint", "1")[0] == 0
    assert run("list") == (0, "complaint/1  retired\ncomplaint/2  published, asked by now\n", "")
    assert run("publish", "complaint", "2")[1].startswith("It was so already.\n")


def test_what_is_wrong_is_told_by_name_and_nothing_is_published(run: Run, tmp_path: Path) -> None:
    folder = changed(tmp_path, 1, 'kind = "note"', 'kind = "riddle"')
    assert "not ready: unknown_kind at understanding riddle" in run("import", folder)[1]
    words = "The questions cannot be published, because something in them is wrong.\n"
    assert run("publish", "complaint", "1") == (2, "", f"{words}  unknown_kind at understanding riddle\n")
    assert run("list")[1] == "complaint/1  draft\n"
    assert run("publish", "complaint", "7") == (2, "", "There is no such version of the questions.\n")
    assert run("import", str(tmp_path / "nowhere"))[0] == 2
