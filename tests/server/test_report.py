"""The yearly figures on the terminal, from cases that were filed and answered."""

import asyncio
import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from inbox.cases import commands as c
from inbox.directory.load import MITTLAND
from inbox.execution.directory_changes import directory_changes
from inbox.execution.reacting import Reacting
from inbox.reactions.statistics import REACTION
from inbox.storage.engine.bell import Came
from server import __main__ as command_line
from server.administration.taking_in import take_in
from tests.inbox.whole_cases import READY
from tests.people import ANNA, BO, OLLE
from tests.world import World, world_in

Run = Callable[..., tuple[int, str, str]]


async def _filled(folder: Path) -> None:
    """Two cases with the board: one that is answered the day after, and one of before."""
    async with world_in(folder, "") as world:
        kernel = directory_changes(world.store, world.clock, world.today, world.new_id)
        await take_in(MITTLAND, world.store, kernel, world.new_id, lambda _, __: None)
        await world.complains_to_board(BO)
        case = await world.complains_to_board(ANNA)
        world.passes(timedelta(days=1))
        await world.does(OLLE, c.TakeCase, case)
        await world.does(OLLE, c.AnswerCase, case, **READY)
        await _counted(world)


async def _counted(world: World) -> None:
    reacting = Reacting(world.store, [REACTION], world.clock)
    while await reacting.go_on("statistics") in {Came.MORE, Came.LATER}:
        pass


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `report` on a database with two cases."""
    asyncio.run(_filled(tmp_path))
    capsys.readouterr()
    monkeypatch.setenv("DATABASE", str(tmp_path / "world.db"))
    monkeypatch.setattr("server.observability.logs.set_up", lambda *_: None)
    monkeypatch.setattr("os.umask", lambda _: 0)

    def done(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["server", "report", *words])
        return command_line.main(), *capsys.readouterr()

    return done


def numbers(told: str) -> dict[tuple[str, str], str]:
    """Each number by its part and value."""
    return {(row["part"], row["value"]): row["number"] for row in csv.DictReader(io.StringIO(told))}


def test_a_boards_year_is_printed_twice_alike_and_as_it_was_known_on_a_day(run: Run) -> None:
    code, told, _ = run("99", "2026")
    assert code == 0
    assert run("99", "2026") == (0, told, "")
    now = numbers(told)
    assert now["all", ""] == "2"
    assert now["outcome", "answered"] == now["main", "6"] == now["measure", "promised"] == "1"
    # The day before the answer was given.
    before = numbers(run("99", "2026", "--as-of", "2026-11-21")[1])
    assert before["all", ""] == before["outcome", "open"] == "2"
    assert ("main", "6") not in before
    assert numbers(run("99", "2025")[1]) == {("all", ""): "0"}
    assert numbers(run("99", "2026", "--side", "vard")[1]) == {("all", ""): "0"}
    code, told, said = run("nowhere", "2026")
    assert (code, told) == (2, "")
    assert said.startswith("There is no region nowhere: ")
