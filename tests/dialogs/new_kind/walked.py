"""Anna answers on a scale, in a copy to which the kind has been added: from the definition to the print at the desk."""

import json
import re

import msgspec
import pytest

from dialogs.checks.problems import problems
from dialogs.load import load
from dialogs.schema.model import Dialog
from inbox.cases.events import CaseSubmitted
from tests.handlers.teller import Teller, teller
from tests.house import House
from tests.people import ANNA, KARIN, identity

DIALOG = load("complaint")


async def asked(house: House) -> Teller:
    """Anna at the question."""
    anna = await teller(house, ANNA)
    await anna.tells(until="/beratta/pain")
    return anna


def test_the_definition_may_set_the_ends_and_nothing_else() -> None:
    assert DIALOG.version == 3
    assert {problem.code for problem in problems(_with(highest=0))} == {"refuses_all"}
    assert {problem.code for problem in problems(_with(highest="many"))} == {"bad_settings"}
    assert {problem.code for problem in problems(_with(colour="red"))} == {"bad_settings"}


def _with(**settings: int | str) -> Dialog:
    steps = tuple(
        msgspec.structs.replace(step, settings={**step.settings, **settings}) if step.id == "pain" else step
        for step in DIALOG.steps
    )
    return msgspec.structs.replace(DIALOG, steps=steps)


async def test_what_is_not_on_the_scale_is_refused_by_name_in_the_language_of_the_page(house: House) -> None:
    anna = await asked(house)
    assert re.findall(r'<input class="ds-input" type="radio" name="number" [^>]*value="(\d)"', anna.page.text) == [
        *"12345"
    ]
    for fields in ({}, {"number": "6"}, {"number": "fyra"}):
        page = await anna.sends_form(fields)
        assert (page.status, "Välj en siffra på skalan." in page.words) == (422, True)
    assert "Till exempel 5" in anna.page.words
    assert "Choose a number on the scale." in (await anna.sends_form({}, to="/beratta/pain?sprak=en")).words


@pytest.mark.on_both_engines
async def test_the_answer_is_kept_shown_changed_sent_and_printed(house: House) -> None:
    anna = await asked(house)
    await anna.says(number="3")
    page = await anna.opens("/beratta/pain")
    assert re.search(r'value="3" checked', page.text)
    await anna.says(number="4")
    page = await anna.tells()
    assert "Hur ont 4 av 5" in page.words
    case = (await anna.sends()).path.rpartition("/")[2]
    thread = await house.parts.services.reading.thread(case, identity(KARIN))
    sent = json.loads(
        next(entry.event.submission for entry in thread.entries if isinstance(entry.event, CaseSubmitted))
    )
    assert {"step": "pain", "field": "pain", "value": {"type": "scale", "number": 4, "highest": 5}} in sent["answers"]
    karin = await house.browser(KARIN)
    printed = await karin.get(f"/personal/arende/{case}/utskrift")
    assert "Hur ont gjorde det? 4 av 5" in printed.words
    assert thread.case.dialog == "complaint/3"


async def test_what_was_chosen_is_told_again_to_who_was_signed_out_meanwhile(house: House) -> None:
    anna = await asked(house)
    fields = {"revision": anna.page.field("revision"), "number": "4", "csrf": anna.browser.csrf}
    await anna.browser.signs_out()
    page = await anna.browser.post("/beratta/pain", fields)
    assert "Du valde 4" in page.words
