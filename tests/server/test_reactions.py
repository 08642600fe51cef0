"""`python -m server reactions`, as somebody sees it who runs the service."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from inbox.execution.reacting import Reacting
from inbox.reactions import every_reaction
from inbox.storage import schema as s
from inbox.storage.engine.bell import Came
from inbox.storage.reacting.cursors import Parked, park
from server.config import Settings
from server.process.lifespan import NotMigrated
from server.reactions import retry, show
from tests.people import ANNA
from tests.world import world_in


async def test_it_says_how_far_each_is_and_what_was_given_up_and_tries_that_again(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with world_in(tmp_path, database_url) as world:
        settings = Settings(database=tmp_path / "world.db", database_url=database_url)
        await world.complains(ANNA)
        assert await asyncio.to_thread(show, settings) == 0
        reacting = Reacting(world.store, every_reaction(), world.clock)
        while await reacting.round() is not Came.NOTHING:
            pass
        capsys.readouterr()
        last = (await reacting.state()).last
        assert await asyncio.to_thread(show, settings) == 0
        each = [f"{reaction.name}: at event {last} of {last}" for reaction in every_reaction()]
        assert capsys.readouterr().out.splitlines() == [*each, "outbox: nothing waits"]

        async def given_up(connection: Any) -> None:
            await park(connection, Parked("tally", last, world.now, "KeyError"))
            row = {"id": "letter", "channel": "files", "key": "", "body": "{}", "at": world.now, "due_at": world.now}
            await connection.execute(insert(s.outbox).values(**row, tries=12, fault="NotKept", dead_at=world.now))

        await world.store.writer.do(given_up)
        assert await asyncio.to_thread(show, settings) == 1
        assert capsys.readouterr().out.splitlines()[len(each) :] == [
            f"  tally: event {last} was put aside at 2026-11-21 09:00Z: KeyError",
            "outbox: nothing waits",
            "  files: letter was given up at 2026-11-21 09:00Z after 12 tries: NotKept",
        ]
        assert await asyncio.to_thread(retry, settings) == 0
        tried = capsys.readouterr().out.splitlines()
        assert tried[-2:] == ["tally: 1 done, 0 failed", "outbox: 1 are sent again by the service"]
        assert await asyncio.to_thread(show, settings) == 0
        assert capsys.readouterr().out.splitlines()[len(each) :] == ["outbox: 1 wait for files"]


async def test_what_has_another_shape_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "none.db").touch()
    with pytest.raises(NotMigrated):
        await asyncio.to_thread(show, Settings(database=tmp_path / "none.db"))
