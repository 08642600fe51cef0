"""A database that a release before has made reads as it did, on either engine, after the present migrations."""

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import text

from inbox.cases import lifecycle, state_changes
from inbox.cases.errors import NotNow
from inbox.cases.model import State
from inbox.execution.sealing import Sealing
from inbox.storage.engine.engines import open_writer, url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.projections.rebuild import rebuild
from inbox.storage.projections.verify import differences
from inbox.storage.sealing.check import broken_seals
from inbox.storage.sealing.heads import HeadsFile
from server.app import real_clock
from tests.histories.loaded import load
from tests.histories.opened import DATABASE, opened
from tests.histories.packed import recorded, unpack
from tests.histories.reading import read, signed_in
from tests.privacy.traces import found_in
from tests.services.postgres import Postgres
from tests.services.stores import KEYRING, store_at

HERE = Path(__file__).parent
RELEASES = [path.parent.name for path in HERE.glob("*/history.tar.xz")]

REPORTER = "(?:Den som (?:skrev|frågade)|Anna|Mustafa|Sara|Person)"
SINCE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "a7f9d66": (
        (r"(\d+ dag(?:ar)?) (?:över målet|försenat)", r"\1 late", "late is said in a plain word"),
        (r"(\d+ dag(?:ar)?) (?:till målet|kvar)", r"\1 left", "so is what is left"),
        (r"Väntar på (?:svar från )?(?:anmälaren|\w+)( \||$)", r"Waiting\1", "who filed a case is called by name"),
        (rf"\| {REPORTER} (sa ja|sa nej|tycker)\b", r"| Somebody \1", "the same"),
        (rf"\| (?:Ärendet togs tillbaka av den som skrev|{REPORTER} återkallade ärendet)", "| Withdrawn", "the same"),
        (
            rf"\| (?:Ärendet öppnades igen med en ny fråga|{REPORTER} ställde en följdfråga\. Ärendet är öppet igen)",
            "| Reopened",
            "the same",
        ),
        (r"\| (?:Återtaget|Återkallat)$", "| Withdrawn", "the word that the law has"),
        (r"Tiden för (?:att fråga mer|följdfrågor) är slut", "Time is over", "the word that the button has"),
        (r"(?:Andras interna|Interna) anteckningar delas aldrig", "No notes", "nobody's are"),
        (r"\| (?:Svaret är skickat|[^|]+ har svarat)\.", "| Answered.", "each authority has answers of its own"),
        (r"^(?:Svaret|Svar från [^|]+) \|", "The answer |", "there may be two on paper, each with its author"),
        (r" \| Deras nummer: [^|]+(?= \|)", "", "and its number"),
        (r"Det här hände \| | Det här gör vi \||– |Vi beklagar \| ", "", "an answer has its headings in a thread, too"),
        (r"\.(?: \|)? Klart senast", ". Klart senast", "and lines"),
        (r"\| Alla (?=\d\d\.\d\d)", "| ", "of what is for everyone nothing is said"),
        (r"(?<=\d\d\.\d\d \| )Alla \| ", "", "the same on paper"),
    )
}
"""What people read otherwise now, and are meant to: how it was or is said, what stands for both here, and why."""
ADDED = {"a7f9d66": "The answer |"}
"""What more there is now: of several answers, paper had but the first authority's newest."""


@pytest.fixture(params=["sqlite", "postgres"])
async def of_release(request: pytest.FixtureRequest, tmp_path: Path, release: str) -> str:
    """DATABASE_URL of a release's database, not upgraded yet; empty for SQLite, where it lies in `tmp_path`."""
    unpack(HERE / release / "history.tar.xz", tmp_path)
    if request.param == "sqlite":
        return ""
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.url(postgres.make())
    await load(tmp_path / DATABASE, url_of(Path(), url))
    return url


@pytest.mark.slow
@pytest.mark.parametrize("release", RELEASES)
async def test_what_six_people_read_in_a_release_before_they_read_after_the_upgrade(
    tmp_path: Path, of_release: str, release: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = url_of(tmp_path / DATABASE, of_release)
    private = in_the_open(tmp_path / DATABASE)
    await migrate(url, KEYRING)
    different, pages = list[tuple[str, str]](), 0
    async with opened(tmp_path, database_url=of_release) as house:
        for reader, then in recorded(HERE / release / "read.json.xz").items():
            browser = await signed_in(house, reader)
            for path, lines in then.items():
                pages += 1
                if not _same(release, lines, await read(browser, path)):
                    different.append((reader, path))
        if not of_release:
            assert nowhere_in(tmp_path, private)
    assert pages > 500
    assert different == []

    def never(state: State, trigger: lifecycle.Trigger) -> State:
        raise NotNow(state=state.value, trigger=trigger.value)

    # Nothing that happened then is asked whether it may happen now.
    monkeypatch.setattr(state_changes, "after", never)
    monkeypatch.setattr(lifecycle, "after", never)
    assert await _found(url) == []
    await _file_shares_are_made_anew(url)


@pytest.mark.slow
@pytest.mark.parametrize("release", RELEASES)
async def test_what_happened_in_a_release_before_is_sealed_by_this_one(tmp_path: Path, of_release: str) -> None:
    url, file = url_of(tmp_path / DATABASE, of_release), HeadsFile(tmp_path / "heads")
    await migrate(url, KEYRING)
    store = store_at(url)
    store.start()
    try:
        await Sealing(store, real_clock, file).go_on()
    finally:
        await store.close()
    assert [each async for each in broken_seals(url, file, KEYRING)] == []
    engine = open_writer(url)
    async with engine.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM event_seal")) > 10_000
        await connection.execute(text("DELETE FROM access WHERE row = (SELECT max(row) FROM access)"))
    await engine.dispose()
    assert len([each async for each in broken_seals(url, file, KEYRING)]) == 1


def in_the_open(database: Path) -> frozenset[str]:
    """Numbers of people, and names of patients, as they lie there before."""
    with closing(sqlite3.connect(database)) as file:
        bodies = file.execute("SELECT json_extract(body, '$.submission') FROM payload WHERE body LIKE '%submission%'")
        given = [each["value"] for (body,) in bodies if body for each in json.loads(body)["answers"]]
        numbers = file.execute("SELECT personal_number FROM person WHERE personal_number IS NOT NULL").fetchall()
    told = {value["name"] for value in given if value["type"] == "person"} | {number for (number,) in numbers}
    assert len(told) > 5
    return frozenset(told)


def nowhere_in(folder: Path, private: frozenset[str]) -> bool:
    """Whether none of it stands in the database file, nor in what SQLite lays beside it."""
    files = list(folder.glob(f"{DATABASE}*"))
    assert len(files) > 1
    return not any(found_in(file, private) for file in files)


async def _found(url: str) -> list[tuple[str, str]]:
    return [(each.owner, each.field) async for each in differences(url, lambda *_: None)]


async def _file_shares_are_made_anew(url: str) -> None:
    """The one table whose rows need more than a few words to come about."""
    engine = open_writer(url)
    async with engine.begin() as connection:
        shares = await connection.scalar(text("SELECT count(*) FROM file_share"))
        await connection.execute(text("DELETE FROM file_share WHERE party = 'a2'"))
    await engine.dispose()
    lost = await _found(url)
    assert shares >= len(lost) > 0
    assert all(re.fullmatch(r"file_share\.[0-9a-f]+\.a2 missing", field) for _, field in lost)
    assert await rebuild(url, "file_share", lambda *_: None) == len(lost)
    assert await _found(url) == []


def _same(release: str, then: list[str], now: list[str]) -> bool:
    before, after = _plain(release, then), _plain(release, now)
    for line, times in (Counter(after) - Counter(before)).items():
        for _ in range(times if line.startswith(ADDED[release]) else 0):
            after.remove(line)
    return before == after


def _plain(release: str, lines: list[str]) -> list[str]:
    for said, plain, _ in SINCE[release]:
        lines = [re.sub(said, plain, line) for line in lines]
    lines = [" ".join(line.split()) for line in lines]
    # Between a thread and its desk nothing says what came first of what happened at one moment.
    return [line for _, tied in groupby(lines, _moment) for line in sorted(tied)]


def _moment(line: str) -> str:
    found = re.match(r"\d+ (\S+T\S+) \|", line)
    return found.group(1) if found else line
