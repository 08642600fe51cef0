"""Who may be let into a case holds for every way in: the form, the API, and the socket over both its transports."""

import json
from collections import Counter
from typing import Any

from tests.filing import filed
from tests.house import Browser, House
from tests.people import ANNA, ASPELUNDA, BOARD, EKBACKEN, EXTERNAL, KARIN, NOT_CONNECTED, OLLE, TORGET
from tests.sockets import Socket

UNITS = (ASPELUNDA, TORGET, NOT_CONNECTED, EXTERNAL, "SE0000000001-EKKOMHSL", EKBACKEN, BOARD)
PARTS: dict[str, Any] = {"answers": True, "files": [], "since": ""}
REFUSED = {"wrong_receiver", "already_there"}


class Polling:
    """A socket of a browser whose net lets no WebSocket through."""

    def __init__(self, house: House, browser: Browser) -> None:
        self._house, self._browser = house, browser
        self._url = house.url("/socket.io/?EIO=4&transport=polling")

    async def opens(self) -> "Polling":
        """Connect, with the cookie in each request."""
        self._url += "&sid=" + json.loads((await self._asks())[1:])["sid"]
        await self._tells("40")
        assert (await self._asks()).startswith("40")
        return self

    async def says(self, command: str, case: str, **fields: Any) -> Any:
        """Give a command."""
        data = {"command": command, "case": case, "client_id": self._house.new_id(), **fields}
        await self._tells("421" + json.dumps(["command", data]))
        while not (heard := await self._asks()).startswith("431"):
            assert heard == "2", heard
        return json.loads(heard.removeprefix("431"))[0]

    async def _asks(self) -> str:
        async with self._browser._session.get(self._url) as response:
            assert response.status == 200
            return await response.text()

    async def _tells(self, packet: str) -> None:
        async with self._browser._session.post(self._url, data=packet) as response:
            assert response.status == 200


async def test_every_way_in_refuses_all_but_the_one_who_is_meant(house: House) -> None:
    cares, boards = await filed(house, ANNA), await filed(house, ANNA, {"recipient": {"choice": ["board"]}})
    browsers = {each.id: await house.browser(each) for each in (ANNA, KARIN, OLLE)}
    for person, case in ((KARIN, cares), (OLLE, boards)):
        assert (await browsers[person.id].command("take_case", case))[0] == 201
    sockets = {who: await Socket(house).opens(browser) for who, browser in browsers.items()}
    polls = {who: await Polling(house, browser).opens() for who, browser in browsers.items()}
    tried: Counter[str] = Counter()
    for who, case, meant in (("karin", cares, BOARD), ("olle", boards, EKBACKEN), ("anna", cares, BOARD)):
        tag = "give_consent" if who == "anna" else "propose_sharing"
        words = {"text": "Ja"} if who == "anna" else {"reason": "Hjälp."}
        for unit in UNITS:
            if unit == meant:
                continue
            _, reply = await browsers[who].command(tag, case, unit=unit, parts=PARTS, **words)
            assert reply["error"]["code"] in REFUSED
            for way, says in (("websocket", sockets[who].says), ("polling", polls[who].says)):
                reply = await says(tag, case, unit=unit, parts=PARTS, **words)
                assert reply["error"]["code"] in REFUSED
                tried[way] += 1
            if who != "anna":
                # Of a consent no form names the unit.
                fields = {"unit": unit, "answers": "1", "client_id": house.new_id(), **words}
                assert (await browsers[who].post(f"/personal/arende/{case}/{tag}", fields)).status == 422
                tried["form"] += 1
            tried["api"] += 1
    assert tried == {"api": 18, "websocket": 18, "polling": 18, "form": 12}
    for case in (cares, boards):
        stored, _ = await house.parts.services.reading.bare(case)
        assert len(stored.registrations) == 1
        assert stored.requests == ()
    for socket in sockets.values():
        await socket.closes()
