"""Files that nothing names are taken away in the end; every other stays."""

import os
from datetime import timedelta
from pathlib import Path

from inbox.storage import files as attachments
from inbox.storage.files import StoredFile
from inbox.storage.reacting import outbox
from inbox.storage.reacting.outbox import Letter
from server.jobs.jobs import drop_stray_files
from tests.house import House, files_in, house_in
from tests.patience import until

OWNER, FORGOTTEN, ARRIVING = "a-case", "forgotten", "arriving"
NAMED, STRAY, NEW = "1" * 64, "2" * 64, "3" * 64


def lies(house: House, owner: str, digest: str, age: timedelta) -> Path:
    path = files_in(house) / owner / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"content")
    moment = (house.clock() - age).timestamp()
    os.utime(path, (moment, moment))
    return path


async def noted(house: House, owner: str, digest: str) -> None:
    file = StoredFile(
        id="f1", owner=owner, party="reporter", name="a.png", kind="image/png", size=7, digest=digest, at=house.clock()
    )
    await house.parts.services.store.writer.do(lambda connection: attachments.add_file(connection, file))


async def test_only_old_files_that_nothing_names_are_taken_away(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        await noted(house, OWNER, NAMED)
        named = lies(house, OWNER, NAMED, timedelta(days=400))
        stray = lies(house, OWNER, STRAY, timedelta(days=2))
        same_content_elsewhere = lies(house, FORGOTTEN, NAMED, timedelta(days=2))
        arriving = lies(house, ARRIVING, NEW, timedelta(hours=23))
        await drop_stray_files(house.parts.services)
        assert [path.exists() for path in (named, stray, same_content_elsewhere, arriving)] == [
            True,
            False,
            False,
            True,
        ]


async def test_a_kept_file_can_still_be_read_after_the_sweep(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        await noted(house, OWNER, NAMED)
        lies(house, OWNER, NAMED, timedelta(days=2))
        await drop_stray_files(house.parts.services)
        assert [block async for block in house.parts.services.files.read(OWNER, NAMED)] == [b"content"]


async def test_a_file_that_is_still_named_stays_whatever_was_to_be_taken_away(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        await noted(house, OWNER, NAMED)
        paths = [lies(house, OWNER, digest, timedelta(0)) for digest in (NAMED, STRAY)]
        letters = [
            Letter(digest, "files", digest, {"owner": OWNER, "digest": digest}, house.clock())
            for digest in (NAMED, STRAY)
        ]
        await house.parts.services.store.writer.do(lambda connection: outbox.put(connection, letters))
        await until(lambda: not paths[1].exists())
        await until(lambda: _all_done(house))
        assert paths[0].exists()


async def _all_done(house: House) -> bool:
    async with house.parts.services.store.reading() as connection:
        return await outbox.count_open(connection) == {}
