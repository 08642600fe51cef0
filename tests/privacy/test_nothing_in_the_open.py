"""How to reach somebody and who somebody is lies nowhere in the open: in no file, copy or log of the service."""

import asyncio
import logging
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.people import Person, add_person
from server.observability.logs import JsonLines
from tests.handlers.teller import Fields, teller
from tests.house import Browser, House, house_in
from tests.people import KARIN, OLLE
from tests.privacy.traces import found_in
from tests.services.postgres import Postgres, program

TINDRA = Person(
    id="p-7301", name="Tindra Spårlöse", staff=False, personal_number="198711042396", sex="woman", birth_year=1987
)
PATIENT, PHONE, STREET, TOWN, MAIL = (
    "Malte Undangömd",
    "070-174 06 35",
    "Gömstigen 4711",
    "Dolda Byn",
    "td@spar.example",
)
SEEDED = (TINDRA.name, "Tindra Sp", TINDRA.personal_number or "", PATIENT, PHONE, STREET, TOWN, MAIL)
FOR_MALTE: dict[str, Fields] = {
    "about": {"choice": "relative"},
    "patient": {"name": PATIENT, "birth_year": "1950"},
    "answer_way": {"choice": "letter"},
    "address": {"street": f"{STREET}, {MAIL}", "postcode": "123 45", "town": TOWN},
}
BY_PHONE: dict[str, Fields] = {"answer_way": {"choice": "phone"}, "phone": {"phone": PHONE}}
TO_BOARD: dict[str, Fields] = {"recipient": {"choice": "board"}, "share": {"choice": "yes"}}


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The whole service with Tindra in it."""
    async with house_in(tmp_path, database_url=database_url) as house:
        await house.parts.services.store.writer.do(lambda connection: add_person(connection, TINDRA))
        yield house


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Everything that is logged meanwhile, on its finest level, as it is written."""
    file = tmp_path / "log" / "service.log"
    file.parent.mkdir()
    handler, root = logging.FileHandler(file), logging.getLogger()
    handler.setFormatter(JsonLines())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield file
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


@pytest.mark.on_both_engines
async def test_it_stands_in_no_file_no_copy_and_no_log_and_is_shown_to_those_who_may_see_it(
    house: House, tmp_path: Path, log: Path, request: pytest.FixtureRequest
) -> None:
    sent = await everything_happens(house)
    karin, olle = await house.browser(KARIN), await house.browser(OLLE)
    for page in ("", "/utskrift"):
        await shows(karin, f"/personal/arende/{sent[0]}{page}", PATIENT, STREET, TOWN, MAIL)
        await shows(karin, f"/personal/arende/{sent[1]}{page}", PHONE)
    await shows(olle, f"/personal/arende/{sent[2]}", PHONE)
    await a_copy_is_made(house, tmp_path / "copy", request)
    assert found_in(log, ["post_message"])
    assert found_in(tmp_path, SEEDED) == {}
    if house.parts.services.store.shared:
        postgres: Postgres = request.getfixturevalue("postgres")
        postgres.tell("CHECKPOINT")
        assert found_in(Path(postgres.tell("SHOW data_directory").strip()).parent, SEEDED) == {}


@pytest.mark.on_both_engines
async def test_what_is_removed_leaves_the_case_readable(house: House) -> None:
    case = (await everything_happens(house))[1]

    async def remove(connection: AsyncConnection) -> None:
        await connection.execute(text("DELETE FROM private_detail"))
        await connection.execute(text("UPDATE person SET name = '', details = NULL, number_index = NULL"))

    await house.parts.services.store.writer.do(remove)
    karin, tindra = await house.browser(KARIN), await house.browser(TINDRA)
    for reader, path in ((karin, f"/personal/arende/{case}"), (tindra, f"/arende/{case}")):
        page = await reader.get(path)
        assert (page.status, PHONE in page.text) == (200, False)
        assert "Uppgiften är borttagen." in page.words
    status, feed = await karin.api("GET", f"/api/v1/cases/{case}/feed?after=0")
    answers = {each["step"]: each for each in feed["entries"][0]["event"]["answers"]}
    assert (status, answers["phone"]["lines"], answers["phone"]["removed"]) == (200, [], True)


async def everything_happens(house: House) -> tuple[str, str, str]:
    """Tindra files three cases, one of them with the board, begins two more, and Karin reads and answers."""
    cases = [await filed(house, answers) for answers in (FOR_MALTE, BY_PHONE, BY_PHONE | TO_BOARD)]
    begun = await teller(house, TINDRA, "/beratta?ny=1")
    await begun.tells(FOR_MALTE)
    unknown = await teller(house)
    await unknown.tells(BY_PHONE)
    karin, tindra = await house.browser(KARIN), await house.browser(TINDRA)
    await karin.command("take_case", cases[0])
    await karin.command("post_message", cases[0], text="Vi ringer i morgon.")
    await tindra.command("post_message", cases[0], text="Tack, det går bra.")
    await reads(tindra, "/hem", f"/arende/{cases[0]}", f"/arende/{cases[0]}/utskrift", f"/kvitto/{cases[0]}")
    await reads(karin, "/personal", f"/api/v1/cases/{cases[0]}/feed?after=0")
    return cases[0], cases[1], cases[2]


async def filed(house: House, answers: dict[str, Fields]) -> str:
    tindra = await teller(house, TINDRA, "/beratta?ny=1")
    await tindra.tells(answers)
    page = await tindra.sends()
    assert page.path.startswith("/kvitto/"), page.words
    return page.path.rpartition("/")[2]


async def shows(reader: Browser, path: str, *words: str) -> None:
    page = await reader.get(path)
    assert [word for word in words if word not in page.words] == [], page.words


async def reads(browser: Browser, *paths: str) -> None:
    for path in paths:
        assert (await browser.get(path)).status in {200, 404}, path


async def a_copy_is_made(house: House, folder: Path, request: pytest.FixtureRequest) -> None:
    """As the page of backups says."""
    await asyncio.to_thread(folder.mkdir)
    if house.parts.services.store.shared:
        url = request.getfixturevalue("postgres_url")
        words = [program("pg_dump"), f"--file={folder / 'gensvar.sql'}", url]
    else:
        words = ["sqlite3", str(folder.parent / "house.db"), f"VACUUM INTO '{folder / 'gensvar.db'}'"]
    await asyncio.to_thread(subprocess.run, words, check=True)
