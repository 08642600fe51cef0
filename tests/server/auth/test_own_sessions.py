"""One's own sign-ins: seen, and ended at once wherever they are used."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from inbox.storage import schema as s
from server.auth.sessions import COOKIE, hash_of
from tests.filing import filed
from tests.house import Browser, House, house_in
from tests.people import ANNA, KARIN
from tests.sockets import Socket

pytestmark = pytest.mark.on_both_engines
AGENTS = {
    "Mobil": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148",
    "Surfplatta": "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile/15E148",
    "Dator": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    "Okänd enhet": "",
}


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The service, in which Anna can be picked."""
    async with house_in(tmp_path, database_url=database_url) as house:
        query = update(s.person).where(s.person.c.id == ANNA.id).values(sample=True)
        await house.parts.services.store.writer.do(lambda connection: connection.execute(query))
        yield house


async def signed_in(house: House, agent: str = "") -> Browser:
    browser = await house.browser()
    await browser.get("/logga-in")
    await browser.post("/logga-in", {"person": ANNA.id}, user_agent=agent)
    return browser


async def is_in(browser: Browser) -> bool:
    return (await browser.get("/inloggningar")).path == "/inloggningar"


async def test_each_sign_in_is_told_by_its_device_and_ended_by_itself(house: House) -> None:
    browsers = {device: await signed_in(house, agent) for device, agent in AGENTS.items()}
    page = await browsers["Dator"].get("/inloggningar")
    assert [device for device in AGENTS if device not in page.words] == []
    assert page.words.count("den här") == 1
    assert not any(hash_of(browser.cookies[COOKIE]) in page.text for browser in browsers.values())
    phone = re.search(r"Mobil.*?name=\"session\" value=\"([^\"]+)\"", page.text, re.DOTALL)
    assert phone is not None
    await browsers["Dator"].post("/inloggningar/avsluta", {"session": phone.group(1)})
    assert [device for device, one in browsers.items() if not await is_in(one)] == ["Mobil"]


async def test_everywhere_is_everywhere_and_sockets_are_shut_within_a_second(house: House) -> None:
    case = await filed(house, ANNA)
    here, there = await signed_in(house), await signed_in(house)
    karin = await house.browser(KARIN)
    socket = await Socket(house).opens(there)
    assert "ok" in await socket.asks("watch", case=case, after=0)
    began = asyncio.get_running_loop().time()
    assert (await here.post("/inloggningar/alla")).path == "/"
    assert (await socket.asks_while_open("lists"))["error"]["code"] == "cut"
    assert asyncio.get_running_loop().time() - began < 1
    assert [await is_in(one) for one in (here, there, karin)] == [False, False, True]


async def test_nobody_ends_what_is_somebody_elses(house: House) -> None:
    anna, karin = await signed_in(house), await house.browser(KARIN)
    page = await anna.get("/inloggningar")
    key = page.field("session")
    await karin.post("/inloggningar/avsluta", {"session": key})
    await karin.post("/inloggningar/avsluta", {"session": "x"})
    assert await is_in(anna)
    assert await is_in(karin)
    assert (await (await house.browser()).post("/inloggningar/alla")).status in {403, 200}
    assert await is_in(anna)
