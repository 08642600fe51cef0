"""Words of danger in a thread: its writer is shown where to call, the message goes, and nobody else is told."""

import pytest

from tests.handlers.sitting import ANSWER, Sitting, anna_and_karin
from tests.house import House, Page
from tests.people import ANNA, KARIN
from tests.sockets import at_socket

DANGER = "Jag orkar inte leva längre."
CALM = "Tack för svaret."
CALLED = 'id="urgent"'


def shows_help(page: Page) -> bool:
    """Whether the panel is there to be seen."""
    return f'{CALLED} aria-labelledby="urgent-heading" data-urgent>' in page.text


async def counted(house: House, where: str) -> float:
    """How often somebody was shown where to call."""
    _, body, _ = await (await house.browser()).bytes("/metrics")
    lines = [line.split() for line in body.decode().splitlines()]
    return sum(float(line[1]) for line in lines if line[0] == f'gensvar_help_shown_total{{where="{where}"}}')


@pytest.mark.on_both_engines
async def test_by_a_form_the_message_goes_and_the_page_shows_where_to_call(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    assert not shows_help(await anna.sends("post_message", text=CALM))
    page = await anna.sends("post_message", text=DANGER)
    assert (page.status, page.path, shows_help(page)) == (200, anna.url, True)
    for number in ("112", "1177", "90101"):
        assert f'href="tel:{number}"' in page.text.split(CALLED)[1].split("</section>")[0]
    assert DANGER in page.words
    page = await karin.opens()
    assert DANGER in page.words
    assert CALLED not in page.text
    assert await counted(house, "thread") == 1
    assert not shows_help(await anna.opens())


@pytest.mark.parametrize(("text", "urgent"), [(DANGER, True), (CALM, False)])
async def test_by_a_socket_only_its_writer_is_told(house: House, text: str, *, urgent: bool) -> None:
    anna, _ = await anna_and_karin(house)
    case = anna.url.rpartition("/")[2]
    at_anna, at_karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    fields = {"command": "post_message", "case": case, "client_id": house.new_id(), "text": text}
    for _ in range(2):
        # Sent once more because the first answer was lost, it is told once more, and counted once.
        assert (await at_anna.asks("command", **fields))["ok"].get("urgent", False) is urgent
    (entry,) = await at_karin.gets("entry")
    assert entry["event"]["text"] == text
    assert "urgent" not in repr(at_karin.frames)
    assert await counted(house, "thread") == urgent


async def test_what_is_asked_on_and_what_is_taken_back_are_heard_too(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.answers(ANSWER)
    case = anna.url.rpartition("/")[2]
    assert (await anna.browser.command("ask_on", case, text=DANGER))[1]["urgent"]
    assert shows_help(await anna.sends("withdraw_case", on="/aterta", reason=DANGER))
    assert await counted(house, "thread") == 2


async def test_what_staff_write_shows_them_nothing(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    page = await karin.sends("post_message", text=f"Du skrev: {DANGER}")
    assert CALLED not in page.text
    assert not shows_help(await anna.opens())
    assert await counted(house, "thread") == 0
    status, told = await karin.browser.command("write_note", anna.url.rpartition("/")[2], text=DANGER)
    assert (status, "urgent" in told) == (201, False)


async def test_over_the_api_it_is_told_to_its_writer(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    status, told = await anna.browser.command("post_message", anna.url.rpartition("/")[2], text=DANGER)
    assert (status, told["urgent"]) == (201, True)


async def test_a_message_that_is_refused_is_not_said_to_be_sent(house: House) -> None:
    anna, _ = await anna_and_karin(house)
    await anna.opens()
    page = await Sitting.fills(anna, "post_message", {"text": DANGER, "csrf": "x", "seen": "0", "audience": "nobody"})
    assert page.status >= 400
    assert not shows_help(page)
    assert await counted(house, "thread") == 0
