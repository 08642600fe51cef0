"""Files with a message, over plain forms."""

import zlib
from collections.abc import AsyncIterator

import pytest

from handlers.errors import SENTENCES
from inbox.attachments.attaching import ToCase
from tests.handlers.sitting import anna_and_karin, hidden_in, typed_in
from tests.house import House, files_in
from tests.people import ANNA, BO, identity

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def png(colour: int = 0) -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    dot = zlib.compress(bytes([0, colour]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


@pytest.mark.on_both_engines
async def test_a_file_goes_with_the_message_and_the_other_side_can_open_it(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await anna.opens()
    page = await anna.fills("post_message", {"text": "Här är listan."}, [("lista.pdf", PDF), ("bild.png", png())])
    assert page.path == anna.url
    page = await karin.opens()
    assert "lista.pdf" in page.words
    assert "bild.png" in page.words
    address = page.text.split("/fil/", 1)[1].split('"', 1)[0]
    status, content, _ = await karin.browser.bytes(f"{karin.url}/fil/{address}")
    assert (status, content) == (200, PDF)


@pytest.mark.on_both_engines
async def test_a_file_that_is_named_twice_is_sent_once(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    case, client_id = anna.url.rpartition("/")[2], house.new_id()

    async def content() -> AsyncIterator[bytes]:
        yield PDF

    goal = ToCase(case, identity(ANNA), client_id)
    file = await house.parts.services.attaching.attach(goal, "lista.pdf", content())
    status, _ = await anna.browser.command(
        "post_message", case, client_id=client_id, text="Här.", files=[file.id, file.id]
    )
    assert status == 201
    _, feed = await anna.browser.api("GET", f"/api/v1/cases/{case}/feed")
    assert [each["id"] for each in feed["entries"][-1]["event"]["files"]] == [file.id]


async def test_staff_attach_files_too(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.opens()
    await karin.fills("post_message", {"text": "Här är vår rutin."}, [("rutin.pdf", PDF)])
    assert "rutin.pdf" in (await anna.opens()).words


@pytest.mark.parametrize(
    ("name", "content", "code"), [("program.pdf", b"MZ\x90" + b"x" * 200, "wrong_kind"), ("tom.png", b"", "empty_file")]
)
async def test_a_file_that_is_not_taken_is_named_with_the_reason_and_nothing_else_is_lost(
    house: House, name: str, content: bytes, code: str
) -> None:
    anna, karin = await anna_and_karin(house)
    await anna.opens()
    page = await anna.fills("post_message", {"text": "Se filerna"}, [("bra.pdf", PDF), (name, content)])
    assert page.status == 422
    assert f"{name}: {SENTENCES[code]}" in page.words
    assert typed_in(page, "text") == "Se filerna"
    assert "bra.pdf" in page.words
    assert "bra.pdf" not in (await karin.opens()).words
    page = await anna.presses("post_message", text="Se filen")
    assert page.status == 200
    assert "bra.pdf" in (await karin.opens()).words


async def test_files_are_not_asked_for_again_when_the_text_is_missing(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await anna.opens()
    page = await anna.fills("post_message", {"text": ""}, [("bra.pdf", PDF)])
    assert (page.status, "bra.pdf" in page.words) == (422, True)
    await anna.presses("post_message", text="Nu med text")
    assert (await karin.opens()).words.count("bra.pdf") == 1


@pytest.mark.on_both_engines
async def test_a_form_with_files_that_is_sent_twice_does_it_once(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await anna.opens()
    hidden = {name: str(value) for name, value in hidden_in(anna.page, "post_message").items()}
    for _ in range(2):
        page = await anna.browser.upload(
            f"{anna.url}/post_message", "files", [("a.pdf", PDF)], **hidden, text="En gång"
        )
        assert page.status == 200, page.words
    words = (await karin.opens()).words
    assert (words.count("En gång"), words.count("a.pdf")) == (1, 1)


async def test_a_large_photo_is_taken(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    await anna.opens()
    page = await anna.fills("post_message", {"text": "Stor"}, [("stor.pdf", PDF[:9] + b"%" * 3_000_000 + b"\n%%EOF\n")])
    assert page.status == 200, page.words


async def test_nobody_attaches_anything_to_somebody_elses_case(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    bo = await house.browser(BO)
    page = await bo.upload(f"{anna.url}/post_message", "files", [("a.pdf", PDF)], client_id="client-id-1", text="Hej")
    assert page.status == 404
    assert not any(path.is_file() for path in files_in(house).rglob("*"))
