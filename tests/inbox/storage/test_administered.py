"""What was changed by hand in what is administered is found by its name, and made as it was decided."""

import runpy
from datetime import timedelta
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, delete, func, insert, select, update

from dialogs.load import load
from inbox.administration.commands import GrantRole, RevokeRole
from inbox.administration.definitions.commands import RetireDefinition
from inbox.administration.directory import commands as a
from inbox.cases.model import Role
from inbox.directory.load import MITTLAND
from inbox.execution.dialog_versions import dialog_versions
from inbox.execution.directory_changes import directory_changes
from inbox.execution.staff_roles import staff_roles
from inbox.storage import schema as s
from inbox.storage.engine.engines import open_writer
from inbox.storage.engine.migrate import FOLDER
from inbox.storage.projections.rebuild import CannotRebuild, rebuild
from inbox.storage.projections.sources import PROJECTIONS
from server.administration.taking_in import take_in
from tests.inbox.storage.test_projections import found, rows, url, written
from tests.people import ANNA, EKBACKEN, KARIN, LARS, TORGET
from tests.publishing import next_version, publish
from tests.world import World

__all__ = ["url"]
SJO, BIRCH = "SE0000000001-VCSJOSTADEN", "Björkens vårdcentral"
EVERY = ("grant", "person", "dialog", "definition", "directory_record")


async def administered(world: World) -> None:
    """Roles were given and taken, a dialog has two versions, and units have had other names and days."""
    change = staff_roles(world.store, world.identities.roster, world.clock, world.new_id).carry_out
    of_lars: Any = {"person": LARS.id, "unit": TORGET}
    await change(GrantRole(client_id=world.new_id(), role=Role.CASEWORKER, **of_lars), None)
    await change(GrantRole(client_id=world.new_id(), role=Role.DISTRIBUTOR, below=True, **of_lars), None)
    await change(RevokeRole(client_id=world.new_id(), role=Role.CASEWORKER, **of_lars), None)
    last = world.today() + timedelta(days=9)
    await change(
        RevokeRole(person=KARIN.id, client_id=world.new_id(), role=Role.CASEWORKER, unit=EKBACKEN, until=last), None
    )
    await publish(world.store, load("complaint"), world.clock, world.new_id)
    await publish(world.store, next_version(), world.clock, world.new_id)
    retire = RetireDefinition(dialog="complaint", number=2, client_id=world.new_id())
    await dialog_versions(world.store, world.clock, world.new_id).carry_out(retire, None)
    await move_units(world)


async def move_units(world: World) -> None:
    kernel = directory_changes(world.store, world.clock, world.today, world.new_id)
    await take_in(MITTLAND, world.store, kernel, world.new_id, lambda _, __: None)
    for kind, fields in (
        (a.RenameUnit, {"unit": EKBACKEN, "name": BIRCH}),
        (a.MergeUnits, {"unit": TORGET, "into": SJO}),
        (a.RenameProvider, {"provider": "SE0000000001-RM", "name": "Region Mittland, vården"}),
        (a.ChangeRegion, {"region": "99", "goal_days": 21}),
    ):
        world.passes(timedelta(days=1))
        await kernel.carry_out(kind(client_id=world.new_id(), **fields), None)


async def test_what_is_administered_is_as_it_was_decided(world: World, url: str) -> None:
    assert await found(url) == []
    await administered(world)
    assert await found(url) == []
    for name in EVERY:
        assert await rows(world, PROJECTIONS[name].table), name
        assert await rebuild(url, name, lambda *_: None) == 0


def _spoilt(name: str) -> list[tuple[Any, str, str]]:
    """What is done by hand to a table, with whose it is and what is then said."""
    grant, record = s.grant.c, s.directory_record.c
    match name:
        case "grant":
            boss = insert(s.grant).values(person_id=LARS.id, role="administrator", unit_id=EKBACKEN, below=False)
            citizen = insert(s.grant).values(person_id=ANNA.id, role="caseworker", unit_id=EKBACKEN, below=False)
            longer = update(s.grant).where(grant.person_id == KARIN.id, grant.unit_id == EKBACKEN).values(until=None)
            wider = update(s.grant).where(grant.person_id == LARS.id, grant.unit_id == TORGET).values(below=False)
            return [
                (citizen, ANNA.id, f"grant.caseworker.{EKBACKEN} unexpected"),
                (longer, KARIN.id, f"grant.caseworker.{EKBACKEN}.until"),
                (wider, LARS.id, f"grant.distributor.{TORGET}.below"),
                (boss, LARS.id, f"grant.administrator.{EKBACKEN} unexpected"),
            ]
        case "person":
            fewer = update(s.person).where(s.person.c.id == LARS.id).values(roles_version=2)
            return [(fewer, LARS.id, "person.roles_version")]
        case "dialog":
            return [(update(s.dialog).values(version=9), "complaint", "dialog.version")]
        case "definition":
            one = s.definition.c.number == 2
            other = func.replace(s.definition.c.content, "Vad vill du", "Hemligt")
            return [
                (update(s.definition).where(one).values(status="published"), "complaint", "definition.2.status"),
                (update(s.definition).where(~one).values(content=other), "complaint", "definition.3.content"),
            ]
        case _:
            here = record.id == EKBACKEN
            secret = func.replace(record.body, BIRCH, "Hemligt")
            named = update(s.directory_record).where(here, record.until.is_(None)).values(body=secret)
            open = update(s.directory_record).where(here, record.until.is_not(None)).values(until=None)
            gone = delete(s.directory_record).where(record.kind == "region", record.seq > 2)
            return [
                (open, "directory", f"directory_record.unit.{EKBACKEN}.2.until"),
                (named, "directory", f"directory_record.unit.{EKBACKEN}.3.name"),
                (gone, "directory", "directory_record.region.99.6 missing"),
            ]


@pytest.mark.parametrize("name", EVERY)
async def test_a_row_that_was_changed_by_hand_is_named_and_made_as_it_was_decided(
    world: World, url: str, name: str
) -> None:
    await administered(world)
    grown = await rows(world, PROJECTIONS[name].table)
    spoilt = _spoilt(name)
    await written(world, *(statement for statement, _, _ in spoilt))
    assert sorted(await found(url)) == sorted((owner, field) for _, owner, field in spoilt)
    assert await rebuild(url, name, lambda *_: None) == len(spoilt)
    assert await found(url) == []
    assert await rows(world, PROJECTIONS[name].table) == grown


async def test_events_of_administration_that_cannot_be_read_are_named_and_nothing_is_made_of_them(
    world: World, url: str
) -> None:
    await administered(world)
    staff, dialog, unit = s.staff_event.c, s.dialog_event.c, s.directory_event.c
    last = (await rows(world, select(func.max(unit.seq)).subquery()))[0][0]  # type: ignore[arg-type]
    await written(
        world,
        update(s.staff_event).where(staff.person_id == LARS.id, staff.seq == 1).values(body="{}"),
        delete(s.staff_event).where(staff.person_id == KARIN.id, staff.seq == 0),
        update(s.dialog_event).where(dialog.seq == 2).values(kind="definition_stored"),
        delete(s.directory_event).where(unit.seq == last - 1),
    )
    assert await found(url) == [
        (KARIN.id, f"grant.caseworker.{EKBACKEN} unexpected"),
        (LARS.id, "staff_event.1.body"),
        ("complaint", "dialog_event.2.kind"),
        ("directory", f"directory_event.{last - 1}"),
    ]
    for name in ("grant", "definition", "directory_record"):
        with pytest.raises(CannotRebuild):
            await rebuild(url, name, lambda *_: None)


async def test_roles_from_before_they_were_kept_as_events_are_held_as_what_came_first(world: World, url: str) -> None:
    await administered(world)
    before = await rows(world, s.staff_event)
    await written(world, delete(s.staff_event).where(s.staff_event.c.seq == 0))
    assert {owner for owner, _ in await found(url)} >= {KARIN.id, LARS.id}
    engine = open_writer(url)
    async with engine.begin() as connection:
        await connection.run_sync(_filled_in)
    await engine.dispose()
    assert await found(url) == []
    assert len(await rows(world, s.staff_event)) == len(before)


def _filled_in(connection: Connection) -> None:
    path = next(FOLDER.glob("versions/*_roles_held.py"))
    with Operations.context(MigrationContext.configure(connection)):
        runpy.run_path(str(path))["upgrade"]()
