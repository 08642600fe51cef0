"""A third type of case is data alone: here a question, of which nothing is counted and no date is set."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from msgspec.structs import replace

from inbox.cases import case_types
from inbox.intake.drafts import Owner
from tests.dialogs.visit import TOLD, visit
from tests.handlers.teller import Teller, teller
from tests.house import House
from tests.people import ANNA, EKBACKEN, KARIN
from tests.publishing import publish

TYPE = """
[[types]]
id = "question"
icon = "info"
ends = ["answer_case", "withdraw_case"]

[types.words.sv]
kind = "Fråga till mottagningen"
ended = "En fråga."
review = { care = "Mottagningen läser din fråga.", board = "Nämnden läser din fråga." }
receipt = { care = "Mottagningen svarar före besöket.", board = "Nämnden svarar." }

[types.words.en]
kind = "Question"
review = { care = "The clinic reads your question.", board = "The board reads it." }
"""
STAGES = "Utreds"


@pytest.fixture
def with_questions(tmp_path: Path) -> Iterator[None]:
    """The types of a copy of the file, with one more."""
    copy = tmp_path / "case_types.toml"
    copy.write_bytes(case_types.FILE.read_bytes() + TYPE.encode())
    with patch.dict(case_types.CASE_TYPES, case_types.read(copy.read_bytes())):
        yield


async def asks(house: House) -> tuple[Teller, str]:
    """Anna asks by a dialog whose cases are questions; the case."""
    services = house.parts.services
    await publish(services.store, replace(visit(), case_type="question"), services.now, services.new_id)
    async with services.store.reading() as connection:
        await services.dialogs.refresh(connection)
    await services.drafts.start("visit", "sv", Owner("a browser of hers", ANNA.id))
    anna = await teller(house, ANNA)
    review = await anna.tells({**TOLD, "clinic": {"unit": EKBACKEN}})
    assert "Mottagningen läser din fråga." in review.words
    receipt = await anna.sends()
    assert "Mottagningen svarar före besöket." in receipt.words
    assert STAGES not in receipt.words
    assert "Svar senast" not in receipt.words
    return anna, receipt.path.rpartition("/")[2]


@pytest.mark.usefixtures("with_questions")
@pytest.mark.on_both_engines
async def test_a_third_type_goes_from_filing_to_its_answer_by_data_alone(house: House) -> None:
    anna, case = await asks(house)
    karin, url = await house.browser(KARIN), f"/personal/arende/{case}"
    assert url in (await karin.get("/personal?visa=alla")).text
    await karin.command("take_case", case)
    desk = await karin.get(url)
    assert "Fråga till mottagningen" in desk.words
    # It cannot be referred, and nothing offers it.
    assert "refer_case" not in desk.text
    refused = await karin.command("refer_case", case, reason="Inte hos oss.", turn_to="Vårdguiden")
    assert (refused[0], refused[1]["error"]["code"]) == (409, "not_this_type")
    form = await karin.get(f"{url}/avsluta")
    assert "Kategori" not in form.words
    fields = {name: form.field(name) for name in ("client_id", "seen")}
    answered = await karin.post(f"{url}/answer_case", {**fields, "explanation": "Ja, det går bra."})
    assert answered.status == 200, answered.words
    stored, _ = await house.parts.services.reading.bare(case)
    assert (stored.type, stored.registrations[0].state, stored.registrations[0].goal) == ("question", "closed", None)
    assert "Ja, det går bra." in (await anna.opens(f"/arende/{case}/svar")).words
    # There is no time for asking on.
    status, told = await anna.browser.command("ask_on", case, text="Och på fredag?")
    assert (status, told["error"]["code"]) == (409, "not_now")


@pytest.mark.usefixtures("with_questions")
async def test_it_stands_among_what_has_ended_by_its_own_word(house: House) -> None:
    anna, case = await asks(house)
    status, _ = await anna.browser.command("withdraw_case", case, reason="")
    assert status == 201
    assert "En fråga." in (await anna.opens("/hem")).words
