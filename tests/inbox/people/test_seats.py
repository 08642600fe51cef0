"""Seats: several at one party, one on which nobody is known, and seats that end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase, NoSuchRequest, NoSuchSeat, NotAColleague, NotYours
from inbox.cases.events import SeatEnded
from inbox.cases.model import BY_ITSELF, Role
from inbox.cases.timers import command_of, timers_of
from inbox.principals.principal import CodeHolder, Individual, Machine, Program, Who
from inbox.principals.seat import Right, SeatKind
from inbox.storage import feeds, files, schema
from inbox.storage.files import StoredFile
from tests.people import ANNA, BO, BOARD, EKBACKEN, KARIN, LARS, identity
from tests.world import World

pytestmark = pytest.mark.on_both_engines

MOMENT = timedelta(microseconds=1)
ANSWER: dict[str, Any] = {
    "explanation": "Vi hade för få på plats.",
    "measures": (c.Measure("Fler i telefon."),),
    "problems": ("6.2",),
    "area": "primarvard",
}


async def seats(world: World, case: str, **fields: Any) -> None:
    given = {"party": "reporter", "sits_as": SeatKind.GUARDIAN, **fields}
    await world.carry_out(c.OpenSeat(case=case, client_id=world.new_id(), **given), BY_ITSELF)


async def ends(world: World, case: str, seat: str) -> None:
    await world.carry_out(c.EndSeat(case=case, client_id=world.new_id(), seat=seat), BY_ITSELF)


async def holds_code(world: World, case: str) -> Who:
    """Nobody is known on any seat of the case any more: the reporter's is left, and a code opens one beside it."""
    await seats(world, case, sits_as=SeatKind.REPORTER, code="code-1")
    await ends(world, case, "s1")
    return Who(CodeHolder("code-1", case))


async def with_two(world: World) -> str:
    case = await world.complains(ANNA)
    await seats(world, case, person=BO.id)
    await world.does(KARIN, c.TakeCase, case)
    return case


async def test_whoever_is_known_by_a_code_alone_writes_reads_and_decides(world: World) -> None:
    case = await world.complains(ANNA)
    holder = await holds_code(world, case)
    await world.does(KARIN, c.TakeCase, case)
    said = await world.does(holder, c.PostMessage, case, text="Jag vill inte säga vem jag är.")
    thread = await world.thread(case, holder)
    assert thread.entries[-1].by.mine
    assert "withdraw_case" in thread.may
    (seen,) = [entry for entry in (await world.thread(case, KARIN)).entries if entry.id == thread.entries[-1].id]
    assert (seen.by.kind, seen.by.name, seen.by.role) == ("reporter", None, "reporter")
    # Neither the service nor staff, and nobody in particular.
    envelope = said.recorded[0].envelope
    assert (envelope.role, envelope.person, envelope.unit, envelope.seat) == (Role.REPORTER, None, None, "s2")
    assert said.actor.staff is None
    await world.does(holder, c.WithdrawCase, case)


async def test_whoever_is_known_by_a_code_alone_is_never_taken_for_the_service_or_for_staff(world: World) -> None:
    case, other = await world.complains(ANNA), await world.complains(BO)
    holder = await holds_code(world, case)
    for kind, fields in (
        (c.CloseThread, {}),
        (c.OpenSeat, {"party": "reporter", "sits_as": SeatKind.PROXY, "person": BO.id}),
        (c.EndSeat, {"seat": "s2"}),
        (c.TakeCase, {}),
        (c.WriteNote, {"text": "Bara vi."}),
    ):
        with pytest.raises(NotYours):
            await world.does(holder, kind, case, **fields)
    for who in (holder, Who(CodeHolder("code-1", other)), Who(CodeHolder("code-2", other))):
        with pytest.raises(NoSuchCase):
            await world.does(who, c.PostMessage, other, text="Hej")
        with pytest.raises(NoSuchCase):
            await world.thread(other, who)
    # A person who is called what the code is, and a machine, have no seat by it.
    for who in (Who(Individual("code-1")), Who(Machine("code-1"), Program()), Who(Individual("code:code-1"))):
        with pytest.raises(NoSuchCase):
            await world.thread(case, who)


async def test_of_a_look_by_a_code_no_person_is_kept(world: World) -> None:
    case = await world.complains(ANNA)
    holder = await holds_code(world, case)
    await world.thread(case, holder)
    for _ in range(2):
        await world.after(case, holder)
    access = schema.access.c
    async with world.store.reading() as connection:
        rows = (await connection.execute(select(access.person_id, access.seat, access.what))).all()
    # What is fetched after that belongs to the same opening.
    assert rows == [(None, "s2", "thread")]


async def test_two_at_one_party_have_each_their_own_marks(world: World) -> None:
    case = await with_two(world)
    anna, bo = identity(ANNA), identity(BO)
    await world.does(KARIN, c.PostMessage, case, text="När?")
    head = (await world.thread(case, ANNA)).head
    await world.reading.mark_read(case, anna, head)
    assert [(await world.thread(case, who)).read_to for who in (ANNA, BO)] == [head, 0]
    # The unit is told of whoever has read furthest, and not anew of who comes after.
    karins = (await world.thread(case, KARIN)).read_by["reporter"][0]
    marked = await world.reading.mark_read(case, bo, head - 1)
    assert marked is not None
    assert marked[3] == {}
    assert (await world.thread(case, KARIN)).read_by["reporter"][0] == karins
    # What one of them writes is news to the other.
    await world.does(ANNA, c.PostMessage, case, text="I går.")
    own = {who.id: (await world.reading.home(identity(who))).cases[0] for who in (ANNA, BO)}
    assert [own[ANNA.id].unread_messages, own[BO.id].unread_messages] == [0, 2]
    async with world.store.reading() as connection:
        marks = await feeds.read_marks(connection, case)
    assert {seat: mark.n for (party, seat), mark in marks.seats.items() if party == "reporter"} == {
        "s1": head + 1,
        "s2": head - 1,
    }


async def test_two_at_one_party_have_each_read_an_answer_or_not(world: World) -> None:
    case = await with_two(world)
    await world.does(KARIN, c.AnswerCase, case, **ANSWER)
    n = (await world.thread(case, ANNA)).head
    await world.reading.mark_answer_read(case, identity(ANNA), n)
    found = {who.id: (await world.reading.home(identity(who))).cases[0] for who in (ANNA, BO)}
    assert [found[who.id].unread_answer for who in (ANNA, BO)] == [False, True]
    assert [(await world.thread(case, who)).unread_answers for who in (ANNA, BO)] == [frozenset(), frozenset({n})]


async def test_two_at_one_party_never_get_each_others_words_back(world: World) -> None:
    case = await with_two(world)
    for who, text in ((ANNA, "Mitt"), (BO, "Hans")):
        outcome = await world.does(who, c.PostMessage, case, text=text, client_id="same-client-id")
        assert not outcome.repeated
    assert (await world.does(BO, c.PostMessage, case, text="Hans", client_id="same-client-id")).repeated
    entries = {who.id: (await world.thread(case, who)).entries[-2:] for who in (ANNA, BO)}
    assert [entry.by.mine for entry in entries[ANNA.id]] == [True, False]
    assert [entry.by.mine for entry in entries[BO.id]] == [False, True]
    assert [entry.client_id for entry in entries[ANNA.id]] == ["same-client-id", None]
    assert [entry.by.name for entry in entries[ANNA.id]] == [ANNA.name, BO.name]


async def test_a_file_that_waits_for_its_message_is_the_seats_alone(world: World) -> None:
    case = await with_two(world)
    actors = {who.id: (await world.thread(case, who)).actor for who in (ANNA, BO)}
    file = StoredFile(
        id="file", owner=case, party="reporter", seat="s2", name="a.pdf", kind="application/pdf", size=1,
        digest="0" * 64, at=world.now,
    )  # fmt: skip
    await world.store.writer.do(lambda connection: files.add_file(connection, file))
    async with world.store.reading() as connection:
        found = {who: await files.unused(connection, case, actor, ("file",)) for who, actor in actors.items()}
    assert [len(found[who.id]) for who in (ANNA, BO)] == [0, 1]
    assert (await world.reading.file(case, identity(BO), "file")).id == "file"
    with pytest.raises(NoSuchCase):
        await world.reading.file(case, identity(ANNA), "file")
    await world.does(BO, c.PostMessage, case, text="Se filen.", files=("file",))
    assert (await world.reading.file(case, identity(ANNA), "file")).id == "file"


@pytest.mark.parametrize(
    ("rights", "reads", "writes", "decides"),
    [
        ((Right.READ,), True, False, False),
        ((Right.READ, Right.WRITE), True, True, False),
        ((Right.READ, Right.DECIDE), True, False, True),
        ((Right.WRITE,), False, True, False),
        (tuple(Right), True, True, True),
    ],
)
async def test_a_seat_opens_what_it_is_given(
    world: World, rights: tuple[Right, ...], reads: bool, writes: bool, decides: bool
) -> None:
    case = await world.complains(ANNA)
    await seats(world, case, person=BO.id, rights=rights)
    for does, right in (
        (lambda: world.thread(case, BO), reads),
        (lambda: world.does(BO, c.PostMessage, case, text="Hej"), writes),
        (lambda: world.does(BO, c.WithdrawCase, case), decides),
    ):
        if right:
            await does()
        else:
            with pytest.raises(NotYours):
                await does()
    assert len((await world.reading.home(identity(BO))).cases) == reads


async def test_a_seat_ends_at_its_moment_and_by_a_timer_that_says_so_once(world: World) -> None:
    case = await world.complains(ANNA)
    until = world.now + timedelta(hours=1)
    await seats(world, case, person=BO.id, until=until)
    world.now = until - MOMENT
    await world.does(BO, c.PostMessage, case, text="Än så länge.")
    assert (await world.reading.home(identity(BO))).total == 1
    world.now = until
    for does in (
        lambda: world.thread(case, BO),
        lambda: world.after(case, BO),
        lambda: world.reading.mark_read(case, identity(BO), 1),
        lambda: world.does(BO, c.PostMessage, case, text="För sent."),
    ):
        with pytest.raises(NoSuchCase):
            await does()
    assert (await world.reading.home(identity(BO))).total == 0
    ((name, due),) = timers_of(await world.case(case)).items()
    assert due == until
    for repeated in (False, True):
        outcome = await world.carry_out(command_of(name, case, due), BY_ITSELF)
        assert outcome.repeated is repeated
    assert timers_of(await world.case(case)) == {}
    ended = [recorded for recorded in await world.history(case) if isinstance(recorded.event, SeatEnded)]
    assert [recorded.event for recorded in ended] == [SeatEnded(seat="s2")]
    # Whose words they were is still known to those who handle the case.
    assert BO.name in {entry.by.name for entry in (await world.thread(case, KARIN)).entries}


async def test_nobody_sits_where_nobody_can(world: World) -> None:
    case = await world.complains(ANNA)
    for fields in (
        {"person": ANNA.id},
        {"person": "nobody"},
        {"person": BO.id, "code": "code-1"},
        {},
        {"person": BO.id, "party": "a1"},
        {"person": BO.id, "party": "patient"},
        {"person": BO.id, "until": world.now},
    ):
        with pytest.raises(NoSuchSeat):
            await seats(world, case, **fields)
    for seat in ("s2", "s0", ""):
        with pytest.raises(NoSuchSeat):
            await ends(world, case, seat)
    await seats(world, case, person=BO.id)
    await ends(world, case, "s2")
    with pytest.raises(NoSuchSeat):
        await ends(world, case, "s2")
    # Who left may come back, on a seat of their own.
    await seats(world, case, person=BO.id)
    assert (await world.thread(case, BO)).actor.seat == "s3"


async def test_a_patient_who_comes_later_sees_what_happens_from_then_on(world: World) -> None:
    case = await world.complains_for_mother(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.PostMessage, case, text="Om mamma.")
    await seats(world, case, party="patient", sits_as=SeatKind.PATIENT, person=BO.id)
    await world.does(KARIN, c.PostMessage, case, text="Till er båda.")
    await world.does(BO, c.PostMessage, case, text="Jag är patienten.")
    thread = await world.thread(case, BO)
    assert [entry.event.__struct_config__.tag for entry in thread.entries] == ["seat_opened", *["message_posted"] * 2]
    assert "Om mamma." not in repr(thread.entries)
    assert thread.entries[-1].by.kind == "patient"
    (own,) = (await world.reading.home(identity(BO))).cases
    assert own.unread_messages == 1
    assert (await world.thread(case, ANNA)).entries[-1].by.name == BO.name


async def test_a_patient_who_comes_later_answers_no_question_that_she_was_not_asked(world: World) -> None:
    case, parts = await world.complains_for_mother(ANNA), c.Parts(answers=False)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.ProposeSharing, case, unit=BOARD, parts=parts, reason="För ditt stöd.")
    await seats(world, case, party="patient", sits_as=SeatKind.PATIENT, person=BO.id)
    (request,) = (await world.case(case)).requests
    with pytest.raises(NoSuchRequest):
        await world.does(BO, c.GiveConsent, case, unit=BOARD, parts=parts, text="Ja", request=request.id)


async def test_nobody_who_sits_in_a_case_meets_it_at_work(world: World) -> None:
    case = await world.complains(ANNA)
    await seats(world, case, sits_as=SeatKind.PROXY, person=KARIN.id)
    await ends(world, case, "s2")
    with pytest.raises(NoSuchCase):
        await world.does(KARIN, c.WriteNote, case, text="Bara vi.")
    with pytest.raises(NotAColleague):
        await world.does(LARS, c.AssignCase, case, handler=KARIN.id)
    assert (await world.reading.queue(identity(KARIN))).rows == ()
    assert {grant.unit for grant in identity(KARIN).grants} == {EKBACKEN}
