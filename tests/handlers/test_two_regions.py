"""Two open regions in one installation, from page to page: what holds is what the unit's region has decided.

Elin lives in the north and has had care in Mittland; Anna lives in Mittland and has had care in the north.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from inbox.directory.load import MITTLAND
from inbox.storage.administration.roles import add_with_roles
from tests.filing import filed
from tests.handlers.sitting import ANSWER, Sitting, at_case
from tests.handlers.teller import teller
from tests.house import House, house_in
from tests.people import ANNA, BOARD, EKBACKEN, KARIN, OLLE, TORGET
from tests.regions import DORA, ELIN, NILS, NORA, NORTH, OTHER_BOARD, OTHER_CARE

pytestmark = pytest.mark.on_both_engines

TOP, SECOND = "SE0000000002-TOP", "SE0000000002-VC2"
BY_BOARD: dict[str, Any] = {"recipient": {"choice": ["board"]}, "share": {"choice": ["no"]}}


def directory(folder: Path) -> Path:
    """A file with Mittland, and the north with a board, a care provider and two health centres."""
    file: dict[str, Any] = msgspec.json.decode(MITTLAND.read_bytes())
    (region,), units = file["regions"], {unit["id"]: unit for unit in file["units"]}
    board = {"name": "Patientnämnden i Region Norrskog", "desk": OTHER_BOARD, "register_prefix": "PX"}
    north = region | {"code": "98", "name": "Region Norrskog", "org_no": "0000000098", "board": board}
    told = [{"slot": "receipt", "language": "sv", "text": "I Norrskog svarar vi också på jourtelefonen."}]
    north |= {"goal_days": 45, "reply_days": 60, "texts": told}
    region |= {"goal_days": 21, "reply_days": 14}
    here = {"region": "98", "provider": "SE0000000002-R"}
    top = units["SE0000000001-RMHSV"] | here | {"id": TOP, "name": "Norrskogs hälso- och sjukvård", "other_names": []}
    centre = units[EKBACKEN] | here | {"parent": TOP, "other_names": [], "abbreviations": []}
    file["regions"] += [north]
    file["providers"] += [
        {"id": "SE0000000002-R", "name": "Norrskog", "org_no": "98", "ownership": "public", "register_prefix": "RX"}
    ]
    file["units"] += [
        units[BOARD] | {"id": OTHER_BOARD, "name": board["name"], "region": "98", "other_names": []},
        top,
        centre | {"id": OTHER_CARE, "name": "Granbackens vårdcentral"},
        centre | {"id": SECOND, "name": "Tallmons vårdcentral"},
    ]
    path = folder / "two.json"
    path.write_bytes(msgspec.json.encode(file))
    return path


@pytest.fixture
async def both(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The service with both regions, and people in each."""
    async with house_in(tmp_path, database_url=database_url, directory=directory(tmp_path)) as house:

        async def settle(connection: Any) -> None:
            for person in (NILS, NORA, DORA, ELIN):
                await add_with_roles(connection, person, NORTH.get(person.id, ()), house.clock())

        await house.parts.services.store.writer.do(settle)
        yield house


async def about(house: House, person: Any, unit: str, **more: Any) -> str:
    return await filed(house, person, {"place": {"unit": [unit]}, **more})


async def test_the_chat_and_the_receipt_speak_for_the_region_of_the_unit(both: House) -> None:
    for person, unit, board, number, goal in (
        (ELIN, EKBACKEN, "Patientnämnden i Region Mittland", "PN 2026-00001", "12 december"),
        (ANNA, OTHER_CARE, "Patientnämnden i Region Norrskog", "PX 2026-00001", "5 januari"),
    ):
        asked = await teller(both, person)
        review = await asked.tells({"place": {"unit": [unit]}, **BY_BOARD})
        assert f"Skickas till {board}" in review.words
        receipt = await asked.sends()
        assert f"Skickat till {board}" in receipt.words
        assert number in receipt.words
        assert f"Senast {goal}" in receipt.words
        assert ("jourtelefonen" in receipt.words) is (unit == OTHER_CARE)


async def test_each_desk_has_the_cases_of_its_own_region_with_its_own_goal(both: House) -> None:
    here, there = await about(both, ELIN, EKBACKEN), await about(both, ANNA, OTHER_CARE)
    for person, own, other, left in ((KARIN, here, there, "21 dagar"), (NILS, there, here, "45 dagar")):
        browser = await both.browser(person)
        queue = await browser.get("/personal?visa=alla")
        assert (own in queue.text, other in queue.text) == (True, False)
        page = await browser.get(f"/personal/arende/{own}")
        assert f"{left} kvar" in page.words
        for rest in ("", "/vidare", "/plats", "/utskrift", "/avsluta"):
            assert (await browser.get(f"/personal/arende/{other}{rest}")).status == 404
        for tag, fields in (("post_message", {"text": "Hej"}), ("take_case", {}), ("write_note", {"text": "Hej"})):
            assert (await browser.command(tag, other, **fields))[0] == 404
    fordelare = await both.browser(DORA)
    assert here not in (await fordelare.get("/personal?visa=alla")).text


async def test_a_case_is_forwarded_within_the_units_region_alone(both: House) -> None:
    case = await about(both, ANNA, OTHER_CARE)
    nils = await at_case(both, case, NILS)
    await nils.sends("take_case")
    await nils.opens("/vidare")
    # One does not even find what is elsewhere.
    page = await nils.presses("forward_case", q="torgets vårdcentral", reason="Det var där.", check="search")
    assert TORGET not in page.text
    page = await nils.presses("forward_case", q="tallmons", reason="Det var där.", check="search")
    assert SECOND in page.text
    for unit in (TORGET, BOARD, OTHER_BOARD):
        assert (await nils.browser.command("forward_case", case, unit=unit, reason="Dit."))[0] in {409, 422}
        assert (await nils.browser.command("set_place", case, unit=unit))[0] in {409, 422}
    assert (await nils.sends("forward_case", on="/vidare", unit=SECOND, reason="Det var där.")).path == "/personal"
    # The goal is not begun anew, and the reader is told by the names of the north.
    anna = Sitting(await both.browser(ANNA), f"/arende/{case}")
    assert "från Granbackens vårdcentral till Tallmons vårdcentral" in (await anna.opens()).words


async def test_the_board_that_joins_or_receives_is_that_of_the_units_region(both: House) -> None:
    for person, unit, staff, officer, board, other in (
        (ELIN, EKBACKEN, KARIN, OLLE, BOARD, OTHER_BOARD),
        (ANNA, OTHER_CARE, NILS, NORA, OTHER_BOARD, BOARD),
    ):
        case = await about(both, person, unit)
        reporter = await both.browser(person)
        await (await both.browser(staff)).command("take_case", case)
        parts = {"answers": True, "since": "all"}
        refused, _ = await reporter.command("give_consent", case, unit=other, parts=parts, text="Ja")
        joined, _ = await reporter.command("give_consent", case, unit=board, parts=parts, text="Ja")
        assert (refused in {409, 422}, joined) == (True, 201)
        seen = {one.id for one in (OLLE, NORA) if await _opens(both, one, case)}
        assert seen == {officer.id}
        filed_there = await about(both, person, unit, **BY_BOARD)
        assert {one.id for one in (OLLE, NORA) if await _opens(both, one, filed_there)} == {officer.id}


async def test_one_can_ask_on_for_as_long_as_the_units_region_says(both: House) -> None:
    for unit, staff, until in ((EKBACKEN, KARIN, "5 december"), (OTHER_CARE, NILS, "20 januari")):
        case = await about(both, ANNA, unit)
        desk = await at_case(both, case, staff)
        await desk.sends("take_case")
        assert (await desk.answers(ANSWER)).status == 200
        anna = Sitting(await both.browser(ANNA), f"/arende/{case}")
        assert until in (await anna.opens()).words


async def _opens(house: House, person: Any, case: str) -> bool:
    return (await (await house.browser(person)).get(f"/personal/arende/{case}")).status == 200
