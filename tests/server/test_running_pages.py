"""What operators copy from the pages about running it does what the pages say."""

import re
from pathlib import Path

import pytest

from server.__main__ import COMMANDS
from server.observability.readiness import MISSED, NEEDED
from server.serve import LONGEST
from tests.server.test_running import ROOT

RUNNING = ROOT / "server" / "running"
UNITS = sorted(RUNNING.glob("*.service"))


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
