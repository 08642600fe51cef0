"""`python -m tests.histories.make FOLDER [CASES]`: a database as the release in this folder makes it. See README.md."""

import asyncio
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import msgspec

from inbox.storage.administration import roles
from server.sample import tell as telling
from server.sample.run import open_norrskog
from server.sample.story import Somebody, everybody
from tests.filing import filled_in
from tests.histories.courses import BOARD, COURSES, Cast, Course, Desk
from tests.histories.opened import DATABASE, opened
from tests.histories.packed import Facts, pack, record, unpack
from tests.histories.reading import ADMINISTRATOR, READERS, choose_cases, read_all
from tests.house import START, House

CASES = 2_000
MEMORY = "/dev/shm" if Path("/dev/shm").exists() else None  # noqa: S108 - quicker: 50,000 commits wait for no disk
DAYS = 200
"""Over which they are spread: some are a few days old, of many the time for asking on is over."""
TORGET, EKBACKEN = "SE0000000001-VCTORGET", "SE0000000001-VCEKBACKEN"
DESKS = {EKBACKEN: "karin", "SE0000000001-VCSJOSTADEN": "johan", "SE0000000001-LSAKUTMOTT": "maria", TORGET: "tora"}
MORE = msgspec.convert(
    [
        {
            "id": "tora",
            "name": "Tora Torgman",
            "presentation": "Handläggare på Torgets vårdcentral",
            "staff": True,
            "roles": [{"role": "caseworker", "unit": TORGET}],
        },
        *(
            {"id": f"citizen-{n}", "name": f"Person Nummer-{n}", "presentation": "Patient", "birth_year": 1940 + n}
            for n in range(1, 61)
        ),
    ],
    tuple[Somebody, ...],
)
"""People beside those of the sample."""


async def make(folder: Path, cases: int) -> None:
    """Write `history.tar.xz`, a database with its attachments, unless it is there; and `read.json.xz`, what it says."""
    history = folder / "history.tar.xz"
    with TemporaryDirectory(dir=MEMORY) as place:
        if not history.exists():
            made = _folder(place, "made")
            async with opened(made, anew=True) as house:
                await _happen(house, cases)
            _tidy(made)
            pack(made, history)
        chosen, found = list[str](), Facts()
        for reader in READERS:
            # Each on a copy of their own: where looking counts as reading, nobody sees that another has looked.
            copy = _folder(place, reader)
            unpack(history, copy)
            async with opened(copy) as house:
                chosen = chosen or await choose_cases(house)
                found[reader] = await read_all(house, reader, chosen)
        record(found, folder / "read.json.xz")


def _folder(place: str, name: str) -> Path:
    folder = Path(place, name)
    folder.mkdir()
    return folder


async def _happen(house: House, cases: int) -> None:
    somebodies = (*everybody(), *MORE, ADMINISTRATOR)
    for somebody in somebodies:
        await _moves_in(house, somebody)
    cast = await _cast(house, {somebody.id: somebody for somebody in somebodies})
    chance, courses = Random(11), list(COURSES)
    for day in range(DAYS):
        house.clock.now = START.replace(hour=5) - timedelta(days=DAYS - day)
        for _ in range(cases * (day + 1) // DAYS - cases * day // DAYS):
            who = chance.choice(cast.reporters)
            await who[1].signs_in(who[0])
            for desk in (*cast.care, cast.board):
                await desk.browser.signs_in(desk.person)
            house.clock.passes(timedelta(minutes=20))
            course = Course(cast, who, chance.choice(cast.care))
            await chance.choices(courses, [COURSES[each] for each in courses])[0](course)
    house.clock.now = START
    # Those who live in the sample are there already.
    clock: Any = _Clock(house)
    await open_norrskog(house.parts, clock)
    with patch.object(telling, "everybody", tuple):
        await telling.tell(house.parts.services, clock)
    await _drafted(house)


async def _drafted(house: House) -> None:
    """Somebody has begun to write, and was called away."""
    await filled_in(house, everybody()[0].person())


async def _moves_in(house: House, somebody: Somebody) -> None:
    person, held = somebody.person(), somebody.roles
    await house.parts.services.store.writer.do(lambda connection: roles.add_with_roles(connection, person, held, START))


async def _cast(house: House, known: dict[str, Somebody]) -> Cast:
    browsers = {id: await house.browser() for id in known}
    reporters = [(somebody.person(), browsers[id]) for id, somebody in known.items() if not somebody.staff]
    return Cast(
        house=house,
        # Those of the sample come a little more often.
        reporters=[*reporters, *reporters[:3]],
        care=[Desk(unit, known[id].person(), browsers[id]) for unit, id in DESKS.items()],
        board=Desk(BOARD, known["erik"].person(), browsers["erik"]),
    )


class _Clock:
    """The sample's stories set a clock: that of the house."""

    def __init__(self, house: House) -> None:
        self._clock = house.clock

    def __call__(self) -> datetime:
        return self.moment

    @property
    def moment(self) -> datetime:
        return self._clock.now

    @moment.setter
    def moment(self, moment: datetime) -> None:
        self._clock.now = moment


def _tidy(folder: Path) -> None:
    """As small as it goes: without sessions, which nobody has any more, and what the service makes anew."""
    for path in folder.iterdir():
        if path.is_symlink():
            path.unlink()
        elif path.is_dir() and path.name != "files":
            shutil.rmtree(path)
    with closing(sqlite3.connect(folder / DATABASE)) as file:
        file.execute("DELETE FROM session")
        file.commit()
        file.execute("PRAGMA journal_mode = DELETE")
        file.execute("VACUUM")


if __name__ == "__main__":
    asyncio.run(make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else CASES))
