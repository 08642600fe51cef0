"""Each right over every way in: pages, forms, the API, and the socket over both its transports, on each engine.

`python -m pytest -s -n 0 tests/hostile/test_rights.py` prints how much was tried. What two processes tell each other of
roles and sessions stands in tests/processes; every unit and every command in tests/inbox.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSServerHandshakeError
from msgspec.structs import replace
from sqlalchemy import delete

from handlers.dispatch import dispatch
from inbox.cases import commands as c
from inbox.cases.model import BY_ITSELF
from inbox.directory.load import dump
from inbox.principals.principal import CodeHolder, Who
from inbox.principals.seat import SeatKind
from inbox.storage import schema
from tests.filing import filed
from tests.hostile.stage import SECRET
from tests.hostile.ways import COMMANDS, DONE, Hands, Tally, hands_of, page_code
from tests.house import Browser, House, house_in
from tests.people import ANNA, ASPELUNDA, BO, BOARD, EKBACKEN, EXTERNAL, FIA, KARIN, LARS, NOT_CONNECTED, OLLE, TORGET
from tests.regions import OTHER_BOARD, OTHER_CARE, SHUT_BOARD, WIDE
from tests.services.known import known_as
from tests.sockets import Polling

pytestmark = pytest.mark.on_both_engines

MUNICIPALITY = "SE0000000001-EKKOMHSL"
UNITS = (
    *(ASPELUNDA, TORGET, NOT_CONNECTED, EXTERNAL, MUNICIPALITY, EKBACKEN, BOARD),
    *(OTHER_BOARD, OTHER_CARE, SHUT_BOARD, "SE0000000009-NOWHERE"),
)
PARTS: dict[str, Any] = {"answers": True, "files": [], "since": ""}
BOARDS = {"recipient": {"choice": ["board"]}, "share": {"choice": ["no"]}}
NOT_JOINED = {"wrong_receiver", "already_there", "no_such_unit", "422", "404"}
STAFFS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("take_case", {}),
    ("write_note", {"text": "Bara vi."}),
    ("ask_reporter", {"text": "När?"}),
    ("close_thread", {}),
    ("open_seat", {"party": "reporter", "sits_as": "proxy", "person": BO.id}),
    ("end_seat", {"seat": "s1"}),
)
SHUT_OUT = {"no_such_case", "sign_in_needed", "400", "401", "404", "405", "cut"}
PAGES = ("", "?visa=alla", "/foresla", "/vidare", "/plats", "/avsluta", "/utskrift")
"""What is printed is at both addresses the same, cut for whoever asks."""


@pytest.fixture(scope="module")
def counts() -> Iterator[Tally]:
    """What was tried in this file; printed once all of it was."""
    tally = Tally()
    yield tally
    sys.stdout.write(f"\n{tally}\n")


@pytest.fixture
def tally(counts: Tally) -> Iterator[Tally]:
    """The same, for a test that fails with what went wrong in it."""
    before = len(counts.wrong)
    yield counts
    assert counts.wrong[before:] == []


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The whole service, with everybody in it and more than one region; its seconds stand still until told."""
    dump(WIDE, tmp_path / "wide.json")
    async with house_in(tmp_path, steady=STEADY, database_url=database_url, directory=tmp_path / "wide.json") as house:
        yield house


class Steady:
    """Seconds that pass when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


STEADY = Steady()


async def test_only_the_one_who_is_meant_joins(house: House, tally: Tally) -> None:
    right = "who joins a case"
    cares, boards = await filed(house, ANNA), await filed(house, ANNA, BOARDS)
    anna, karin, olle = [await hands_of(house, person) for person in (ANNA, KARIN, OLLE)]
    for hands, case, meant in ((karin, cares, BOARD), (olle, boards, EKBACKEN)):
        assert await hands.gives("api", "take_case", case) == DONE
        page = await hands.browser.get(f"{hands.url(case)}/foresla")
        assert f'value="{meant}"' in page.text
        for unit in UNITS:
            if unit != meant:
                tally.note(right, "page", f'value="{unit}"' not in page.text, unit)
    for hands, case, meant, ways in (
        (karin, cares, BOARD, COMMANDS),
        (olle, boards, EKBACKEN, COMMANDS),
        (anna, cares, BOARD, [way for way in COMMANDS if way != "form"]),
    ):
        tag, why = ("give_consent", "text") if hands is anna else ("propose_sharing", "reason")
        for unit, way in product(set(UNITS) - {meant}, ways):
            code = await hands.gives(way, tag, case, unit=unit, parts=PARTS, **{why: "Ja"})
            tally.note(right, way, code in NOT_JOINED, (hands.person, unit, code))
    assert [await joined(house, case) for case in (cares, boards)] == [{EKBACKEN}, {BOARD}]
    # Of her consent no form names the unit: what a changed one names instead is not let in.
    for unit in UNITS:
        if unit != BOARD:
            await anna.gives("form", "give_consent", cares, unit=unit, parts=PARTS)
            tally.note(right, "form", await joined(house, cares) == {EKBACKEN, BOARD}, unit)
    for hands in (anna, karin, olle):
        await hands.closes()


async def joined(house: House, case: str) -> set[str]:
    """The units that take part, or were asked about."""
    stored, _ = await house.parts.services.reading.bare(case)
    asked = {request.to for request in stored.requests}
    return {registration.owner for registration in stored.registrations} | asked


async def test_a_role_that_was_taken_away_opens_nothing(house: House, tally: Tally) -> None:
    case = await filed(house, ANNA)
    karin, anna = await at_case(house, case), await hands_of(house, ANNA)
    gone = delete(schema.grant).where(schema.grant.c.person_id == KARIN.id)
    await house.parts.services.store.writer.do(lambda connection: connection.execute(gone))
    STEADY.now += 1.0
    await is_shut_out(karin, anna, case, tally, "a role that was taken away")


async def test_a_session_that_ran_out_opens_nothing(house: House, tally: Tally) -> None:
    case = await filed(house, ANNA)
    karin = await at_case(house, case)
    house.clock.passes(timedelta(minutes=31))
    await is_shut_out(karin, await hands_of(house, ANNA), case, tally, "a session that ran out")


async def at_case(house: House, case: str) -> Hands:
    """Karin, who handles the case and has its thread open over both transports."""
    karin = await hands_of(house, KARIN)
    assert await karin.gives("api", "take_case", case) == DONE
    for socket in karin.sockets.values():
        assert "ok" in await socket.asks("watch", case=case, after=0)
    return karin


async def is_shut_out(karin: Hands, anna: Hands, case: str, tally: Tally, right: str) -> None:
    """Nothing opens, nothing is done, and nothing is told."""
    heard = {way: len(await karin.hears(way)) for way in karin.sockets}
    assert await anna.gives("api", "post_message", case, text=SECRET) == DONE
    for way in karin.sockets:
        tally.note(right, way, (now := await karin.hears(way))[heard[way] :] == [], now)
        for event in ("watch", "catch_up", "typing", "read"):
            reply = await karin.sockets[way].asks_while_open(event, case=case, after=0, n=1, on=True)
            tally.note(right, way, reply.get("error", {}).get("code") in SHUT_OUT, (event, reply))
    for rest in PAGES:
        page = await karin.browser.get(karin.url(case) + rest)
        tally.note(right, "page", page_code(page) in SHUT_OUT and SECRET not in page.text, (rest, page.status))
    _, feed = await karin.browser.api("GET", f"/api/v1/cases/{case}/feed")
    tally.note(right, "api", feed.get("error", {}).get("code") in SHUT_OUT, feed)
    for way in COMMANDS:
        for tag in ("post_message", "write_note", "ask_reporter"):
            code = await karin.gives(way, tag, case, text="Kvar?")
            tally.note(right, way, code in SHUT_OUT, (tag, code))
    await karin.closes()
    await anna.closes()


@pytest.mark.parametrize("ends", ["by date", "taken away"])
@pytest.mark.parametrize("kind", list(SeatKind))
async def test_a_seat_opens_nothing_once_it_has_ended(house: House, tally: Tally, kind: SeatKind, ends: str) -> None:
    case = await filed(house, ANNA, {"about": {"choice": ["relative"]}})
    party = "patient" if kind is SeatKind.PATIENT else "reporter"
    # Of the reporter's seats one is held by a code: nobody is known there.
    holder: dict[str, Any] = {"code": "code-1"} if kind is SeatKind.REPORTER else {"person": BO.id}
    until = house.clock() + timedelta(minutes=5)
    opened = c.OpenSeat(case=case, client_id=house.new_id(), party=party, sits_as=kind, until=until, **holder)
    await gives(house, opened)
    sits = await hands_of(house, Who(CodeHolder("code-1", case)) if "code" in holder else BO)
    right = f"a seat as {kind.value}"
    for way in COMMANDS:
        code = await sits.gives(way, "post_message", case, text="Jag är med.")
        tally.note(right, way, code == DONE, code)
        # What is staff's, or the service's own, is nobody's who sits there.
        for tag, fields in STAFFS:
            code = await sits.gives(way, tag, case, **fields)
            tally.note(right, way, code in {"not_yours", "403", "404"}, (tag, code))
    for rest in PAGES[:-1]:
        page = await sits.browser.get(f"/personal/arende/{case}{rest}")
        tally.note(right, "page", not page.path.startswith("/personal"), (rest, page.path))
    for socket in sits.sockets.values():
        assert "ok" in await socket.asks("watch", case=case, after=0)
    if ends == "by date":
        house.clock.passes(timedelta(minutes=5))
    else:
        await gives(house, c.EndSeat(case=case, client_id=house.new_id(), seat="s2"))
    await is_shut_out(sits, await hands_of(house, ANNA), case, tally, f"a seat as {kind.value} that has ended")


async def gives(house: House, command: c.AnyCommand) -> None:
    """The service itself does something."""
    await dispatch(house.parts.services, BY_ITSELF, command, "sv")


async def test_whoever_works_here_is_on_one_side_at_a_time(house: House, tally: Tally) -> None:
    right = "a desk, for a citizen who works there"
    await known_as(house.parts.services.store, replace(KARIN, personal_number="196101182803"))
    STEADY.now += 1.0
    case = await filed(house, ANNA)
    await is_shut_out(
        await hands_of(house, replace(KARIN, staff=False)), await hands_of(house, ANNA), case, tally, right
    )
    own = await filed(house, replace(KARIN, staff=False))
    lars = await hands_of(house, LARS)
    assert await lars.gives("api", "take_case", own) == DONE
    right = "one's own case, at the desk"
    await is_shut_out(await hands_of(house, KARIN), lars, own, tally, right)


async def test_the_id_of_a_socket_is_worth_nothing_without_its_session(house: House, tally: Tally) -> None:
    right = "a socket's id without its session"
    case = await filed(house, ANNA)
    karin = await hands_of(house, KARIN)
    polls = karin.sockets["polling"]
    assert isinstance(polls, Polling)
    others = [await house.browser(person) for person in (ANNA, LARS, KARIN, None)]
    for other in others:
        for status in await with_id_of(other, polls.address, case):
            tally.note(right, "polling", status == 400, status)
        with pytest.raises(WSServerHandshakeError) as refused:
            await other._session.ws_connect(polls.address.replace("transport=polling", "transport=websocket"))
        tally.note(right, "websocket", refused.value.status == 400, refused.value.status)
    assert await karin.gives("polling", "write_note", case, text="Bara vi.") == DONE
    _, feed = await karin.browser.api("GET", f"/api/v1/cases/{case}/feed")
    assert [note["event"]["text"] for note in feed["notes"]] == ["Bara vi."]
    await karin.closes()


async def with_id_of(other: Browser, address: str, case: str) -> list[int]:
    """What somebody hears who uses an address that another browser opened."""
    events = (f'["watch",{{"case":"{case}"}}]', f'["command",{{"command":"take_case","case":"{case}"}}]')
    found = [(await other.get(address)).status]
    for packet in (f"421{events[0]}", f"421{events[1]}", "41"):
        async with other._session.post(address, data=packet) as answer:
            found.append(answer.status)
    return found


@pytest.mark.parametrize(
    "settings", [{"host": "::"}, {"host": "127.0.0.2"}, {"public_url": "https://klagomal.example"}]
)
async def test_nobody_is_picked_where_others_reach_the_service(
    tmp_path: Path, settings: dict[str, Any], tally: Tally
) -> None:
    right = "sample people where others reach it"
    async with house_in(tmp_path, **settings) as house:
        browser = await house.browser()
        for host in ("localhost", "127.0.0.1", "klagomal.example"):
            page = await browser.get("/logga-in", host=host)
            tally.note(right, "page", page.status in {404, 421} and "Provlind" not in page.text, page.status)
            page = await browser.post("/logga-in", {"person": ANNA.id}, host=host)
            tally.note(right, "form", page.status in {403, 404, 421}, page.status)


async def test_a_distributor_hears_no_numbers_of_what_others_write(house: House, tally: Tally) -> None:
    right = "what a distributor hears"
    case = await filed(house, ANNA, {"title": {"text": [SECRET]}})
    anna, fia = await hands_of(house, ANNA), await hands_of(house, FIA)
    for way in COMMANDS:
        assert await anna.gives("api", "post_message", case, text=SECRET) == DONE
        handler = LARS.id if way in {"form", "websocket"} else KARIN.id
        if way == "form":
            page = await fia.sends("assign_case", case, handler=handler)
            tally.note(right, way, page.status == 200 and SECRET not in page.text, page.status)
        else:
            reply = await fia.replied(way, "assign_case", case, handler=handler)
            tally.note(right, way, reply.get("n") == [], reply)
    for rest in PAGES:
        page = await fia.browser.get(fia.url(case) + rest)
        tally.note(right, "page", SECRET not in page.text, rest)
    for way in fia.sockets:
        tally.note(right, way, await fia.hears(way) == [], "told")
    await fia.closes()
    await anna.closes()


async def test_the_words_of_a_consent_are_the_services(house: House, tally: Tally) -> None:
    anna = await hands_of(house, ANNA)
    for way in COMMANDS:
        case = await filed(house, ANNA)
        assert await anna.gives(way, "give_consent", case, unit=BOARD, parts=PARTS, text=SECRET) == DONE
        _, feed = await anna.browser.api("GET", f"/api/v1/cases/{case}/feed")
        (text,) = [each["event"]["text"] for each in feed["entries"] if each["event"]["kind"] == "consent_given"]
        tally.note("the words of a consent", way, SECRET not in text and text.startswith("Vill du ta hjälp av"), text)
    await anna.closes()


async def test_a_case_is_not_submitted_again_by_those_who_got_it(house: House, tally: Tally) -> None:
    case = await filed(house, ANNA)
    anna = await hands_of(house, ANNA)
    assert await anna.gives("api", "give_consent", case, unit=BOARD, parts=PARTS) == DONE
    for person in (KARIN, FIA, OLLE, BO):
        hands = await hands_of(house, person)
        for way in COMMANDS:
            code = await hands.gives(way, "submit_case", case, revision=1)
            held = code in {"not_yours", "no_such_draft", "no_such_case", "404"}
            tally.note("submitting what others submitted", way, held, (person.id, code))
        await hands.closes()
    await anna.closes()
