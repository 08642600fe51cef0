"""Where it happened, without script."""

from tests.handlers.teller import teller
from tests.house import House
from tests.people import BOARD, EKBACKEN, NOT_CONNECTED


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
    assert "Tar inte emot här än" in page.words


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
