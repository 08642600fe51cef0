import asyncio
from datetime import timedelta

import pytest

from inbox.cases import commands as c
from inbox.cases.errors import ClientIdReused, EmptyText, NewerMessage, NotNow, NotYours
from inbox.cases.events import MessagePosted, NoteWritten
from inbox.cases.line_ends import as_typed
from inbox.cases.model import Role, State
from inbox.queries.reading import Thread
from tests.people import ANNA, KARIN, LARS, SARA, TORGET, identity
from tests.world import World


def texts(thread: Thread) -> list[str]:
    """What is said in a thread."""
    return [e.event.text for e in thread.entries if isinstance(e.event, MessagePosted)]


async def test_what_one_writes_the_other_reads(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.PostMessage, case, text="Har ni läst?")
    await world.does(KARIN, c.PostMessage, case, text="Ja, i dag.")
    assert texts(await world.thread(case, ANNA)) == ["Har ni läst?", "Ja, i dag."]
    assert texts(await world.thread(case, KARIN)) == ["Har ni läst?", "Ja, i dag."]


async def test_staff_take_a_case_before_they_write_in_it(world: World) -> None:
    case = await world.complains(ANNA)
    with pytest.raises(NotNow):
        await world.does(KARIN, c.PostMessage, case, text="Hej")


LINE_ENDS = ["\v", "\u2028", "\u2029", "\x85", "\r\n", "\r", "\f"]


@pytest.mark.parametrize("sign", LINE_ENDS)
async def test_words_on_two_lines_stay_apart_however_a_program_ends_a_line(world: World, sign: str) -> None:
    case = await world.complains(ANNA)
    first = await world.does(KARIN, c.TakeCase, case)
    sent = await world.does(ANNA, c.PostMessage, case, text=f"Fick vänta{sign}Ingen kom", client_id="the-same-id")
    assert texts(await world.thread(case, KARIN)) == ["Fick vänta\nIngen kom"]
    # Sent once more by a form, which ends lines in its own way, it is the same.
    again = await world.does(ANNA, c.PostMessage, case, text="Fick vänta\r\nIngen kom", client_id="the-same-id")
    assert (again.repeated, again.numbers) == (True, sent.numbers)
    await world.does(KARIN, c.WriteNote, case, text=f"Ring{sign}labbet")
    await world.does(KARIN, c.AskReporter, case, text=f"Vilken dag?{sign}Vilken tid?")
    entries = (await world.thread(case, KARIN)).entries + (await world.thread(case, KARIN)).notes
    kept = [getattr(entry.event, "text", "") for entry in entries]
    assert "Ring\nlabbet" in kept
    assert "Vilken dag?\nVilken tid?" in kept
    assert first.case.id == case


@pytest.mark.parametrize("sign", LINE_ENDS)
def test_every_text_of_every_command_keeps_its_lines(sign: str) -> None:
    measure = c.Measure(text=f"Ett{sign}två", responsible=f"Ett{sign}två")
    answer = c.AnswerCase(
        case="1", client_id="12345678", explanation=f"Ett{sign}två", measures=(measure,), regret="Tre"
    )
    plain = as_typed(answer)
    assert (plain.explanation, plain.regret, plain.case) == ("Ett\ntvå", "Tre", "1")
    assert (plain.measures[0].text, plain.measures[0].responsible) == ("Ett\ntvå", "Ett\ntvå")
    message = c.PostMessage(case="1", client_id="12345678", text="Hej", audience=c.Audience.ALL)
    assert as_typed(message) == message
    assert as_typed(message).audience is c.Audience.ALL


async def test_white_space_is_not_a_message(world: World) -> None:
    case = await world.complains(ANNA)
    with pytest.raises(EmptyText):
        await world.does(ANNA, c.PostMessage, case, text=" \n\t ")


async def test_the_same_client_id_ten_times_is_one_message(world: World) -> None:
    case = await world.complains(ANNA)
    outcomes = [await world.does(ANNA, c.PostMessage, case, text="En gång.", client_id="only-once") for _ in range(10)]
    assert texts(await world.thread(case, ANNA)) == ["En gång."]
    assert [outcome.numbers for outcome in outcomes] == [(2,)] * 10
    assert [outcome.repeated for outcome in outcomes] == [False] + [True] * 9


async def test_a_client_id_with_another_text_is_refused(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(ANNA, c.PostMessage, case, text="Först.", client_id="used-once")
    with pytest.raises(ClientIdReused):
        await world.does(ANNA, c.PostMessage, case, text="Sedan.", client_id="used-once")


async def test_a_repeated_message_is_answered_also_when_the_case_has_moved_on(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(ANNA, c.PostMessage, case, text="Sista ordet.", client_id="last-word")
    await world.does(ANNA, c.WithdrawCase, case)
    again = await world.does(ANNA, c.PostMessage, case, text="Sista ordet.", client_id="last-word")
    assert again.repeated
    assert again.numbers == (2,)


async def test_a_question_waits_for_the_reporters_reply(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.AskReporter, case, text="Vilken dag var det?")
    assert (await world.case(case)).registrations[0].state is State.AWAITING_CITIZEN
    await world.does(ANNA, c.PostMessage, case, text="I tisdags.")
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS


async def test_the_handling_can_go_on_without_a_reply(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.AskReporter, case, text="Vilken dag var det?")
    await world.does(KARIN, c.StopWaiting, case)
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS


async def test_many_messages_at_once_are_kept_each_once_in_one_order(world: World) -> None:
    case = await world.complains(ANNA)
    said = [f"Rad {number}" for number in range(60)]
    anna = identity(ANNA)
    commands = [c.PostMessage(case=case, client_id=f"message-{n}", text=text) for n, text in enumerate(said)]
    await asyncio.gather(*(world.act.carry_out(command, anna) for command in commands))
    assert sorted(texts(await world.thread(case, ANNA))) == sorted(said)
    assert texts(await world.thread(case, ANNA)) == texts(await world.thread(case, KARIN))


async def test_a_refused_message_leaves_those_in_the_same_commit_untouched(world: World) -> None:
    case = await world.complains(ANNA)
    anna = identity(ANNA)

    async def says(text: str, number: int) -> object:
        command = c.PostMessage(case=case, client_id=f"message-{number}", text=text)
        return await world.act.carry_out(command, anna)

    results = await asyncio.gather(
        *(says("   " if number % 2 else f"Rad {number}", number) for number in range(20)), return_exceptions=True
    )
    assert sum(isinstance(result, EmptyText) for result in results) == 10
    assert len(texts(await world.thread(case, ANNA))) == 10


async def test_a_note_is_read_by_colleagues_and_betrayed_to_nobody(world: World) -> None:
    case = await world.complains(ANNA)
    before = await world.thread(case, ANNA)
    await world.does(KARIN, c.WriteNote, case, text="Ring labbet först.")
    after, staff = await world.thread(case, ANNA), await world.thread(case, LARS)
    assert [note.event.text for note in staff.notes if isinstance(note.event, NoteWritten)] == ["Ring labbet först."]
    assert (after.head, after.entries, after.notes) == (before.head, before.entries, ())


async def test_who_sits_on_the_reporters_seat_is_not_kept_with_what_she_did(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.PostMessage, case, text="Hej")
    by = {item.envelope.role: item.envelope.person for item in await world.history(case)}
    assert by == {Role.REPORTER: None, Role.CASEWORKER: KARIN.id}


async def test_the_reporter_cannot_write_notes(world: World) -> None:
    case = await world.complains(ANNA)
    with pytest.raises(NotYours):
        await world.does(ANNA, c.WriteNote, case, text="Hemligt")


async def test_a_note_of_one_unit_is_not_read_at_the_next(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.WriteNote, case, text="Bara hos oss.")
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Det hände där.")
    assert (await world.thread(case, SARA)).notes == ()


async def test_a_moment_never_runs_backwards_though_a_clock_is_behind(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.PostMessage, case, text="Fråga")
    world.passes(timedelta(seconds=-2))
    await world.does(ANNA, c.PostMessage, case, text="Svar")
    await world.does(KARIN, c.WriteNote, case, text="Klart")
    moments = [item.envelope.at for item in await world.history(case)]
    assert moments == sorted(moments)
    stored = await world.case(case)
    assert stored.touched["reporter"] == moments[-1]


async def test_a_reply_does_not_pass_by_what_somebody_else_has_written_meanwhile(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    seen = (await world.thread(case, KARIN)).head
    await world.does(ANNA, c.PostMessage, case, text="En sak till.")
    with pytest.raises(NewerMessage):
        await world.does(KARIN, c.PostMessage, case, text="Så här är det.", seen=seen, client_id="a-reply-of-karin")
    with pytest.raises(NewerMessage):
        await world.does(KARIN, c.AskReporter, case, text="Vad hände?", seen=seen)
    told = await world.does(
        KARIN, c.PostMessage, case, text="Så här är det.", seen=seen + 1, client_id="a-reply-of-karin"
    )
    assert not told.repeated


MOVES: list[tuple[type[c.Command], dict[str, object]]] = [
    (c.ForwardCase, {"unit": TORGET, "reason": "Det var där."}),
    (c.ReferCase, {"reason": "Inte hos oss.", "turn_to": "Till skolan."}),
]


@pytest.mark.parametrize(("command", "fields"), MOVES)
async def test_nor_does_what_moves_or_ends_the_case(
    world: World, command: type[c.Command], fields: dict[str, object]
) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    seen = (await world.thread(case, KARIN)).head
    await world.does(ANNA, c.PostMessage, case, text="Vänta, det var en annan dag.")
    with pytest.raises(NewerMessage):
        await world.does(KARIN, command, case, seen=seen, **fields)


async def test_nor_does_the_citizen_take_back_what_has_just_been_replied_to(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    seen = (await world.thread(case, ANNA)).head
    await world.does(KARIN, c.PostMessage, case, text="Du får en ny tid.")
    with pytest.raises(NewerMessage):
        await world.does(ANNA, c.WithdrawCase, case, seen=seen, reason="Orkar inte.")
    await world.does(ANNA, c.WithdrawCase, case, seen=seen + 1, reason="Orkar inte.")


async def test_what_was_sent_is_sent_again_without_harm_though_something_came_after_it(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    seen = (await world.thread(case, ANNA)).head
    fields = {"text": "Hej", "client_id": "a-word-of-anna"}
    first = await world.does(ANNA, c.PostMessage, case, seen=seen, **fields)
    await world.does(KARIN, c.PostMessage, case, text="Hej Anna")
    for known in (seen, seen + 2):
        again = await world.does(ANNA, c.PostMessage, case, seen=known, **fields)
        assert (again.repeated, again.numbers) == (True, first.numbers)


async def test_ones_own_words_and_a_note_hold_no_reply_up_and_a_colleagues_do(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    seen = (await world.thread(case, KARIN)).head
    await world.does(KARIN, c.PostMessage, case, text="Ett")
    await world.does(LARS, c.WriteNote, case, text="Ring henne.")
    await world.does(KARIN, c.PostMessage, case, text="Två", seen=seen)
    await world.does(LARS, c.PostMessage, case, text="Tre")
    with pytest.raises(NewerMessage):
        await world.does(KARIN, c.PostMessage, case, text="Fyra", seen=seen)


async def test_of_two_who_reply_at_once_to_what_both_saw_one_is_told_to_read_first(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    seen = (await world.thread(case, KARIN)).head
    replies = (
        world.act.carry_out(
            c.PostMessage(case=case, client_id=world.new_id(), text=f"Svar {who.id}", seen=seen), identity(who)
        )
        for who in (KARIN, LARS)
    )
    came = await asyncio.gather(*replies, return_exceptions=True)
    assert sum(isinstance(each, NewerMessage) for each in came) == 1
    assert len(texts(await world.thread(case, ANNA))) == 1
