"""`python -m server verify` and `rebuild`, as somebody sees them who runs the service."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from inbox.storage.engine.engines import open_writer, url_of
from server.app import real_clock
from server.config import Settings
from server.process.check_projections import NoSuchProjection, NothingThere, rebuild, verify
from server.process.lifespan import NotMigrated
from tests.inbox.whole_cases import left
from tests.people import ANNA, EKBACKEN
from tests.services.stores import KEYRING
from tests.world import World, world_in


@pytest.fixture
async def told(tmp_path: Path, database_url: str) -> AsyncIterator[tuple[World, Settings, str]]:
    """A world with two cases, its settings, and the first of the cases."""
    async with world_in(tmp_path, database_url) as world:
        case = await world.complains(ANNA)
        await left(world)
        yield world, Settings(database=tmp_path / "world.db", database_url=database_url), case


async def test_what_differs_is_printed_by_case_and_field_and_what_is_made_anew_differs_no_more(
    told: tuple[World, Settings, str], capsys: pytest.CaptureFixture[str]
) -> None:
    world, settings, case = told
    assert await asyncio.to_thread(verify, settings, KEYRING) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("cases: 2, people: 6, directory: 1, differences: 0; ")
    await _written(settings, "UPDATE registration SET state = 'closed' WHERE number = 'RM 2026-00001'")
    assert await asyncio.to_thread(verify, settings, KEYRING) == 1
    said = capsys.readouterr()
    assert said.out == f"{case} registration.r1.state\n"
    assert said.err.startswith("cases: 2, people: 6, directory: 1, differences: 1; ")
    await asyncio.to_thread(rebuild, settings, "registration", world.clock)
    assert capsys.readouterr().err.startswith("registration: cases: 2, rows that were otherwise: 1; ")
    assert await asyncio.to_thread(verify, settings, KEYRING) == 0
    assert (await world.case(case)).version == 1


async def test_a_role_that_was_put_into_the_table_by_hand_is_printed_and_taken_out(
    told: tuple[World, Settings, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, settings, _ = told
    values = f"(person_id, role, unit_id) VALUES ('{ANNA.id}', 'administrator', '{EKBACKEN}')"
    await _written(settings, f"INSERT INTO grant_ {values}")
    assert await asyncio.to_thread(verify, settings, KEYRING) == 1
    assert capsys.readouterr().out == f"{ANNA.id} grant.administrator.{EKBACKEN} unexpected\n"
    await asyncio.to_thread(rebuild, settings, "grant", real_clock)
    assert await asyncio.to_thread(verify, settings, KEYRING) == 0


async def test_a_count_that_is_not_that_of_the_events_is_printed_and_made_anew(
    told: tuple[World, Settings, str], capsys: pytest.CaptureFixture[str]
) -> None:
    world, settings, _ = told
    # Nothing is counted yet: nothing is expected.
    assert await asyncio.to_thread(verify, settings, KEYRING) == 0
    await asyncio.to_thread(rebuild, settings, "tally", world.clock)
    assert capsys.readouterr().err.partition("tally: up to event ")[2]
    assert await asyncio.to_thread(verify, settings, KEYRING) == 0
    await _written(settings, "UPDATE tally SET number = 7 WHERE kind = 'case_submitted'")
    assert await asyncio.to_thread(verify, settings, KEYRING) == 1
    assert capsys.readouterr().out == "tally.2026-11-21..case_submitted.number\n"
    await asyncio.to_thread(rebuild, settings, "tally", world.clock)
    assert await asyncio.to_thread(verify, settings, KEYRING) == 0


async def test_a_name_that_is_nobodys_is_answered_with_those_there_are(told: tuple[World, Settings, str]) -> None:
    for name in ("", "nothing"):
        with pytest.raises(NoSuchProjection, match=r"rebuild case\|feed\|note\|registration"):
            await asyncio.to_thread(rebuild, told[1], name, real_clock)


async def test_nothing_is_looked_at_that_is_not_there_or_has_another_shape(
    told: tuple[World, Settings, str], tmp_path: Path
) -> None:
    with pytest.raises(NothingThere):
        await asyncio.to_thread(verify, Settings(database=tmp_path / "none.db"), KEYRING)
    if told[1].database_url:
        return
    await _written(told[1], "UPDATE alembic_version SET version_num = '0008'")
    for command in (lambda settings: verify(settings, KEYRING), lambda settings: rebuild(settings, "case", real_clock)):
        with pytest.raises(NotMigrated):
            await asyncio.to_thread(command, told[1])


async def _written(settings: Settings, statement: str) -> None:
    engine = open_writer(url_of(settings.database, settings.database_url))
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
