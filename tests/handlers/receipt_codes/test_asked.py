"""Whoever is known by a code alone is asked by a dialog within the case, and answers in a draft of their own."""

import pytest

from tests.handlers.receipt_codes.test_unnamed import filed, returns
from tests.handlers.thread.test_questions import LINK, hidden
from tests.house import Browser, House
from tests.inbox.intake.followup import ASKED, WORSE, followup
from tests.people import ANNA, KARIN
from tests.publishing import publish


async def asked(house: House) -> tuple[str, str, Browser]:
    """The code, the case, and Karin, who has asked."""
    services = house.parts.services
    await publish(services.store, followup(), services.now, services.new_id)
    async with services.store.reading() as connection:
        await services.dialogs.refresh(connection)
    _, code, case = await filed(house)
    karin = await house.browser(KARIN)
    assert (await karin.command("take_case", case))[0] == 201
    assert (await karin.command("ask_questions", case, dialog="followup"))[0] == 201
    return code, case, karin


@pytest.mark.on_both_engines
async def test_the_holder_of_a_code_is_led_through_what_is_asked_and_both_read_it(house: House) -> None:
    code, case, karin = await asked(house)
    browser, page = await returns(house, code)
    link = LINK.findall(page.text)[0]
    page = await browser.get(link)
    assert ASKED in page.words
    page = await browser.post(page.path, {**hidden(page), "choice": "worse"})
    # On another device it goes on where it was.
    browser, page = await returns(house, code)
    page = await browser.get(link)
    assert WORSE in page.words
    for fields in ({"text": "Jag sover inte."}, {"skip": "1"}):
        page = await browser.post(page.path, {**hidden(page), **fields})
    assert page.path == "/beratta/granska", page.words
    assert "Skicka in" in page.words
    assert "utan att logga in" not in page.words
    told = await browser.post("/beratta/skicka", hidden(page))
    assert told.path == f"/arende/{case}", told.words
    assert f"{WORSE} Jag sover inte." in (await karin.get(f"/personal/arende/{case}")).words


@pytest.mark.on_both_engines
async def test_nobody_else_opens_that_draft_nor_takes_it_over_by_signing_in_at_the_same_browser(house: House) -> None:
    code, case, _ = await asked(house)
    browser, page = await returns(house, code)
    link = LINK.findall(page.text)[0]
    page = await browser.get(link)
    page = await browser.post(page.path, {**hidden(page), "choice": "worse"})
    draft, _, revision = hidden(page)["revision"].partition(".")
    _, other, _ = await filed(house)
    stranger, _ = await returns(house, other)
    for somebody in (stranger, await house.browser(ANNA)):
        assert (await somebody.get(link)).status == 404
        assert WORSE not in (await somebody.get(f"/beratta?utkast={draft}")).words
        request = link.rpartition("/")[2]
        given = {"request": request, "draft": draft, "revision": int(revision)}
        assert (await somebody.command("answer_questions", case, **given))[0] == 404
    await browser.signs_in(ANNA)
    assert WORSE not in (await browser.get(f"/beratta?utkast={draft}")).words
    assert "Fortsätt" not in (await browser.get("/hem")).words
    browser, _ = await returns(house, code)
    assert WORSE in (await browser.get(link)).words


async def test_what_is_asked_within_a_case_is_not_mixed_with_something_new(house: House) -> None:
    code, _, _ = await asked(house)
    browser, page = await returns(house, code)
    link = LINK.findall(page.text)[0]
    page = await browser.get(link)
    within = await browser.post(page.path, {**hidden(page), "choice": "worse"})
    assert WORSE in within.words
    new = await browser.get("/beratta")
    assert "Vad vill du berätta om?" in new.words
    # A window in which the case's question stands goes on with that all the same.
    page = await browser.post(within.path, {**hidden(within), "text": "Jag sover inte."})
    assert "Var fick du vård sedan?" in page.words
