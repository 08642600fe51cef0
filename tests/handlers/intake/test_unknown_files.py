"""What those who are not signed in may lay on the disk has a ceiling, from one address and in all; signing in helps."""

from pathlib import Path
from typing import Any

import pytest

from handlers.limits import Limits
from inbox.files.errors import SignInToAttach
from server.observability.readiness import MISSED
from tests.answered import STORY
from tests.handlers.intake.test_draft_files import png
from tests.handlers.sitting import anna_and_karin
from tests.handlers.teller import Teller, teller
from tests.handlers.test_limits import Watch
from tests.handlers.uploading import Sender, for_message
from tests.house import House, house_in
from tests.people import ANNA

MB = 1024 * 1024
TOLD = "Just nu kan bara den som är inloggad lägga till filer."


async def at_files(house: House, who: Any = None) -> tuple[Teller, Sender]:
    """Somebody in a browser of their own at the question about files, and how a script would send them."""
    teller_ = await teller(house, who)
    await teller_.tells(until="/beratta/files")
    draft = teller_.page.field("revision").partition(".")[0]
    return teller_, Sender(teller_.browser, {"draft": draft})


async def test_a_new_browser_at_the_same_address_gets_no_new_allowance(tmp_path: Path) -> None:
    async with house_in(tmp_path, unknown_day_mb=3) as house:
        _, one = await at_files(house)
        _, other = await at_files(house)
        assert (await one.begins(2 * MB)).status == 201
        heard = await other.begins(2 * MB)
        assert (heard.status, heard.code) == (429, "sign_in_to_attach")
        assert (await other.begins(MB)).status == 201
        _, anna = await at_files(house, ANNA)
        assert (await anna.begins(2 * MB)).status == 201


async def test_a_form_is_counted_as_it_comes(tmp_path: Path) -> None:
    async with house_in(tmp_path, unknown_day_mb=1) as house:
        _, script = await at_files(house)
        assert (await script.begins(MB - 1)).status == 201
        form, _ = await at_files(house)
        page = await form.says(files=[("Bild.png", png())], text=STORY)
        assert (page.status, TOLD in page.words) == (422, True)
        page = await form.says(text=STORY)
        assert page.path == "/beratta/understood"


async def test_all_drafts_of_nobody_have_a_ceiling_together_until_somebody_signs_in_to_them(tmp_path: Path) -> None:
    async with house_in(tmp_path, unknown_files_mb=3) as house:
        one, sends = await at_files(house)
        assert (await sends.begins(2 * MB)).status == 201
        other, also = await at_files(house)
        assert (await also.begins(2 * MB)).code == "sign_in_to_attach"
        page = await other.says(files=[("Bild.png", png())], add_files="1")
        assert (page.status, "Bild.png" in page.words) == (200, True)
        await one.browser.signs_in(ANNA)
        await one.opens("/hem")
        assert (await also.begins(2 * MB)).status == 201


async def test_a_file_that_is_too_large_is_told_as_that_and_takes_nothing_from_others(tmp_path: Path) -> None:
    async with house_in(tmp_path, unknown_day_mb=30) as house:
        _, one = await at_files(house)
        for _ in range(3):
            assert (await one.begins(26 * MB)).code == "too_big"
        assert (await one.begins(20 * MB)).status == 201


async def test_on_a_disk_that_is_nearly_full_words_are_taken_and_files_are_not(tmp_path: Path) -> None:
    async with house_in(tmp_path, free_mb=100_000_000) as house:
        form, script = await at_files(house, ANNA)
        heard = await script.begins()
        assert (heard.status, heard.code) == (503, "no_room")
        page = await form.says(files=[("Bild.png", png())], add_files="1")
        assert (page.status, "Vi kan inte ta emot filer just nu." in page.words) == (422, True)
        anna, _ = await anna_and_karin(house)
        assert (await (await for_message(anna)).begins()).code == "no_room"
        assert (await anna.sends("post_message", text="Ändå.")).status == 200
        await house.parts.condition.look_at_files()
        status, said = await anna.browser.api("GET", "/health/ready")
        assert (status, said["space"], said["says"]) == (200, False, [MISSED["space"]])


async def test_what_has_come_of_a_file_waits_until_there_is_room_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house_in(tmp_path) as house:
        _, script = await at_files(house, ANNA)
        await script.begins(len(png()), "bild.png")
        with monkeypatch.context() as disk:
            disk.setattr(house.parts.services.files, "_floor", 1 << 62)
            assert (await script.sends(png())).code == "no_room"
        heard = await script.sends(png())
        assert (heard.status, "Gensvar-File" in heard.headers) == (204, True)


def test_a_day_fills_up_again_evenly_and_each_address_has_one() -> None:
    watch = Watch()
    limits = Limits({}, watch, "salt", 24 * MB)
    limits.check_bytes(None, "192.0.2.1", 24 * MB)
    with pytest.raises(SignInToAttach):
        limits.check_bytes(None, "192.0.2.1", MB)
    limits.check_bytes(None, "192.0.2.2", MB)
    limits.check_bytes("anna", "192.0.2.1", MB)
    watch.seconds = 3600
    limits.check_bytes(None, "192.0.2.1", MB)
