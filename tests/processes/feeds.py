"""Many cases with long threads, written by the store itself: what a region has after some years."""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.apply import apply, replay
from inbox.cases.events import Envelope, MessagePosted, NoteWritten, Recorded
from inbox.cases.model import REPORTER, Role
from inbox.storage import cases, schema
from inbox.storage.engine.engines import url_of
from server.app import real_id
from tests.benchmarks.threads import COLLEAGUES, Thread, make_threads
from tests.people import EKBACKEN
from tests.services.stores import store_at

DESK = f"r1@{EKBACKEN}"
WORDS = "Tack för ert svar. Jag har läst det och undrar över en sak till – går det att få en tid före jul?"


class Longer(Struct, frozen=True):
    """A thread, and how many events its case has."""

    thread: Thread
    events: int


async def make_long_threads(database: Path, count: int, each: int) -> list[Longer]:
    """So many cases in a database file, each with about so many events, every tenth a note."""
    threads, effects = await make_threads(database, count), random.Random(count)
    store = store_at(url_of(database, ""))
    store.start()
    try:
        return [await store.writer.do(_longer(thread, each + effects.randint(-3, 3))) for thread in threads]
    finally:
        await store.close()


async def events_in(connection: AsyncConnection) -> int:
    """How many there are."""
    return await connection.scalar(select(func.count()).select_from(schema.event)) or 0


async def is_whole(connection: AsyncConnection, id: str) -> bool:
    """Whether the case is what its events make of it."""
    return replay(await cases.load_history(connection, id)) == await cases.load_case(connection, id)


def _longer(thread: Thread, events: int) -> Callable[[AsyncConnection], Awaitable[Longer]]:
    async def work(connection: AsyncConnection) -> Longer:
        before = await cases.load_case(connection, thread.case)
        assert before is not None
        last = (await cases.load_history(connection, thread.case))[-1].envelope
        after, recorded = before, list[Recorded]()
        for number in range(before.version + 1, events + 1):
            recorded.append(_said(last, number))
            after = apply(after, recorded[-1])
        await cases.keep(connection, before, after, recorded)
        return Longer(thread, after.version)

    return work


def _said(last: Envelope, number: int) -> Recorded:
    """Reporter and caseworker in turn; every tenth time the caseworker notes something instead."""
    note, by_staff = number % 10 == 0, number % 2 == 0
    envelope = replace(
        last,
        id=real_id(),
        seq=number,
        at=last.at + timedelta(minutes=number),
        kind="note_written" if note else "message_posted",
        states={},
        by="a1" if by_staff else REPORTER,
        role=Role.CASEWORKER if by_staff else Role.REPORTER,
        person=COLLEAGUES[0] if by_staff else None,
        unit=EKBACKEN if by_staff else None,
        to=(DESK,) if note else (REPORTER, "a1"),
        client_id=real_id(),
    )
    if note:
        return Recorded(envelope, NoteWritten(registration="r1", text=f"{number}. {WORDS}"))
    return Recorded(envelope, MessagePosted(text=f"{number}. {WORDS}"))
