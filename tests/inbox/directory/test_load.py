"""Directory files can be read, written and trusted; and what the fictional region and the real ones hold."""

from pathlib import Path

import pytest

from dialogs.schema.categories import load_categories
from inbox.directory.load import MITTLAND, BrokenDirectory, dump, load
from inbox.directory.model import LEVELS, Connection, Level, Ownership
from inbox.directory.tree import Directory

REAL_REGIONS = 21


@pytest.fixture(scope="module")
def mittland() -> Directory:
    return load(MITTLAND)


def test_mittland_has_units_on_all_four_levels(mittland: Directory) -> None:
    assert {unit.level for unit in mittland.units.values()} == set(LEVELS)
    assert len(mittland.units) >= 80


def test_mittland_has_three_care_providers_and_one_is_private(mittland: Directory) -> None:
    assert sorted(provider.ownership for provider in mittland.providers.values()) == [
        Ownership.PRIVATE,
        Ownership.PUBLIC,
        Ownership.PUBLIC,
    ]


FOLLOWING = {Connection.NOT_OPEN, Connection.ENDED}
"""They follow from the day."""


def test_mittland_has_units_that_are_not_connected_and_units_with_a_system_of_their_own(mittland: Directory) -> None:
    assert {unit.connection for unit in mittland.units.values()} == set(Connection) - FOLLOWING


def test_every_unit_that_cannot_receive_cases_offers_a_way_that_can(mittland: Directory) -> None:
    for unit in mittland.units.values():
        ways = mittland.ways_out(unit)
        assert ways.board is not None
        assert ways.board.connected
        assert unit.connected or ways.levels, unit.id


def test_nothing_made_up_stands_under_a_real_region(mittland: Directory) -> None:
    assert all(unit.feigned and mittland.region_of(unit).fictional for unit in mittland.units.values())
    assert all(unit.id.startswith("SE0000000001-") for unit in mittland.units.values())


def test_every_area_of_activity_is_one_that_cases_are_classified_by(mittland: Directory) -> None:
    areas = {unit.area for unit in mittland.units.values() if unit.level is not Level.PROVIDER and not unit.is_board}
    assert all(load_categories().area(area) for area in areas)


def test_no_phone_number_is_one_that_rings_at_somebodys_home(mittland: Directory) -> None:
    # Series that the Swedish authority keeps for fiction.
    kept = ("0980-31 92 ", "08-465 004 ", "1177")
    assert all(unit.phone.startswith(kept) for unit in mittland.units.values() if unit.phone)


def test_the_real_regions_are_shown_as_not_open_with_other_ways(mittland: Directory) -> None:
    closed = mittland.regions_not_open()
    assert len(closed) == REAL_REGIONS
    assert all(region.board and region.ways for region in closed)
    assert [region.name for region in mittland.open_regions()] == ["Region Mittland"]


def test_no_phone_number_is_made_up_for_a_real_board(mittland: Directory) -> None:
    told = {way.address for region in mittland.regions_not_open() for way in region.ways}
    assert told == {"", "1177.se"}


def test_organisation_numbers_of_the_real_regions_have_the_right_check_digit(mittland: Directory) -> None:
    assert all(_luhn(region.org_no) for region in mittland.regions_not_open())


def test_a_directory_that_is_written_reads_the_same(mittland: Directory, tmp_path: Path) -> None:
    file = tmp_path / "directory.json"
    dump(mittland, file)
    again = load(file)
    assert (again.regions, again.providers, again.units) == (mittland.regions, mittland.providers, mittland.units)


def test_a_file_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BrokenDirectory, match="no_such_file"):
        load(tmp_path / "nowhere.json")


@pytest.mark.parametrize("content", ["", "{", '{"units": [{"id": 1}]}', '{"unit": []}', "\udcff"])
def test_a_file_of_another_shape_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "directory.json"
    file.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(BrokenDirectory, match="unreadable"):
        load(file)


def _luhn(number: str) -> bool:
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(number)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
