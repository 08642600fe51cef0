"""What is kept with a consent are the service's own words, whichever way it comes and whatever came with it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from inbox.storage.people import Person
from tests.filing import filed
from tests.house import Browser, House
from tests.people import ANNA, BOARD, KARIN
from tests.sockets import at_socket

SHORTER = "kortare text än den som visades"
PARTS = {"answers": True, "since": "all"}
Gives = Callable[[House, Person, str, str, dict[str, Any]], Awaitable[dict[str, Any]]]


async def over_api(house: House, who: Person, tag: str, case: str, fields: dict[str, Any]) -> dict[str, Any]:
    _, body = await (await house.browser(who)).command(tag, case, **fields)
    return {"ok": body} if "error" not in body else body


async def over_socket(house: House, who: Person, tag: str, case: str, fields: dict[str, Any]) -> dict[str, Any]:
    reply: dict[str, Any] = await (await at_socket(house, who)).says(tag, case, **fields)
    return reply


async def feed_of(browser: Browser, case: str) -> list[dict[str, Any]]:
    _, feed = await browser.api("GET", f"/api/v1/cases/{case}/feed")
    entries: list[dict[str, Any]] = feed["entries"]
    return entries


async def words_kept(house: House, case: str) -> list[str]:
    """The lines that are kept with Anna's consent."""
    entries = await feed_of(await house.browser(ANNA), case)
    (text,) = [each["event"]["text"] for each in entries if each["event"]["kind"] == "consent_given"]
    return str(text).splitlines()


@pytest.mark.on_both_engines
@pytest.mark.parametrize("gives", [over_api, over_socket])
async def test_the_words_of_a_consent_at_her_own_wish_are_the_services(house: House, gives: Gives) -> None:
    case = await filed(house, ANNA)
    await over_api(house, ANNA, "post_message", case, {"text": "Ett ord."})
    fields = {"unit": BOARD, "parts": {"answers": True}, "text": SHORTER}
    assert "ok" in await gives(house, ANNA, "give_consent", case, fields)
    lines = await words_kept(house, case)
    assert SHORTER not in lines
    assert lines[0] == "Vill du ta hjälp av Patientnämnden i Region Mittland?"
    assert {"[x] Din berättelse och dina svar", "[ ] Meddelandena hittills", "Ja, det är okej"} <= set(lines)


@pytest.mark.parametrize("gives", [over_api, over_socket])
async def test_the_words_of_an_answer_to_a_question_are_those_of_its_card(house: House, gives: Gives) -> None:
    case = await filed(house, ANNA)
    await over_api(house, KARIN, "take_case", case, {})
    asked = {"unit": BOARD, "parts": {"answers": True}, "reason": "De kan stötta dig."}
    await over_api(house, KARIN, "propose_sharing", case, asked)
    request = (await feed_of(await house.browser(ANNA), case))[-1]["id"]
    fields = {"unit": BOARD, "parts": {"answers": False}, "request": request}
    assert "ok" in await gives(house, ANNA, "give_consent", case, fields)
    lines = await words_kept(house, case)
    assert "Får Patientnämnden i Region Mittland läsa ditt ärende?" in lines
    assert "Ekbackens vårdcentral skriver: ”De kan stötta dig.”" in lines
    assert "[ ] Din berättelse och dina svar" in lines


async def test_they_are_in_the_language_of_her_session_and_tell_from_when_she_shares(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await house.browser(ANNA)
    for text in ("Ett", "Två"):
        await anna.command("post_message", case, text=text)
    second = (await feed_of(anna, case))[-1]["id"]
    await anna.get("/hem?sprak=en")
    fields: dict[str, Any] = {"unit": BOARD, "parts": {"answers": True, "since": second}}
    status, body = await anna.command("give_consent", case, **fields)
    assert status == 201, body
    lines = await words_kept(house, case)
    assert "[x] Your story and your answers" in lines
    assert any(line.startswith("[x] The messages from ") for line in lines)


@pytest.mark.on_both_engines
async def test_sent_again_in_other_words_a_consent_is_the_same(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await house.browser(ANNA)
    fields: dict[str, Any] = {"unit": BOARD, "parts": PARTS, "client_id": "the-same-yes"}
    assert (await anna.command("give_consent", case, **fields, text="Ja"))[0] == 201
    status, body = await anna.command("give_consent", case, **fields, text=SHORTER)
    assert (status, body["repeated"]) == (200, True)


async def test_a_consent_that_is_refused_says_why_and_not_that_words_are_missing(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    fields: dict[str, Any] = {"unit": BOARD, "parts": PARTS}
    for who, given, code in (
        (karin, fields, "not_yours"),
        (anna, {**fields, "unit": "nowhere"}, "no_such_unit"),
        (anna, {**fields, "request": "nobody-asked"}, "no_such_request"),
    ):
        _, body = await who.command("give_consent", case, **given)
        assert body["error"]["code"] == code
