"""The directory changes by commands; what it was is kept, and what was told before keeps the names of its time."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from dialogs.errors import Refused
from handlers.sentences import sentence_for
from inbox.administration.directory import commands as a
from inbox.administration.directory.apply import replay
from inbox.administration.directory.records import Records, directory_on
from inbox.administration.errors import (
    DirectoryFlawed,
    HasUnitsBelow,
    NoSuchProvider,
    NoSuchRegion,
    UnitAndItself,
    UnitIsOver,
    UnitsOfTwoProviders,
)
from inbox.cases import commands as c
from inbox.cases.errors import (
    ClientIdReused,
    NoSuchUnit,
    NotReady,
    WrongReceiver,
)
from inbox.cases.model import State
from inbox.directory.index import build
from inbox.directory.load import MITTLAND, NATIONAL, read
from inbox.directory.model import Connection, Former, Level, RegionText, Unit
from inbox.directory.search import search
from inbox.execution.directory_changes import DirectoryOutcome, directory_changes
from inbox.storage.administration import directory as kept
from server.administration.taking_in import take_in
from server.web import languages
from tests.people import ANNA, ASPELUNDA, BOARD, EKBACKEN, KARIN, OLLE, SARA, TORGET, who
from tests.world import World

DAY = timedelta(days=1)
SWEDISH = languages.load(Path("web/locales")).catalogue("sv")
TOP, RM = "SE0000000001-RMHSV", "SE0000000001-RM"
BIRCH = "Björkens vårdcentral"
NEW = Unit(
    id="SE0000000001-NY1",
    name="Nya mottagningen",
    level=Level.UNIT,
    kind="clinic",
    region="99",
    provider=RM,
    parent=TOP,
)


def changes(world: World) -> Any:
    return directory_changes(world.store, world.clock, world.today, world.new_id)


async def settled(world: World) -> None:
    """The directory of the tests, in the tables."""
    await take_in(MITTLAND, world.store, changes(world), world.new_id, lambda _, __: None)


async def does(world: World, kind: type[a.DirectoryCommand], **fields: Any) -> DirectoryOutcome:
    """Carry it out, prove that what is stored is what the events say, and let it be in force."""
    client_id = fields.pop("client_id", None) or world.new_id()
    outcome: DirectoryOutcome = await changes(world).carry_out(kind(client_id=client_id, **fields), None)
    world.has_units(directory_on(await stored(world), world.today(), "99"))
    return outcome


async def stored(world: World) -> Records:
    async with world.store.reading() as connection:
        records, history = await kept.load_records(connection), await kept.history(connection)
    assert records == replay(history)
    assert [one.seq for one in history] == list(range(1, records.version + 1))
    return records


async def told(world: World, case: str, who: Any) -> list[str]:
    """What happened in a case, in sentences."""
    page = await world.after(case, who)
    return [sentence_for(entry, world.directory.tree, {}, SWEDISH) for entry in page.entries]


async def test_a_file_is_taken_in_and_what_it_holds_is_what_the_tables_say(world: World) -> None:
    await settled(world)
    file, records = read(MITTLAND), await stored(world)
    assert set(records.units.values()) == set(file.units)
    assert set(records.providers.values()) == set(file.providers)
    assert {*(region.code for region in file.regions), *(one.code for one in read(NATIONAL).regions)} == set(
        records.regions
    )
    assert directory_on(records, world.today(), "99").units == world.directory.tree.units
    version = records.version
    await settled(world)
    assert (await stored(world)).version == version


async def test_a_renamed_unit_is_found_by_both_names_and_what_was_told_before_keeps_the_old(world: World) -> None:
    await settled(world)
    before = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, before)
    await world.does(KARIN, c.ReleaseCase, before)
    world.passes(DAY)
    await does(world, a.RenameUnit, unit=EKBACKEN.lower(), name=BIRCH)
    world.passes(DAY)
    await world.does(KARIN, c.TakeCase, before)
    await world.does(KARIN, c.ReleaseCase, before)
    said = await told(world, before, ANNA)
    taken, released = "En handläggare på {} har tagit hand om ärendet.", "Ärendet väntar på en ny handläggare på {}."
    names = ["Ekbackens vårdcentral"] * 2 + [BIRCH] * 2
    assert said[1:] == [line.format(name) for line, name in zip((taken, released) * 2, names, strict=True)]
    tree = world.directory.tree
    assert tree.former[EKBACKEN] == (Former("Ekbackens vårdcentral", world.now - DAY),)
    assert (tree.name_now(EKBACKEN), tree.name_at(EKBACKEN, world.now - 2 * DAY)) == (BIRCH, "Ekbackens vårdcentral")
    index = build(tree)
    assert [search(index, words)[0].unit.id for words in ("björkens", "ekbackens vårdcentral")] == [EKBACKEN] * 2


async def test_names_of_a_time_are_told_apart_however_often_a_unit_was_renamed(world: World) -> None:
    await settled(world)
    names = ["Ekbackens vårdcentral", "Ett", "Två", "Ett"]
    moments = []
    for name in names[1:]:
        moments.append(world.now)
        world.passes(DAY)
        await does(world, a.RenameUnit, unit=EKBACKEN, name=name)
    moments.append(world.now)
    assert [world.directory.tree.name_at(EKBACKEN, at) for at in moments] == names


async def test_at_a_merged_unit_everything_goes_on_with_those_of_the_new_one(world: World) -> None:
    await settled(world)
    old, new = await world.complains(ANNA), await world.complains_of(ANNA, TORGET)
    await does(world, a.MergeUnits, unit=EKBACKEN, into=TORGET)
    # Sara works at the new unit: she answers for what the old one has.
    sara = await world.identities.identity(who(SARA))
    assert sara is not None
    assert {grant.unit for grant in sara.grants} == {TORGET, EKBACKEN}
    await world.carry_out(c.TakeCase(case=old, client_id=world.new_id()), sara)
    registration = (await world.case(old)).registrations[0]
    assert (registration.owner, registration.handler, registration.state) == (EKBACKEN, SARA.id, State.IN_PROGRESS)
    # Karin worked at the old one: she keeps what it has, and gets nothing of the new one's.
    world.identities.forget(KARIN.id)
    karin = await world.identities.identity(who(KARIN))
    assert karin is not None
    assert {grant.unit for grant in karin.grants} == {EKBACKEN}
    with pytest.raises(Refused):
        await world.carry_out(c.TakeCase(case=new, client_id=world.new_id()), karin)
    async with world.store.reading() as connection:
        roster = world.identities.roster
        assert {KARIN.id, SARA.id} <= set(await roster.colleagues(connection, EKBACKEN))
        assert KARIN.id not in await roster.colleagues(connection, TORGET)


async def test_whatever_asks_for_a_merged_unit_gets_the_new_one(world: World) -> None:
    await settled(world)
    draft, revision = await world.drafts_complaint(ANNA)
    await does(world, a.MergeUnits, unit=EKBACKEN, into=TORGET)
    # Anna picked it before.
    await world.does(ANNA, c.SubmitCase, draft, revision=revision)
    case = await world.case(draft)
    assert (case.place, case.registrations[0].owner) == (TORGET, TORGET)
    found = search(build(world.directory.tree), "ekbackens vårdcentral")
    assert found[0].unit.id == TORGET
    assert EKBACKEN not in {hit.unit.id for hit in found}
    tree = world.directory.tree
    assert (tree.name_now(EKBACKEN), tree.name_at(EKBACKEN, world.now - DAY)) == (
        tree.units[TORGET].name,
        "Ekbackens vårdcentral",
    )


async def test_what_lies_below_a_merged_unit_lies_below_the_new_one(world: World) -> None:
    await settled(world)
    clinics = [unit for unit in world.directory.tree.units.values() if unit.level is Level.CLINIC]
    one = next(unit for unit in clinics if world.directory.tree.children(unit))
    other = next(unit for unit in clinics if unit.parent == one.parent and unit != one)
    below = set(world.directory.tree.children(one)) | set(world.directory.tree.children(other))
    await does(world, a.MergeUnits, unit=one.id, into=other.id)
    tree = world.directory.tree
    assert {unit.id for unit in tree.children(tree.units[other.id])} == {unit.id for unit in below}
    # A role at the whole reaches what was merged into one of its parts.
    assert one.id in tree.covered(TOP, below=True)


async def test_a_unit_that_has_ended_takes_nothing_new_and_its_staff_end_what_it_has(world: World) -> None:
    await settled(world)
    old = await world.complains(ANNA)
    draft, revision = await world.drafts_complaint(ANNA)
    await does(world, a.EndUnit, unit=EKBACKEN, until=world.today() + DAY)
    assert world.directory.tree.units[EKBACKEN].connected
    world.passes(2 * DAY)
    world.has_units(directory_on(await stored(world), world.today(), "99"))
    assert world.directory.tree.units[EKBACKEN].connection is Connection.ENDED
    # The guide asks where it should go instead.
    with pytest.raises(NotReady):
        await world.does(ANNA, c.SubmitCase, draft, revision=revision)
    await world.does(KARIN, c.TakeCase, old)
    moved = await world.complains_of(ANNA, TORGET)
    await world.does(SARA, c.TakeCase, moved)
    with pytest.raises(WrongReceiver):
        await world.does(SARA, c.ForwardCase, moved, unit=EKBACKEN, reason="Det hände där.")
    # It is found all the same: somebody may have something to say of it.
    assert search(build(world.directory.tree), "ekbackens vårdcentral")[0].unit.id == EKBACKEN


async def test_a_unit_whose_first_day_is_to_come_takes_nothing_before_it(world: World) -> None:
    await settled(world)
    await does(world, a.TakeRecords, units=(replace(NEW, since=world.today() + DAY),))
    assert world.directory.tree.units[NEW.id].connection is Connection.NOT_OPEN
    assert directory_on(await stored(world), world.today() + DAY, "99").units[NEW.id].connected


async def test_a_file_that_still_names_it_brings_no_ended_unit_back(world: World) -> None:
    await settled(world)
    await does(world, a.MergeUnits, unit=EKBACKEN, into=TORGET)
    await settled(world)
    assert (await stored(world)).units[EKBACKEN].into == TORGET


async def test_the_same_client_id_changes_the_directory_once_and_another_content_is_refused(world: World) -> None:
    await settled(world)
    fields = {"unit": EKBACKEN, "name": BIRCH, "client_id": "the-very-same"}
    first = await does(world, a.RenameUnit, **fields)
    await does(world, a.RenameUnit, unit=EKBACKEN, name="Något annat")
    again = await does(world, a.RenameUnit, **fields)
    assert first.recorded == again.recorded
    assert (await stored(world)).units[EKBACKEN].name == "Något annat"
    with pytest.raises(ClientIdReused):
        await does(world, a.RenameUnit, unit=EKBACKEN, name="Ett tredje", client_id="the-very-same")
    assert (await does(world, a.RenameUnit, unit=EKBACKEN, name="Något annat")).recorded == ()


async def test_two_who_change_the_directory_at_once_both_do(world: World) -> None:
    await settled(world)
    one, other = changes(world), changes(world)
    # Each remembers the directory as it was before the other changed it.
    for kernel, unit in ((one, EKBACKEN), (other, TORGET), (one, TORGET), (other, EKBACKEN)):
        name = f"Namn {world.new_id()[-3:]}"
        await kernel.carry_out(a.RenameUnit(client_id=world.new_id(), unit=unit, name=name), None)
        assert (await stored(world)).units[unit].name == name


REFUSED: list[tuple[type[a.DirectoryCommand], dict[str, Any], type[Refused]]] = [
    (a.RenameUnit, {"unit": "SE0000000001-INGEN", "name": "X"}, NoSuchUnit),
    (a.MoveUnit, {"unit": EKBACKEN, "parent": EKBACKEN}, UnitAndItself),
    (a.MoveUnit, {"unit": TOP, "parent": EKBACKEN}, DirectoryFlawed),
    (a.MoveUnit, {"unit": EKBACKEN, "parent": ASPELUNDA}, UnitsOfTwoProviders),
    (a.MoveUnit, {"unit": BOARD, "parent": TOP}, UnitsOfTwoProviders),
    (a.MergeUnits, {"unit": EKBACKEN, "into": EKBACKEN}, UnitAndItself),
    (a.MergeUnits, {"unit": EKBACKEN, "into": ASPELUNDA}, UnitsOfTwoProviders),
    (a.MergeUnits, {"unit": BOARD, "into": EKBACKEN}, UnitsOfTwoProviders),
    (a.MergeUnits, {"unit": TOP, "into": EKBACKEN}, DirectoryFlawed),
    (a.EndUnit, {"unit": TOP}, HasUnitsBelow),
    (a.EndUnit, {"unit": BOARD}, DirectoryFlawed),
    (a.RenameProvider, {"provider": "SE0000000001-INGEN", "name": "X"}, NoSuchProvider),
    (a.ChangeRegion, {"region": "00", "open": True}, NoSuchRegion),
    (a.ChangeRegion, {"region": "01", "open": True}, DirectoryFlawed),
    (a.ChangeRegion, {"region": "99", "board": None}, DirectoryFlawed),
    (a.ChangeRegion, {"region": "99", "texts": (RegionText("elsewhere", "sv", "Hej"),)}, DirectoryFlawed),
    (a.TakeRecords, {"units": (replace(NEW, parent=None),)}, DirectoryFlawed),
    (a.TakeRecords, {"units": (replace(NEW, id="inte ett id"),)}, DirectoryFlawed),
    (a.TakeRecords, {"units": (replace(NEW, id="SE0000000001-vcekbacken"),)}, DirectoryFlawed),
    (a.TakeRecords, {"units": (NEW, NEW)}, DirectoryFlawed),
    (a.TakeRecords, {"units": (replace(NEW, connection=Connection.ENDED),)}, DirectoryFlawed),
    (a.TakeRecords, {"units": (replace(NEW, since=date(2026, 2, 2), until=date(2026, 1, 1)),)}, DirectoryFlawed),
]


@pytest.mark.parametrize(("kind", "fields", "refusal"), REFUSED)
async def test_what_would_not_hold_together_is_refused_and_leaves_nothing(
    world: World, kind: type[a.DirectoryCommand], fields: dict[str, Any], refusal: type[Refused]
) -> None:
    await settled(world)
    before = await stored(world)
    with pytest.raises(refusal):
        await does(world, kind, **fields)
    assert await stored(world) == before


async def test_nothing_is_moved_or_merged_to_where_nobody_is_any_more(world: World) -> None:
    await settled(world)
    await does(world, a.EndUnit, unit=TORGET)
    with pytest.raises(UnitIsOver):
        await does(world, a.MergeUnits, unit=EKBACKEN, into=TORGET)
    with pytest.raises(UnitIsOver):
        await does(world, a.MoveUnit, unit=EKBACKEN, parent=TORGET)
    await does(world, a.MergeUnits, unit=TORGET, into=EKBACKEN)
    with pytest.raises(UnitIsOver):
        await does(world, a.MergeUnits, unit=TORGET, into=EKBACKEN)
    with pytest.raises(UnitIsOver):
        await does(world, a.RenameUnit, unit=TORGET, name="X")


async def test_whose_a_unit_is_is_never_changed_under_its_cases(world: World) -> None:
    await settled(world)
    ekbacken = (await stored(world)).units[EKBACKEN]
    top = replace(ekbacken, parent=None, level=Level.PROVIDER)
    for other in (replace(top, provider="SE0000000001-ASPE"), replace(top, region="01")):
        with pytest.raises(DirectoryFlawed) as refused:
            await does(world, a.TakeRecords, units=(other,))
        assert refused.value.params["flaws"] == f"unit_of_another_provider: {EKBACKEN}"


async def test_what_a_region_decides_is_changed_field_by_field(world: World) -> None:
    await settled(world)
    texts = (RegionText("receipt", "sv", "Vi ringer upp."), RegionText("receipt", "en", "We call back."))
    await does(world, a.ChangeRegion, region="99", goal_days=14, reply_days=7, texts=texts)
    region = world.directory.tree.regions["99"]
    assert (region.goal_days, region.reply_days, region.open, region.name) == (14, 7, True, "Region Mittland")
    assert [region.text("receipt", language) for language in ("sv", "en", "fi")] == [
        "Vi ringer upp.",
        "We call back.",
        "Vi ringer upp.",
    ]
    await does(world, a.ChangeRegion, region="99", goal_days=None)
    assert world.directory.tree.regions["99"].goal_days is None
    assert world.directory.tree.regions["99"].reply_days == 7


async def test_contact_and_other_names_are_what_was_said_last(world: World) -> None:
    await settled(world)
    await does(world, a.ChangeUnit, unit=EKBACKEN, phone="08-465 004 99", other_names=("Eken",), goal_days=10)
    unit = world.directory.tree.units[EKBACKEN]
    assert (unit.phone, unit.other_names, unit.goal_days, unit.name) == (
        "08-465 004 99",
        ("Eken",),
        10,
        "Ekbackens vårdcentral",
    )
    assert search(build(world.directory.tree), "eken")[0].unit.id == EKBACKEN


async def test_who_may_join_a_case_is_who_the_place_is_part_of_by_now(world: World) -> None:
    await settled(world)
    case = await world.complains_to_board(ANNA)
    await does(world, a.MergeUnits, unit=EKBACKEN, into=TORGET)
    olle = await world.identities.identity(who(OLLE))
    assert olle is not None
    await world.carry_out(c.TakeCase(case=case, client_id=world.new_id()), olle)
    asked = c.ProposeSharing(case=case, client_id=world.new_id(), unit=TORGET, parts=c.Parts(), reason="För svaret.")
    await world.carry_out(asked, olle)
    assert [request.to for request in (await world.case(case)).requests] == [TORGET]
