"""Versions of dialogs as they are stored: once for each client id, in one transaction with what was done."""

import asyncio

import pytest
from sqlalchemy import update

from dialogs.load import load
from inbox.administration.definitions.commands import PublishDefinition, RetireDefinition
from inbox.administration.definitions.decide import apply, written
from inbox.administration.definitions.errors import LastVersion, UnknownDialog
from inbox.administration.definitions.model import Definitions
from inbox.cases.errors import ClientIdReused
from inbox.execution.dialog_versions import dialog_versions
from inbox.intake.library import Dialogs
from inbox.storage import definitions as kept
from inbox.storage import schema
from tests.publishing import next_version, publish
from tests.world import World


async def test_what_is_stored_follows_from_what_was_done_and_a_repeated_command_does_nothing(world: World) -> None:
    kernel = dialog_versions(world.store, world.clock, world.new_id)
    first, command = load("complaint"), RetireDefinition(dialog="complaint", number=2, client_id="retire-it-once")
    await publish(world.store, first, world.clock, world.new_id)
    with pytest.raises(LastVersion):
        await kernel.carry_out(command, None)
    await publish(world.store, next_version(), world.clock, world.new_id)
    done = await kernel.carry_out(command, None)
    again = await kernel.carry_out(command, None)
    assert done.recorded is not None
    assert done.definitions == again.definitions
    with pytest.raises(ClientIdReused):
        await kernel.carry_out(PublishDefinition(dialog="complaint", number=9, client_id="retire-it-once"), None)
    async with world.store.reading() as connection:
        stored = await kept.load_definitions(connection, "complaint")
        history = await kept.history_of(connection, "complaint")
    replayed = Definitions("complaint")
    for recorded in history:
        replayed = apply(replayed, recorded.event)
    assert [recorded.seq for recorded in history] == [1, 2, 3]
    assert replayed == stored


async def test_two_processes_that_start_at_once_publish_what_is_delivered_once(world: World) -> None:
    command = PublishDefinition(
        dialog="complaint", number=2, client_id="delivered-complaint-2", content=written(load("complaint"))
    )
    kernels = [dialog_versions(world.store, world.clock, world.new_id) for _ in range(2)]
    await asyncio.gather(*(kernel.carry_out(command, None) for kernel in kernels))
    async with world.store.reading() as connection:
        assert len(await kept.history_of(connection, "complaint")) == 1


async def test_a_process_knows_a_version_from_its_next_look_and_a_draft_of_it_even_before(world: World) -> None:
    here, there = Dialogs([load("complaint")]), Dialogs([load("complaint")])
    await publish(world.store, next_version(), world.clock, world.new_id)
    assert here.newest("complaint").version == 2
    async with world.store.reading() as connection:
        await here.refresh(connection)
        assert (await there.ready_for(connection, "complaint/3")).version == 3
        with pytest.raises(UnknownDialog):
            await there.ready_for(connection, "complaint/4")
    assert here.newest("complaint").version == there.newest("complaint").version == 3
    assert here.of("complaint/2") == load("complaint")


async def test_one_that_this_program_cannot_ask_by_is_left_alone_and_hides_no_other(world: World) -> None:
    await publish(world.store, next_version(), world.clock, world.new_id)
    known = Dialogs([load("complaint")])

    async with world.store.reading() as connection:
        stored = await kept.load_definitions(connection, "complaint")
    broken = stored.held[0].content.replace('"kind":"when"', '"kind":"riddle"')
    assert broken != stored.held[0].content
    await world.store.writer.do(lambda connection: connection.execute(update(schema.definition).values(content=broken)))
    async with world.store.reading() as connection:
        await known.refresh(connection)
    assert known.newest("complaint").version == 2
    with pytest.raises(UnknownDialog):
        known.of("complaint/3")
