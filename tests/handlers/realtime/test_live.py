"""The live thread, at the level of frames."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import socketio
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.dispatch import dispatch
from handlers.realtime import topics
from handlers.realtime.subscriptions import Subscriber
from handlers.realtime.topics import topics_of
from inbox.cases import commands as c
from inbox.cases.errors import NotKept
from inbox.cases.model import Identity
from inbox.principals.principal import Who
from inbox.storage import schema as s
from tests.filing import filed
from tests.house import House
from tests.patience import PATIENCE
from tests.people import ANNA, BO, BOARD, EKBACKEN, FIA, KARIN, LARS, OLLE, SARA, TORGET, identity, who
from tests.sockets import Socket, at_socket


@pytest.mark.on_both_engines
async def test_what_one_writes_the_other_gets_at_once_under_their_own_number(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    await karin.says("write_note", case, text="Bara vi.")
    await karin.says("take_case", case)
    await karin.says("post_message", case, text="Hej Anna!")
    entries = await anna.gets("entry", 2)
    assert [entry["n"] for entry in entries] == [2, 3]
    assert entries[1]["event"]["text"] == "Hej Anna!"


async def test_rows_are_drawn_for_each_from_where_they_look(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    for socket in (anna, karin):
        assert "ok" in await socket.asks("watch", case=case, after=0, rows=True)
    await karin.says("take_case", case)
    await karin.says("post_message", case, text="Hej Anna!")
    said = [(await socket.gets("entry", 2))[-1]["rows"][-1] for socket in (anna, karin)]
    assert [(row["text"], row["own"]) for row in said] == [("Hej Anna!", False), ("Hej Anna!", True)]


async def test_no_frame_to_the_reporter_holds_a_staff_name_or_a_note(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    await karin.says("write_note", case, text="kanariefågel")
    await karin.says("take_case", case)
    await karin.asks("typing", case=case, on=True)
    await karin.says("post_message", case, text="Hej!")
    await karin.asks("read", case=case, n=1)
    await anna.settles()
    everything = repr(anna.frames)
    assert "kanariefågel" not in everything
    assert "Karin" not in everything
    assert "karin" not in everything


@pytest.mark.on_both_engines
async def test_a_note_reaches_colleagues_at_once(house: House) -> None:
    case = await filed(house, ANNA)
    lars, karin = await at_socket(house, LARS, case), await at_socket(house, KARIN, case)
    await karin.says("write_note", case, text="Ring labbet.")
    (note,) = await lars.gets("note")
    assert (note["n"], note["event"]["text"], note["by"]["name"]) == (1, "Ring labbet.", "Karin Handlund")


@pytest.mark.on_both_engines
async def test_a_lost_connection_catches_up_by_number(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await at_socket(house, KARIN, case)
    await karin.closes()
    anna = await at_socket(house, ANNA, case)
    for number in range(5):
        await anna.says("post_message", case, text=f"Rad {number}")
    back = await Socket(house).opens(await house.browser(KARIN))
    reply = await back.asks("watch", case=case, after=3)
    assert [entry["n"] for entry in reply["ok"]["entries"]] == [4, 5, 6]
    assert reply["ok"]["head"] == 6


async def test_whoever_is_being_read_anew_keeps_what_they_have_open(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    await karin.says("take_case", case)
    for number in range(3):
        house.parts.services.identities.forget(ANNA.id)
        await karin.says("post_message", case, text=f"Rad {number}")
    assert [entry["event"]["text"] for entry in (await anna.gets("entry", 4))[1:]] == ["Rad 0", "Rad 1", "Rad 2"]
    assert "gone" not in [name for name, _ in anna.frames]


@pytest.mark.on_both_engines
async def test_where_nothing_can_be_kept_people_still_read_and_are_told_so_when_they_write(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await filed(house, ANNA)
    anna = await at_socket(house, ANNA, case)

    async def full(*_: object, **__: object) -> None:
        raise NotKept

    with monkeypatch.context() as disk:
        disk.setattr(house.parts.services.store.writer, "do", full)
        house.clock.passes(timedelta(minutes=2))
        assert (await anna.asks("catch_up", case=case, after=0))["ok"]["head"] == 1
        assert (await anna.says("post_message", case, text="Hallå?"))["error"]["code"] == "not_kept"
    assert "ok" in await anna.says("post_message", case, text="Hallå?")


@pytest.mark.on_both_engines
async def test_a_unit_that_forwards_a_case_hears_no_more_of_it(house: House) -> None:
    case = await filed(house, ANNA)
    lars, anna = await at_socket(house, LARS, case), await at_socket(house, ANNA, case)
    karin = await at_socket(house, KARIN)
    await karin.says("forward_case", case, unit=TORGET, reason="Det hände där.")
    await lars.gets("gone")
    seen = len(lars.frames)
    await anna.says("post_message", case, text="Hallå?")
    await lars.settles()
    assert [frame for frame in lars.frames[seen:] if frame[0] != "lists"] == []
    sara = await at_socket(house, SARA, case)
    assert sara is not None


@pytest.mark.parametrize("stranger", [BO, SARA])
async def test_a_stranger_is_told_that_there_is_no_such_case(house: House, stranger: object) -> None:
    case = await filed(house, ANNA)
    socket = await at_socket(house, stranger)
    for event in ("watch", "catch_up", "read", "typing"):
        reply = await socket.asks(event, case=case, after=0, n=1)
        other = await socket.asks(event, case="no-such-case", after=0, n=1)
        assert reply == other
        assert reply["error"]["code"] == "no_such_case"


async def test_a_distributor_does_not_open_a_thread_live(house: House) -> None:
    case = await filed(house, ANNA)
    socket = await at_socket(house, FIA)
    assert (await socket.asks("watch", case=case))["error"]["code"] == "not_yours"


async def test_nobody_opens_a_socket_without_signing_in(house: House) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        await Socket(house).opens(await house.browser())


async def test_across_parties_presence_and_typing_say_only_what_somebody_is(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await at_socket(house, KARIN, case)
    anna = await at_socket(house, ANNA, case)
    assert (await anna.gets("presence"))[-1]["here"] == [{"kind": "provider", "name": ""}]
    await karin.asks("typing", case=case, on=True)
    (typing,) = await anna.gets("typing")
    assert typing == {"case": case, "on": True, "kind": "provider", "name": ""}


@pytest.mark.on_both_engines
async def test_read_marks_are_told_in_the_receivers_own_numbers(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    await karin.says("take_case", case)
    await anna.says("post_message", case, text="Hej")
    await karin.asks("read", case=case, n=3)
    read = (await anna.gets("read"))[-1]
    assert (read["kind"], read["n"]) == ("provider", 3)


@pytest.mark.on_both_engines
async def test_whoever_comes_back_hears_how_far_the_others_have_read_meanwhile(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await at_socket(house, KARIN, case)
    await karin.says("take_case", case)
    await karin.says("write_note", case, text="Ring henne.")
    await karin.asks("read", case=case, n=2)
    anna = await at_socket(house, ANNA, case)
    marks = await anna.gets("read")
    assert [(mark["case"], mark["kind"], mark["n"]) for mark in marks] == [(case, "provider", 2)]


@pytest.mark.on_both_engines
async def test_a_unit_that_got_the_case_later_is_not_told_to_have_read_what_another_one_did(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await at_socket(house, KARIN, case)
    await karin.says("take_case", case)
    await (await at_socket(house, ANNA, case)).says("post_message", case, text="Har ni läst det här?")
    await karin.asks("read", case=case, n=3)
    house.clock.passes(timedelta(minutes=1))
    await karin.says("forward_case", case, unit=TORGET, reason="Det hände där.")
    assert await marks_at(house, case) == [("provider", 4, "Ekbackens vårdcentral")]
    house.clock.passes(timedelta(minutes=1))
    await (await at_socket(house, SARA, case)).says("take_case", case)
    assert await marks_at(house, case) == [("provider", 5, "Torgets vårdcentral Lindby")]


@pytest.mark.on_both_engines
async def test_what_is_told_of_reading_is_what_the_page_shows(house: House) -> None:
    case = await filed(house, ANNA)
    karin, anna = await at_socket(house, KARIN, case), await at_socket(house, ANNA, case)
    await karin.says("take_case", case)
    await karin.asks("read", case=case, n=1)
    house.clock.passes(timedelta(minutes=5))
    await anna.says("post_message", case, text="Hej")
    await karin.asks("read", case=case, n=3)
    house.clock.passes(timedelta(minutes=5))
    # What one writes oneself one has read, and nobody says so.
    await karin.says("post_message", case, text="Hej Anna!")
    thread = await house.parts.services.reading.thread(case, identity(ANNA))
    (drawn,) = thread.read_by.values()
    (told,) = await (await at_socket(house, ANNA, case)).gets("read")
    assert (told["n"], told["at"]) == (drawn[0], drawn[1].isoformat()) == (4, house.clock().isoformat())


async def test_only_who_opens_a_case_is_told_how_far_others_have_read(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await at_socket(house, KARIN, case)
    await karin.asks("read", case=case, n=1)
    anna = await at_socket(house, ANNA, case)
    await anna.asks("catch_up", case=case)
    await anna.settles()
    assert len(await anna.gets("read")) == 1


async def marks_at(house: House, case: str) -> list[tuple[str, int, str]]:
    """What Anna is told of reading when she opens the case."""
    told = await (await at_socket(house, ANNA, case)).gets("read")
    return [(mark["kind"], mark["n"], mark["name"]) for mark in told]


async def test_closing_with_a_guard_unmet_is_refused_by_its_name(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await at_socket(house, KARIN, case)
    await karin.says("take_case", case)
    reply = await karin.says("answer_case", case, explanation="Så här var det.", problems=["6.2"], area="primarvard")
    assert reply["error"]["code"] == "guards_unmet"
    assert [guard["code"] for guard in reply["error"]["guards"]] == ["measures_missing"]
    status, body = await (await house.browser(KARIN)).command("answer_case", case)
    assert status == 422
    assert [guard["code"] for guard in body["error"]["guards"]] == [
        "explanation_missing",
        "measures_missing",
        "problem_missing",
        "area_missing",
    ]


@pytest.mark.parametrize(
    "data", [None, "text", [], 7, {}, {"case": 7}, {"case": ""}, {"case": "x" * 65}, {"case": "x", "after": -1}]
)
async def test_malformed_frames_are_refused_and_the_socket_stays_open(house: House, data: object) -> None:
    anna = await at_socket(house, ANNA)
    reply = await anna._client.call("watch", data, timeout=PATIENCE)
    assert reply["error"]["code"] in {"malformed", "no_such_case"}
    assert "ok" in await anna.asks("lists")


@pytest.mark.on_both_engines
async def test_lists_are_pinged_only_for_those_they_concern(house: House) -> None:
    case = await filed(house, ANNA)
    sara, lars = await at_socket(house, SARA), await at_socket(house, LARS)
    await sara.asks("lists")
    await lars.asks("lists")
    anna = await at_socket(house, ANNA, case)
    await anna.says("post_message", case, text="Hej")
    assert await lars.gets("lists") == [{}]
    await sara.settles()
    assert sara.frames == []


async def test_a_new_topic_is_told_and_followed_by_its_line_in_the_table_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anybody = topics.Touched(["all"], lambda who: who.staff)
    every = topics.TopicKind("dialog", lambda who: ["all"], lambda told, now: anybody)
    monkeypatch.setattr(topics, "TOPICS", (*topics.TOPICS, every))
    case = await filed(house, ANNA)
    sara, bo, anna = await at_socket(house, SARA), await at_socket(house, BO), await at_socket(house, ANNA, case)
    await sara.asks("lists")
    await bo.asks("lists")
    await anna.says("post_message", case, text="Hej")
    assert await sara.gets("lists") == [{}]
    await bo.settles()
    assert bo.frames == []


async def test_a_message_asks_nobody_who_looks_at_lists_of_other_units(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await filed(house, ANNA)
    lars, anna = await at_socket(house, LARS), await at_socket(house, ANNA, case)
    await lars.asks("lists")
    services = house.parts.services
    elsewhere = services.publisher._subscriptions
    for n in range(1000):
        elsewhere.add(Subscriber(f"socket{n}", who(SARA), "session", "sv"))
        elsewhere.follow(f"socket{n}", topics_of(identity(SARA)))
    asked = list[Who]()
    identity_of = services.identities.identity

    async def noted(one: Who) -> Identity | None:
        asked.append(one)
        return await identity_of(one)

    monkeypatch.setattr(services.identities, "identity", noted)
    await anna.says("post_message", case, text="Hej")
    assert await lars.gets("lists") == [{}]
    assert who(SARA) not in asked


@pytest.mark.on_both_engines
@pytest.mark.parametrize("gets", [True, False])
async def test_whose_roles_change_hears_from_then_on_of_what_they_have_now(house: House, gets: bool) -> None:
    case = await filed(house, ANNA)
    who = SARA if gets else LARS
    socket, anna = await at_socket(house, who), await at_socket(house, ANNA, case)
    await socket.asks("lists")

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(delete(s.grant).where(s.grant.c.person_id == who.id))
        if gets:
            await connection.execute(insert(s.grant).values(person_id=who.id, role="caseworker", unit_id=EKBACKEN))

    services = house.parts.services
    await services.store.writer.do(work)
    await services.publisher.person_changed(who.id)
    await anna.says("post_message", case, text="Hej")
    await anna.gets("entry")
    await socket.settles()
    assert socket.frames == ([("lists", {})] if gets else [])


async def three_at_sockets(house: House) -> tuple[str, Socket, Socket, Socket]:
    """Anna, Karin and Olle of the board in one case, each at an open socket."""
    case = await filed(house, ANNA)
    anna, karin = await at_socket(house, ANNA, case), await at_socket(house, KARIN, case)
    await karin.says("take_case", case)
    reply = await anna.says("give_consent", case, unit=BOARD, parts={"answers": True, "since": "all"}, text="Ja")
    assert "ok" in reply, reply
    olle = await at_socket(house, OLLE, case)
    await olle.says("take_case", case)
    return case, anna, karin, olle


async def test_only_those_who_will_read_it_hear_that_somebody_writes(house: House) -> None:
    case, anna, karin, olle = await three_at_sockets(house)
    await anna.asks("typing", case=case, on=True, audience="citizen_board")
    await olle.gets("typing")
    await olle.asks("typing", case=case, on=True, audience="unit_board")
    await karin.gets("typing")
    for socket in (anna, karin, olle):
        await socket.settles()
    heard = [[data["kind"] for name, data in each.frames if name == "typing"] for each in (anna, karin, olle)]
    assert heard == [[], ["board"], ["reporter"]]


@pytest.mark.parametrize(("audience", "code"), [("unit_board", "no_such_audience"), ("everybody", "malformed")])
async def test_nobody_types_to_those_they_cannot_write_to(house: House, audience: str, code: str) -> None:
    case, anna, _, _ = await three_at_sockets(house)
    reply = await anna.asks("typing", case=case, on=True, audience=audience)
    assert reply["error"]["code"] == code


@pytest.mark.on_both_engines
async def test_a_withdrawn_consent_ends_what_an_open_socket_gets(house: House) -> None:
    case, anna, karin, olle = await three_at_sockets(house)
    reply = await anna.says("withdraw_consent", case, party="a2")
    assert "ok" in reply, reply
    await olle.gets("gone")
    last = max(data["n"] for name, data in olle.frames if name == "entry")
    seen = len(olle.frames)
    await anna.says("post_message", case, text="Nu utan nämnden.")
    await karin.asks("typing", case=case, on=True)
    await karin.says("post_message", case, text="Nu också.")
    await anna.gets("entry", 2)
    await olle.settles()
    assert [name for name, _ in olle.frames[seen:] if name != "lists"] == []
    assert (await olle.asks("catch_up", case=case, after=last))["error"]["code"] == "no_such_case"


@pytest.mark.on_both_engines
async def test_what_was_said_before_a_withdrawal_but_told_after_it_does_not_reach_the_board(house: House) -> None:
    case, _, _, olle = await three_at_sockets(house)
    await olle.settles()
    seen, services = len(olle.frames), house.parts.services
    said = c.PostMessage(case=case, client_id=house.new_id(), text="Sagt i sista stund.")
    withdrawn = c.WithdrawConsent(case=case, client_id=house.new_id(), party="a2")
    outcomes = [await services.act.carry_out(command, identity(ANNA)) for command in (said, withdrawn)]
    for outcome in outcomes:
        services.publisher.tell(outcome)
    await olle.gets("gone")
    await olle.settles()
    # Who is here is told after a pause, and may come late: it says nothing of what was said.
    assert [name for name, _ in olle.frames[seen:] if name not in {"lists", "gone", "presence"}] == []


async def test_who_is_out_has_been_told_so_before_it_is_acknowledged(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, *_ = await three_at_sockets(house)
    publisher, asked, go_on = house.parts.services.publisher, asyncio.Event(), asyncio.Event()
    tell = publisher._tell

    async def slowly(item: Any) -> None:
        asked.set()
        await go_on.wait()
        await tell(item)

    monkeypatch.setattr(publisher, "_tell", slowly)
    withdrawn = c.WithdrawConsent(case=case, client_id=house.new_id(), party="a2")
    doing = asyncio.create_task(dispatch(house.parts.services, identity(ANNA), withdrawn, "sv"))
    await asked.wait()
    try:
        done, _ = await asyncio.wait({doing}, timeout=0.2)
        assert not done
    finally:
        # Whoever ends the house waits for what is to be told.
        go_on.set()
    await doing


@pytest.mark.on_both_engines
async def test_a_reply_over_socket_and_api_does_not_pass_by_what_came_meanwhile(house: House) -> None:
    case = await filed(house, ANNA)
    karin, anna = await house.browser(KARIN), await house.browser(ANNA)
    await karin.command("take_case", case)
    assert (await anna.command("post_message", case, text="En sak till."))[0] == 201
    socket = await at_socket(house, KARIN)
    reply = await socket.says("post_message", case, text="Så är det.", seen=2)
    assert reply["error"]["code"] == "newer_message"
    status, reply = await karin.command("post_message", case, text="Så är det.", seen=2)
    assert (status, reply["error"]["code"]) == (409, "newer_message")
    assert "ok" in await socket.says("post_message", case, text="Så är det.", seen=3)
    # A program that says nothing of what it has seen replies to nothing.
    assert (await anna.command("post_message", case, text="Ännu en sak."))[0] == 201
    await socket.closes()
