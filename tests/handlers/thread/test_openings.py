"""Who has opened a case: every way of reading it leaves its row, and the citizen is told of each of them."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.view.locale import SWEDEN
from inbox.storage import schema as s
from inbox.storage.openings import NOT_SHOWN
from inbox.storage.people import Person
from tests.filing import filed
from tests.handlers.sitting import Sitting, at_case
from tests.handlers.thread.test_attachments import png
from tests.house import House
from tests.people import ANNA, FIA, KARIN
from tests.sockets import at_socket

pytestmark = pytest.mark.on_both_engines

LATER = timedelta(minutes=41)
"""No two looks are the same one by then, nor of one minute."""


async def test_every_way_of_reading_leaves_its_row_and_the_citizen_is_told_of_all_of_them(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await at_case(house, case, ANNA)
    await anna.opens()
    await anna.fills("post_message", {"text": "Så här såg det ut."}, files=[("bild.png", png())])
    address = (await anna.opens()).text.split("/fil/", 1)[1].split('"', 1)[0]

    async def page(karin: Sitting) -> None:
        assert (await karin.opens()).status == 200

    async def print_page(karin: Sitting) -> None:
        assert (await karin.opens("/utskrift")).status == 200

    async def file(karin: Sitting) -> None:
        status, _, _ = await karin.browser.bytes(f"{karin.url}/fil/{address}")
        assert status == 200

    async def program(karin: Sitting) -> None:
        status, _ = await karin.browser.api("GET", f"/api/v1/cases/{case}/feed")
        assert status == 200

    async def socket(karin: Sitting) -> None:
        # What an open page fetches by itself is kept apart, until it is in sight.
        live = await at_socket(house, KARIN, case)
        assert "ok" in await live.asks("read", case=case, n=1)

    ways: list[tuple[Person, Callable[[Sitting], Awaitable[None]]]] = [
        (KARIN, page),
        (KARIN, print_page),
        (KARIN, file),
        (KARIN, program),
        (KARIN, socket),
        (FIA, page),
    ]
    moments = []
    for person, way in ways:
        house.clock.passes(LATER)
        moments.append(house.clock())
        await way(await at_case(house, case, person))
    rows = await looks_of_staff(house, case)
    assert [at for at, _ in rows] == moments
    told = re.findall(
        r"(\d\d\.\d\d): [^.]+, (handläggare|fördelar ärenden)",
        (await (await at_case(house, case, ANNA)).opens("/vem")).words,
    )
    words = {"caseworker": "handläggare", "distributor": "fördelar ärenden"}
    assert told == [(f"{at.astimezone(SWEDEN):%H.%M}", words[role]) for at, role in reversed(rows)]


async def looks_of_staff(house: House, case: str) -> list[tuple[datetime, str]]:
    """When, and as what, somebody who works with it was shown something of it, as it is stored."""
    access = s.access.c
    query = select(access.at, access.role).where(access.case_id == case, access.unit_id.is_not(None))
    async with house.parts.services.store.reading() as connection:
        rows = await connection.execute(query.where(access.what.not_in(NOT_SHOWN)).order_by(access.row))
        return [(row.at, row.role) for row in rows]
