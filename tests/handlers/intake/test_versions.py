"""A new version of the questions is published while people answer the one before."""

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from dialogs.load import load
from inbox.intake.drafts import Owner
from inbox.storage import schema as s
from server.process.delivered import OtherContent, bring_in
from tests.dialogs.visit import TOLD, visit
from tests.handlers.teller import teller
from tests.house import House
from tests.people import ANNA, BO, EKBACKEN, KARIN
from tests.publishing import ASKED, next_version, publish


async def publishes(house: House) -> None:
    """Somebody publishes the next version; this process looks, as it does twice a second."""
    services = house.parts.services
    await publish(services.store, next_version(), services.now, services.new_id)
    async with services.store.reading() as connection:
        await services.dialogs.refresh(connection)


@pytest.mark.on_both_engines
async def test_a_draft_goes_on_to_its_receipt_in_the_version_it_began_with(house: House) -> None:
    anna, bo = await teller(house, ANNA), await teller(house, BO)
    await anna.tells(until="/beratta/themes")
    await publishes(house)
    assert ASKED in (await bo.opens("/beratta")).words
    assert ASKED not in (await anna.opens("/beratta/leave")).words
    await anna.opens("/beratta/themes")
    await anna.tells()
    cases = []
    for each in (anna, bo):
        await each.tells()
        page = await each.sends()
        assert page.path.startswith("/kvitto/"), page.words
        cases.append(page.path.rpartition("/")[2])
    dialogs = [(await house.parts.services.reading.bare(case))[0].dialog for case in cases]
    assert dialogs == ["complaint/2", "complaint/3"]


@pytest.mark.on_both_engines
@pytest.mark.parametrize("leave", ["complaint", "suggestion", "praise"])
async def test_a_draft_from_before_the_story_came_first_is_asked_to_its_end_as_it_began(
    house: House, leave: str
) -> None:
    services, owner = house.parts.services, Owner("a browser of hers", ANNA.id)
    draft = (await services.drafts.start("complaint", "sv", owner)).id
    first = update(s.draft).where(s.draft.c.id == draft).values(dialog="complaint/1")
    await services.store.writer.do(lambda connection: connection.execute(first))
    anna = await teller(house, ANNA, f"/beratta?utkast={draft}")
    await anna.tells({"leave": {"choice": leave}, "about": {"choice": "relative"}})
    asked = {page.path.rpartition("/")[2] for page in anna.seen}
    assert asked & {"happened", "idea", "praise_text"}
    assert not asked & {"story", "understood", "more"}
    page = await anna.sends()
    assert page.path.startswith("/kvitto/"), page.words
    stored, _ = await services.reading.bare(page.path.rpartition("/")[2])
    assert stored.dialog == "complaint/1"


async def test_a_draft_of_a_version_that_cannot_be_read_is_refused_by_name_and_hides_no_other(house: House) -> None:
    anna = await teller(house, ANNA)
    await anna.says(choice="complaint")
    services = house.parts.services
    await services.store.writer.do(lambda connection: connection.execute(update(s.draft).values(dialog="complaint/9")))
    page = await anna.opens("/beratta")
    assert (page.status, "Vi kan inte visa frågorna just nu" in page.words) == (503, True)
    assert (await anna.opens("/hem")).status == 200


async def test_what_is_delivered_is_stored_once_and_never_under_a_number_that_asks_something_else(
    house: House,
) -> None:
    services = house.parts.services
    store, other = services.store, next_version()
    await publish(store, other, services.now, services.new_id)
    for delivered in (load("complaint"), other):
        await bring_in(store, [delivered], services.dialogs, services.now, services.new_id)
    async with store.reading() as connection:
        assert len((await connection.execute(s.dialog_event.select())).all()) == 3
    with pytest.raises(OtherContent, match="complaint/3 is stored with another content"):
        await bring_in(store, [replace(other, statistics=())], services.dialogs, services.now, services.new_id)


@pytest.mark.on_both_engines
async def test_another_dialog_goes_from_its_questions_to_the_thread_and_no_code_names_its_steps(house: House) -> None:
    services = house.parts.services
    await publish(services.store, visit(), services.now, services.new_id)
    async with services.store.reading() as connection:
        await services.dialogs.refresh(connection)
    await services.drafts.start("visit", "sv", Owner("a browser of hers", ANNA.id))
    anna = await teller(house, ANNA)
    assert "Vilken mottagning?" in anna.page.words
    page = await anna.tells({**TOLD, "clinic": {"unit": EKBACKEN}})
    assert "Hur kommer du? Med buss" in page.words
    case = (await anna.sends()).path.rpartition("/")[2]
    stored, _ = await services.reading.bare(case)
    assert (stored.dialog, stored.type, stored.place) == ("visit/1", "praise", EKBACKEN)
    karin = await house.browser(KARIN)
    thread = await karin.get(f"/personal/arende/{case}")
    assert "Kan jag få träffa samma läkare?" in thread.words
    await anna.opens(f"/arende/{case}")
    assert "Kan jag få träffa samma läkare?" in anna.page.words
