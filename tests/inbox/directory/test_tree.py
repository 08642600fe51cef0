"""Who belongs to whom, and where to turn instead."""

from inbox.directory.model import Channel, Connection, Level
from inbox.directory.tree import Directory
from tests.inbox.directory.builders import a_directory, a_unit, hsa


def hospital(*, clinic: Connection = Connection.CONNECTED) -> Directory:
    return a_directory(
        a_unit("TOP"),
        a_unit("HOSPITAL", level=Level.AREA, parent="TOP"),
        a_unit("CLINIC", level=Level.CLINIC, parent="HOSPITAL", connection=clinic),
        a_unit("WARD", level=Level.UNIT, parent="CLINIC", connection=Connection.NOT_CONNECTED),
    )


def test_a_unit_is_part_of_everything_above_it_nearest_first() -> None:
    directory = hospital()
    assert [unit.name for unit in directory.parents(directory.units[hsa("WARD")])] == ["CLINIC", "HOSPITAL", "TOP"]


def test_one_can_browse_from_the_care_provider_down_to_the_ward() -> None:
    directory = hospital()
    tops = [unit for unit in directory.children() if not unit.is_board]
    assert [unit.name for unit in tops] == ["TOP"]
    assert [unit.name for unit in directory.children(tops[0])] == ["HOSPITAL"]


def test_a_unit_that_is_not_connected_offers_the_levels_above_that_are() -> None:
    directory = hospital(clinic=Connection.EXTERNAL)
    ways = directory.ways_out(directory.units[hsa("WARD")])
    assert [unit.name for unit in ways.levels] == ["HOSPITAL", "TOP"]


def test_a_unit_alone_still_offers_the_board() -> None:
    directory = a_directory(a_unit("ALONE", connection=Connection.NOT_CONNECTED))
    ways = directory.ways_out(directory.units[hsa("ALONE")])
    assert ways.levels == ()
    assert ways.board is not None
    assert ways.board_name == "Patientnämnden 91"


def test_the_board_follows_the_units_region_wherever_the_citizen_lives() -> None:
    directory = a_directory(a_unit("HERE", region="91"), a_unit("THERE", region="92"))
    board = directory.board_of(directory.units[hsa("THERE")])
    assert board is not None
    assert board.region == "92"


def test_units_of_one_care_provider_are_kin_and_others_are_not() -> None:
    directory = a_directory(a_unit("ONE"), a_unit("TWO"), a_unit("THREE", provider="AV"))
    one, two, three = (directory.units[hsa(id)] for id in ("ONE", "TWO", "THREE"))
    assert directory.same_provider(one, two)
    assert not directory.same_provider(one, three)


def test_a_board_is_kin_to_nobody_not_even_to_itself() -> None:
    directory = a_directory(a_unit("ONE"))
    desk = directory.units[hsa("PN91")]
    assert directory.provider_of(desk) is None
    assert not directory.same_provider(desk, desk)
    assert not directory.same_provider(desk, directory.units[hsa("ONE")])


def test_register_numbers_begin_with_the_prefix_of_the_authority() -> None:
    directory = a_directory(a_unit("ONE", provider="AV"))
    assert directory.register_prefix_of(directory.units[hsa("ONE")]) == "AV"
    assert directory.register_prefix_of(directory.units[hsa("PN91")]) == "PN"
    assert directory.authority_of(directory.units[hsa("ONE")]) == hsa("AV")
    assert directory.authority_of(directory.units[hsa("PN91")]) == hsa("PN91")


def test_an_id_is_found_in_small_letters_too() -> None:
    assert a_directory(a_unit("ONE")).find("se0000000001-one") is not None


def test_an_unknown_id_is_not_found() -> None:
    assert a_directory().find("nobody") is None


def test_a_contact_card_says_phone_and_letter_only_when_they_are_known() -> None:
    directory = a_directory(a_unit("ONE"))
    ways = directory.ways_out(directory.units[hsa("ONE")])
    assert Channel.PHONE not in [way.channel for way in ways.contact]
