"""The picker finds what people mean, whatever they type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.directory.index import Field, Index, build
from inbox.directory.load import MITTLAND, load
from inbox.directory.model import Connection
from inbox.directory.search import Hit, search
from tests.inbox.directory.builders import a_directory, a_unit

MITTLAND_INDEX = build(load(MITTLAND))


def names(hits: list[Hit]) -> list[str]:
    return [hit.unit.name for hit in hits]


def index_of(*units: str) -> Index:
    return build(a_directory(*(a_unit(f"U{number}", name) for number, name in enumerate(units))))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Ekbackens vårdcentral", "Ekbackens vårdcentral"),
        ("EKBACKENS VARDCENTRAL", "Ekbackens vårdcentral"),
        ("ekb", "Ekbackens vårdcentral"),
        ("ekbacka vc", "Ekbackens vårdcentral"),
        ("hälsocentral ekbacka", "Ekbackens vårdcentral"),
        ("vårdcentralen i Björkhamn", "Björkhamns vårdcentral"),
        ("ekbacksvägen", "Ekbackens vårdcentral"),
        ("LS", "Lindby sjukhus"),
        ("Lindby lasarett", "Lindby sjukhus"),
        ("akuten lindby", "Akutmottagningen Lindby sjukhus"),
        ("bup sjöstad", "BUP Sjöstad"),
        ("barn och ungdomspsykiatri lindby", "BUP Lindby"),
        ("gyn", "Gynekologiska mottagningen Lindby sjukhus"),
        ("tandläkare sjöstad", "Folktandvården Sjöstad"),
        ("patientnämnd", "Patientnämnden i Region Mittland"),
    ],
)
def test_name_other_name_abbreviation_town_and_street_all_lead_there(query: str, expected: str) -> None:
    assert expected in names(search(MITTLAND_INDEX, query))[:2]


@pytest.mark.parametrize(
    "slip", ["ekbacens", "ekbackkens", "ekbafkens", "ekbcakens", "wkbackens", "kebackens", "ekbackenss"]
)
def test_one_slip_a_word_is_forgiven_wherever_it_is(slip: str) -> None:
    assert names(search(MITTLAND_INDEX, f"{slip} vårdcntral"))[0] == "Ekbackens vårdcentral"


def test_a_word_that_is_only_begun_may_have_a_slip_too() -> None:
    assert names(search(MITTLAND_INDEX, "ögonmottagnng lin"))[0] == "Ögonmottagningen Lindby sjukhus"


def test_a_slip_that_makes_another_known_word_is_forgiven_when_little_fits() -> None:
    index = index_of("Linby tandvård", "Lindby vårdcentral")
    assert names(search(index, "linby vårdcentral"))[0] == "Lindby vårdcentral"


def test_a_word_nobody_has_does_not_hide_the_rest() -> None:
    assert names(search(MITTLAND_INDEX, "min läkare ekbackens vårdcentral"))[0] == "Ekbackens vårdcentral"


def test_the_exact_name_comes_first() -> None:
    index = index_of("Lindby sjukhus röntgen", "Lindby sjukhus", "Akuten Lindby sjukhus")
    assert names(search(index, "lindby sjukhus"))[0] == "Lindby sjukhus"


def test_a_name_counts_more_than_another_name_and_that_more_than_a_town() -> None:
    directory = a_directory(
        a_unit("A", "Alfa", town="Ekby"),
        a_unit("B", "Beta", other_names=("Ekby",)),
        a_unit("C", "Centralen Ekby"),
    )
    hits = search(build(directory), "ekb")
    assert [hit.matched_on for hit in hits] == [Field.NAME, Field.OTHER_NAME, Field.PLACE]


def test_connected_units_come_first_when_they_fit_as_well() -> None:
    directory = a_directory(
        a_unit("A", "Alfa ögon", connection=Connection.NOT_CONNECTED),
        a_unit("B", "Beta ögon"),
    )
    assert names(search(build(directory), "ögon")) == ["Beta ögon", "Alfa ögon"]


def test_the_own_region_comes_first_when_units_fit_as_well() -> None:
    index = build(a_directory(a_unit("A", "Alfa ögon", region="91"), a_unit("B", "Beta ögon", region="92")))
    assert names(search(index, "ögon", region="92"))[0] == "Beta ögon"


def test_another_region_is_still_found() -> None:
    index = build(a_directory(a_unit("A", "Alfa ögon", region="91")))
    assert names(search(index, "ögon", region="92")) == ["Alfa ögon"]


def test_no_more_than_asked_for() -> None:
    assert len(search(MITTLAND_INDEX, "lindby", limit=3)) == 3


@pytest.mark.parametrize("query", ["", "   ", "!!!", "\u0308", "xqzwx"])
def test_what_means_nothing_finds_nothing(query: str) -> None:
    assert search(MITTLAND_INDEX, query) == []


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(0, 20), st.sampled_from([None, "99", "77"]))
def test_no_text_makes_the_search_fail(query: str, limit: int, region: str | None) -> None:
    assert len(search(MITTLAND_INDEX, query, limit, region)) <= limit


@settings(deadline=None)
@given(st.data())
def test_every_unit_is_found_by_its_own_name(data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(MITTLAND_INDEX.units))
    assert search(MITTLAND_INDEX, unit.name)[0].unit.name == unit.name
