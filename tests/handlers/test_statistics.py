"""Figures as people meet them: protected for everybody, as they are for those who work there, and as files."""

import csv
import io
import re

import pytest

from handlers.statistics.cells import Figures
from inbox.execution.reacting import Reacting
from inbox.reactions.statistics import REACTION
from inbox.statistics.protection import deviation
from inbox.storage.engine.bell import Came
from tests.filing import filed
from tests.house import House
from tests.people import ADA, ANNA, BO, EKBACKEN, KARIN, OLLE, TORGET


async def counted(house: House) -> None:
    """Everything that has happened is counted."""
    reacting = Reacting(house.parts.services.store, [REACTION], house.clock)
    while await reacting.go_on("statistics") in {Came.MORE, Came.LATER}:
        pass


@pytest.fixture
async def two_cases(house: House) -> House:
    """Two complaints about Ekbacken."""
    await filed(house, ANNA)
    await filed(house, BO)
    await counted(house)
    return house


async def test_everybody_sees_figures_and_no_number_below_five(two_cases: House) -> None:
    nobody = await two_cases.browser()
    page = await nobody.reads(f"/statistik?var=unit:{EKBACKEN}")
    assert "2026, färre än 5 ärenden" in page.words or re.search(r"2026, ([5-9]|1\d) ärenden", page.words)
    assert not re.search(r'class="num">[1-4]<', page.text)
    assert "Tal under fem visas som" in page.words


async def test_who_works_there_sees_the_numbers_of_their_own_unit_as_they_are_and_of_no_other(two_cases: House) -> None:
    karin = await two_cases.browser(KARIN)
    page = await karin.reads("/personal/statistik")
    assert "november 2026, 2 ärenden" in page.words
    assert "Därför ser du talen som de är." in page.words
    for other in ("nation", "region:99", f"unit:{TORGET}"):
        assert "Tal under fem visas som" in (await karin.reads(f"/personal/statistik?var={other}")).words
    # The board's own figures are the board's.
    assert "Tal under fem visas som" in (await karin.reads(f"/personal/statistik?var=unit:{EKBACKEN}&sida=namnd")).words


async def test_the_board_sees_its_own_region_as_it_is_and_the_care_protected(two_cases: House) -> None:
    olle = await two_cases.browser(OLLE)
    assert "Därför ser du talen som de är." in (await olle.reads("/personal/statistik")).words
    assert "Tal under fem visas som" in (await olle.reads("/personal/statistik?var=region:99&sida=vard")).words


async def test_who_may_not_read_cases_sees_what_everybody_sees(two_cases: House) -> None:
    ada = await two_cases.browser(ADA)
    assert "Tal under fem visas som" in (await ada.reads(f"/personal/statistik?var=unit:{EKBACKEN}")).words
    anna = await two_cases.browser(ANNA)
    assert "Därför ser du talen som de är." not in (await anna.get("/personal/statistik")).words


@pytest.mark.parametrize(
    "address", ["sida=x", "var=unit:nobody", "var=region:", "var=x", "ar=20266", "ar=1999", "ar=²026"]
)
async def test_what_makes_no_sense_in_an_address_is_refused(house: House, address: str) -> None:
    assert (await (await house.browser()).get(f"/statistik?{address}")).status == 422


async def test_files_say_what_the_page_says_and_hide_what_it_hides(two_cases: House) -> None:
    karin, nobody = await two_cases.browser(KARIN), await two_cases.browser()
    own = f"?var=unit:{EKBACKEN}"
    rows = list(csv.DictReader(io.StringIO((await karin.get(f"/personal/statistik.csv{own}")).text.lstrip("\ufeff"))))
    assert {(row["dimension"], row["value"]): row["number"] for row in rows}["all", ""] == "2"
    protected = (await nobody.get(f"/statistik.csv{own}")).text
    assert not re.search(r",[0-4]\r\n", protected)
    status, told = await nobody.api("GET", f"/statistik.json{own}")
    assert status == 200
    assert not told["exact"]
    assert all(one["number"] is None or one["number"] >= 5 for one in told["figures"])
    status, cube = await nobody.api("GET", f"/statistik.jsonstat{own}")
    assert cube["class"] == "dataset"
    assert cube["size"] == [len(cube["value"]), 1] == [len(cube["dimension"]["figure"]["category"]["index"]), 1]
    hidden = {at for at, number in enumerate(cube["value"]) if number is None}
    assert {int(at) for at in cube["status"]} == hidden


def test_nobody_learns_that_there_are_some_where_there_are_fewer_than_five() -> None:
    """What is not there and what fewer than five have looks alike, whatever deviates."""
    few = [(("nation", "", "sex", f"value{key}"), (number, key)) for key in range(300) for number in (1, 2, 3, 4)]
    for exact in (False, True):
        figures = Figures(dict(few), exact)
        listed = figures.values("nation", "sex")
        assert all(told is not None and (exact or told >= 5) for _, told in listed)
        assert bool(listed)
    assert Figures({}, exact=False).told("nation", "all") is None


def test_a_day_is_told_where_at_least_five_answers_lie_on_either_side_of_it() -> None:
    def days(number: int, *, exact: bool = False) -> Figures:
        # A key with which nothing deviates: what is asked here is the limit.
        key = next(key for key in range(1000) if deviation(key, number) == 0)
        cells = {("nation", "", "days", f"{day:03}"): (1, key if day == 1 else 0) for day in range(1, number + 1)}
        return Figures(cells, exact)

    assert days(9).day_of("nation", 0.5) is None
    assert days(10).day_of("nation", 0.5) == 5
    assert days(49).day_of("nation", 0.9) is None
    assert days(50).day_of("nation", 0.9) == 45
    assert days(3, exact=True).day_of("nation", 0.9) == 3
