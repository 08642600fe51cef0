"""Going through the guided chat as most people do: a question at a time, with a finger on a phone."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.stories.tools.people import Somebody

REPLIES = {"leave": "Klagomål", "about": "Mig själv", "recipient": "Mottagningen där det hände"}
"""Choices that are buttons, and send."""
CHOICES = {
    "when": "Jag vet inte",
    "themes": "Väntetid",
    "wants": "Få en förklaring",
    "answer_way": "I inkorgen här",
}
GO_ON = {"understood": "Det stämmer"}
"""What the button says that goes on, where it says something else than usual."""
Look = Callable[[Somebody], Awaitable[None]]


async def files_a_complaint(
    somebody: Somebody, title: str, text: str, looks: Look | None = None, signs_in: Look | None = None
) -> str:
    """From the start page to the receipt. The case's register number; every page on the way is looked at."""
    look = looks or _is_without_fault
    await somebody.goes_to("/")
    await look(somebody)
    await somebody.follows("Berätta")
    while question := await asked(somebody):
        await look(somebody)
        await _answers(somebody, question, title, text)
        await expect(somebody.page.locator(f"[data-question='{question}']")).to_have_count(0)
    await expect(somebody.page).to_have_url(re.compile("/beratta/granska"))
    await somebody.sees(text)
    await somebody.sees("Inget är skickat än")
    await look(somebody)
    await somebody.presses("Logga in och skicka")
    await look(somebody)
    await (signs_in or _is_picked)(somebody)
    await expect(somebody.page).to_have_url(re.compile("/beratta/granska"))
    await somebody.presses("Skicka in")
    await expect(somebody.page).to_have_url(re.compile("/kvitto/"))
    await look(somebody)
    number = re.search(r"RM \d{4}-\d{5}", await somebody.page.inner_text("main"))
    assert number is not None
    return number.group()


async def _is_picked(somebody: Somebody) -> None:
    await somebody.page.get_by_role("button", name=somebody.name).click()


async def asked(somebody: Somebody) -> str:
    """The id of the question that is asked now; empty when all are answered."""
    question = somebody.page.locator("[data-question]")
    await expect(somebody.page.get_by_role("heading", level=1)).to_be_visible()
    return await question.get_attribute("data-question") or "" if await question.count() else ""


async def _answers(somebody: Somebody, question: str, title: str, text: str) -> None:
    if question in REPLIES:
        await somebody.replies(REPLIES[question])
        return
    if question in CHOICES:
        await somebody.picks(CHOICES[question])
    elif question == "place":
        await _finds_place(somebody)
    elif question == "story":
        await somebody.fills("Berätta vad som hände", text)
    elif question == "more":
        await somebody.page.locator("[name=title--text]").fill(title)
    await somebody.presses(GO_ON.get(question, "Fortsätt"))


async def _finds_place(somebody: Somebody) -> None:
    """By searching; without script by the search button."""
    search = somebody.page.locator("[name=q]").first
    await search.fill("ekbackens vc")
    if not somebody.scripted:
        await somebody.presses("Sök")
        await somebody.page.get_by_label("Ekbackens vårdcentral").first.check()
        return
    option = somebody.page.get_by_role("option").first
    await expect(option).to_contain_text("Ekbackens vårdcentral")
    await option.click()


async def _is_without_fault(somebody: Somebody) -> None:
    """Nothing that axe objects to. Axe is a script itself: without script the same pages are not tried again."""
    if somebody.scripted:
        assert not await somebody.violations(), somebody.page.url
