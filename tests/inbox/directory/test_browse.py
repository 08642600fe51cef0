"""Level by level, in the order in which a Swede looks for it."""

from inbox.directory.alphabet import alphabetical
from inbox.directory.browse import CROWD, Branch, branch_of
from inbox.directory.load import MITTLAND, load
from inbox.directory.model import Level, Unit
from inbox.directory.tree import Directory
from tests.benchmarks.units import generate
from tests.inbox.directory.builders import a_directory, a_unit, hsa


def crowded(count: int, towns: tuple[str, ...]) -> Directory:
    """Receptions right below one administration, spread over the towns."""
    wards = (a_unit(f"U{n}", level=Level.UNIT, parent="TOP", town=towns[n % len(towns)]) for n in range(1, count + 1))
    return a_directory(a_unit("TOP"), *wards)


def top_of(directory: Directory, town: str = "") -> Branch:
    return branch_of(directory, directory.units[hsa("TOP")], town)


def test_letters_that_only_swedish_has_come_last() -> None:
    names = ["Örby", "Åby", "Zinkby", "Ärla", "Vara", "Wara", "avesta", "Élan", "Eda"]
    assert sorted(names, key=alphabetical) == ["avesta", "Eda", "Élan", "Vara", "Wara", "Zinkby", "Åby", "Ärla", "Örby"]


def test_letters_come_in_order_also_when_they_are_written_in_two_parts() -> None:
    assert sorted(["O\u0308rby", "A\u030aby", "Zinkby"], key=alphabetical) == ["Zinkby", "A\u030aby", "O\u0308rby"]


def test_numbers_come_by_their_size() -> None:
    assert sorted(["Avdelning 11", "Avdelning 3"], key=alphabetical) == ["Avdelning 3", "Avdelning 11"]
    assert sorted(["Akuten", "1177 på telefon"], key=alphabetical) == ["1177 på telefon", "Akuten"]


def test_at_the_top_stand_the_care_providers_and_no_board() -> None:
    tops = branch_of(load(MITTLAND))
    assert [door.unit.name for door in tops.doors] == [
        "Aspelunda Vård AB",
        "Ekbacka kommun, vård och omsorg",
        "Region Mittland, hälso- och sjukvården",
    ]
    assert (tops.places, tops.above, tops.here) == ((), (), None)


def test_below_a_hospital_stand_its_clinics_and_what_belongs_to_no_clinic() -> None:
    directory = load(MITTLAND)
    hospital = branch_of(directory, directory.units["SE0000000001-LS"])
    assert [unit.id for unit in hospital.above] == ["SE0000000001-RMHSV"]
    assert hospital.doors[0].unit.name == "Akutkliniken Lindby sjukhus"
    assert hospital.doors[-1].unit.name == "Öron-, näs- och halskliniken Lindby sjukhus"
    assert hospital.doors[0].count == 2
    assert [unit.name for unit in hospital.places] == [
        "Ambulanssjukvården Mittland",
        "Intensivvården Lindby sjukhus",
        "Röntgen Lindby sjukhus",
    ]
    assert hospital.count == len(hospital.doors) + 3


def test_every_unit_can_be_come_to_from_the_top() -> None:
    directory = generate(3_000, seed=5)
    met: set[str] = set()
    ahead: list[tuple[Unit | None, str]] = [(None, "")]
    while ahead:
        here, town = ahead.pop()
        branch = branch_of(directory, here, town)
        assert town or len(branch.places) <= CROWD
        met |= {unit.id for unit in branch.places} | {door.unit.id for door in branch.doors}
        ahead += [(door.unit, "") for door in branch.doors] + [(here, one.name) for one in branch.towns]
    assert met == {unit.id for unit in directory.units.values() if not unit.is_board}


def test_where_there_are_many_one_looks_town_by_town() -> None:
    directory = crowded(CROWD + 1, ("Örby", "Åby"))
    level = top_of(directory)
    assert [(town.name, town.count) for town in level.towns] == [("Åby", 21), ("Örby", 20)]
    assert level.places == ()
    assert {unit.town for unit in top_of(directory, "Åby").places} == {"Åby"}
    assert top_of(directory, "Finnsinte") == level


def test_few_stand_together_whatever_their_town_and_those_of_no_town_are_never_hidden() -> None:
    assert len(top_of(crowded(CROWD, ("Örby", "Åby"))).places) == CROWD
    many = top_of(crowded(CROWD + 2, ("Örby", "Åby", "")))
    assert (len(many.towns), len(many.places)) == (2, 14)


def test_receptions_that_do_not_fit_are_left_out() -> None:
    directory = crowded(4, ("Örby",))
    top = directory.units[hsa("TOP")]
    assert [unit.name for unit in branch_of(directory, top, fits=lambda unit: unit.name == "U2").places] == ["U2"]
