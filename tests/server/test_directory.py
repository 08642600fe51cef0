"""The directory on the terminal: listed, taken in and changed beside a service that runs."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from inbox.directory.load import MITTLAND
from server import __main__ as command_line
from server.config import Settings
from server.directory import take_in_first
from server.process.file_lock import alone_with
from tests.people import ASPELUNDA, BOARD, EKBACKEN, TORGET
from tests.services.stores import KEYS, fresh_store

Run = Callable[..., tuple[int, str, str]]
DONE, SO_ALREADY = (0, "Done.\n", ""), (0, "It was so already.\n", "")
TOP, PROVIDER = "SE0000000001-RMHSV", "SE0000000001-RM"
BIRCH = "Björkens vårdcentral"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `directory` on a database with the sample's directory, which another process serves from."""
    database = tmp_path / "gensvar.db"
    asyncio.run(fresh_store(database, ""))
    take_in_first(Settings(database=database, keys=str(KEYS)))
    capsys.readouterr()
    for name, value in {"DATABASE": str(database), "FILES": str(tmp_path / "files")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("server.observability.logs.set_up", lambda *_: None)
    monkeypatch.setattr("os.umask", lambda _: 0)

    def done(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["server", "directory", *words])
        with alone_with(database):
            code = command_line.main()
        return code, *capsys.readouterr()

    return done


def listed(run: Run, *words: str) -> dict[str, str]:
    """What `list` says of each unit, by its id."""
    code, told, _ = run("list", *words)
    assert code == 0
    return {line.split()[0]: line.split(maxsplit=1)[1] for line in told.splitlines() if line}


def test_units_are_listed_by_a_word_of_their_name_or_id(run: Run) -> None:
    assert listed(run, "ekbackens vård") == listed(run, "1-vcekbacken") == {EKBACKEN: "Ekbackens vårdcentral"}
    every = listed(run)
    assert {EKBACKEN, TORGET, BOARD, ASPELUNDA} < set(every)
    # As in a Swedish list: å, ä and ö come last.
    assert list(every.values())[-1].startswith("Ö")
    assert listed(run, "nothing of that name") == {}


def test_a_unit_is_renamed_and_is_found_by_its_new_name(run: Run) -> None:
    assert run("rename", EKBACKEN, BIRCH) == DONE
    assert run("rename", EKBACKEN, BIRCH) == SO_ALREADY
    assert listed(run, "björkens") == {EKBACKEN: BIRCH}
    assert listed(run, "ekbackens vård") == {}


def test_a_unit_is_moved_merged_and_ended_and_only_then_left_out(run: Run) -> None:
    assert run("move", EKBACKEN, TOP)[0] == 0
    assert run("move", EKBACKEN, TOP) == SO_ALREADY
    assert run("merge", EKBACKEN, TORGET) == DONE
    assert run("end", ASPELUNDA, "--until", "2020-12-31") == DONE
    assert run("end", ASPELUNDA, "--until", "2020-12-31") == SO_ALREADY
    assert {EKBACKEN, ASPELUNDA} & set(listed(run)) == set()
    ended = listed(run, "--ended")
    assert ended[ASPELUNDA].endswith(" until 2020-12-31")
    assert ended[EKBACKEN].endswith(f" merged into {TORGET}")
    # A day that is still to come leaves it where it is.
    assert run("end", TORGET, "--until", "2999-12-31") == DONE
    assert listed(run, "vctorget")[TORGET].endswith(" until 2999-12-31")


def test_how_a_unit_is_reached_is_set_one_thing_at_a_time(run: Run) -> None:
    words = ("--phone", "099-123 45 67", "--goal-days", "14", "--other-names", "Björken", "Ekan")
    assert run("contact", EKBACKEN, *words) == DONE
    assert run("contact", EKBACKEN, "--phone", "099-123 45 67") == SO_ALREADY
    assert run("contact", EKBACKEN, "--goal-days", "usual", "--connection", "not_connected") == DONE
    assert run("contact", EKBACKEN, "--goal-days", "usual") == SO_ALREADY


def test_a_region_is_given_rules_and_words_and_is_told_with_them(run: Run) -> None:
    told = "99  Region Mittland: Patientnämnden i Region Mittland"
    assert run("regions") == (0, f"{told}\n", "")
    rules = ("--goal-days", "21", "--reply-days", "14", "--text", "receipt", "sv", "Ring oss på 099-10 00 00.")
    assert run("region", "99", *rules) == DONE
    assert run("region", "99", *rules) == SO_ALREADY
    assert run("regions")[1] == f"{told}, goal 21 days, reply window 14 days, receipt in sv\n"
    usual = ("--goal-days", "usual", "--reply-days", "usual", "--text", "receipt", "sv", "")
    assert run("region", "99", *usual) == DONE
    assert run("regions")[1] == f"{told}\n"
    assert run("region", "99", "--no-open") == DONE
    assert run("regions")[1] == "\n"


def test_a_unit_that_is_over_is_named_and_left_alone(run: Run) -> None:
    assert run("merge", EKBACKEN, TORGET) == DONE
    words = f"The unit {EKBACKEN} has ended or become part of another one. Choose one that is there.\n"
    for asked in (("rename", EKBACKEN, BIRCH), ("end", EKBACKEN), ("merge", TORGET, EKBACKEN)):
        assert run(*asked) == (2, "", words)


@pytest.mark.parametrize("words", [(), ("fly",), ("rename", EKBACKEN), ("end", TORGET, "--until", "soon")])
def test_what_nobody_can_read_is_answered_with_how_it_is_used(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as refused:
        run(*words)
    assert refused.value.code == 2


def test_a_care_provider_is_renamed(run: Run) -> None:
    assert run("rename-provider", PROVIDER, "Mittlands vård") == DONE
    assert run("rename-provider", PROVIDER, "Mittlands vård") == SO_ALREADY


def test_a_file_is_taken_in_whole_or_not_at_all_and_twice_is_once(run: Run, tmp_path: Path) -> None:
    code, told, err = run("import", str(MITTLAND))
    assert (code, told) == (0, "It was so already.\n")
    file = msgspec.json.decode(MITTLAND.read_bytes())
    new = next(unit for unit in file["units"] if unit["id"] == TORGET) | {"id": "SE0000000001-NY", "name": "Nya Torget"}
    taken = tmp_path / "new.json"
    taken.write_bytes(msgspec.json.encode(file | {"units": [*file["units"], new]}))
    code, told, err = run("import", str(taken))
    assert (code, told) == (0, "The directory is in place.\n")
    assert err.startswith("Directory: ")
    assert listed(run, "nya torget") == {"SE0000000001-NY": "Nya Torget"}
    taken.write_bytes(msgspec.json.encode(file | {"units": [*file["units"], new | {"id": "X", "provider": "nobody"}]}))
    code, _, err = run("import", str(taken))
    assert (code, err.startswith("Nothing was taken in. ")) == (2, True)
    assert listed(run, "x nya") == {}


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("rename", "NOBODY", BIRCH), "We cannot find that unit. Choose one from the list."),
        (("move", EKBACKEN, ASPELUNDA), "The units belong to different healthcare providers."),
        (("move", EKBACKEN, EKBACKEN), "That is the same unit twice. Name two different ones."),
        (("merge", EKBACKEN, EKBACKEN), "That is the same unit twice. Name two different ones."),
        (("merge", EKBACKEN, ASPELUNDA), "The units belong to different healthcare providers."),
        (("end", TOP), "There are units below SE0000000001-RMHSV. Move or end them first."),
        (("end", BOARD), "The directory would not hold together: open_region_without_board: SE0000000001-PNMITTLAND"),
        (("rename-provider", "nobody", "Vård"), "There is no care provider with that id."),
        (("region", "77", "--name", "Ingenstans"), "There is no region with that code."),
        (("region", "99", "--text", "nowhere", "sv", "Hej"), "The directory would not hold together: unknown_text: 99"),
        (("contact", "NOBODY", "--phone", "1"), "We cannot find that unit. Choose one from the list."),
    ],
    ids=lambda words: " ".join(words)[:40] if isinstance(words, tuple) else "",
)
def test_what_is_refused_is_one_plain_line_and_changes_nothing(run: Run, words: tuple[str, ...], refusal: str) -> None:
    before = listed(run, "--ended"), run("regions")
    assert run(*words) == (2, "", f"{refusal}\n")
    assert (listed(run, "--ended"), run("regions")) == before
