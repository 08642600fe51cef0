"""Uploads in parts: tus 1.0 as its authors describe it, and the rights and limits of this house."""

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from yarl import URL

from handlers.errors import SENTENCES
from inbox.attachments.uploads import PART
from inbox.storage import files as stored
from tests.handlers.sitting import Sitting, anna_and_karin
from tests.handlers.staff.test_board_pages import with_board
from tests.handlers.teller import teller
from tests.handlers.uploading import Sender, for_message
from tests.house import Browser, House, house_in
from tests.inbox.files import samples
from tests.inbox.files.samples import PDF
from tests.patience import PATIENCE, until
from tests.people import ANNA, BO
from tests.services.clamd import INFECTED, clamd
from tests.services.s3 import s3_server


async def lying(house: House) -> list[str]:
    """What lies on the shelf."""
    return sorted([each.path async for each in house.parts.services.files.shelf.all()])


async def to_case(house: House) -> tuple[Sender, Sitting, Sitting]:
    """Anna's sender, and both sides of her case."""
    anna, karin = await anna_and_karin(house)
    return await for_message(anna), anna, karin


# The protocol --------------------------------------------------------------------------------------------------------


async def test_the_server_tells_what_it_speaks(house: House) -> None:
    sender = Sender(await house.browser(), {})
    heard = await sender.asks("OPTIONS", Tus_Resumable="")
    assert (heard.status, heard.headers["Tus-Version"], heard.headers["Tus-Resumable"]) == (204, "1.0.0", "1.0.0")
    assert heard.headers["Tus-Extension"] == "creation,checksum,expiration,termination"
    assert heard.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert heard.headers["Tus-Max-Size"] == str(25 * 1024 * 1024)


@pytest.mark.on_both_engines
async def test_a_file_that_comes_in_parts_is_whole(house: House) -> None:
    sender, anna, karin = await to_case(house)
    begun = await sender.begins()
    assert begun.status == 201
    assert begun.headers["Upload-Expires"].endswith("GMT")
    first = await sender.sends(PDF[:30])
    assert (first.status, first.offset, first.headers["Cache-Control"]) == (204, 30, "no-store")
    looked = await sender.looks()
    assert (looked.status, looked.offset, looked.headers["Upload-Length"]) == (200, 30, str(len(PDF)))
    assert looked.headers["Cache-Control"] == "no-store"
    last = await sender.sends(PDF[30:], 30)
    assert (last.status, last.offset) == (204, len(PDF))
    page = await anna.presses("post_message", text="Här är brevet.", attached=last.headers["Gensvar-File"])
    assert page.status == 200, page.words
    assert "brev.pdf" in (await karin.opens()).words
    address = karin.page.text.split("/fil/", 1)[1].split('"', 1)[0]
    assert (await karin.browser.bytes(f"{karin.url}/fil/{address}"))[:2] == (200, PDF)


async def test_nobody_sends_a_file_that_the_other_side_has_put_there(house: House) -> None:
    sender, _, karin = await to_case(house)
    await sender.begins()
    file = (await sender.sends(PDF)).headers["Gensvar-File"]
    case = karin.url.rpartition("/")[2]
    status, told = await karin.browser.command("post_message", case, text="Här.", files=[file])
    assert (status, told["error"]["code"]) == (404, "no_such_file")


async def test_what_came_before_the_wire_was_cut_is_not_sent_again(house: House) -> None:
    sender, _, _ = await to_case(house)
    content = samples.large_pdf(3 * PART)

    async def cut() -> AsyncIterator[bytes]:
        for at in range(0, 2 * PART + PART // 2, 65_536):
            yield content[at : at + 65_536]
        raise ConnectionResetError

    await sender.begins(len(content))
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the client says of its cut wire
        await sender.sends(cut())
    offset, done = 0, None
    async with asyncio.timeout(PATIENCE):
        # What was still on the wire is lost with it; what had come is put down while one asks.
        while offset < PART or done is None or done.status == 409:
            offset = (await sender.looks()).offset
            done = await sender.sends(content[offset:], offset) if offset >= PART else None
    assert offset < 3 * PART
    file = await found(house, done.headers["Gensvar-File"])
    assert (file.size, file.digest) == (len(content), hashlib.sha256(content).hexdigest())

    async def is_alone() -> bool:
        return await lying(house) == [f"{file.owner}/{file.digest}"]

    # The part that was cut off may still be on its way down; it counts for nothing, and goes.
    await until(is_alone)


async def test_a_part_that_does_not_fit_the_offset_is_refused(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    await sender.sends(PDF[:30])
    for offset in (0, 29, 31):
        assert (await sender.sends(PDF[30:], offset)).status == 409
    assert (await sender.looks()).offset == 30


@pytest.mark.on_both_engines
async def test_the_same_part_twice_at_once_counts_once(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    heard = await asyncio.gather(*(sender.sends(PDF[:30]) for _ in range(5)))
    assert sorted(each.status for each in heard) == [204, 409, 409, 409, 409]
    last = await asyncio.gather(*(sender.sends(PDF[30:], 30) for _ in range(3)))
    assert 204 in {each.status for each in last}
    assert {each.status for each in last} <= {204, 409}
    assert len(await all_files(house)) == 1


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_part_that_does_not_add_up_is_not_counted(house: House, algorithm: str) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    right = base64.b64encode(hashlib.new(algorithm, PDF[:30]).digest()).decode()
    wrong = await sender.sends(PDF[1:31], Upload_Checksum=f"{algorithm} {right}")
    assert (wrong.status, wrong.code) == (460, "wrong_checksum")
    assert (await sender.looks()).offset == 0
    assert await lying(house) == []
    assert (await sender.sends(PDF[:30], Upload_Checksum=f"{algorithm} {right}")).offset == 30


async def test_a_part_with_a_checksum_nobody_knows_is_refused(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    for told in ("crc32 AAAA", "sha1 !", "sha1"):
        assert (await sender.sends(PDF[:30], Upload_Checksum=told)).status in {422, 460}
    assert (await sender.looks()).offset == 0


async def test_another_version_of_the_protocol_is_refused_with_the_one_we_speak(house: House) -> None:
    sender, _, _ = await to_case(house)
    heard = await sender.begins(instead={"Tus-Resumable": "0.2.2"})
    assert (heard.status, heard.headers["Tus-Version"]) == (412, "1.0.0")


async def test_a_part_of_another_type_is_refused(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    assert (await sender.asks("PATCH", body=PDF, Content_Type="text/plain", Upload_Offset="0")).status == 415


@pytest.mark.parametrize(
    "headers", [{"Upload-Length": "-1"}, {"Upload-Length": "x"}, {"Upload-Length": ""}, {"Upload-Metadata": "case å"}]
)
async def test_headers_that_make_no_sense_are_refused_by_name(house: House, headers: dict[str, str]) -> None:
    sender, _, _ = await to_case(house)
    heard = await sender.begins(instead=headers)
    assert (heard.status, heard.code) == (422, "malformed")


async def test_more_than_was_announced_is_refused(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins(40)
    assert (await sender.sends(PDF)).code == "malformed"
    assert (await sender.looks()).offset == 0


@pytest.mark.on_both_engines
async def test_whoever_changes_their_mind_leaves_nothing_behind(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    await sender.sends(PDF[:30])
    assert (await sender.asks("DELETE")).status == 204
    assert (await sender.looks()).status == 404
    assert await lying(house) == []


async def test_who_sends_a_document_that_nobody_can_open_hears_so_as_soon_as_it_has_come(house: House) -> None:
    sender, anna, karin = await to_case(house)
    last = None
    for content, told in ((PDF, None), (samples.LOCKED_PDF, "1"), (samples.CERTIFIED_PDF, "1")):
        await sender.begins(len(content))
        assert "Gensvar-File-Locked" not in (await sender.sends(content[:30])).headers
        last = await sender.sends(content[30:], 30)
        for heard in (last, await sender.looks()):
            assert heard.headers.get("Gensvar-File-Locked") == told
    assert last is not None
    # A page without script says it where the form comes back with the file.
    page = await anna.presses("post_message", text="", attached=last.headers["Gensvar-File"])
    assert page.status == 422
    assert "brev.pdf" in page.words
    assert "Skicka den utan det, så kan vi läsa den." in page.words
    await anna.presses("post_message", text="Här är brevet.", attached=last.headers["Gensvar-File"])
    assert "kräver lösenord eller certifikat" in (await karin.opens()).words


async def test_a_file_that_is_not_sent_with_anything_goes_with_its_upload(house: House) -> None:
    sender, anna, _ = await to_case(house)
    await sender.begins()
    file = (await sender.sends(PDF)).headers["Gensvar-File"]
    await sender.asks("DELETE")
    assert await lying(house) == []
    page = await anna.presses("post_message", text="Ändå inte", attached=file)
    assert SENTENCES["no_such_file"] in page.words


@pytest.mark.on_both_engines
async def test_of_a_file_that_was_chosen_twice_one_may_be_taken_away_and_the_other_is_sent(house: House) -> None:
    sender, anna, _ = await to_case(house)
    await sender.begins()
    first = sender.url
    file = (await sender.sends(PDF)).headers["Gensvar-File"]
    await sender.begins()
    assert (await sender.sends(PDF)).headers["Gensvar-File"] == file
    assert (await sender.asks("DELETE", first)).status == 204
    await anna.presses("post_message", text="Här är brevet.", attached=file)
    assert (await anna.browser.bytes(f"{anna.url}/fil/{file}"))[:2] == (200, PDF)


@pytest.mark.on_both_engines
async def test_a_file_that_was_chosen_twice_is_gone_once_both_are_taken_away(house: House) -> None:
    sender, _, _ = await to_case(house)
    for _ in range(2):
        await sender.begins()
        await sender.sends(PDF)
    first = sender.url
    await sender.begins()
    await sender.sends(PDF)
    for url in (first, sender.url):
        await sender.asks("DELETE", url)
    assert len(await lying(house)) == 1


async def test_of_a_file_only_the_headers_are_told_when_only_they_are_asked_for(house: House) -> None:
    """What was sent beyond them would be taken for the next answer on the connection."""
    sender, anna, _ = await to_case(house)
    await sender.begins()
    file = (await sender.sends(PDF)).headers["Gensvar-File"]
    await anna.presses("post_message", text="Här är brevet.", attached=file)
    for address in (f"{anna.url}/fil/{file}", anna.url, "/hem"):
        assert await on_one_connection(anna.browser, "HEAD", address) == (200, 200)


async def on_one_connection(browser: Browser, method: str, address: str) -> tuple[int, int]:
    """The statuses of two answers on one connection, the second to a question about how the service is."""
    url = URL(browser._house.url(address))
    assert url.host is not None
    reader, writer = await asyncio.open_connection(url.host, url.port)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = f"Host: {url.authority}\r\nCookie: {cookies}\r\n"
    writer.write(f"{method} {url.raw_path} HTTP/1.1\r\n{head}\r\nGET /health/live HTTP/1.1\r\n{head}\r\n".encode())
    answers = []
    for _ in range(2):
        said = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        assert said.startswith(b"HTTP/1.1 "), said[:40]
        answers.append(int(said.split()[1]))
    writer.close()
    return answers[0], answers[1]


async def test_a_file_that_was_sent_stays_when_its_upload_is_taken_back(house: House) -> None:
    sender, anna, _ = await to_case(house)
    await sender.begins()
    file = (await sender.sends(PDF)).headers["Gensvar-File"]
    await anna.presses("post_message", text="Här är brevet.", attached=file)
    assert (await sender.asks("DELETE")).status == 204
    assert (await anna.browser.bytes(f"{anna.url}/fil/{file}"))[:2] == (200, PDF)


@pytest.mark.on_both_engines
async def test_a_file_that_nobody_sends_within_a_day_is_gone_and_one_on_a_draft_stays(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    await sender.sends(PDF)
    bo = await teller(house, BO)
    await bo.tells(until="/beratta/files")
    await bo.says(files=[("utkast.pdf", PDF)])
    house.clock.passes(timedelta(hours=25))
    await house.parts.services.uploads.sweep()
    assert len(await lying(house)) == len(await all_files(house)) == 1
    await bo.browser.signs_in(BO)
    assert "utkast.pdf" in (await bo.opens("/beratta/files")).words


@pytest.mark.on_both_engines
async def test_an_upload_that_is_taken_back_while_it_is_looked_through_becomes_no_file(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    sent, ended = await asyncio.gather(sender.sends(PDF), sender.asks("DELETE"))
    # Whichever was first.
    assert (sent.status in {204, 404}, ended.status) == (True, 204)
    assert await all_files(house) == []


async def test_an_upload_waits_for_its_rest_for_a_day(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins()
    await sender.sends(PDF[:30])
    house.clock.passes(timedelta(hours=9))
    await sender.browser.signs_in(ANNA)
    assert (await sender.looks()).offset == 30
    house.clock.passes(timedelta(hours=15))
    await sender.browser.signs_in(ANNA)
    assert (await sender.looks()).status == 404
    assert (await sender.sends(PDF[30:], 30)).code == "upload_over"
    await house.parts.services.uploads.sweep()
    assert (await sender.looks()).status == 404
    assert await lying(house) == []


# Rights --------------------------------------------------------------------------------------------------------------


@pytest.mark.on_both_engines
async def test_nobody_begins_an_upload_for_somebody_elses_case_or_draft(house: House) -> None:
    sender, _, _ = await to_case(house)
    bo = Sender(await house.browser(BO), sender.about)
    assert (await bo.begins()).status == 404
    nobody = Sender(await house.browser(), sender.about)
    await nobody.browser.get("/beratta")
    assert (await nobody.begins()).status == 401
    assert (await Sender(bo.browser, {"draft": sender.about["case"]}).begins()).status == 404


@pytest.mark.on_both_engines
async def test_an_upload_is_there_only_for_whoever_began_it(house: House) -> None:
    sender, _, karin = await to_case(house)
    await sender.begins()
    for other in (await house.browser(BO), karin.browser):
        stranger = Sender(other, sender.about, sender.url)
        assert (await stranger.looks()).status == 404
        assert (await stranger.sends(PDF)).status == 404
        assert (await stranger.asks("DELETE")).status == 404
    assert (await sender.looks()).offset == 0


async def test_whoever_may_not_write_any_more_may_not_go_on_sending(house: House) -> None:
    sender, anna, _ = await to_case(house)
    await sender.begins()
    await sender.sends(PDF[:30])
    await anna.sends("withdraw_case", on="/aterta", reason="Det har löst sig.")
    assert (await sender.looks()).status == 409
    assert (await sender.sends(PDF[30:], 30)).status == 409
    assert await all_files(house) == []


async def test_whoever_is_out_of_the_case_sends_and_opens_nothing_any_more(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await karin.opens()
    await karin.fills("post_message", {"text": "Se bilden"}, [("bild.png", samples.PNG)])
    sender = await for_message(olle)
    address = re.findall(r'src="([^"]*/fil/[^"]*)/bild"', olle.page.text)[-1]
    assert (await olle.browser.bytes(address))[0] == (await olle.browser.bytes(f"{address}/bild"))[0] == 200
    await sender.begins()
    await sender.sends(PDF[:30])
    await anna.opens("/samtycke")
    assert (await anna.presses("withdraw_consent")).status == 200
    for heard in (await sender.looks(), await sender.sends(PDF[30:], 30), await sender.begins()):
        assert (heard.status, heard.code or "no_such_case") == (404, "no_such_case")
    assert (await olle.browser.bytes(address))[0] == (await olle.browser.bytes(f"{address}/bild"))[0] == 404
    assert len(await all_files(house)) == 1


async def test_nothing_changes_without_the_browsers_token(house: House) -> None:
    sender, _, _ = await to_case(house)
    assert (await sender.begins(instead={"X-CSRF-Token": "fel"})).code == "bad_csrf"
    await sender.begins()
    assert (await sender.sends(PDF, X_CSRF_Token="fel")).code == "bad_csrf"
    assert (await sender.asks("DELETE", X_CSRF_Token="")).code == "bad_csrf"
    assert (await sender.looks()).offset == 0


@pytest.mark.on_both_engines
async def test_what_somebody_began_before_signing_in_goes_on_afterwards(house: House) -> None:
    anyone = await teller(house)
    await anyone.tells(until="/beratta/files")
    sender = Sender(anyone.browser, {"draft": anyone.page.field("revision").partition(".")[0]})
    await sender.begins()
    await sender.sends(PDF[:30])
    await house.parts.services.drafts.claim(anyone.browser.cookies["__Host-draft"].partition(".")[0], ANNA.id)
    assert (await sender.looks()).status == 404
    await sender.browser.signs_in(ANNA)
    assert (await sender.sends(PDF[30:], 30)).status == 204
    assert "brev.pdf" in (await anyone.opens("/beratta/files")).words


# Limits --------------------------------------------------------------------------------------------------------------


async def test_a_file_that_is_too_big_is_refused_before_a_byte_is_sent(house: House) -> None:
    sender, _, _ = await to_case(house)
    heard = await sender.begins(25 * 1024 * 1024 + 1)
    assert (heard.status, heard.code) == (413, "too_big")
    assert "25 MB" in heard.body["error"]["message"]


async def test_the_wrong_kind_is_refused_with_the_first_bytes_and_nothing_is_left(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins(5 * PART, "program.pdf")
    heard = await sender.sends(b"MZ" + bytes(200))
    assert (heard.status, heard.code) == (422, "wrong_kind")
    assert (await sender.looks()).status == 404
    assert await lying(house) == []


async def test_a_broken_picture_is_refused_with_its_last_byte_and_nothing_is_left(house: House) -> None:
    sender, _, _ = await to_case(house)
    await sender.begins(100, "bild.jpg")
    assert (await sender.sends(samples.JPEG[:100])).code == "broken_file"
    assert (await sender.looks()).status == 404
    assert await lying(house) == []


async def test_an_empty_file_is_refused(house: House) -> None:
    sender, _, _ = await to_case(house)
    assert (await sender.begins(0)).code == "empty_file"


@pytest.mark.on_both_engines
async def test_limits_are_counted_with_what_is_on_its_way(tmp_path: Path) -> None:
    async with house_in(tmp_path, case_mb=1, case_files=3) as house:
        sender, anna, _ = await to_case(house)
        await sender.begins(PART - 100)
        assert (await sender.begins(200)).code == "over_quota"
        await sender.begins(10)
        await sender.begins(10)
        assert (await sender.begins(10)).code == "too_many"
        page = await anna.fills("post_message", {"text": "Hej"}, [("a.pdf", PDF)])
        assert SENTENCES["too_many"] in page.words


@pytest.mark.on_both_engines
async def test_one_person_has_so_many_uploads_begun_and_no_more(tmp_path: Path) -> None:
    async with house_in(tmp_path, person_uploads=2) as house:
        sender, _, karin = await to_case(house)
        await sender.begins()
        await sender.begins()
        heard = await sender.begins()
        assert (heard.status, heard.code) == (429, "too_many_uploads")
        assert (await (await for_message(karin)).begins()).status == 201
        await sender.asks("DELETE")
        assert (await sender.begins()).status == 201


@pytest.mark.on_both_engines
async def test_one_person_sends_so_much_in_a_day_and_no_more(tmp_path: Path) -> None:
    async with house_in(tmp_path, person_day_mb=1) as house:
        sender, anna, karin = await to_case(house)
        content = samples.large_pdf(PART // 2)
        assert (await anna.fills("post_message", {"text": "Stor"}, [("a.pdf", content)])).status == 200
        assert (await sender.begins(PART)).code == "over_day"
        page = await anna.sends("post_message", text="Ett till")
        page = await anna.fills("post_message", {"text": "Stor"}, [("b.pdf", samples.large_pdf(PART * 3 // 4))])
        assert SENTENCES["over_day"] in page.words
        assert (await (await for_message(karin)).begins(PART)).status == 201
        house.clock.passes(timedelta(hours=25))
        await sender.browser.signs_in(ANNA)
        assert (await sender.begins(PART)).status == 201


async def test_a_photo_keeps_neither_place_nor_camera_however_it_comes(house: House) -> None:
    sender, anna, _ = await to_case(house)
    photo = samples.jpeg_photo()
    await sender.begins(len(photo), "IMG_1.JPG")
    done = await sender.sends(photo)
    _, content, headers = await anna.browser.bytes(f"{anna.url}/fil/{done.headers['Gensvar-File']}")
    assert headers["Content-Type"] == "image/jpeg"
    assert samples.SECRET not in content
    assert b"GPS" not in content


async def test_what_the_scanner_finds_is_told_in_plain_words_and_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "clamd").mkdir()
    with clamd(tmp_path / "clamd") as scanner:
        async with house_in(tmp_path, scanner=scanner.unix) as house:
            sender, anna, _ = await to_case(house)
            ill = PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + INFECTED + b"\n")
            await sender.begins(len(ill))
            assert (await sender.sends(ill)).code == "infected"
            page = await anna.fills("post_message", {"text": "Se filen"}, [("a.pdf", ill)])
            assert SENTENCES["infected"] in page.words
            assert "Se filen" in page.text
            assert await lying(house) == []


async def test_while_the_scanner_is_away_nothing_is_kept_and_the_upload_waits(tmp_path: Path) -> None:
    (tmp_path / "clamd").mkdir()
    socket = tmp_path / "socket"
    async with house_in(tmp_path, scanner=f"unix://{socket}") as house:
        sender, anna, _ = await to_case(house)
        await sender.begins()
        heard = await sender.sends(PDF)
        assert (heard.status, heard.code) == (503, "not_scanned")
        page = await anna.fills("post_message", {"text": "Se filen"}, [("a.pdf", PDF)])
        assert SENTENCES["not_scanned"] in page.words
        assert await all_files(house) == []
        with clamd(tmp_path / "clamd") as scanner:
            socket.symlink_to(scanner.unix.removeprefix("unix://"))
            assert (await sender.sends(PDF)).status == 204
        assert len(await all_files(house)) == 1


async def test_with_a_bucket_all_is_the_same_and_without_it_files_are_refused_and_words_are_not(tmp_path: Path) -> None:
    (tmp_path / "s3").mkdir()
    with ExitStack() as standing:
        bucket = standing.enter_context(s3_server(tmp_path / "s3"))
        place: dict[str, Any] = {"s3_bucket": bucket.name, "s3_endpoint": bucket.endpoint}
        async with house_in(tmp_path, **place, s3_key=bucket.key, s3_secret=bucket.secret) as house:
            sender, anna, karin = await to_case(house)
            await sender.begins()
            await sender.sends(PDF[:30])
            file = (await sender.sends(PDF[30:], 30)).headers["Gensvar-File"]
            await anna.presses("post_message", text="Här är brevet.", attached=file)
            assert (await karin.browser.bytes(f"{karin.url}/fil/{file}"))[:2] == (200, PDF)
            late = await for_message(anna)
            await late.begins()
            standing.close()
            heard = await late.sends(PDF)
            assert (heard.status, heard.code) == (503, "not_kept")
            assert (await late.looks()).offset == 0
            await anna.opens()
            page = await anna.fills("post_message", {"text": "Se filen"}, [("a.pdf", PDF)])
            assert SENTENCES["not_kept"] in page.words
            assert "Se filen" in page.text
            assert (await anna.sends("post_message", text="Utan fil")).status == 200
            assert "Utan fil" in (await karin.opens()).words


async def all_files(house: House) -> list[str]:
    """Every file there is."""
    async with house.parts.services.store.reading() as connection:
        return sorted(digest for _, digest in await stored.wanted(connection))


async def found(house: House, id: str) -> stored.StoredFile:
    """A file by its id."""
    async with house.parts.services.store.reading() as connection:
        for owner in {owner for owner, _ in await stored.wanted(connection)}:
            file = await stored.find_file(connection, owner, id)
            if file is not None:
                return file
    raise AssertionError(id)
