"""Where it happened, without script."""

import re

import pytest

from tests.handlers.teller import Teller, teller
from tests.house import House
from tests.people import BOARD, EKBACKEN, NOT_CONNECTED


@pytest.mark.on_both_engines
async def test_a_unit_is_found_with_a_slip_and_without_dots(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    page = await someone.opens("/beratta/place?q=ekbakens+vardcentral")
    assert f'value="{EKBACKEN}"' in page.text
    assert "Vårdcentral, Ekbacka" in page.words
    page = await someone.says(unit=EKBACKEN)
    assert page.path == "/beratta/when"


async def test_a_hit_that_takes_no_cases_here_says_so(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    page = await someone.opens("/beratta/place?q=österhamra")
    assert f'value="{NOT_CONNECTED}"' in page.text
    assert "Inte ansluten till tjänsten ännu" in page.words


MORE = "Fler passar. Skriv mer av namnet."


@pytest.mark.parametrize(("asked", "more"), [("ekbacka", True), ("ekbackens vårdcentral", False), ("qqqqq", False)])
async def test_a_list_of_hits_is_not_cut_in_silence(house: House, asked: str, *, more: bool) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    assert (MORE in (await someone.opens(f"/beratta/place?q={asked}")).words) is more


async def test_a_search_that_is_too_long_stays_whole_and_says_how_much_was_looked_for(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    told = "Vi sökte på de första 100 tecknen."
    asked = "ekbackens+vårdcentral+" + "x" * 100
    page = await someone.opens(f"/beratta/place?q={asked}")
    assert told in page.words
    assert asked.replace("+", " ") in page.text
    assert told not in (await someone.opens("/beratta/place?q=ekbackens")).words


async def test_where_nothing_is_found_one_can_say_it_in_words(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    page = await someone.opens("/beratta/place?q=qqqqq")
    assert "Vi hittar ingen sådan mottagning" in page.words
    assert "Skriv var det hände" in page.words
    assert "/andra-regioner" in page.text


async def test_the_board_is_not_a_place_of_care(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    page = await someone.opens("/beratta/place?q=patientnämnden")
    assert f'value="{BOARD}"' not in page.text


async def test_a_unit_that_does_not_exist_is_refused_in_plain_words(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    page = await someone.says(unit="SE0000000001-FINNSINTE")
    assert page.status == 422
    assert "Vi hittar inte mottagningen" in page.words


async def test_neither_unit_nor_words_is_refused_in_plain_words(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    page = await someone.says()
    assert page.status == 422
    assert "skriv med egna ord" in page.words


async def at_the_place(house: House) -> Teller:
    """Somebody who is asked where it happened, and looks through what there is."""
    someone = await teller(house)
    await someone.tells(until="/beratta/place")
    await someone.follows("Bläddra bland mottagningar")
    return someone


async def test_one_gets_to_a_unit_by_links_from_the_care_provider_down(house: House) -> None:
    someone = await at_the_place(house)
    for name in ("Region Mittland, hälso", "Primärvården Mittland", "Primärvården Södra"):
        await someone.follows(name)
    page = await someone.follows("Primärvården Mittland")
    assert "Alla vårdgivare Region Mittland, hälso- och sjukvården Primärvården Mittland" in page.words
    page = await someone.follows("Primärvården Södra")
    assert "Ekbackens vårdcentral Vårdcentral, Ekbacka" in page.words
    assert (await someone.says(to=someone.action(), unit=EKBACKEN)).path == "/beratta/when"


async def test_the_care_providers_are_told_with_how_much_is_below_them(house: House) -> None:
    page = (await at_the_place(house)).page
    assert "Alla vårdgivare 3 ställen Aspelunda Vård AB Vårdgivare, 2 ställen" in page.words
    assert "Patientnämnden i Region Mittland" not in page.words


async def test_a_level_can_be_picked_as_a_whole(house: House) -> None:
    someone = await at_the_place(house)
    await someone.follows("Region Mittland, hälso")
    page = await someone.follows("Lindby sjukhus")
    assert "Hela Lindby sjukhus Välj det om du inte vet vilken del det var." in page.words
    assert (await someone.says(to=someone.action(), unit="SE0000000001-LS")).path == "/beratta/when"
    page = await someone.opens("/beratta/place?under=SE0000000001-LSAKUT")
    assert "Lindby sjukhus Sjukhus" in page.words, "what was picked before can still be kept"
    page = await someone.opens("/beratta/place?under=SE0000000001-LS")
    assert page.text.count('value="SE0000000001-LS"') == 1


async def test_a_level_that_takes_no_cases_says_so_and_leads_to_where_one_can_turn(house: House) -> None:
    someone = await at_the_place(house)
    page = await someone.follows("Aspelunda Vård AB")
    assert "Aspelunda Vård, specialistvård Förvaltning, 1 ställe. Inte ansluten till tjänsten ännu" in page.words
    page = await someone.follows("Aspelunda Vård, specialistvård")
    assert "Hela Aspelunda Vård, specialistvård" in page.words
    assert "Tar emot i ett eget system" in page.words, "the reception below it"
    page = await someone.says(to=someone.action(), unit="SE0000000001-ASPESPEC")
    assert "Aspelunda Vård, specialistvård är inte ansluten till tjänsten ännu." in page.words
    assert "Till patientnämnden" in page.words
    # Back from there what was picked is still picked.
    page = await someone.follows("Tillbaka till valet av mottagning")
    assert page.path == "/beratta/place"
    assert re.search(r'value="SE0000000001-ASPESPEC"[^>]* checked', page.text)


async def test_who_picks_nothing_stays_on_the_level_and_is_told(house: House) -> None:
    someone = await at_the_place(house)
    await someone.follows("Region Mittland, hälso")
    page = await someone.says(to=someone.action())
    assert page.status == 422
    assert "Hela Region Mittland, hälso- och sjukvården" in page.words


@pytest.mark.parametrize("under", ["SE0000000001-FINNSINTE", BOARD, "<b>", ""])
async def test_a_level_that_does_not_exist_is_the_top(house: House, under: str) -> None:
    someone = await at_the_place(house)
    page = await someone.opens(f"/beratta/place?under={under}&ort=Ingenstans")
    assert (page.status, "Alla vårdgivare 3 ställen" in page.words) == (200, True)
