"""Seats at sockets and pages: who holds a code, who sits beside somebody, and what ends by a date."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from handlers.dispatch import dispatch
from inbox.cases import commands as c
from inbox.cases.model import BY_ITSELF
from inbox.principals.principal import CodeHolder, Who
from inbox.principals.seat import SeatKind
from server.jobs.timers import fire_timers
from tests.filing import filed
from tests.house import House
from tests.people import ANNA, BO, KARIN
from tests.sockets import at_socket

pytestmark = pytest.mark.on_both_engines

WHILE = timedelta(minutes=20)


async def gives(house: House, command: c.AnyCommand) -> None:
    await dispatch(house.parts.services, BY_ITSELF, command, "sv")


async def opens(house: House, case: str, **fields: Any) -> None:
    given = {"party": "reporter", "sits_as": SeatKind.GUARDIAN, **fields}
    await gives(house, c.OpenSeat(case=case, client_id=house.new_id(), **given))


async def ends(house: House, case: str, seat: str) -> None:
    await gives(house, c.EndSeat(case=case, client_id=house.new_id(), seat=seat))


async def anonymous(house: House) -> tuple[str, Who]:
    """A case on whose seats nobody is known: a code opens it, and the person who filed it has left."""
    case = await filed(house, ANNA)
    await opens(house, case, sits_as=SeatKind.REPORTER, code="code-1")
    await ends(house, case, "s1")
    return case, Who(CodeHolder("code-1", case))


async def test_whoever_holds_a_code_writes_and_is_told_over_the_socket(house: House) -> None:
    case, holder = await anonymous(house)
    karin, socket = await at_socket(house, KARIN, case), await at_socket(house, holder, case)
    assert "ok" in await karin.says("take_case", case)
    assert "ok" in await karin.says("post_message", case, text="Hur mår du?")
    assert "ok" in await socket.says("post_message", case, text="Bättre.")
    told = [entry["event"].get("text") for entry in await socket.gets("entry", 3)]
    assert told[-2:] == ["Hur mår du?", "Bättre."]
    (said,) = [entry for entry in await karin.gets("entry", 3) if entry["event"].get("text") == "Bättre."]
    assert (said["by"]["kind"], said["by"]["name"]) == ("reporter", None)
    # What staff and the service do is not theirs.
    for tag, fields in (("write_note", {"text": "Hej"}), ("close_thread", {}), ("end_seat", {"seat": "s1"})):
        assert (await socket.says(tag, case, **fields))["error"]["code"] == "not_yours"


async def test_whoever_holds_a_code_has_the_pages_of_the_one_case_and_no_others(house: House) -> None:
    case, holder = await anonymous(house)
    other = await filed(house, BO)
    browser, karin = await house.browser(holder), await house.browser(KARIN)
    assert (await karin.command("take_case", case))[0] == 201
    assert (await browser.get("/hem")).path == f"/arende/{case}"
    sent = await browser.post(f"/arende/{case}/post_message", {"client_id": house.new_id(), "text": "Det är jag."})
    assert sent.status == 200
    assert "Du" in sent.words
    thread = await karin.get(f"/personal/arende/{case}")
    assert "Det är jag." in thread.words
    assert "Anmälaren" in thread.words
    for path in (f"/arende/{case}/vem", f"/arende/{case}/utskrift", "/beratta"):
        assert (await browser.get(path)).status == 200
    for path in (f"/arende/{other}", f"/arende/{other}/vem", f"/arende/{other}/utskrift"):
        assert (await browser.get(path)).status == 404
    for path in ("/personal", f"/personal/arende/{case}"):
        assert not (await browser.get(path)).path.startswith("/personal")


async def test_those_who_sit_at_one_party_are_told_of_each_other(house: House) -> None:
    case = await filed(house, ANNA)
    await opens(house, case, person=BO.id)
    karin = await house.browser(KARIN)
    assert (await karin.command("take_case", case))[0] == 201
    anna, bo = await at_socket(house, ANNA, case), await at_socket(house, BO, case)
    assert "ok" in await anna.says("post_message", case, text="Mitt")
    (theirs,) = await bo.gets("entry")
    assert (theirs["by"]["mine"], theirs["by"]["name"], theirs.get("client_id")) == (False, ANNA.name, None)
    (own,) = await anna.gets("entry")
    assert own["by"]["mine"]
    page = await (await house.browser(BO)).get(f"/arende/{case}")
    assert "Anna" in page.words


async def test_nothing_is_told_after_the_moment_at_which_a_seat_ends(house: House) -> None:
    case = await filed(house, ANNA)
    until = house.clock() + WHILE
    await opens(house, case, person=BO.id, until=until)
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    assert (await karin.command("take_case", case))[0] == 201
    bo, rows = await at_socket(house, BO, case), await at_socket(house, BO)
    assert "ok" in await rows.asks("watch", case=case, after=0, rows=True)
    house.clock.passes(WHILE - timedelta(microseconds=1))
    assert (await anna.command("post_message", case, text="Medan du är här."))[0] == 201
    assert [entry["event"]["text"] for entry in await bo.gets("entry")] == ["Medan du är här."]
    house.clock.passes(timedelta(microseconds=1))
    assert (await anna.command("post_message", case, text="Bara vi andra."))[0] == 201
    for socket in (bo, rows):
        assert await socket.gets("gone") == [{"case": case}]
        for event in ("watch", "catch_up", "read"):
            reply = await socket.asks(event, case=case, after=0, n=1)
            assert reply["error"]["code"] == "no_such_case"
        assert "Bara vi andra." not in repr(socket.frames)
    browser = await house.browser(BO)
    assert (await browser.get(f"/arende/{case}")).status == 404
    assert case not in (await browser.get("/hem")).text


async def test_a_seat_that_ends_while_nobody_writes_is_told_so(house: House) -> None:
    case = await filed(house, ANNA)
    await opens(house, case, person=BO.id, until=house.clock() + WHILE)
    bo = await at_socket(house, BO, case)
    house.clock.passes(WHILE - timedelta(seconds=1))
    await house.parts.services.publisher.end_seats()
    assert "ok" in await bo.asks("catch_up", case=case, after=0)
    house.clock.passes(timedelta(seconds=1))
    # What a job asks for each second.
    await house.parts.services.publisher.end_seats()
    assert await bo.gets("gone") == [{"case": case}]
    house.clock.passes(timedelta(seconds=1))
    await asyncio.gather(*(fire_timers(house.parts.services) for _ in range(2)))
    stored, seats = await house.parts.services.reading.bare(case)
    assert stored.seats["s2"].ended
    assert seats[1].until is not None


async def test_whose_seat_is_taken_away_loses_the_case_at_once(house: House) -> None:
    case, holder = await anonymous(house)
    socket, browser = await at_socket(house, holder, case), await house.browser(holder)
    await ends(house, case, "s2")
    assert await socket.gets("gone") == [{"case": case}]
    assert (await browser.get(f"/arende/{case}")).status == 404
    assert (await browser.command("post_message", case, text="Kvar?"))[0] == 404
