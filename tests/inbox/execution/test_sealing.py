"""What is altered or taken away after it happened is found: a byte, a row, and also the last one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from inbox.cases import commands as c
from inbox.execution.sealing import Sealing
from inbox.storage import schema as s
from inbox.storage.sealing.check import broken_seals
from inbox.storage.sealing.heads import HeadsFile
from inbox.storage.sealing.sealed import EVENTS, LOOKS, head_of
from tests.inbox.whole_cases import everything
from tests.people import ANNA, KARIN
from tests.services.stores import KEYRING
from tests.world import World


class Sealed:
    """A world whose events and looks are sealed, round by round."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.file = HeadsFile(folder / "heads")
        self._sealing = Sealing(world.store, world.clock, self.file)

    async def goes_on(self) -> None:
        """Everything that is new is sealed, and the newest seals are written down."""
        await self._sealing.go_on()

    async def broken(self) -> list[tuple[str, str]]:
        """What `verify` says of it."""
        url = self.world.store._writing.url.render_as_string(hide_password=False)
        return [(each.owner, each.field) async for each in broken_seals(url, self.file, KEYRING)]

    async def written(self, *statements: Any) -> None:
        """Somebody writes past the service."""

        async def work(connection: Any) -> None:
            for statement in statements:
                await connection.execute(statement)

        await self.world.store.writer.do(work)

    async def value(self, query: Any) -> Any:
        """What the database answers."""
        async with self.world.store.reading() as connection:
            return await connection.scalar(query)


@pytest.fixture
async def sealed(world: World, tmp_path: Path) -> Sealed:
    """A case in which everything happened and that was looked at, sealed in three rounds."""
    sealed = Sealed(world, tmp_path)
    case = await everything(world)
    await sealed.goes_on()
    other = await world.complains(ANNA)
    await world.does(KARIN, c.WriteNote, other, text="Bara hos oss.")
    await world.thread(other, ANNA)
    await world.thread(other, KARIN)
    await sealed.goes_on()
    await world.does(ANNA, c.PostMessage, other, text="Hur går det?")
    await world.thread(case, ANNA)
    await sealed.goes_on()
    assert await sealed.broken() == []
    return sealed


LAST_EVENT = select(func.max(s.event.c.row)).scalar_subquery()
FIRST_EVENT = select(func.min(s.event.c.row)).scalar_subquery()
FIRST_LOOK = select(func.min(s.access.c.row)).scalar_subquery()
LAST_LOOK = select(func.max(s.access.c.row)).scalar_subquery()
FORGED: dict[str, list[Any]] = {
    "a letter of a message": [update(s.payload).values(body=func.replace(s.payload.c.body, "Hur går", "Hur gar"))],
    "a letter of a note": [update(s.note).values(body=func.replace(s.note.c.body, "note_written", "note_wrotten"))],
    "who wrote": [update(s.event).where(s.event.c.row == LAST_EVENT).values(role="officer")],
    "when": [update(s.event).where(s.event.c.row == FIRST_EVENT).values(at=datetime(2026, 11, 20, tzinfo=UTC))],
    "a body": [
        delete(s.payload).where(
            s.payload.c.event_id == select(s.event.c.id).where(s.event.c.row == FIRST_EVENT).scalar_subquery()
        )
    ],
    "a seal in the middle": [delete(s.event_seal).where(s.event_seal.c.row == FIRST_EVENT + 2)],
    "a block": [delete(s.seal).where(s.seal.c.chain == EVENTS, s.seal.c.n == 1)],
    "the last seals": [
        delete(s.event_seal).where(s.event_seal.c.row == LAST_EVENT),
        delete(s.seal).where(s.seal.c.chain == EVENTS, s.seal.c.n == 3),
    ],
    "who looked": [update(s.access).where(s.access.c.row == LAST_LOOK).values(person_id="p-9")],
    "a look": [delete(s.access).where(s.access.c.row == FIRST_LOOK)],
    "the last look": [delete(s.access).where(s.access.c.row == LAST_LOOK)],
    "the last looks with their seal": [
        delete(s.access).where(s.access.c.row == LAST_LOOK),
        delete(s.seal).where(s.seal.c.chain == LOOKS, s.seal.c.n == 3),
    ],
}


@pytest.mark.parametrize("what", FORGED)
async def test_what_was_altered_or_taken_away_is_found(sealed: Sealed, what: str) -> None:
    await sealed.written(*FORGED[what])
    assert await sealed.broken()


async def test_an_event_that_was_taken_away_is_found_also_the_last_with_all_that_stood_for_it(sealed: Sealed) -> None:
    row, id = (
        (await sealed.value(select(LAST_EVENT))),
        await sealed.value(select(s.event.c.id).where(s.event.c.row == LAST_EVENT)),
    )
    await sealed.written(
        delete(s.payload).where(s.payload.c.event_id == id),
        delete(s.event).where(s.event.c.row == row),
    )
    assert await sealed.broken() == [("", f"event row {row} missing")]
    block = await sealed.value(select(s.event_seal.c.block).where(s.event_seal.c.row == row))
    await sealed.written(delete(s.event_seal).where(s.event_seal.c.row == row))
    assert await sealed.broken() != []
    # Whoever knows how everything is made makes the end anew, too; but not what lies outside of the database.
    await sealed.written(delete(s.event_seal).where(s.event_seal.c.block == block))
    await sealed.written(delete(s.seal).where(s.seal.c.chain == EVENTS, s.seal.c.n == block))
    await sealed.written(update(s.reaction).where(s.reaction.c.name == "sealing").values(row=row))
    assert ("", f"seal.event: cut off after {block - 1}, of {block}") in await sealed.broken()
    await sealed.goes_on()
    assert ("", f"seal.event: cut off after {block - 1}, of {block}") in await sealed.broken()


async def test_heads_that_somebody_else_has_written_are_found(sealed: Sealed) -> None:
    text = sealed.file.path.read_text()
    sealed.file.path.write_text(text.replace('"at":"2026', '"at":"2025', 1))
    assert await sealed.broken() == [("", "heads.2 signature")]


async def test_every_event_and_every_look_is_sealed_once_and_what_is_not_new_adds_nothing(sealed: Sealed) -> None:
    before = sealed.file.path.read_bytes()
    await sealed.goes_on()
    assert sealed.file.path.read_bytes() == before
    assert await sealed.value(select(func.count()).select_from(s.event_seal)) == await sealed.value(
        select(func.count()).select_from(s.event)
    )
    async with sealed.world.store.reading() as connection:
        assert (await head_of(connection, LOOKS)).last_row == await connection.scalar(select(LAST_LOOK))
