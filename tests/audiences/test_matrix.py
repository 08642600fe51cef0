"""The page of audiences says what the running service does: each kind of text, for each person, on each channel."""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from handlers.dispatch import dispatch
from inbox.cases import commands as c
from inbox.cases.events import AnyEvent
from inbox.cases.model import BY_ITSELF
from inbox.directory.load import MITTLAND, load
from inbox.principals.principal import CodeHolder, Who
from inbox.principals.seat import SeatKind
from inbox.reference import audience_matrix as matrix
from inbox.reference.audience_matrix import VIEWERS, Places, rows
from inbox.storage import people
from inbox.storage.people import Person
from server.reference.audiences import PLACES, channels_of
from tests.filing import filed
from tests.house import Browser, House
from tests.people import ANNA, BO, BOARD, FIA, KARIN, OLLE, SARA
from tests.sockets import Socket, at_socket

pytestmark = pytest.mark.on_both_engines

GUDRUN, PIA, OVE = (
    Person(id=name.casefold(), name=f"{name} Provperson", staff=False) for name in ("Gudrun", "Pia", "Ove")
)

PEOPLE = (ANNA, GUDRUN, None, PIA, OVE, KARIN, SARA, OLLE, FIA, BO)
CAST = dict(zip(VIEWERS, PEOPLE, strict=True))
"""None: whoever holds the code."""
CODE = "00000000-0000-7000-8000-00000000c0de"
SHARED = {"answers": True, "since": "all"}
CITIZENS = ("reporter", "guardian", "code holder", "patient")
STORY: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    *(("message_posted", who, "all", "post_message", {"widens": True}) for who in CITIZENS),
    *(("message_posted", who, "citizen_board", "post_message", {"audience": "citizen_board"}) for who in CITIZENS),
    ("message_posted", "unit", "all", "post_message", {"widens": True}),
    ("message_posted", "unit", "unit_board", "post_message", {"audience": "unit_board"}),
    ("message_posted", "board", "all", "post_message", {"widens": True}),
    ("message_posted", "board", "citizen_board", "post_message", {"audience": "citizen_board"}),
    ("message_posted", "board", "unit_board", "post_message", {"audience": "unit_board"}),
    ("note_written", "unit", "", "write_note", {}),
    ("note_written", "board", "", "write_note", {}),
    ("statement_asked", "board", "", "ask_statement", {}),
    ("statement_given", "unit", "", "give_statement", {}),
)
"""Every kind that carries a text while a board takes part: kind, by whom, audience, command, fields."""


@dataclass
class Looking:
    """Somebody at a socket and a browser."""

    browser: Browser
    socket: Socket
    base: str

    async def channels(self, case: str, text: str) -> str:
        """The letters of the channels on which somebody finds a text, in the order of the page of audiences."""
        _, feed = await self.browser.api("GET", f"/api/v1/cases/{case}/feed")
        caught = await self.socket.asks("catch_up", case=case, after=0)
        places = {
            "S": json.dumps([self.socket.frames, caught], ensure_ascii=False),
            "P": (await self.browser.get(self.base)).text,
            "A": json.dumps(feed, ensure_ascii=False),
            "U": (await self.browser.get(f"{self.base}/utskrift")).text,
        }
        return "".join(letter for letter, found in places.items() if text in found)


async def everybody(house: House, case: str) -> dict[str, Looking]:
    """All who might look, each with the case open live if they may."""
    found = {}
    for name, person in CAST.items():
        one = person or Who(CodeHolder(CODE, case))
        side = "/personal/arende" if person and person.staff else "/arende"
        socket = await at_socket(house, one)
        await socket.asks("watch", case=case, after=0)
        found[name] = Looking(await house.browser(one), socket, f"{side}/{case}")
    return found


async def sits(house: House, case: str, party: str, sits_as: SeatKind, **fields: Any) -> None:
    """Somebody is given a seat."""
    command = c.OpenSeat(case=case, client_id=house.new_id(), party=party, sits_as=sits_as, **fields)
    await dispatch(house.parts.services, BY_ITSELF, command, "sv")


@pytest.mark.slow
async def test_the_page_of_audiences_says_what_the_service_does(house: House) -> None:
    for person in (GUDRUN, PIA, OVE):
        await house.parts.services.store.writer.do(partial(people.add_person, person=person))
    case = await filed(house, ANNA, {"about": {"choice": ["relative"]}})
    await sits(house, case, "reporter", SeatKind.GUARDIAN, person=GUDRUN.id)
    await sits(house, case, "reporter", SeatKind.REPORTER, code=CODE)
    await sits(house, case, "patient", SeatKind.PATIENT, person=PIA.id)
    soon = house.clock() + timedelta(minutes=1)
    await sits(house, case, "reporter", SeatKind.PROXY, person=OVE.id, until=soon)
    house.clock.passes(timedelta(minutes=1))
    anna, karin, olle = [await house.browser(CAST[name]) for name in ("reporter", "unit", "board")]
    await karin.command("take_case", case)
    assert (await anna.command("give_consent", case, unit=BOARD, parts=SHARED, text="Ja"))[0] == 201
    await olle.command("take_case", case)
    looking = await everybody(house, case)
    texts = {}
    for number, (kind, by, audience, tag, fields) in enumerate(STORY):
        text = texts[kind, by, audience] = f"kanariefågel-{number:02}"
        status, body = await looking[by].browser.command(tag, case, text=text, **fields)
        assert status == 201, body
    for somebody in looking.values():
        await somebody.socket.settles()
    said = {(row.kind, row.by, row.audience): row for row in rows(load(MITTLAND), PLACES)}
    for key, text in texts.items():
        for name, somebody in looking.items():
            assert await somebody.channels(case, text) == channels_of(said[key].seen[name]), (key, name)


def test_every_kind_of_event_is_on_the_page_of_audiences() -> None:
    kinds = {str(kind.__struct_config__.tag) for kind in AnyEvent.__args__}
    assert {row.kind for row in rows(load(MITTLAND), PLACES)} == kinds


def test_what_nobody_has_told_a_story_of_happens_as_soon_as_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(places: Places) -> tuple[tuple[matrix.Given, ...], ...]:
        return tuple(tuple(step for step in story if step[1] is not c.AddToAnswer) for story in told(places))

    told, directory = matrix._stories, load(MITTLAND)
    before = {row.kind: row.seen for row in rows(directory, PLACES)}
    monkeypatch.setattr(matrix, "_stories", without)
    assert matrix.stories(directory, PLACES)[-1][-1][1] is c.AddToAnswer
    assert {row.kind: row.seen for row in rows(directory, PLACES)} == before


def test_nobody_outside_the_case_gets_anything_of_it() -> None:
    for row in rows(load(MITTLAND), PLACES):
        assert row.seen["distributor"] is row.seen["stranger"] is row.seen["former proxy"] is None
        assert row.seen["other unit"] is None or row.kind == "case_forwarded"


def test_a_note_and_an_assessment_reach_only_the_desk_that_wrote_them() -> None:
    inside = [row for row in rows(load(MITTLAND), PLACES) if row.kind in {"note_written", "disclosure_assessed"}]
    assert len(inside) == 4
    for row in inside:
        assert [name for name, seen in row.seen.items() if seen] == [row.by]
