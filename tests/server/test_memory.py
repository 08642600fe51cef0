"""What the service does not keep: memory is for those who are here."""

import gc

from aiohttp import web

from tests.house import House
from tests.people import ANNA


async def test_a_page_is_let_go_once_it_is_sent_though_the_connection_stays_open(house: House) -> None:
    browser = await house.browser(ANNA)
    assert (await browser.get("/hem")).status == 200
    gc.collect()
    kept = [one for one in gc.get_objects() if isinstance(one, web.Response) and one.body]
    assert kept == []
