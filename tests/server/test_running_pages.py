"""What operators copy from the pages about running it does what the pages say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from inbox.storage.engine.engines import url_of
from inbox.storage.schema import metadata
from server.__main__ import COMMANDS
from server.observability.readiness import MISSED, NEEDED
from server.serve import LONGEST
from tests.processes.test_move import rows_of
from tests.server.test_running import ROOT
from tests.services.postgres import Postgres, program

RUNNING = ROOT / "server" / "running"
UNITS = sorted(RUNNING.glob("*.service"))


def block(page: str, name: str) -> str:
    """The commands of that name on a page."""
    text = (RUNNING / page).read_text(encoding="utf-8")
    found = re.search(rf"^```sh {name}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert found, name
    return found.group(1)


def do(commands: str, environment: dict[str, str]) -> None:
    """As an operator would, at the first fault no further."""
    done = subprocess.run(
        ["bash", "-euc", commands], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
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
    do("python -m server migrate && python -m server sample", before)
    attachment = first / "files" / "case" / "content"
    attachment.parent.mkdir(parents=True, exist_ok=True)
    attachment.write_bytes(b"a picture")
    do(block("backup.md", f"backup-{engine}"), before)
    do(block("backup.md", f"restore-{engine}"), after)
    assert (second / "files" / "case" / "content").read_bytes() == b"a picture"
    for table in metadata.sorted_tables:
        rows = await rows_of(url_of(second / "gensvar.db", urls[1]), table)
        assert rows == await rows_of(url_of(first / "gensvar.db", urls[0]), table)
        assert rows or table.name not in {"case_", "event", "payload", "person"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_what_there_is_and_leave_it_the_time_to_end(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    started = re.search(r"^ExecStart=\S+/python -m server ?(\w*)$", text, re.MULTILINE)
    assert started
    assert (started.group(1) or "serve") in COMMANDS
    patience = re.search(r"^TimeoutStopSec=(\d+)$", text, re.MULTILINE)
    assert patience
    assert int(patience.group(1)) > LONGEST


def test_the_procfile_runs_what_there_is() -> None:
    for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines():
        _, _, words = line.partition(": python -m server")
        assert (words.strip() or "serve") in COMMANDS


def test_the_page_about_watching_names_everything_that_health_tells() -> None:
    text = (RUNNING / "watching.md").read_text(encoding="utf-8")
    assert [name for name in NEEDED | MISSED if f"`{name}`" not in text] == []


def test_every_page_and_file_is_linked_from_the_first_one() -> None:
    text = (RUNNING / "README.md").read_text(encoding="utf-8")
    names = {path.name for path in RUNNING.iterdir()} - {"README.md"}
    assert [name for name in names if f"]({name})" not in text] == []
