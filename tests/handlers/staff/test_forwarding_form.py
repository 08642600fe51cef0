"""Forwarding over plain pages."""

import pytest

from handlers.errors import SENTENCES
from tests.handlers.sitting import Sitting, anna_and_karin, at_case, typed_in
from tests.house import House
from tests.people import ASPELUNDA, EKBACKEN, FIA, SARA, TORGET


async def at_both(house: House) -> tuple[Sitting, Sitting, Sitting]:
    """Anna, Karin who has her case, and Sara at another unit."""
    anna, karin = await anna_and_karin(house)
    return anna, karin, await at_case(house, anna.url.rpartition("/")[2], SARA)


@pytest.mark.on_both_engines
async def test_the_case_moves_and_the_old_unit_loses_it_at_once(house: House) -> None:
    _, karin, sara = await at_both(house)
    await karin.sends("write_note", text="Bara på Ekbacken")
    assert (await sara.opens()).status == 404
    page = await karin.sends("forward_case", on="/vidare", unit=TORGET, reason="Det hände hos er.")
    assert page.path == "/personal"
    assert "Ärendet är vidarebefordrat." in page.words
    assert "RM 2026-00001" not in (await karin.browser.get("/personal?visa=alla")).words
    for rest in ("", "/avsluta", "/utskrift", "/vidare"):
        assert (await karin.opens(rest)).status == 404
    page = await sara.opens()
    assert "Jag ringde tre dagar i rad" in page.words
    assert "Bara på Ekbacken" not in page.text
    assert "28 dagar kvar" in page.words


async def test_anna_is_told_where_her_case_went_and_why(house: House) -> None:
    anna, karin, _ = await at_both(house)
    await karin.sends("forward_case", on="/vidare", unit=TORGET, reason="Det hände hos er.")
    page = await anna.opens()
    assert "Ärendet flyttades från Ekbackens vårdcentral till" in page.words
    assert "Skäl: Det hände hos er." in page.words


async def test_what_was_being_written_is_there_to_copy_when_the_case_has_gone(house: House) -> None:
    _, karin, _ = await at_both(house)
    writing = Sitting(karin.browser, karin.url)
    await writing.opens()
    await karin.sends("forward_case", on="/vidare", unit=TORGET, reason="Det hände hos er.")
    page = await writing.presses("post_message", text="En halv mening om")
    assert page.status == 404
    assert "En halv mening om" in page.text
    assert "Jag ringde" not in page.text


async def test_one_searches_among_the_own_providers_units_and_the_reason_stays(house: House) -> None:
    _, karin, _ = await at_both(house)
    await karin.opens("/vidare")
    page = await karin.presses("forward_case", q="akutmottagningen lindby", reason="Det var på akuten.", check="search")
    assert page.status == 200
    assert "Akutmottagningen Lindby sjukhus" in page.words
    assert typed_in(page, "reason") == "Det var på akuten."
    page = await karin.presses("forward_case", q="aspelunda", reason="", check="search")
    assert ASPELUNDA not in page.text
    assert "Listan visar inte alla enheter." not in page.words
    page = await karin.presses("forward_case", q="lindby", reason="", check="search")
    assert "Listan visar inte alla enheter." in page.words


@pytest.mark.parametrize(
    ("unit", "code"),
    [(ASPELUNDA, "other_provider"), (EKBACKEN, "same_unit"), ("SE-finns-inte", "no_such_unit")],
)
async def test_a_unit_that_does_not_do_is_told_beside_the_list(house: House, unit: str, code: str) -> None:
    _, karin, _ = await at_both(house)
    page = await karin.sends("forward_case", on="/vidare", unit=unit, reason="Det hände hos er.")
    assert page.status == 422
    assert SENTENCES[code] in page.words
    assert 'id="unit-error"' in page.text
    assert typed_in(page, "reason") == "Det hände hos er."


async def test_no_unit_and_no_reason_are_both_told(house: House) -> None:
    _, karin, _ = await at_both(house)
    page = await karin.sends("forward_case", on="/vidare", reason=" ")
    assert page.status == 422
    assert "Välj en enhet." in page.words
    assert "Skriv ett skäl." in page.words


async def test_who_distributes_forwards_without_reading(house: House) -> None:
    anna, _, sara = await at_both(house)
    fia = await at_case(house, anna.url.rpartition("/")[2], FIA)
    page = await fia.sends("forward_case", on="/vidare", unit=TORGET, reason="Fel enhet.")
    assert page.path == "/personal"
    assert "Fel enhet." in (await anna.opens()).words
    assert (await sara.opens()).status == 200


@pytest.mark.on_both_engines
async def test_the_same_forwarding_sent_twice_moves_it_once(house: House) -> None:
    anna, karin, _ = await at_both(house)
    await karin.opens("/vidare")
    fields = {"client_id": karin.page.field("client_id"), "unit": TORGET, "reason": "Det hände hos er."}
    first = await karin.browser.post(f"{karin.url}/forward_case", fields)
    second = await karin.browser.post(f"{karin.url}/forward_case", fields)
    assert (first.path, second.status) == ("/personal", 404)
    assert (await anna.opens()).words.count("Ärendet flyttades") == 1


async def test_one_looks_through_the_own_providers_units_and_the_reason_stays(house: House) -> None:
    _, karin, _ = await at_both(house)
    page = await karin.opens("/vidare")
    assert "Bläddra bland enheter" in page.words
    page = await karin.presses("forward_case", check="under:SE0000000001-RMHSV", reason="Det var på akuten.")
    assert "Region Mittland, hälso- och sjukvården" in page.words
    assert "under:SE0000000001-LS" in page.text
    page = await karin.presses("forward_case", check="under:SE0000000001-LS", reason="Det var på akuten.")
    assert "Akutkliniken Lindby sjukhus" in page.words
    assert 'value="SE0000000001-LSBILD"' in page.text, "a reception of the hospital"
    assert 'value="SE0000000001-LSIVA"' not in page.text, "one that takes no cases here"
    assert typed_in(page, "reason") == "Det var på akuten."
    page = await karin.presses("forward_case", unit="SE0000000001-LSBILD", reason="Det var på akuten.")
    assert page.path == "/personal"


@pytest.mark.parametrize("level", ["SE0000000001-ASPETOPP", "SE-finns-inte", ""])
async def test_another_providers_levels_cannot_be_looked_through(house: House, level: str) -> None:
    _, karin, _ = await at_both(house)
    await karin.opens("/vidare")
    page = await karin.presses("forward_case", check=f"under:{level}", reason="")
    assert "Lindby sjukhus" in page.words
    assert "Aspelunda" not in page.words
