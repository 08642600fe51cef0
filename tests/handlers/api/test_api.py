"""Commands and feeds for programs."""

import pytest

from handlers.api.queries import MOST_UNITS
from tests.filing import filed
from tests.house import House
from tests.people import ANNA, EKBACKEN, KARIN


@pytest.mark.on_both_engines
async def test_a_command_over_the_api_is_carried_out(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await house.browser(KARIN)
    status, body = await karin.command("take_case", case)
    assert (status, body) == (201, {"case": case, "n": [2], "repeated": False})


async def test_the_picker_finds_a_unit_with_a_slip_and_without_dots(house: House) -> None:
    nobody = await house.browser()
    status, body = await nobody.api("GET", "/api/v1/units?q=ekbakens vardcentral")
    assert status == 200
    assert body["units"][0]["id"] == EKBACKEN


@pytest.mark.parametrize(("asked", "more"), [("lindby", True), ("vårdcentral", False), ("qqqq", False)])
async def test_a_search_says_whether_more_fits_than_it_gives(house: House, asked: str, *, more: bool) -> None:
    nobody = await house.browser()
    status, body = await nobody.api("GET", f"/api/v1/units?q={asked}")
    assert (status, body["more"]) == (200, more)
    assert len(body["units"]) == MOST_UNITS if more else len(body["units"]) <= MOST_UNITS


async def test_a_wrong_field_is_named_and_what_was_in_it_is_not_repeated(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await house.browser(ANNA)
    status, body = await anna.command("post_message", case, text=["hemligt"])
    assert status == 422
    assert body["error"]["code"] == "malformed"
    assert body["error"]["where"] == "$.text"
    assert "hemligt" not in str(body)


async def test_an_unknown_command_is_refused_by_name(house: House) -> None:
    anna = await house.browser(ANNA)
    status, body = await anna.command("burn_case", "x")
    assert (status, body["error"]["code"]) == (422, "unknown_command")


async def test_nobody_gives_commands_without_signing_in(house: House) -> None:
    nobody = await house.browser()
    status, body = await nobody.command("take_case", "x")
    assert (status, body["error"]["code"]) == (401, "sign_in_needed")


async def test_a_command_without_the_browsers_token_is_refused(house: House) -> None:
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    case = await filed(house, ANNA)
    async with anna._session.post(
        house.url("/api/v1/commands/post_message"),
        json={"command": "post_message", "case": case, "client_id": "client-id-1", "text": "Hej"},
        headers={"X-CSRF-Token": karin.csrf},
    ) as response:
        assert response.status == 403
        assert (await response.json())["error"]["code"] == "bad_csrf"


@pytest.mark.on_both_engines
async def test_a_feed_is_read_from_any_number_on(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await house.browser(ANNA)
    for text in ("Ett", "Två"):
        await anna.command("post_message", case, text=text)
    status, body = await anna.api("GET", f"/api/v1/cases/{case}/feed?after=1")
    assert status == 200
    assert [(entry["n"], entry["event"]["text"]) for entry in body["entries"]] == [(2, "Ett"), (3, "Två")]
    assert body["head"] == 3
