"""Files over a net that fails: they come whole, or it is said in plain words why not."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from inbox.files.limits import MEGABYTE
from tests.inbox.files import samples
from tests.stories.test_guided_chat import at_the_first_question, goes_on_to
from tests.stories.tools.fickle import fickle_net
from tests.stories.tools.people import Somebody, Town
from tests.stories.tools.served import Served
from tests.stories.tools.wire import wire_to

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
A_WHILE = 120_000
"""Milliseconds in which 25 MB come through a net that is cut five times."""
HASH = """async (address) => {
    const body = await (await fetch(address)).arrayBuffer();
    const digest = await crypto.subtle.digest('SHA-256', body);
    return [...new Uint8Array(digest)].map((each) => each.toString(16).padStart(2, '0')).join('');
}"""
CONTENT = """async (address) => {
    const body = await (await fetch(address)).arrayBuffer();
    return [...new Uint8Array(body)].map((each) => String.fromCharCode(each)).join('');
}"""
GONE = """(name) => {
    const slice = File.prototype.slice;
    File.prototype.slice = function (...where) {
        const part = slice.apply(this, where);
        if (this.name === name) {
            part.arrayBuffer = () => Promise.reject(new DOMException('It was changed.', 'NotReadableError'));
        }
        return part;
    };
}"""
"""As when a file is changed on the disk, or lies in a cloud: what a part of it answers then in every browser."""
WRITE = "form[data-composer=message] textarea"
DROP = """([name, type, text, place]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], name, { type }));
    const events = ['dragover', 'drop'].map(
        (kind) => new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }),
    );
    for (const event of events) document.querySelector(place).dispatchEvent(event);
    return events.every((event) => event.defaultPrevented);
}"""
PASTE = """([name, type, text, place, words]) => {
    const data = new DataTransfer();
    if (words) data.items.add(words, 'text/plain');
    data.items.add(new File([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], name, { type }));
    // Firefox lets no script put files on a ClipboardEvent.
    const event = new Event('paste', { bubbles: true, cancelable: true });
    document.querySelector(place).dispatchEvent(Object.defineProperty(event, 'clipboardData', { value: data }));
    return event.defaultPrevented;
}"""


async def attaches(somebody: Somebody, *paths: Path) -> None:
    """Picks files for the message."""
    summary = somebody.page.locator("form[data-composer=message] summary").first
    if not await somebody.page.locator("#files").is_visible():
        await summary.click()
    await somebody.page.locator("#files").set_input_files([str(path) for path in paths])


def rows(somebody: Somebody) -> Locator:
    """Files on their way, or come."""
    return somebody.page.locator("[data-uploads] > .upload")


async def comes(somebody: Somebody, name: str) -> None:
    """A file has come."""
    await expect(rows(somebody).filter(has_text=name).get_by_text("Uppladdad")).to_be_visible(timeout=A_WHILE)


async def is_kept(somebody: Somebody, text: str) -> None:
    """The server has a message, once."""
    await expect(somebody.page.locator("[data-entry]", has_text=text)).to_have_count(1, timeout=A_WHILE)


def laid(folder: Path, name: str, content: bytes) -> Path:
    """A file on somebody's own disk."""
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.everywhere
async def test_25_mb_over_a_net_that_is_cut_five_times_arrive_whole(town: Town, served: Served, tmp_path: Path) -> None:
    content = samples.large_pdf(25 * MEGABYTE)
    async with fickle_net(served, every=4 * MEGABYTE, times=5) as net:
        anna = await town.anna(root=net.url)
        await anna.opens_thread(TITLE)
        await attaches(anna, laid(tmp_path, "Journal.pdf", content))
        await expect(rows(anna).get_by_role("progressbar")).to_be_visible()
        await comes(anna, "Journal.pdf")
        assert net.cuts == 5
        await anna.composer.fill("Här är journalen.")
        await anna.presses("Skicka")
        await is_kept(anna, "Här är journalen.")
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    link = karin.page.get_by_role("link", name="Journal.pdf")
    assert await karin.page.evaluate(HASH, await link.get_attribute("href")) == hashlib.sha256(content).hexdigest()


@pytest.mark.everywhere
async def test_a_message_with_a_file_waits_for_the_net_like_any_other_and_comes_once(
    town: Town, served: Served, tmp_path: Path
) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        await attaches(anna, laid(tmp_path, "lista.pdf", samples.PDF))
        await comes(anna, "lista.pdf")
        wire.cut()
        await anna.sees("Vi når inte tjänsten just nu. Skriv ändå, vi skickar sedan.")
        await anna.composer.fill("Här är listan.")
        await anna.presses("Skicka")
        row = anna.page.locator(".msg--pending")
        await expect(row).to_contain_text("Här är listan.")
        await expect(row.get_by_role("link", name="lista.pdf")).to_be_visible()
        await expect(rows(anna)).to_have_count(0)
        await expect(anna.composer).to_have_value("")
        wire.mend()
        await anna.page.reload()
        await is_kept(anna, "Här är listan.")
        # The same file once more belongs to another message.
        await attaches(anna, tmp_path / "lista.pdf")
        await comes(anna, "lista.pdf")
        await anna.composer.fill("Och en gång till.")
        await anna.presses("Skicka")
        await is_kept(anna, "Och en gång till.")
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    for text in ("Här är listan.", "Och en gång till."):
        message = karin.page.locator("[data-said]", has_text=text)
        await expect(message).to_have_count(1)
        await expect(message.get_by_role("link", name="lista.pdf")).to_be_visible()


@pytest.mark.parametrize("place", ["form[data-composer=note] textarea", ".note > summary"])
async def test_a_picture_for_the_internal_note_never_goes_to_the_citizen(town: Town, place: str) -> None:
    karin = await town.karin()
    await karin.opens_thread(TITLE)
    await karin.page.get_by_text("Skriv en intern anteckning").click()
    picture = ["skärmbild.png", "image/png", samples.PNG.decode("latin-1")]
    # Nothing is opened instead of the page, and nothing is taken.
    assert await karin.page.evaluate(DROP, [*picture, place])
    await karin.page.evaluate(PASTE, [*picture, place, ""])
    await karin.page.get_by_text("Tillbaka till svaret").click()
    # A picture for the message comes, alone: those before it would have come too.
    assert await karin.page.evaluate(PASTE, [*picture, WRITE, ""])
    await comes(karin, "skärmbild.png")
    await expect(rows(karin)).to_have_count(1)


@pytest.mark.everywhere
async def test_words_that_are_pasted_with_a_picture_of_them_are_pasted_as_words(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    picture = ["urklipp.png", "image/png", samples.PNG.decode("latin-1")]
    assert not await anna.page.evaluate(PASTE, [*picture, WRITE, "Tre rader ur ett kalkylblad"])
    assert await anna.page.evaluate(PASTE, [*picture, WRITE, ""])
    await comes(anna, "urklipp.png")
    await expect(rows(anna)).to_have_count(1)


@pytest.mark.everywhere
async def test_files_that_cannot_be_sent_now_stay_with_the_words_and_the_page_says_so(
    town: Town, served: Served, tmp_path: Path
) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        wire.cut()
        await anna.sees("Vi når inte tjänsten just nu. Skriv ändå, vi skickar sedan.")
        await anna.composer.fill("Här är listan.")
        await attaches(anna, laid(tmp_path, "lista.pdf", samples.PDF))
        # What sends files could not be fetched: they stay in the field.
        await expect(anna.page.locator("form[data-uploading]")).to_have_count(0)
        await anna.presses("Skicka")
        await anna.sees("Filerna går inte att skicka just nu.")
        await expect(anna.composer).to_have_value("Här är listan.")
        assert await anna.page.locator("#files").evaluate("(field) => field.files.length") == 1
        wire.mend()
        await anna.is_live()
        await anna.sees_no("Filerna går inte att skicka just nu.")
        await anna.presses("Skicka")
        await is_kept(anna, "Här är listan.")
        await expect(anna.page.get_by_role("link", name="lista.pdf")).to_have_count(1)


async def test_words_that_go_with_their_files_by_the_page_itself_stay_until_they_are_said(
    town: Town, tmp_path: Path
) -> None:
    paper = tmp_path / "papper.pdf"
    paper.write_bytes(samples.PDF)
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    path = anna.path
    # Its script cannot be had: the file goes with the form.
    await anna.page.route("**/uploading.js", lambda route: route.abort())
    for taken in (False, True):
        await attaches(anna, paper)
        await expect(anna.page.locator("form[data-composer=message][data-uploading]")).to_have_count(0)
        await anna.composer.fill("Här är pappret som jag lovade.")
        if not taken:
            await anna.page.route("**/post_message*", lambda route: route.fulfill(status=502, body="Bad"))
        await anna.presses("Skicka")
        if not taken:
            await anna.sees("Bad")
            await anna.page.unroute("**/post_message*")
            await anna.goes_to(path)
            await expect(anna.composer).to_have_value("Här är pappret som jag lovade.")
    said = anna.page.locator("[data-said][data-own]", has_text="Här är pappret som jag lovade.")
    await expect(said.get_by_text("papper.pdf")).to_be_visible()
    await expect(anna.composer).to_have_value("")
    await anna.page.reload()
    await anna.is_live()
    await expect(anna.composer).to_have_value("")
    # Whoever begins with the same words once more means them: they are not what was taken.
    await anna.composer.fill("Här är pappret som jag lovade.")
    await anna.page.reload()
    await anna.is_live()
    await expect(anna.composer).to_have_value("Här är pappret som jag lovade.")


async def test_words_whose_files_are_gone_can_be_sent_without_them(town: Town, served: Served, tmp_path: Path) -> None:
    async with wire_to(served) as wire:
        anna = await town.anna(root=wire.url)
        await anna.opens_thread(TITLE)
        async with anna.page.expect_response(lambda answer: answer.request.method == "POST") as begun:
            await attaches(anna, laid(tmp_path, "lista.pdf", samples.PDF))
        await comes(anna, "lista.pdf")
        token = await anna.page.locator("form[data-composer=message] [name=csrf]").get_attribute("value")
        wire.cut()
        await anna.sees("Vi når inte tjänsten just nu. Skriv ändå, vi skickar sedan.")
        await anna.composer.fill("Här är listan.")
        await anna.presses("Skicka")
        await expect(anna.page.locator(".msg--pending")).to_have_count(1)
        # The server keeps unsent files for a day.
        upload = served.url + (await (await begun.value).all_headers())["location"].removeprefix(wire.url)
        headers = {"X-CSRF-Token": token or "", "Tus-Resumable": "1.0.0", "Origin": served.url}
        assert (await anna.page.context.request.delete(upload, headers=headers)).status == 204
        wire.mend()
        row = anna.page.locator(".msg--failed")
        await expect(row).to_contain_text("Filen finns inte kvar.", timeout=A_WHILE)
        await row.get_by_role("button", name="Skicka utan filerna").click()
        await is_kept(anna, "Här är listan.")
        await expect(anna.page.get_by_role("link", name="lista.pdf")).to_have_count(0)


async def test_what_is_not_taken_is_told_in_plain_words_and_what_is_written_stays(town: Town, tmp_path: Path) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await anna.composer.fill("Se filerna.")
    await attaches(
        anna,
        laid(tmp_path, "program.pdf", b"MZ" + bytes(4000)),
        laid(tmp_path, "film.pdf", samples.large_pdf(25 * MEGABYTE + 1)),
        laid(tmp_path, "trasig.jpg", samples.JPEG[:100]),
        laid(tmp_path, "bra.pdf", samples.PDF),
        laid(tmp_path, "låst.pdf", samples.CERTIFIED_PDF),
    )
    await comes(anna, "bra.pdf")
    locked = rows(anna).filter(has_text="låst.pdf")
    await expect(locked).to_contain_text("Den kräver ett lösenord eller certifikat för att öppnas. Skicka den utan det")
    await locked.get_by_role("button", name="Ta bort").click()
    await anna.sees("Vi kan inte ta emot den sortens fil. Skicka en bild (JPG, PNG, WebP eller HEIC) eller en PDF.")
    await anna.sees("Filen är för stor. En fil får vara högst 25 MB.")
    await anna.sees("Filen är skadad eller kom inte fram hel.")
    # Of a file that the device no longer gives out, browsers say that the net is gone.
    await anna.page.evaluate(GONE, "molnet.pdf")
    await attaches(anna, laid(tmp_path, "molnet.pdf", samples.large_pdf(5 * MEGABYTE)))
    await expect(rows(anna).filter(has_text="molnet.pdf")).to_contain_text("Den går inte att läsa längre.")
    await expect(anna.composer).to_have_value("Se filerna.")
    assert await anna.violations() == []
    for _ in range(4):
        await anna.page.locator(".upload--failed").first.get_by_role("button", name="Ta bort").click()
    await expect(rows(anna)).to_have_count(1)
    await anna.presses("Skicka")
    await is_kept(anna, "Se filerna.")
    await expect(anna.page.get_by_role("link", name="bra.pdf")).to_be_visible()
    await expect(anna.page.get_by_role("link", name="film.pdf")).to_have_count(0)


async def test_files_that_are_too_large_together_are_told_so(town: Town, tmp_path: Path) -> None:
    anna = await at_the_first_question(town)
    await goes_on_to(anna, "story")
    big = [laid(tmp_path, f"del{n}.pdf", samples.large_pdf(20 * MEGABYTE)) for n in range(3)]
    await anna.page.locator("#upload").set_input_files([str(path) for path in big])
    await expect(anna.page.locator("[data-files] li")).to_have_count(2, timeout=A_WHILE)
    await anna.sees("Filerna är för stora tillsammans. Ta bort någon, eller välj en mindre.")


async def test_whoever_may_not_send_any_more_hears_so_in_plain_words(
    town: Town, served: Served, tmp_path: Path
) -> None:
    async with wire_to(served) as wire:
        anna, elsewhere = await town.anna(root=wire.url), await town.anna()
        await anna.opens_thread(TITLE)
        await attaches(anna, laid(tmp_path, "först.pdf", samples.PDF))
        await comes(anna, "först.pdf")
        wire.cut()
        await attaches(anna, laid(tmp_path, "sen.pdf", samples.PDF))
        late = rows(anna).filter(has_text="sen.pdf")
        await expect(late).to_contain_text("Väntar på uppkoppling", timeout=A_WHILE)
        await elsewhere.goes_to(re.sub(".*(/arende/[^/?#]+).*", r"\1/aterta", anna.page.url))
        await elsewhere.presses("Återkalla")
        await elsewhere.page.wait_for_url(re.compile("/arende/[^/]+$"))
        wire.mend()
        await expect(late).to_contain_text("Det går inte att göra det här just nu.", timeout=A_WHILE)
        assert not anna.faults


async def test_a_photo_with_a_place_in_it_has_none_afterwards_and_is_shown_small(town: Town, tmp_path: Path) -> None:
    anna, karin = await town.anna(), await town.karin()
    await karin.opens_thread(TITLE)
    await anna.opens_thread(TITLE)
    photo = samples.jpeg_photo(6)
    assert b"GPS" in photo
    await attaches(anna, laid(tmp_path, "IMG_0042.jpg", photo))
    await comes(anna, "IMG_0042.jpg")
    await anna.composer.fill("Så såg det ut.")
    await anna.presses("Skicka")
    await anna.sees("Så såg det ut.")
    for somebody, words in ((anna, "Bild som du skickade"), (karin, "Bild som Anna")):
        picture = somebody.page.get_by_role("img", name=words).last
        await expect(picture).to_be_visible()
        assert await picture.evaluate("(it) => it.decode().then(() => it.naturalWidth)") > 0
        link = somebody.page.get_by_role("link", name="IMG_0042.jpg").last
        content = await somebody.page.evaluate(CONTENT, await link.get_attribute("href"))
        assert "GPS" not in content
        assert samples.SECRET.decode() not in content
        assert await somebody.violations() == []
        assert not somebody.faults


@pytest.mark.everywhere
async def test_a_file_is_stopped_dropped_or_pasted_and_goes_with_the_message_once_it_has_come(
    town: Town, served: Served, tmp_path: Path
) -> None:
    async with fickle_net(served, every=MEGABYTE, times=1) as net:
        anna = await town.anna(root=net.url)
        await anna.opens_thread(TITLE)
        await attaches(anna, laid(tmp_path, "ångrad.pdf", samples.large_pdf(20 * MEGABYTE)))
        await rows(anna).get_by_role("button", name="Avbryt").click()
        await expect(rows(anna)).to_have_count(0)
        await anna.composer.fill("Släppt hit.")
        content = samples.large_pdf(3_000_000).decode("latin-1")
        await anna.page.evaluate(DROP, ["släppt.pdf", "application/pdf", content, WRITE])
        # Pressed before it has come: it is sent when it has.
        await anna.presses("Skicka")
        await is_kept(anna, "Släppt hit.")
        await expect(anna.page.get_by_role("link", name="släppt.pdf")).to_be_visible(timeout=A_WHILE)
        await expect(anna.page.get_by_role("link", name="ångrad.pdf")).to_have_count(0)
        await anna.page.evaluate(PASTE, ["klistrad.png", "image/png", samples.PNG.decode("latin-1"), WRITE, ""])
        await comes(anna, "klistrad.png")
