"""A broken directory is refused whole, and says by name what is wrong."""

import pytest
from msgspec.structs import replace

from inbox.directory.check import flaws
from inbox.directory.load import BrokenDirectory, directory_of
from inbox.directory.model import BoardInfo, CareProvider, Level, Region, Unit
from tests.inbox.directory.builders import a_desk, a_provider, a_region, a_unit, hsa

TOP = a_unit("TOP")
HOSPITAL = a_unit("HOSPITAL", level=Level.AREA, parent="TOP")
NO_DESK = BoardInfo("Patientnämnden")


def found(*units: Unit, regions: list[Region] | None = None, providers: list[CareProvider] | None = None) -> set[str]:
    """Names of what is wrong with these units in an otherwise good directory."""
    regions = [a_region()] if regions is None else regions
    providers = [a_provider(), a_provider("AV")] if providers is None else providers
    return {flaw.name for flaw in flaws(regions, providers, [a_desk(), *units])}


def test_a_good_directory_has_no_flaws() -> None:
    assert found(TOP, HOSPITAL) == set()


def test_a_parent_that_does_not_exist_is_named() -> None:
    assert found(HOSPITAL) == {"unknown_parent"}


def test_units_that_are_part_of_each_other_are_named() -> None:
    one = a_unit("ONE", level=Level.AREA, parent="TWO")
    two = a_unit("TWO", level=Level.CLINIC, parent="ONE")
    assert "cycle" in found(one, two)


def test_a_unit_that_is_part_of_itself_is_named() -> None:
    assert found(a_unit("ONE", parent="ONE")) == {"cycle"}


def test_an_id_used_twice_is_named_also_when_only_the_case_differs() -> None:
    assert found(TOP, TOP) == {"duplicate_id"}
    assert found(TOP, replace(TOP, id=TOP.id.replace("TOP", "top"))) == {"duplicate_id"}


@pytest.mark.parametrize(
    "id", ["", "TOP", "SE1-A", "SE0000000001-", "SE0000000001-Å", "SE0000000001-A\n", hsa("X" * 19)]
)
def test_an_id_that_is_no_hsa_id_is_named(id: str) -> None:
    assert found(replace(TOP, id=id)) == {"bad_hsa_id"}


def test_an_open_region_without_a_board_is_named() -> None:
    assert "open_region_without_board" in found(TOP, regions=[replace(a_region(), board=None)])


def test_an_open_region_whose_board_has_no_desk_is_named() -> None:
    assert "board_without_desk" in found(TOP, regions=[replace(a_region(), board=NO_DESK)])


def test_a_region_that_is_not_open_needs_no_desk() -> None:
    assert found(TOP, regions=[a_region(), Region("01", "Region", "0000000001", board=NO_DESK)]) == set()


def test_a_desk_that_is_no_board_is_named() -> None:
    region = replace(a_region(), board=BoardInfo("Patientnämnden", desk=TOP.id, register_prefix="PN"))
    assert "desk_of_another_kind" in found(TOP, regions=[region])


def test_a_board_without_register_prefix_is_named() -> None:
    region = replace(a_region(), board=BoardInfo("Patientnämnden", desk=hsa("PN91")))
    assert found(TOP, regions=[region]) == {"board_without_register_prefix"}


def test_a_unit_of_an_unknown_region_is_named() -> None:
    assert found(replace(TOP, region="77")) == {"unknown_region"}


def test_a_unit_of_an_unknown_provider_is_named() -> None:
    assert found(a_unit("ONE", provider="NOBODY")) == {"unknown_provider"}


def test_a_unit_of_an_unknown_kind_is_named() -> None:
    assert found(replace(TOP, kind="castle")) == {"unknown_kind"}


def test_a_unit_without_a_name_is_named() -> None:
    assert found(replace(TOP, name=" ")) == {"unit_without_name"}


def test_a_ward_that_hangs_in_the_air_is_named() -> None:
    assert found(a_unit("WARD", level=Level.UNIT)) == {"unit_without_parent"}


def test_a_hospital_below_a_ward_is_named() -> None:
    ward = a_unit("WARD", level=Level.UNIT, parent="TOP")
    assert found(TOP, ward, a_unit("HOSPITAL", level=Level.AREA, parent="WARD")) == {"parent_not_above"}


def test_a_unit_below_another_care_provider_is_named() -> None:
    assert found(TOP, a_unit("WARD", level=Level.UNIT, parent="TOP", provider="AV")) == {"parent_of_another_provider"}


def test_a_region_listed_twice_is_named() -> None:
    assert "duplicate_region" in found(TOP, regions=[a_region(), a_region()])


def test_a_broken_directory_cannot_be_made() -> None:
    with pytest.raises(BrokenDirectory, match=f"unknown_parent: {HOSPITAL.id}"):
        directory_of([a_region()], [a_provider()], [a_desk(), HOSPITAL])
