"""The patient board in the thread: only with consent, only what was ticked, and out at once."""

from typing import Any

import pytest

from inbox.actions.audience import addressed
from inbox.actions.context import DecisionContext, Rules
from inbox.actions.sharing import files_for_all, manifest
from inbox.cases import commands as c
from inbox.cases import events as e
from inbox.cases.apply import replay
from inbox.cases.errors import (
    AlreadyThere,
    AsksWider,
    GuardsUnmet,
    MoreThanAsked,
    NoSuchAudience,
    NoSuchCase,
    NoSuchRequest,
    NoSuchStatement,
    NotNow,
    NotYours,
    WrongReceiver,
)
from inbox.cases.model import State
from tests.answered import STORY
from tests.people import ANNA, ASPELUNDA, BOARD, EKBACKEN, KARIN, LARS, OLLE, SARA, TORGET, identity
from tests.world import DIRECTORY, World

pytestmark = pytest.mark.rule

READY: dict[str, Any] = {
    "explanation": "Telefonen var felkopplad.",
    "measures": (c.Measure(text="Vi har kopplat om."),),
    "problems": ("6.2",),
    "area": "primarvard",
}
EVERYTHING = c.Parts(answers=True, since="all")


async def in_progress(world: World) -> str:
    """A case that Karin handles, with a few words said."""
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.PostMessage, case, text="Ett tidigt ord.")
    await world.does(KARIN, c.WriteNote, case, text="Bara hos oss.")
    await world.does(KARIN, c.PostMessage, case, text="Ett senare ord.")
    return case


async def with_board(world: World, parts: c.Parts = EVERYTHING) -> str:
    """A case that Olle has taken for the board, with Anna's consent."""
    case = await in_progress(world)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=parts, text="Nämnden får läsa.")
    await world.does(OLLE, c.TakeCase, case)
    return case


async def asked(world: World, case: str, parts: c.Parts = EVERYTHING) -> str:
    """The id of a consent card that Karin has put in the thread."""
    outcome = await world.does(KARIN, c.ProposeSharing, case, unit=BOARD, parts=parts, reason="De kan stötta dig.")
    return outcome.recorded[0].envelope.id


async def said_to(world: World, case: str, who: Any) -> list[str]:
    """Every text that somebody's feed holds."""
    thread = await world.thread(case, who)
    return [getattr(entry.event, "text", "") for entry in thread.entries if getattr(entry.event, "text", "")]


async def test_a_consent_card_shares_nothing_by_itself(world: World) -> None:
    case = await in_progress(world)
    await asked(world, case)
    with pytest.raises(NoSuchCase):
        await world.thread(case, OLLE)
    assert (await world.reading.queue(identity(OLLE))).rows == ()


@pytest.mark.on_both_engines
async def test_with_consent_the_board_joins_with_a_number_a_state_and_a_goal_of_its_own(world: World) -> None:
    case = await in_progress(world)
    request = await asked(world, case)
    await world.does(
        ANNA, c.GiveConsent, case, unit=BOARD, parts=EVERYTHING, text="Nämnden får läsa allt.", request=request
    )
    stored = await world.case(case)
    mine, theirs = stored.registrations
    assert (mine.number, theirs.number) == ("RM 2026-00001", "PN 2026-00001")
    assert (theirs.owner, theirs.state) == (BOARD, State.RECEIVED)
    assert theirs.goal is not None
    assert stored.requests == ()


async def test_the_consent_is_kept_with_the_text_she_saw(world: World) -> None:
    case = await with_board(world)
    given = [item for item in await world.history(case) if isinstance(item.event, e.ConsentGiven)]
    assert [item.event.text for item in given if isinstance(item.event, e.ConsentGiven)] == ["Nämnden får läsa."]
    assert given[0].envelope.by == "reporter"


async def test_the_officers_feed_begins_with_the_manifest_and_holds_nothing_earlier(world: World) -> None:
    case = await with_board(world)
    thread = await world.thread(case, OLLE)
    first = thread.entries[0]
    assert (first.n, type(first.event)) == (1, e.CaseShared)
    assert isinstance(first.event, e.CaseShared)
    assert first.event.story == STORY
    assert [message.text for message in first.event.messages] == ["Ett tidigt ord.", "Ett senare ord."]
    assert "Bara hos oss" not in repr(thread)


@pytest.mark.on_both_engines
async def test_only_what_she_ticked_is_anywhere_in_what_the_board_sees(world: World) -> None:
    case = await in_progress(world)
    entries = (await world.thread(case, ANNA)).entries
    later = next(x for x in entries if isinstance(x.event, e.MessagePosted) and x.event.text == "Ett senare ord.")
    parts = c.Parts(answers=False, since=later.id)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=parts, text="Bara det sista.")
    seen = repr(await world.thread(case, OLLE)) + repr(await world.reading.queue(identity(OLLE)))
    assert "Ett senare ord." in seen
    for hidden in (STORY, "Ett tidigt ord.", "Bara hos oss.", (await world.case(case)).title):
        assert hidden not in seen


@pytest.mark.parametrize("audience", list(c.Audience))
def test_what_was_sent_to_some_is_never_among_what_can_be_shared(audience: c.Audience) -> None:
    file = e.FileRef(id="f", name="bild.png", kind="image/png", size=1)
    sent = e.MessagePosted(text="Här.", files=(file,), audience=audience)
    assert files_for_all(sent) == ((file,) if audience is c.Audience.ALL else ())


async def test_she_may_untick_but_nobody_widens_what_was_asked(world: World) -> None:
    case = await in_progress(world)
    request = await asked(world, case, c.Parts(answers=True, since=""))
    with pytest.raises(MoreThanAsked):
        await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=EVERYTHING, text="Ja", request=request)
    parts = c.Parts(answers=False)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=parts, text="Ja", request=request)
    first = (await world.thread(case, OLLE)).entries[0].event
    assert isinstance(first, e.CaseShared)
    assert (first.answers, first.story, first.messages) == ((), "", ())


async def test_she_says_no_and_the_handling_goes_on(world: World) -> None:
    case = await in_progress(world)
    request = await asked(world, case)
    await world.does(ANNA, c.RefuseConsent, case, request=request)
    assert (await world.case(case)).requests == ()
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS
    with pytest.raises(NoSuchRequest):
        await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=EVERYTHING, text="Ja", request=request)


async def test_nobody_but_the_reporter_gives_consent(world: World) -> None:
    case = await in_progress(world)
    with pytest.raises(NotYours):
        await world.does(KARIN, c.GiveConsent, case, unit=BOARD, parts=EVERYTHING, text="Ja")


async def test_at_her_own_wish_she_turns_to_the_board_and_not_to_other_units(world: World) -> None:
    case = await in_progress(world)
    with pytest.raises(WrongReceiver):
        await world.does(ANNA, c.GiveConsent, case, unit=ASPELUNDA, parts=EVERYTHING, text="Ja")


async def test_the_board_joins_once(world: World) -> None:
    case = await with_board(world)
    with pytest.raises(AlreadyThere):
        await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=EVERYTHING, text="Igen")
    with pytest.raises(AlreadyThere):
        await asked(world, case)


@pytest.mark.on_both_engines
async def test_every_message_obeys_its_audience(world: World) -> None:
    case = await with_board(world)
    await world.does(ANNA, c.PostMessage, case, text="till alla", audience=c.Audience("all"))
    await world.does(ANNA, c.PostMessage, case, text="bara till nämnden", audience=c.Audience("citizen_board"))
    await world.does(OLLE, c.PostMessage, case, text="bara till enheten", audience=c.Audience("unit_board"))
    await world.does(KARIN, c.PostMessage, case, text="svar till nämnden", audience=c.Audience("unit_board"))
    assert (await said_to(world, case, ANNA))[-2:] == ["till alla", "bara till nämnden"]
    assert (await said_to(world, case, KARIN))[-3:] == ["till alla", "bara till enheten", "svar till nämnden"]
    assert (await said_to(world, case, OLLE))[-4:] == [
        "till alla",
        "bara till nämnden",
        "bara till enheten",
        "svar till nämnden",
    ]


async def test_that_somebody_has_read_is_told_only_to_those_who_see_what_was_read(world: World) -> None:
    case = await with_board(world)
    await world.reading.mark_read(case, identity(KARIN), (await world.thread(case, KARIN)).head)
    await world.does(OLLE, c.PostMessage, case, text="Bara till er.", audience=c.Audience.UNIT_BOARD)
    marked = await world.reading.mark_read(case, identity(KARIN), (await world.thread(case, KARIN)).head)
    assert marked is not None
    assert set(marked[3]) == {"a2"}


@pytest.mark.parametrize(("who", "audience"), [(ANNA, "unit_board"), (KARIN, "citizen_board")])
async def test_nobody_writes_to_an_audience_they_are_not_in(world: World, who: Any, audience: str) -> None:
    case = await with_board(world)
    with pytest.raises(NoSuchAudience):
        await world.does(who, c.PostMessage, case, text="Hej", audience=c.Audience(audience))


async def test_without_a_board_there_is_only_everyone(world: World) -> None:
    case = await in_progress(world)
    with pytest.raises(NoSuchAudience):
        await world.does(ANNA, c.PostMessage, case, text="Hej", audience=c.Audience("citizen_board"))


async def test_a_word_to_the_board_alone_is_no_reply_to_the_unit(world: World) -> None:
    case = await with_board(world)
    await world.does(KARIN, c.AskReporter, case, text="Vilken dag?")
    await world.does(ANNA, c.PostMessage, case, text="Vad ska jag svara?", audience=c.Audience("citizen_board"))
    assert (await world.case(case)).registrations[0].state is State.AWAITING_CITIZEN


@pytest.mark.on_both_engines
async def test_a_withdrawn_consent_takes_effect_at_once(world: World) -> None:
    case = await with_board(world)
    await world.does(ANNA, c.WithdrawConsent, case, party="a2")
    await world.does(ANNA, c.PostMessage, case, text="Nu utan nämnden.")
    with pytest.raises(NoSuchCase):
        await world.thread(case, OLLE)
    with pytest.raises(NoSuchCase):
        await world.does(OLLE, c.PostMessage, case, text="Hallå?")
    stored = await world.case(case)
    assert stored.registrations[1].state is State.WITHDRAWN
    assert stored.heads["a2"] < stored.heads["reporter"]


@pytest.mark.on_both_engines
async def test_after_a_withdrawal_the_board_can_be_let_in_again_with_a_new_number(world: World) -> None:
    case = await with_board(world)
    await world.does(ANNA, c.WithdrawConsent, case, party="a2")
    await world.does(ANNA, c.PostMessage, case, text="Mellan två samtycken.")
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=c.Parts(answers=True), text="Ja igen")
    thread = await world.thread(case, OLLE)
    assert thread.actor.party == "a3"
    assert "Mellan två samtycken." not in repr(thread)
    assert (await world.case(case)).registrations[2].number == "PN 2026-00002"


async def test_the_one_it_was_filed_with_cannot_be_shut_out_or_leave(world: World) -> None:
    case = await with_board(world)
    with pytest.raises(NotYours):
        await world.does(ANNA, c.WithdrawConsent, case, party="a1")
    with pytest.raises(NotYours):
        await world.does(KARIN, c.LeaveCase, case, reason="Nej")


async def test_the_board_leaves_when_it_has_nothing_more_to_do(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.LeaveCase, case, reason="Anna vill inte ha mer hjälp.")
    assert (await world.case(case)).registrations[1].state is State.CLOSED
    with pytest.raises(NoSuchCase):
        await world.thread(case, OLLE)


@pytest.mark.on_both_engines
async def test_a_statement_is_read_by_the_reporter_only_when_it_is_released(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände i samtalen?")
    outcome = await world.does(KARIN, c.GiveStatement, case, text="Samtalen kopplades fel.")
    hers = repr(await world.thread(case, ANNA))
    assert "Vad hände i samtalen" not in hers
    assert "Samtalen kopplades fel" not in hers
    await world.does(OLLE, c.ReleaseStatement, case, statement=outcome.recorded[0].envelope.id)
    assert "Samtalen kopplades fel." in repr(await world.thread(case, ANNA))


async def test_the_board_waits_for_the_statement(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    assert (await world.case(case)).registrations[1].state is State.AWAITING_STATEMENT
    await world.does(KARIN, c.GiveStatement, case, text="Det här.")
    assert (await world.case(case)).registrations[1].state is State.IN_PROGRESS


async def test_the_board_goes_on_without_a_statement_that_never_comes(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    await world.does(OLLE, c.StopWaiting, case)
    assert (await world.case(case)).registrations[1].state is State.IN_PROGRESS
    with pytest.raises(NotNow):
        await world.does(KARIN, c.GiveStatement, case, text="För sent.")
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(OLLE, c.AnswerCase, case, **READY)


async def test_the_unit_does_not_answer_the_reporter_while_a_statement_is_owed(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    with pytest.raises(GuardsUnmet) as refusal:
        await world.does(KARIN, c.AnswerCase, case, **READY)
    assert refusal.value.guards == ("statement_pending",)


async def test_only_a_statement_that_came_is_released(world: World) -> None:
    case = await with_board(world)
    with pytest.raises(NoSuchStatement):
        await world.does(OLLE, c.ReleaseStatement, case, statement="no-such")


async def test_the_board_closes_its_own_handling_without_measures(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AnswerCase, case, explanation="Vi har hjälpt dig.", problems=("6.2",), area="primarvard")
    stored = await world.case(case)
    assert [r.state for r in stored.registrations] == [State.IN_PROGRESS, State.ANSWERED]


async def test_a_reporter_who_is_not_satisfied_takes_the_answered_case_to_the_board(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=EVERYTHING, text="Jag är inte nöjd.")
    assert (await world.case(case)).registrations[1].state is State.RECEIVED


async def test_a_word_after_the_answer_opens_the_reply_window_anew(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    before = (await world.case(case)).registrations[0].reply_until
    world.now = world.now.replace(day=30)
    await world.does(KARIN, c.AddToAnswer, case, text="En sak till.")
    after = (await world.case(case)).registrations[0].reply_until
    assert before is not None
    assert after is not None
    assert (after - before).days == 9


async def test_a_board_asks_the_unit_in_with_the_reporters_consent(world: World) -> None:
    case = await world.complains_to_board(ANNA)
    await world.does(OLLE, c.TakeCase, case)
    outcome = await world.does(
        OLLE, c.ProposeSharing, case, unit=EKBACKEN, parts=c.Parts(answers=True), reason="De kan svara."
    )
    request = outcome.recorded[0].envelope.id
    await world.does(ANNA, c.GiveConsent, case, unit=EKBACKEN, parts=c.Parts(answers=True), text="Ja", request=request)
    assert (await world.thread(case, KARIN)).entries[0].n == 1
    await world.does(LARS, c.TakeCase, case)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    await world.does(LARS, c.GiveStatement, case, text="Så här.")


@pytest.mark.on_both_engines
async def test_what_one_authority_does_inside_shows_nowhere_in_the_others_lists(world: World) -> None:
    case = await with_board(world)
    anna, olle = identity(ANNA), identity(OLLE)
    home, queue = await world.reading.home(anna), (await world.reading.queue(olle)).rows
    world.now = world.now.replace(day=25)
    await world.does(KARIN, c.WriteNote, case, text="Något internt.")
    assert await world.reading.home(anna) == home
    assert (await world.reading.queue(olle)).rows == queue


async def test_the_unit_moves_its_own_handling_while_the_board_stays(world: World) -> None:
    case = await with_board(world)
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Det hände där.")
    assert (await world.thread(case, SARA)).entries
    assert (await world.thread(case, OLLE)).entries


async def test_replaying_the_manifest_gives_exactly_what_was_shared(world: World) -> None:
    case = await with_board(world)
    history = await world.history(case)
    (shared,) = [item for item in history if isinstance(item.event, e.CaseShared)]
    (given,) = [item for item in history if isinstance(item.event, e.ConsentGiven)]
    assert isinstance(shared.event, e.CaseShared)
    assert isinstance(given.event, e.ConsentGiven)
    earlier = [item for item in history if item.envelope.seq < given.envelope.seq]
    facts = DecisionContext(
        now=shared.envelope.at,
        today=shared.envelope.at.date(),
        directory=DIRECTORY,
        rules=Rules(),
        number=shared.event.number,
        history=tuple(item for item in earlier if "reporter" in item.envelope.to),
    )
    board = DIRECTORY.find(BOARD)
    assert board is not None
    assert manifest(replay(earlier), given.event.parts, board, facts) == shared.event


async def asked_for_a_statement(world: World) -> str:
    """A case of the board's, in which the unit that Anna has let in owes a statement."""
    case = await world.complains_to_board(ANNA)
    await world.does(OLLE, c.TakeCase, case)
    proposed = await world.does(OLLE, c.ProposeSharing, case, unit=EKBACKEN, parts=c.Parts(), reason="De kan svara.")
    request = proposed.recorded[0].envelope.id
    await world.does(ANNA, c.GiveConsent, case, unit=EKBACKEN, parts=c.Parts(), text="Ja", request=request)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    return case


async def test_the_board_waits_for_no_statement_from_a_unit_that_is_out(world: World) -> None:
    for end in ("withdrawn", "left"):
        case = await asked_for_a_statement(world)
        if end == "withdrawn":
            await world.does(ANNA, c.WithdrawConsent, case, party="a2")
        else:
            await world.does(KARIN, c.LeaveCase, case, reason="Vi har inte vårdat dig.")
        await world.does(
            OLLE, c.AnswerCase, case, explanation="Vi kom inte längre.", problems=("6.2",), area="primarvard"
        )
        assert (await world.case(case)).registrations[0].state is State.ANSWERED


async def test_asking_on_wakes_nobody_who_is_out(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AnswerCase, case, explanation="Så här blev det.", problems=("6.2",), area="primarvard")
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(ANNA, c.WithdrawConsent, case, party="a2")
    await world.does(ANNA, c.AskOn, case, text="Men varför?")
    states = [registration.state for registration in (await world.case(case)).registrations]
    assert states == [State.IN_PROGRESS, State.CLOSED]


async def test_where_the_case_stands_is_never_told_by_who_is_out(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.LeaveCase, case, reason="Vårdcentralen svarar.")
    await world.does(ANNA, c.WithdrawCase, case)
    assert (await world.thread(case, ANNA)).status.state is State.WITHDRAWN


@pytest.mark.on_both_engines
async def test_a_unit_that_has_answered_finds_the_boards_question_in_its_queue(world: World) -> None:
    case = await in_progress(world)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=EVERYTHING, text="Ja")
    await world.does(OLLE, c.TakeCase, case)
    assert (await world.reading.queue(identity(KARIN))).rows == ()
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    queue = await world.reading.queue(identity(KARIN), "mine")
    assert ([row.case.id for row in queue.rows], queue.counts.mine) == ([case], 1)
    await world.does(KARIN, c.GiveStatement, case, text="Så här.")
    queue = await world.reading.queue(identity(KARIN), "mine")
    assert (queue.rows, queue.counts.mine) == ((), 0)


async def test_a_word_to_the_board_alone_answers_what_the_board_asked_and_tells_the_unit_nothing(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AskReporter, case, text="Vilken dag var det?")
    await world.does(KARIN, c.AskReporter, case, text="Vem talade du med?")
    before = await world.thread(case, KARIN)
    await world.does(ANNA, c.PostMessage, case, text="I fredags.", audience=c.Audience.CITIZEN_BOARD)
    states = [registration.state for registration in (await world.case(case)).registrations]
    assert states == [State.AWAITING_CITIZEN, State.IN_PROGRESS]
    assert await world.thread(case, KARIN) == before
    await world.does(ANNA, c.PostMessage, case, text="Med Karin.")
    last = (await world.thread(case, KARIN)).entries[-1].event
    assert isinstance(last, e.MessagePosted)
    assert last.resumes == ("r1",)
    assert (await world.case(case)).registrations[0].state is State.IN_PROGRESS


BOARD_AND_ONE = [(ANNA, c.Audience.CITIZEN_BOARD), (KARIN, c.Audience.UNIT_BOARD)]


@pytest.mark.parametrize(("who", "audience"), BOARD_AND_ONE)
@pytest.mark.parametrize("kind", [c.PostMessage, c.AskReporter])
async def test_a_reply_to_what_was_for_some_goes_to_everyone_only_when_that_is_said(
    world: World, who: Any, audience: c.Audience, kind: type[c.Command]
) -> None:
    if who is ANNA and kind is c.AskReporter:
        return
    case = await with_board(world)
    await world.does(who, c.PostMessage, case, text="Till alla.")
    await world.does(OLLE, c.PostMessage, case, text="Mellan oss?", audience=audience)
    with pytest.raises(AsksWider):
        await world.does(who, kind, case, text="Svaret.", client_id="the-same-id")
    await world.does(who, kind, case, text="Svaret.", client_id="the-same-id", widens=True)
    again = await world.does(who, kind, case, text="Svaret.", client_id="the-same-id")
    assert again.repeated
    await world.does(who, c.PostMessage, case, text="Mer till alla.")


@pytest.mark.parametrize(("who", "audience"), BOARD_AND_ONE)
async def test_a_private_reply_leaves_the_question_private_and_a_word_to_everyone_ends_it(
    world: World, who: Any, audience: c.Audience
) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.PostMessage, case, text="Mellan oss?", audience=audience)
    await world.does(who, c.PostMessage, case, text="Ja.", audience=audience)
    with pytest.raises(AsksWider):
        await world.does(who, c.PostMessage, case, text="Och mer.")
    await world.does(OLLE, c.PostMessage, case, text="Nu till alla.", widens=True)
    await world.does(who, c.PostMessage, case, text="Till alla.")


async def test_what_the_board_asks_the_care_in_a_statement_is_answered_between_them(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    assert await addressed_by(world, case, KARIN, OLLE, ANNA) == ["unit_board", "unit_board", "all"]
    with pytest.raises(AsksWider):
        await world.does(KARIN, c.PostMessage, case, text="Telefonen var trasig.")
    given = await world.does(KARIN, c.GiveStatement, case, text="Så här.")
    await world.does(OLLE, c.ReleaseStatement, case, statement=given.recorded[0].envelope.id)
    assert await addressed_by(world, case, KARIN, OLLE, ANNA) == ["all", "all", "all"]


async def test_ones_next_words_are_for_those_one_talks_with(world: World) -> None:
    case = await with_board(world)
    await world.does(ANNA, c.PostMessage, case, text="Bara till dig.", audience=c.Audience.CITIZEN_BOARD)
    assert await addressed_by(world, case, KARIN, OLLE, ANNA) == ["all", "citizen_board", "citizen_board"]
    await world.does(KARIN, c.PostMessage, case, text="Och vi två?", audience=c.Audience.UNIT_BOARD)
    assert await addressed_by(world, case, KARIN, OLLE, ANNA) == ["unit_board", "unit_board", "citizen_board"]
    # Nobody has asked Anna anything in private: turning to everyone again is hers to choose.
    await world.does(ANNA, c.PostMessage, case, text="Till alla.")
    assert await addressed_by(world, case, KARIN, OLLE, ANNA) == ["all", "all", "all"]


async def test_nothing_is_for_some_only_once_the_board_is_gone(world: World) -> None:
    case = await with_board(world)
    await world.does(OLLE, c.PostMessage, case, text="Mellan oss?", audience=c.Audience.CITIZEN_BOARD)
    await world.does(OLLE, c.LeaveCase, case, reason="Vårdcentralen svarar.")
    assert await addressed_by(world, case, ANNA) == ["all"]
    await world.does(ANNA, c.PostMessage, case, text="Hej.")


async def addressed_by(world: World, case: str, *who: Any) -> list[str]:
    """Whom each one's next words are for, if they choose nothing."""
    threads = [await world.thread(case, each) for each in who]
    return [addressed(thread.case, thread.actor).value for thread in threads]


async def test_a_unit_is_not_told_whether_the_board_still_waited(world: World) -> None:
    seen = []
    for privately in (False, True):
        case = await with_board(world)
        await world.does(OLLE, c.AskReporter, case, text="Vilken dag var det?")
        if privately:
            await world.does(ANNA, c.PostMessage, case, text="I fredags.", audience=c.Audience.CITIZEN_BOARD)
        await world.does(ANNA, c.PostMessage, case, text="I fredags var det.")
        thread = await world.thread(case, KARIN)
        seen.append((thread.entries[-1].event, [each.state for each in thread.case.registrations]))
    assert seen[0] == seen[1]
