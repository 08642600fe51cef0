"""Broken files and deceiving names: refused by name with the text kept, or taken and harmless."""

import re

import pytest

from tests.hostile.files import FILES, HTML, NAMES
from tests.hostile.stage import SECRET, Stage, quiet
from tests.inbox.files.samples import JPEG, PDF


@pytest.mark.on_both_engines
async def test_a_file_that_is_not_taken_is_named_and_the_text_is_kept(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    found = {}
    for bad in FILES:
        form = {"client_id": stage.house.new_id(), "text": SECRET}
        page = await stage.anna.upload(
            f"{stage.url('anna')}/post_message", "files", [(bad.filename, bad.content)], **form
        )
        if page.status != 422 or stage.sentence(bad.code, "sv") not in page.words or SECRET not in page.text:
            found[bad.name] = (page.status, page.words[:300])
    assert found == {}
    assert quiet(caplog.records) == []
    _, feed = await stage.anna.api("GET", f"/api/v1/cases/{stage.case}/feed")
    assert SECRET not in str(feed)
    await stage.still_works()


async def test_the_guided_chat_refuses_the_same_files(stage: Stage) -> None:
    browser = await stage.house.browser()
    first = await browser.get("/beratta")
    page = await browser.post("/beratta/leave", {"revision": first.field("revision"), "choice": "complaint"})
    revision = page.field("revision")
    found = {}
    for bad in FILES:
        page = await browser.upload("/beratta/files", "upload", [(bad.filename, bad.content)], revision=revision)
        if page.status not in {409, 422} or "Traceback" in page.text:
            found[bad.name] = (page.status, page.words[:300])
    assert found == {}


@pytest.mark.parametrize(
    "cut", [b"", b"--x", b"--x\r\nContent-Disposition: form-data; name=upload; filename=a\r\n\r\nz"]
)
async def test_the_guided_chat_refuses_a_form_that_is_cut_off(stage: Stage, cut: bytes) -> None:
    browser = await stage.house.browser()
    await browser.get("/beratta")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    url = stage.house.url("/beratta/files")
    async with browser._session.post(url, data=cut, headers=headers) as response:
        assert response.status in {403, 422}
        assert "Traceback" not in await response.text()
    await stage.still_works()


async def test_a_deceiving_name_is_only_a_name(stage: Stage) -> None:
    for number, name in enumerate(NAMES):
        form = {"client_id": f"client-{number:04}", "text": f"Fil {number}"}
        page = await stage.anna.upload(f"{stage.url('anna')}/post_message", "files", [(name, PDF)], **form)
        assert page.status == 200, name
    _, feed = await stage.anna.api("GET", f"/api/v1/cases/{stage.case}/feed")
    files = [file for entry in feed["entries"] for file in entry["event"].get("files", ())]
    assert len(files) == len(NAMES)
    for file in files:
        assert re.fullmatch(r'[^/\\<>:"|?*\x00-\x1f\u200b-\u200f\u202a-\u202e]{1,96}\.pdf', file["name"]), file["name"]
        status, content, headers = await stage.anna.bytes(f"{stage.url('anna')}/fil/{file['id']}")
        assert (status, content, headers["Content-Type"]) == (200, PDF, "application/pdf")
        assert headers["Content-Disposition"].isascii()
        assert headers["Content-Disposition"].startswith("attachment; ")
        assert "sandbox" in headers["Content-Security-Policy"]


async def test_a_page_behind_a_photo_is_shown_as_a_photo_and_runs_nothing(stage: Stage) -> None:
    form = {"client_id": "client-id-9", "text": "Bild"}
    await stage.anna.upload(f"{stage.url('anna')}/post_message", "files", [("bild.html.jpg", JPEG + HTML)], **form)
    _, feed = await stage.anna.api("GET", f"/api/v1/cases/{stage.case}/feed")
    (file,) = feed["entries"][-1]["event"]["files"]
    _, content, headers = await stage.anna.bytes(f"{stage.url('anna')}/fil/{file['id']}")
    assert b"<script" not in content
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


@pytest.mark.on_both_engines
async def test_a_file_of_somebody_else_is_answered_as_if_there_were_none(stage: Stage) -> None:
    form = {"client_id": "client-id-8", "text": "Brev"}
    await stage.anna.upload(f"{stage.url('anna')}/post_message", "files", [("brev.pdf", PDF)], **form)
    _, feed = await stage.anna.api("GET", f"/api/v1/cases/{stage.case}/feed")
    (file,) = feed["entries"][-1]["event"]["files"]
    assert (await stage.anna.get(f"/arende/{stage.others}/fil/{file['id']}")).status == 404
    assert (await stage.anna.get(f"/arende/{stage.case}/fil/{stage.others}")).status == 404
