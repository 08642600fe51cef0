"""What a page's script asks for again and again: an answer comes only where something else is shown by now."""

from datetime import timedelta

import pytest

from inbox.intake.drafts import Owner
from inbox.storage.people import Person
from tests.filing import filed
from tests.handlers.sitting import at_case
from tests.house import Browser, House, Page
from tests.people import ANNA, KARIN, LARS

pytestmark = pytest.mark.on_both_engines


def version_on(page: Page) -> str:
    """What the page says it shows."""
    return page.text.split('data-version="')[1].split('"')[0]


async def newer(browser: Browser, path: str, version: str) -> int:
    """The status of the answer to a script that shows that version."""
    return (await browser.get(path, x_requested_with="fragment", x_version=version)).status


async def test_a_queue_is_sent_again_when_somebody_has_written_or_taken_a_case(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin, lars = [await house.browser(each) for each in (ANNA, KARIN, LARS)]
    version = version_on(await karin.get("/personal"))
    assert await newer(karin, "/personal", version) == 204
    await anna.command("post_message", case, text="Hej")
    assert await newer(karin, "/personal", version) == 200
    version = version_on(await karin.get("/personal?visa=alla"))
    await lars.command("take_case", case)
    assert await newer(karin, "/personal?visa=alla", version) == 200


async def test_a_home_is_sent_again_when_there_is_something_to_read_or_a_draft(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    await karin.command("take_case", case)
    version = version_on(await anna.get("/hem"))
    assert await newer(anna, "/hem", version) == 204
    await karin.command("post_message", case, text="Hej")
    assert await newer(anna, "/hem", version) == 200
    version = version_on(await anna.get("/hem"))
    await house.parts.services.drafts.start("complaint", "sv", Owner(key="another-device", person=ANNA.id))
    assert await newer(anna, "/hem", version) == 200


@pytest.mark.parametrize(("person", "path"), [(ANNA, "/hem"), (KARIN, "/personal")])
async def test_a_new_day_is_something_new(house: House, person: Person, path: str) -> None:
    await filed(house, ANNA)
    browser = await house.browser(person)
    version = version_on(await browser.get(path))
    house.clock.passes(timedelta(hours=16))
    await browser.signs_in(person)
    assert await newer(browser, path, version) == 200


async def test_a_question_is_sent_again_when_the_draft_was_changed_elsewhere(house: House) -> None:
    anna, other = await house.browser(ANNA), await house.browser(ANNA)
    page = await anna.get("/beratta?ny=1")
    await anna.post("/beratta/leave", {"revision": page.field("revision"), "choice": "complaint"})
    revision = (await anna.get("/beratta/leave")).field("revision")
    assert await newer(anna, "/beratta/leave", revision) == 204
    page = await other.get("/beratta/leave")
    await other.post("/beratta/leave", {"revision": page.field("revision"), "choice": "suggestion"})
    assert await newer(anna, "/beratta/leave", revision) == 200


async def test_who_has_no_script_gets_the_page_whatever_they_have_seen(house: House) -> None:
    anna = await house.browser(ANNA)
    version = version_on(await anna.get("/hem"))
    assert (await anna.get("/hem", x_version=version)).status == 200


async def test_nobody_learns_by_a_version_what_is_not_theirs(house: House) -> None:
    case = await filed(house, ANNA)
    karin = await at_case(house, case, KARIN)
    version = version_on(await karin.browser.get("/personal"))
    assert await newer(await house.browser(), "/personal", version) == 200
    page = await (await house.browser()).get("/personal", x_requested_with="fragment", x_version=version)
    assert page.path == "/logga-in"
