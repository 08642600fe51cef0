"""A first start has people to sign in as and cases to look at."""

from pathlib import Path

from sqlalchemy import select

from inbox.cases.model import State
from inbox.storage import schema
from inbox.storage.engine.engines import sqlite_url
from inbox.storage.engine.migrate import migrate
from inbox.storage.people import sample_people
from server.config import Settings
from server.sample.run import fill
from server.sample.story import everybody, stories
from tests.services.stores import KEYS, store_at


async def test_the_sample_is_told_once(tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "sample.db", files=tmp_path / "files", keys=str(KEYS))
    await migrate(sqlite_url(settings.database))
    assert await fill(settings)
    assert not await fill(settings)

    store = store_at(sqlite_url(settings.database))
    async with store.reading() as connection:
        found = await sample_people(connection)
        columns = schema.registration.c
        states = list(await connection.scalars(select(columns.state)))
        mine = set(await connection.scalars(select(schema.seat.c.person_id)))
    await store.close()
    assert len(found) == 11
    # Every state that a case can be seen in.
    assert set(states) == set(State) - {State.HANDED_OVER}
    assert len(stories()) >= 40
    assert mine == {person.id for person in found if not person.staff}


def test_sample_people_say_who_they_are() -> None:
    assert all(person.presentation for person in everybody())
    assert {story.who for story in stories()} <= {person.id for person in everybody()}
