"""Files in the guided chat, and files of cases."""

import re
import struct
import zlib
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inbox.storage import files
from inbox.storage.files import StoredFile
from inbox.storage.schema import outbox_try
from tests.answered import STORY
from tests.filing import filed
from tests.handlers.teller import Teller, teller
from tests.house import House, files_in
from tests.inbox.files.samples import CERTIFIED_PDF, LOCKED_PDF
from tests.patience import until
from tests.people import ANNA, BO, KARIN, SARA

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def png(colour: int = 0) -> bytes:
    """A picture of one dot."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes([0, colour])))
        + chunk(b"IEND", b"")
    )


async def at_files(house: House) -> Teller:
    """Anna at the story, under which files are added."""
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/files")
    return anna


async def sent_with(house: House, files: Sequence[tuple[str, bytes]]) -> str:
    """The case that Anna filed with these files."""
    anna = await at_files(house)
    await anna.says(files=files, text=STORY)
    await anna.tells()
    return (await anna.sends()).path.rpartition("/")[2]


@pytest.mark.on_both_engines
async def test_a_file_that_is_added_is_shown_and_one_stays_at_the_question(house: House) -> None:
    anna = await at_files(house)
    page = await anna.says(files=[("Kallelse.png", png())], add_files="1")
    assert page.path == "/beratta/story"
    assert "Kallelse.png" in page.words


async def test_whoever_chooses_a_file_and_goes_on_has_added_it(house: House) -> None:
    anna = await at_files(house)
    page = await anna.says(files=[("Brev.pdf", PDF), ("Bild.png", png())], text=STORY)
    assert page.path == "/beratta/understood"
    page = await anna.tells()
    assert "Brev.pdf" in page.words
    assert "Bild.png" in page.words


async def test_what_was_added_is_sent_also_when_the_last_form_brings_no_file(house: House) -> None:
    anna = await at_files(house)
    await anna.says(files=[("Brev.pdf", PDF)], add_files="1")
    form = {"revision": anna.page.field("revision"), "text": STORY}
    page = anna.page = await anna.browser.post("/beratta/story", form)
    assert page.path == "/beratta/understood"
    page = await anna.tells()
    assert "Brev.pdf" in page.words


async def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_good_one_kept(house: House) -> None:
    anna = await at_files(house)
    page = await anna.says(files=[("virus.pdf", b"MZ not a pdf at all" * 10), ("Bild.png", png())], text=STORY)
    assert page.status == 422
    assert "virus.pdf: Vi kan inte ta emot den sortens fil" in page.words
    assert "Bild.png" in page.words


async def test_the_camera_gives_only_what_is_taken(house: House) -> None:
    anna = await at_files(house)
    thread = await anna.browser.get(f"/arende/{await filed(house, ANNA)}")
    for page in (anna.page, thread):
        camera = re.search(r'<input id="[^"]*camera"[^>]* accept="([^"]+)" capture="environment">', page.text)
        assert camera, page.path
        assert camera.group(1).split(",") == ["image/jpeg", "image/png", "image/webp", "image/heic"]
        for kind in ("JPG", "PNG", "WebP", "HEIC"):
            assert kind in page.words


@pytest.mark.parametrize("content", [LOCKED_PDF, CERTIFIED_PDF], ids=["password", "certificate"])
async def test_a_pdf_that_nobody_can_open_is_taken_and_said_to_be_locked(house: House, content: bytes) -> None:
    anna = await at_files(house)
    page = await anna.says(files=[("Brev.pdf", content)], add_files="1")
    assert page.status == 200
    told = "Den kräver ett lösenord eller certifikat för att öppnas. Skicka den utan det, så kan vi läsa den."
    assert told in page.words
    await anna.says(text=STORY)
    await anna.tells()
    sent = await anna.sends()
    thread = await anna.browser.get(f"/arende/{sent.path.rpartition('/')[2]}")
    assert "kräver lösenord eller certifikat" in thread.words


async def test_an_empty_file_is_refused_by_its_name(house: House) -> None:
    anna = await at_files(house)
    page = await anna.says(files=[("tom.pdf", b"")], add_files="1")
    assert page.status == 422
    assert "tom.pdf: Filen är tom" in page.words


@pytest.mark.on_both_engines
async def test_no_more_files_than_there_may_be(house: House) -> None:
    anna = await at_files(house)
    page = await anna.says(files=[(f"Bild{n}.png", png(n)) for n in range(11)], add_files="1")
    assert page.status == 422
    assert "Bild10.png: Du kan inte lägga till fler filer" in page.words
    assert 'type="file"' not in page.text


@pytest.mark.on_both_engines
async def test_a_file_that_is_taken_away_is_gone_from_disk_too_and_from_the_answer(house: House) -> None:
    anna = await at_files(house)
    await anna.says(files=[("Brev.pdf", PDF), ("Bild.png", png())], text=STORY)
    page = await anna.opens("/beratta/story")
    for _ in range(2):
        file = re.findall(r'name="take_away" value="([^"]+)"', page.text)[0]
        page = await anna.says(text=STORY, take_away=file)
    assert "Brev.pdf" not in page.words
    assert [path for path in files_in(house).glob("*/*") if path.is_file()] == []
    await anna.says(text=STORY)
    page = await anna.tells()
    assert "Bild.png" not in page.words


@pytest.mark.on_both_engines
async def test_of_a_draft_that_is_thrown_away_no_file_stays_also_when_their_place_was_away(house: House) -> None:
    anna, folder = await at_files(house), files_in(house)
    await anna.says(files=[("Brev.pdf", PDF), ("Bild.png", png())], text=STORY)
    aside = folder.rename(folder.with_name("elsewhere"))
    folder.write_text("no folder")
    page = await anna.opens("/beratta/ta-bort")
    page = await anna.browser.post("/beratta/ta-bort", {"draft": page.field("draft")})
    assert page.path == "/hem"
    await until(lambda: _was_tried(house))
    folder.unlink()
    aside.rename(folder)
    assert any(path.is_file() for path in folder.glob("*/*"))
    house.clock.passes(timedelta(minutes=1))
    await until(lambda: not any(path.is_file() for path in folder.glob("*/*")))


async def _was_tried(house: House) -> bool:
    async with house.parts.services.store.reading() as connection:
        return await connection.scalar(select(func.count()).select_from(outbox_try)) == 2


async def test_files_without_the_browsers_token_are_not_kept(house: House) -> None:
    anna = await at_files(house)
    mark = anna.page.field("revision")
    page = await anna.browser.upload("/beratta/story", "upload", [("Bild.png", png())], csrf="fel", revision=mark)
    assert page.status == 403
    assert list(files_in(house).glob("*/*")) == []


async def test_nobody_adds_files_to_anothers_draft(house: House) -> None:
    anna = await at_files(house)
    mark = anna.page.field("revision")
    bo = await house.browser(BO)
    await bo.get("/beratta")
    page = await bo.upload("/beratta/story", "upload", [("Bild.png", png())], revision=mark)
    assert page.status == 404
    assert list(files_in(house).glob("*/*")) == []


async def test_a_sent_picture_is_shown_and_a_sent_pdf_is_downloaded_and_neither_can_run_anything(house: House) -> None:
    case = await sent_with(house, [("Räkning å.png", png()), ("Brev.pdf", PDF)])
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    stored = {file.name: file for file in await files_of(house, case)}
    status, content, headers = await anna.bytes(f"/arende/{case}/fil/{stored['Räkning å.png'].id}")
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert content.startswith(b"\x89PNG")
    assert headers["Content-Disposition"].startswith("inline")
    status, content, headers = await karin.bytes(f"/personal/arende/{case}/fil/{stored['Brev.pdf'].id}")
    assert (status, content) == (200, PDF)
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Brev.pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.on_both_engines
async def test_a_file_is_only_for_those_who_take_part(house: House) -> None:
    case = await sent_with(house, [("Brev.pdf", PDF)])
    (file,) = await files_of(house, case)
    for stranger in (BO, SARA):
        browser = await house.browser(stranger)
        status, content, _ = await browser.bytes(f"/arende/{case}/fil/{file.id}")
        assert status == 404
        assert PDF not in content
    nobody = await house.browser()
    status, content, _ = await nobody.bytes(f"/arende/{case}/fil/{file.id}")
    assert PDF not in content


async def files_of(house: House, case: str) -> list[StoredFile]:
    """What hangs on the case."""
    async with house.parts.services.store.reading() as connection:
        return await files.files_of(connection, case)
