"""Where a case stands, in words for each side: every state has them, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from dialogs.checks.lix import LIMIT, lix
from handlers.staff.due import left_words, tone_of_goal
from handlers.thread.status import ENDS, ended_words, now_words, state_words, status_view, tone_of
from handlers.view.locale import Locale
from inbox.cases.model import OPEN, Case, Party, PartyKind, Registration, Relation, State
from inbox.cases.status import status_of
from server.app import ROOT
from server.web.languages import load
from tests.people import BOARD, EKBACKEN
from tests.world import DIRECTORY

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WORDS = load(ROOT / "web" / "locales")
LANGUAGES = ("sv", "en")


def locale(language: str) -> Locale:
    """How to talk to somebody in a language, on the day of the tests."""
    return Locale(DIRECTORY, {}, WORDS.catalogue(language), language, NOW.date())


def case_in(state: State) -> Case:
    """A case whose only handling stands there."""
    registration = Registration(
        id="r1",
        party="a1",
        number="RM 2026-00001",
        owner=EKBACKEN,
        state=state,
        received_at=NOW,
        goal=date(2026, 12, 19),
        answered_at=NOW if state in {State.ANSWERED, State.CLOSED} else None,
        reply_until=NOW + timedelta(days=30) if state is State.ANSWERED else None,
        ended_at=NOW if state in ENDS else None,
    )
    return Case(
        id="1",
        version=1,
        type="complaint",
        dialog="complaint/1",
        language="sv",
        relation=Relation.SELF,
        title="Ingen svarade",
        themes=(),
        submitted_at=NOW,
        parties=(Party("reporter", PartyKind.REPORTER), Party("a1", PartyKind.PROVIDER, "SE0000000001-RM")),
        registrations=(registration,),
        heads={},
    )


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_for_both_sides_in_both_languages(state: State) -> None:
    told = set()
    for language in LANGUAGES:
        case = case_in(state)
        told.add((now_words(status_of(case), locale(language)), state_words(state, "Anna", locale(language))))
    assert len(told) == len(LANGUAGES)
    assert tone_of(state) in {"new", "active", "waiting", "done"}


def test_what_the_one_who_filed_it_reads_is_easy() -> None:
    # Together: a sentence of two words alone says nothing of how easy it is.
    stati = [status_of(case_in(state)) for state in State]
    told = [words(status, locale("sv")) for status in stati for words in (now_words, ended_words)]
    assert lix("\n".join(told).replace("Ekbackens vårdcentral", "Ekbacken")) <= LIMIT


@pytest.mark.parametrize("state", State)
def test_the_stages_say_how_far_it_has_come_and_promise_nothing(state: State) -> None:
    case = case_in(state)
    view = status_view(case, status_of(case), locale("sv"))
    assert len(view.stages) == (2 if state in ENDS else 4)
    assert [stage.state for stage in view.stages].count("now") <= 1
    assert view.goal == (date(2026, 12, 19) if state in OPEN or state is State.HANDED_OVER else None)
    if state in ENDS:
        assert "Svar" not in {stage.name for stage in view.stages}


def test_a_case_that_was_opened_is_told_as_read() -> None:
    case = case_in(State.RECEIVED)
    new, read = [status_view(case, status_of(case, read=read), locale("sv")).stages for read in (False, True)]
    assert [stage.state for stage in new][:2] == ["now", "next"]
    assert [stage.state for stage in read][:2] == ["done", "now"]


def test_the_day_of_the_answer_is_that_of_somebody_who_still_takes_part() -> None:
    case = case_in(State.ANSWERED)
    later = NOW + timedelta(days=2)
    out = replace(case.registrations[0], id="r2", party="a2", state=State.CLOSED, answered_at=later, ended_at=later)
    board = Party("a2", PartyKind.BOARD, "mittland", left=later)
    case = replace(case, parties=(*case.parties, board), registrations=(*case.registrations, out))
    assert [stage.detail for stage in status_view(case, status_of(case), locale("sv")).stages][-1] == "21 november"


@pytest.mark.parametrize("at_work", sorted(OPEN))
@pytest.mark.parametrize(
    ("language", "told", "come"),
    [
        ("sv", "Ekbackens vårdcentral har svarat. Patientnämnden ", "Från Ekbackens vårdcentral 21 november."),
        ("en", "Ekbackens vårdcentral has replied. Patientnämnden ", "From Ekbackens vårdcentral, 21 November."),
    ],
)
def test_where_one_has_answered_and_another_has_not_both_are_told(
    at_work: State, language: str, told: str, come: str
) -> None:
    case = case_in(State.CLOSED)
    board = replace(case_in(at_work).registrations[0], id="r2", party="a2", owner=BOARD, goal=date(2026, 12, 26))
    parties = (*case.parties, Party("a2", PartyKind.BOARD, "mittland"))
    case = replace(case, parties=parties, registrations=(*case.registrations, board))
    view = status_view(case, status_of(case), locale(language))
    assert view.now.startswith(told)
    assert [stage.state for stage in view.stages] == ["done", "done", "now", "done"]
    assert (view.stages[-1].detail, view.goal) == (come, date(2026, 12, 26))
    assert view.stages[2].detail.startswith("Patientnämnden ")
    # Whoever works with it again has not answered yet.
    alone = replace(case, registrations=(replace(case.registrations[0], state=at_work), board))
    assert [stage.state for stage in status_view(alone, status_of(alone), locale(language)).stages][-1] == "next"


def test_a_case_that_was_taken_back_is_told_as_that_whoever_referred_it_before() -> None:
    case = case_in(State.REFERRED)
    board = replace(case.registrations[0], id="r2", party="a2", state=State.WITHDRAWN)
    parties = (*case.parties, Party("a2", PartyKind.BOARD, "mittland"))
    case = replace(case, parties=parties, registrations=(*case.registrations, board))
    assert now_words(status_of(case), locale("sv")) == "Du har återkallat ärendet."


@pytest.mark.parametrize("state", State)
def test_where_nothing_can_be_written_it_is_said_why(state: State) -> None:
    said = ended_words(status_of(case_in(state)), locale("sv"))
    assert bool(said) == (state in {State.ANSWERED, State.CLOSED, State.WITHDRAWN, State.REFERRED})


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(6, "6 days left", ""), (5, "5 days left", "soon"), (-2, "2 days overdue", "late")],
)
def test_a_goal_is_a_goal_in_english_too(days: int, words: str, tone: str) -> None:
    goal = NOW.date() + timedelta(days=days)
    assert (left_words(goal, locale("en")), tone_of_goal(goal, locale("en"))) == (words, tone)


def test_a_day_of_another_year_is_told_with_its_year() -> None:
    assert locale("sv").day(date(2026, 10, 28)) == "28 oktober"
    assert locale("sv").day(date(2025, 10, 28)) == "28 oktober 2025"
    assert replace(locale("sv"), language="en").day(datetime(2026, 10, 27, 23, 30, tzinfo=UTC)) == "28 October"
