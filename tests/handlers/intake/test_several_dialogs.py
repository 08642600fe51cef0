"""Whoever comes is asked by the dialog that the address names; each draft keeps its own."""

import pytest

from inbox.intake.drafts import Owner
from tests.answered import USUAL
from tests.dialogs.visit import TOLD, visit
from tests.handlers.teller import Teller, teller
from tests.house import House
from tests.people import ANNA, EKBACKEN
from tests.publishing import publish

PLACE = {"unit": EKBACKEN}
VISIT = {**TOLD, "clinic": PLACE}
NOT_THERE = "De frågorna finns inte, eller används inte längre."


@pytest.fixture
async def asking(house: House) -> House:
    """The service, with a second dialog."""
    services = house.parts.services
    await publish(services.store, visit(), services.now, services.new_id)
    async with services.store.reading() as connection:
        await services.dialogs.refresh(connection)
    return house


async def again(anna: Teller, path: str) -> Teller:
    """Another window of the same browser."""
    return Teller(anna.browser, await anna.browser.get(path))


@pytest.mark.on_both_engines
async def test_the_address_names_the_dialog_and_the_draft_keeps_it_until_it_is_sent(asking: House) -> None:
    anna = await teller(asking, ANNA, "/beratta?fragor=visit")
    assert (anna.step, "Vilken mottagning?" in anna.page.words) == ("clinic", True)
    # Nothing is kept by looking; the form says what it is for.
    services = asking.parts.services
    assert await services.drafts.of(Owner("", ANNA.id)) == []
    await anna.sends_form(PLACE)
    assert anna.step == "arrives"
    await anna.opens("/hem")
    assert "Utkast: Inför besöket, Ekbackens vårdcentral" in anna.page.words
    await anna.opens("/beratta")
    assert anna.step == "arrives"
    await anna.tells(VISIT)
    case = (await anna.sends()).path.rpartition("/")[2]
    assert (await services.reading.bare(case))[0].dialog == "visit/1"


async def test_who_names_none_is_asked_as_before_and_who_names_a_unit_too_begins_there(asking: House) -> None:
    assert (await teller(asking)).step == "leave"
    assert (await teller(asking, path="/beratta?ny=1")).step == "leave"
    assert (await teller(asking, path=f"/beratta?fragor=visit&enhet={EKBACKEN}")).step == "arrives"


@pytest.mark.parametrize("name", ["nothing", "visit.1", "", "<b>"])
async def test_a_dialog_that_is_not_published_is_refused_in_words_and_changes_nothing(house: House, name: str) -> None:
    anna = await teller(house)
    await anna.sends_form(USUAL[anna.step])
    there = anna.step
    page = await anna.browser.get(f"/beratta?fragor={name}")
    assert (page.status, NOT_THERE in page.words) == (404, True)
    assert (await anna.opens("/beratta")).path.endswith(there)


async def test_two_windows_of_two_dialogs_answer_each_its_own(asking: House) -> None:
    first = await teller(asking, ANNA)
    await first.sends_form(USUAL[first.step])
    second = await again(first, "/beratta?fragor=visit")
    await second.sends_form(PLACE)
    # The other window is the older one by now, and its question is none of the second dialog's.
    before = first.step
    await first.sends_form(USUAL[before])
    assert (first.page.status, first.step != before) == (200, True)
    await second.sends_form(VISIT[second.step])
    assert (second.page.status, second.step) == (200, "asks")
    words = (await second.opens("/hem")).words
    assert "Utkast till klagomål" in words
    assert "Utkast: Inför besöket, Ekbackens vårdcentral" in words


async def test_a_first_answer_that_is_refused_is_asked_again_by_the_same_dialog(asking: House) -> None:
    anna = await teller(asking, path="/beratta?fragor=visit")
    await anna.says(unit="", text="")
    assert (anna.page.status, anna.step) == (422, "clinic")
    # Meanwhile another window begins the usual one.
    await anna.browser.get("/beratta?ny=1")
    await anna.sends_form(PLACE)
    assert anna.step == "arrives"


async def test_what_was_typed_for_a_draft_of_another_dialog_that_is_gone_is_shown(asking: House) -> None:
    anna = await teller(asking, ANNA, "/beratta?fragor=visit")
    await anna.sends_form(PLACE)
    await anna.says(choice="bus")
    (draft,) = await asking.parts.services.drafts.of(Owner("", ANNA.id))
    await asking.parts.services.drafts.discard(draft.draft.id, Owner("", ANNA.id))
    page = await anna.says(text="Kan jag få träffa samma läkare?")
    assert (page.status, "Kan jag få träffa samma läkare?" in page.words) == (404, True)


async def test_a_question_of_another_dialog_leads_to_where_one_stands(asking: House) -> None:
    anna = await teller(asking, ANNA)
    await anna.sends_form(USUAL[anna.step])
    there = anna.step
    assert (await anna.opens("/beratta/arrives")).path.endswith(there)
    assert (await anna.opens("/beratta/nowhere")).status == 404
