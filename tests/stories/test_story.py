"""Anna files on her phone, Karin answers at her desk, and the answer lies in Anna's inbox."""

import re

import pytest
from playwright.async_api import expect

from tests.stories.tools.filing import files_a_complaint
from tests.stories.tools.people import PHONE, Somebody, Town

pytestmark = pytest.mark.browser
TITLE = "Tre löften om att ringa"
TEXT = "Jag bad om att bli uppringd tre gånger. Ingen ringde."


@pytest.mark.everywhere
@pytest.mark.on_both_engines
async def test_anna_files_karin_answers_and_the_answer_lies_in_the_inbox(town: Town) -> None:
    anna, karin = await town.person("Anna Lindqvist", PHONE), await town.karin()
    await without_fault(karin)
    number = await files_a_complaint(anna, TITLE, TEXT)
    await anna.follows("Öppna ärendet")
    await anna.is_live()
    await anna.sees("Inskickat")
    await without_fault(anna)

    await karin.opens_thread(TITLE)
    await karin.sees(number)
    await karin.sees(TEXT)
    await without_fault(karin)
    await karin.presses("Ta ärendet")
    await expect(karin.composer).to_be_focused()
    await expect(karin.page.locator("[data-row] [aria-current]")).to_be_in_viewport()
    await anna.sees("En handläggare på Ekbackens vårdcentral har tagit hand om ärendet.")
    await karin.is_live()
    await karin.notes("Kolla telefonloggen.")
    await karin.writes("Hej Anna! Vi tittar på det i dag.")
    await anna.sees("Hej Anna! Vi tittar på det i dag.")
    await anna.writes("Tack, jag väntar.")
    await karin.sees("Tack, jag väntar.")
    await anna.sees_no("Kolla telefonloggen.")

    await karin.follows("Svara och avsluta")
    await without_fault(karin)
    await karin.presses("Förhandsgranska")
    await karin.sees("Skriv en förklaring av vad som hände.")
    await without_fault(karin)
    await karin.page.locator("[name=explanation]").fill("Uppringningen var avstängd på vår sida.")
    await karin.page.locator("[name=measure_text]").first.fill("Vi har slagit på den och provat.")
    await karin.page.locator("[name=regret]").fill("Vi beklagar att du fick vänta.")
    await karin.presses("Förhandsgranska")
    await karin.sees_no("Skriv en förklaring av vad som hände.")
    await karin.presses("Skicka svar och avsluta")
    await expect(karin.page).not_to_have_url(re.compile("avsluta"))
    await without_fault(karin)

    await anna.goes_to("/hem")
    await anna.sees("Nytt svar")
    await without_fault(anna)
    await anna.follows("Läs svaret")
    await anna.sees("Uppringningen var avstängd på vår sida.")
    await anna.sees("Vi har slagit på den och provat.")
    await anna.sees("Vi beklagar att du fick vänta.")
    assert "Karin" not in await anna.page.content()
    await without_fault(anna)
    await anna.presses("Ja")
    await without_fault(anna)
    assert not anna.faults + karin.faults


async def test_the_filing_goes_without_script(town: Town) -> None:
    anna = await town.person("Anna Lindqvist", PHONE, script=False)
    number = await files_a_complaint(anna, TITLE, TEXT)
    await anna.follows("Öppna ärendet")
    await anna.sees(TEXT)
    karin = await town.karin(script=False)
    await karin.goes_to("/personal?visa=alla")
    await karin.follows(TITLE)
    await karin.sees(number)


async def without_fault(somebody: Somebody) -> None:
    """The page that somebody is at has nothing that axe objects to."""
    assert not await somebody.violations(), somebody.page.url
