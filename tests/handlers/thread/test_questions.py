"""A dialog within a case, over the API and over plain forms."""

import pytest

from inbox.storage import cases
from tests.filing import filed
from tests.handlers.sitting import Sitting, at_case
from tests.house import House
from tests.inbox.intake.followup import ASKED, WORSE, filled, followup
from tests.people import ANNA, KARIN
from tests.publishing import publish

BADLY = filled(feels={"choice": "worse"}, what={"text": "Jag sover inte."}, where={"skip": "1"})


async def asked(house: House) -> tuple[Sitting, Sitting, str, str]:
    """Karin has asked Anna by a dialog that was published; the case, and what was asked."""
    services = house.parts.services
    await publish(services.store, followup(), services.now, services.new_id)
    async with services.store.reading() as connection:
        await services.dialogs.refresh(connection)
    case = await filed(house, ANNA)
    anna, karin = await at_case(house, case, ANNA), await at_case(house, case, KARIN)
    await karin.browser.command("take_case", case)
    status, told = await karin.browser.command("ask_questions", case, dialog="followup")
    assert status == 201, told
    async with services.store.reading() as connection:
        stored = await cases.load_case(connection, case)
    assert stored is not None
    return anna, karin, case, stored.questions[0].id


@pytest.mark.on_both_engines
async def test_a_program_asks_and_another_answers_and_both_threads_show_it(house: House) -> None:
    anna, karin, case, request = await asked(house)
    assert "Ekbackens vårdcentral ställer frågor: Uppföljning." in (await anna.opens()).words
    status, told = await anna.browser.command("answer_questions", case, request=request, answers=BADLY[:1])
    assert (status, told["error"]["code"]) == (422, "required")
    status, told = await anna.browser.command("answer_questions", case, request=request, answers=BADLY)
    assert status == 201, told
    for reader in (anna, karin):
        words = (await reader.opens()).words
        assert "Svar på frågorna: Uppföljning." in words
        assert f"{ASKED} Sämre {WORSE} Jag sover inte." in words
    assert "Jag sover inte." in (await anna.opens("/utskrift")).words


@pytest.mark.on_both_engines
async def test_a_plain_form_asks_and_answers(house: House) -> None:
    anna, karin, _, request = await asked(house)
    fields = {f"{each['step']}.{each['field']}": each["text"] for each in BADLY}
    page = await anna.browser.post(
        f"{anna.url}/answer_questions", {"client_id": house.new_id(), "request": request, **fields}
    )
    assert page.path == anna.url, page.words
    assert "Jag sover inte." in page.words
    again = await karin.browser.post(f"{karin.url}/ask_questions", {"client_id": house.new_id(), "dialog": "followup"})
    assert again.words.count("ställer frågor: Uppföljning.") == 2


async def test_what_is_answered_calls_for_help_as_other_words_do(house: House) -> None:
    anna, _, case, request = await asked(house)
    told = filled(feels={"choice": "worse"}, what={"text": "Jag vill inte leva längre."}, where={"skip": "1"})
    status, reply = await anna.browser.command("answer_questions", case, request=request, answers=told)
    assert (status, bool(reply.get("urgent"))) == (201, True), reply
