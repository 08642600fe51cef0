"""Under every box in which somebody tells what happened stands where to call: no list of words hears everything."""

import re

import pytest

from tests.handlers.sitting import ANSWER, anna_and_karin
from tests.handlers.teller import teller
from tests.house import House, Page

NUMBERS = ["112", "1177", "90101"]


@pytest.mark.parametrize("step", ["story", "consequences", "improvement"])
async def test_under_what_one_tells_the_guide_stands_where_to_call(house: House, step: str) -> None:
    someone = await teller(house)
    page = await someone.tells(until=f"/beratta/{step}")
    assert called_under_the_box(page) == NUMBERS


async def test_in_english_the_line_is_in_english(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/story")
    page = await someone.opens("/beratta/story?sprak=en")
    assert called_under_the_box(page) == NUMBERS
    assert "Do you need help right now?" in page.words


@pytest.mark.on_both_engines
async def test_under_what_one_writes_in_a_thread_stands_where_to_call(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    assert called_under_the_box(await anna.opens()) == NUMBERS
    assert called_under_the_box(await anna.opens("/aterta")) == NUMBERS
    assert "data-help-line" not in (await karin.opens()).text


async def test_under_what_one_asks_on_stands_where_to_call(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.answers(ANSWER)
    assert called_under_the_box(await anna.opens("/svar")) == NUMBERS


def called_under_the_box(page: Page) -> list[str]:
    """The numbers of the line after the page's writing box."""
    line = re.search(r"</textarea>.*?data-help-line(.*?)</p>", page.text, re.DOTALL)
    return re.findall(r'href="tel:(\d+)"', line.group(1)) if line else []
