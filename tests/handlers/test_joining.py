"""Who may be let into a case holds for every way in: the form, the API, and the socket over both its transports."""

from collections import Counter
from typing import Any

from tests.filing import filed
from tests.house import House
from tests.people import ANNA, ASPELUNDA, BOARD, EKBACKEN, EXTERNAL, KARIN, NOT_CONNECTED, OLLE, TORGET
from tests.sockets import Socket

UNITS = (ASPELUNDA, TORGET, NOT_CONNECTED, EXTERNAL, "SE0000000001-EKKOMHSL", EKBACKEN, BOARD)
PARTS: dict[str, Any] = {"answers": True, "files": [], "since": ""}
REFUSED = {"wrong_receiver", "already_there"}


async def test_every_way_in_refuses_all_but_the_one_who_is_meant(house: House) -> None:
    cares, boards = await filed(house, ANNA), await filed(house, ANNA, {"recipient": {"choice": ["board"]}})
    browsers = {each.id: await house.browser(each) for each in (ANNA, KARIN, OLLE)}
    for person, case in ((KARIN, cares), (OLLE, boards)):
        assert (await browsers[person.id].command("take_case", case))[0] == 201
    sockets = {
        (who, transport): await Socket(house).opens(browser, transport=transport)
        for who, browser in browsers.items()
        for transport in ("websocket", "polling")
    }
    tried: Counter[str] = Counter()
    for who, case, meant in (("karin", cares, BOARD), ("olle", boards, EKBACKEN), ("anna", cares, BOARD)):
        tag = "give_consent" if who == "anna" else "propose_sharing"
        words = {"text": "Ja"} if who == "anna" else {"reason": "Hjälp."}
        for unit in UNITS:
            if unit == meant:
                continue
            _, reply = await browsers[who].command(tag, case, unit=unit, parts=PARTS, **words)
            assert reply["error"]["code"] in REFUSED
            for transport in ("websocket", "polling"):
                reply = await sockets[who, transport].says(tag, case, unit=unit, parts=PARTS, **words)
                assert reply["error"]["code"] in REFUSED
                tried[transport] += 1
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
