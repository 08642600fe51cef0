"""A dialog within a case: staff ask by it, the reporter answers it, and everyone in the case reads the answers."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import pytest

from dialogs.errors import Invalid
from dialogs.load import load
from inbox.administration.definitions.commands import PublishDefinition
from inbox.administration.definitions.decide import decide, written
from inbox.administration.definitions.errors import BrokenDefinition, NoSuchDialog
from inbox.administration.definitions.events import DefinitionPublished
from inbox.administration.definitions.model import Definitions
from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase, NoSuchRequest, NotNow, NotYours
from inbox.cases.events import Answered, QuestionsAnswered, QuestionsAsked
from inbox.cases.views import case_for
from inbox.intake.drafts import Owner
from inbox.intake.library import Dialogs
from inbox.people.membership import actor_in
from tests.dialogs.visit import visit
from tests.inbox.intake.followup import ASKED, WORSE, filled, followup, plain
from tests.people import ANNA, BO, EKBACKEN, KARIN, OLLE, identity
from tests.world import World, world_in

BADLY = filled(feels={"choice": "worse"}, what={"text": "Jag sover inte."}, where={"unit": EKBACKEN})


@pytest.fixture
async def asking(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """A world with a dialog that is asked within cases."""
    with patch("tests.world.DIALOGS", Dialogs([load("complaint"), visit(), followup()])):
        async with world_in(tmp_path, database_url) as world:
            yield world


async def asked(world: World) -> tuple[str, str]:
    """Karin has asked Anna; the case and what was asked."""
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    outcome = await world.does(KARIN, c.AskQuestions, case, dialog="followup")
    return case, outcome.recorded[0].envelope.id


async def answers(world: World, who: Any, case: str, request: str, told: list[dict[str, str]]) -> Any:
    """Somebody answers."""
    return await world.does(
        who, c.AnswerQuestions, case, request=request, answers=msgspec.convert(told, tuple[c.Filled, ...])
    )


async def test_staff_ask_the_reporter_answers_and_both_read_it_in_the_words_that_were_shown(asking: World) -> None:
    case, request = await asked(asking)
    told = (await asking.thread(case, ANNA)).entries[-1].event
    assert isinstance(told, QuestionsAsked)
    assert (told.dialog, told.name) == ("followup/1", "Uppföljning")
    await answers(asking, ANNA, case, request, BADLY)
    for who in (ANNA, KARIN):
        event = (await asking.thread(case, who)).entries[-1].event
        assert isinstance(event, QuestionsAnswered)
        assert (event.request, event.name) == (request, "Uppföljning")
        assert event.answers == (
            Answered(step="feels", question=ASKED, lines=("Sämre",)),
            Answered(step="what", question=WORSE, lines=("Jag sover inte.",)),
            Answered(step="where", question="Var fick du vård sedan?", lines=("Ekbackens vårdcentral",)),
        )
    assert (await asking.case(case)).questions == ()


async def test_the_way_follows_from_the_answers_and_nothing_else_is_taken(asking: World) -> None:
    case, request = await asked(asking)
    with pytest.raises(Invalid) as missing:
        await answers(asking, ANNA, case, request, filled(feels={"choice": "worse"}))
    assert (missing.value.code, missing.value.step) == ("required", "what")
    with pytest.raises(Invalid) as aside:
        await answers(asking, ANNA, case, request, filled(feels={"choice": "better"}, what={"text": "Nej."}))
    assert (aside.value.code, aside.value.step) == ("not_on_path", "what")
    with pytest.raises(Invalid) as strange:
        await answers(asking, ANNA, case, request, filled(feels={"choice": "blue"}))
    assert strange.value.code == "unknown_choice"
    await answers(asking, ANNA, case, request, filled(feels={"choice": "better"}))


async def test_what_is_answered_is_not_answered_again_and_what_waits_is_not_asked_twice(asking: World) -> None:
    case, request = await asked(asking)
    assert (await asking.does(KARIN, c.AskQuestions, case, dialog="followup")).recorded == ()
    told = filled(feels={"choice": "better"})
    first = await asking.does(
        ANNA,
        c.AnswerQuestions,
        case,
        client_id="the-same-id",
        request=request,
        answers=msgspec.convert(told, tuple[c.Filled, ...]),
    )
    again = await asking.does(
        ANNA,
        c.AnswerQuestions,
        case,
        client_id="the-same-id",
        request=request,
        answers=msgspec.convert(told, tuple[c.Filled, ...]),
    )
    assert (again.repeated, again.recorded) == (True, first.recorded)
    with pytest.raises(NoSuchRequest):
        await answers(asking, ANNA, case, request, told)
    assert (await asking.does(KARIN, c.AskQuestions, case, dialog="followup")).recorded != ()


@pytest.mark.parametrize("name", ["complaint", "visit", "nothing"])
async def test_staff_ask_only_by_what_is_asked_within_a_case(asking: World, name: str) -> None:
    case = await asking.complains(ANNA)
    await asking.does(KARIN, c.TakeCase, case)
    with pytest.raises(NoSuchDialog):
        await asking.does(KARIN, c.AskQuestions, case, dialog=name)


async def test_who_asks_handles_the_case_and_who_answers_filed_it(asking: World) -> None:
    case = await asking.complains(ANNA)
    with pytest.raises(NotNow):
        await asking.does(KARIN, c.AskQuestions, case, dialog="followup")
    case, request = await asked(asking)
    with pytest.raises(NotYours):
        await asking.does(ANNA, c.AskQuestions, case, dialog="followup")
    with pytest.raises(NotYours):
        await answers(asking, KARIN, case, request, BADLY)
    for stranger in (BO, OLLE):
        with pytest.raises(NoSuchCase):
            await answers(asking, stranger, case, request, BADLY)


async def test_nobody_begins_a_case_by_what_is_asked_within_one(asking: World) -> None:
    with pytest.raises(NoSuchDialog):
        await asking.drafts.start("followup", "sv", Owner("a browser", ANNA.id))


async def test_what_an_authority_asked_is_asked_no_more_once_it_is_out(asking: World) -> None:
    case = await asking.complains_to_board(ANNA)
    await asking.does(OLLE, c.TakeCase, case)
    await asking.does(OLLE, c.AskQuestions, case, dialog="followup")
    stored = await asking.case(case)
    (waiting,) = stored.questions
    actor = actor_in(stored, (), identity(OLLE), asking.now)
    assert actor is not None
    assert case_for(stored, actor).questions == (waiting,)
    await asking.does(ANNA, c.WithdrawCase, case, reason="")
    with pytest.raises(NotNow):
        await answers(asking, ANNA, case, waiting.id, BADLY)


@pytest.mark.parametrize("kind", ["phone", "person", "address", "files"])
def test_what_is_private_is_not_asked_within_a_case(kind: str) -> None:
    it = plain()
    it["steps"][2] |= {"kind": kind}
    command = PublishDefinition(
        dialog="followup", number=1, client_id="12345678", content=written(msgspec.convert(it, type(followup())))
    )
    with pytest.raises(BrokenDefinition) as refused:
        decide(Definitions("followup"), command)
    assert "not_within_a_case" in {problem.code for problem in refused.value.problems}


def test_what_has_no_type_of_case_is_published_to_be_asked_within_one() -> None:
    command = PublishDefinition(dialog="followup", number=1, client_id="12345678", content=written(followup()))
    assert isinstance(decide(Definitions("followup"), command), DefinitionPublished)
