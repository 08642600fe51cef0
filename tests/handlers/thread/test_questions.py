"""A dialog within a case, over the API and over plain forms."""

import re

import pytest

from inbox.storage import cases
from tests.filing import filed
from tests.handlers.sitting import Sitting, at_case
from tests.house import House, Page
from tests.inbox.intake.followup import ASKED, WORSE, filled, followup
from tests.people import ANNA, BO, KARIN
from tests.publishing import publish

LINK = re.compile(r'href="(/arende/[^"]+/fragor/[^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
BADLY = filled(feels={"choice": "worse"}, what={"text": "Jag sover inte."}, where={"skip": "1"})


def hidden(page: Page) -> dict[str, str]:
    """What the form of a page of the guided chat sends beside what is filled in."""
    return dict(HIDDEN.findall(page.text))


async def published(house: House) -> tuple[Sitting, Sitting, str]:
    """Anna and Karin at a case that Karin has taken, with a dialog that was published."""
    services = house.parts.services
    await publish(services.store, followup(), services.now, services.new_id)
    async with services.store.reading() as connection:
        await services.dialogs.refresh(connection)
    case = await filed(house, ANNA)
    anna, karin = await at_case(house, case, ANNA), await at_case(house, case, KARIN)
    await karin.browser.command("take_case", case)
    return anna, karin, case


async def asked(house: House) -> tuple[Sitting, Sitting, str, str]:
    """Karin has asked Anna; the case, and what was asked."""
    anna, karin, case = await published(house)
    services = house.parts.services
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


@pytest.mark.on_both_engines
async def test_staff_asks_at_the_desk_and_the_reporter_is_led_through_it_from_the_thread(house: House) -> None:
    """Without a script: by links and forms alone."""
    anna, karin, _ = await published(house)
    desk = await karin.opens()
    assert '<option value="followup">Uppföljning</option>' in desk.text
    await karin.browser.post(f"{karin.url}/ask_questions", {"client_id": house.new_id(), "dialog": "followup"})
    assert 'value="followup"' not in (await karin.opens()).text
    link = LINK.findall((await anna.opens()).text)[0]
    page = await anna.browser.get(link)
    assert ASKED in page.words
    for fields in ({"choice": "worse"}, {"text": "Jag sover inte."}, {"skip": "1"}):
        page = await anna.browser.post(page.path, {**hidden(page), **fields})
    assert page.path == "/beratta/granska", page.words
    assert "Ekbackens vårdcentral" in page.words
    assert "Alla som är med i ärendet läser dina svar." in page.words
    # It is one draft, however often the link is followed; and none of those that are to become cases.
    assert (await anna.browser.get(link)).path == "/beratta/granska"
    assert "Fortsätt" not in (await anna.browser.get("/hem")).words
    sent = hidden(page)
    told = await anna.browser.post("/beratta/skicka", sent)
    assert told.path == anna.url, told.words
    assert "Svar på frågorna: Uppföljning." in told.words
    assert f"{WORSE} Jag sover inte." in (await karin.opens()).words
    assert (await anna.browser.get(link)).path == anna.url
    again = await anna.browser.post("/beratta/skicka", sent)
    assert (await anna.opens()).words.count("Svar på frågorna: Uppföljning.") == 1, again.words


@pytest.mark.on_both_engines
async def test_nobody_answers_by_a_draft_of_somebody_else(house: House) -> None:
    anna, _, case, request = await asked(house)
    page = await anna.browser.get(f"{anna.url}/fragor/{request}")
    page = await anna.browser.post(page.path, {**hidden(page), "choice": "better"})
    page = await anna.browser.post(page.path, {**hidden(page), "skip": "1"})
    draft, _, revision = hidden(page)["revision"].partition(".")
    bo = await at_case(house, case, BO)
    assert (await bo.browser.get(f"{anna.url}/fragor/{request}")).status == 404
    told = {"request": request, "draft": draft}
    status, _ = await bo.browser.command("answer_questions", case, **told, revision=int(revision))
    assert status == 404
    status, reply = await anna.browser.command("answer_questions", case, **told, revision=int(revision) - 1)
    assert (status, reply["error"]["code"]) == (409, "stale_revision")
    status, _ = await anna.browser.command("answer_questions", case, **told, revision=int(revision))
    assert status == 201


async def test_what_is_answered_calls_for_help_as_other_words_do(house: House) -> None:
    anna, _, case, request = await asked(house)
    told = filled(feels={"choice": "worse"}, what={"text": "Jag vill inte leva längre."}, where={"skip": "1"})
    status, reply = await anna.browser.command("answer_questions", case, request=request, answers=told)
    assert (status, bool(reply.get("urgent"))) == (201, True), reply
