"""Who is there: cases with people who write in them, and others who listen and must hear nothing."""

from datetime import timedelta
from pathlib import Path

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.apply import replay
from inbox.events import MessagePosted, NoteWritten, Recorded
from inbox.model import REPORTER, Grant, Role
from inbox.storage import cases, feeds, people, sessions
from inbox.storage.engines import url_of
from inbox.storage.people import Person
from inbox.storage.sessions import Session
from inbox.storage.store import Store
from server.app import real_clock, real_secret
from server.auth import hash_of
from tests.benchmarks.threads import make_threads
from tests.faults.checker import Kept, Member
from tests.faults.client import MARK
from tests.people import EKBACKEN

DESK = f"r1@{EKBACKEN}"
PARTY = "a1"


class Place(Struct, frozen=True):
    """A socket to be: whose, in which case, with which session."""

    member: Member
    case: str
    secret: str


async def make_scene(database: Path, count: int, database_url: str = "") -> list[Place]:
    """In each case the reporter and two of the unit; the same case watched by a stranger and the unit's distributor."""
    threads = await make_threads(database, count, database_url)
    store = Store(url_of(database, database_url))
    store.start()
    try:
        others = await store.writer.do(_others)
    finally:
        await store.close()
    places = []
    for at, thread in enumerate(threads):
        reporter, first, second, _ = thread.secrets
        feed, desk = f"thread-{at}", f"desk-{at}"
        places += [
            Place(Member(f"reporter{at}@{at}", feed), thread.case, reporter),
            Place(Member(f"colleague1@{at}", feed, desk), thread.case, first),
            Place(Member(f"colleague2@{at}", feed, desk), thread.case, second),
            *(Place(Member(f"{who}@{at}"), thread.case, secret) for who, secret in others.items()),
        ]
    return places


async def read_store(places: list[Place], database: Path, database_url: str = "") -> Kept:
    """What is kept of the cases, read as a server would that has just started."""
    store = Store(url_of(database, database_url))
    found: dict[str, list[tuple[int, str]]] = {}
    replayed = True
    try:
        async with store.reading() as connection:
            for at, id in enumerate(dict.fromkeys(place.case for place in places)):
                history = await cases.load_history(connection, id)
                replayed = replayed and replay(history) == await cases.load_case(connection, id)
                rows = await feeds.rows_since(connection, id, 1)
                for feed, name in ((REPORTER, f"reporter-{at}"), (PARTY, f"thread-{at}"), (DESK, f"desk-{at}")):
                    found[name] = [(n, _mark(recorded)) for of, n, recorded in rows if of == feed]
                # Both parties were told the same here, so that one list is the order for all of them.
                replayed = replayed and found.pop(f"reporter-{at}") == found[f"thread-{at}"]
    finally:
        await store.close()
    return Kept(found, replayed)


async def _others(connection: AsyncConnection) -> dict[str, str]:
    grants = (Grant(Role.DISTRIBUTOR, EKBACKEN),)
    distributor = Person(id="distributor", name="Distributor", staff=True)
    stranger = Person(id="stranger", name="Stranger", staff=False)
    return {
        "distributor": await _signed_in(connection, distributor, grants),
        "stranger": await _signed_in(connection, stranger, ()),
    }


async def _signed_in(connection: AsyncConnection, person: Person, grants: tuple[Grant, ...]) -> str:
    await people.add_person(connection, person, grants)
    secret, now = real_secret(), real_clock()
    await sessions.begin_session(connection, Session(hash_of(secret), person.id, now, now + timedelta(hours=1)))
    return secret


def _mark(recorded: Recorded) -> str:
    event = recorded.event
    found = MARK.match(event.text) if isinstance(event, MessagePosted | NoteWritten) else None
    return found.group(0) if found else ""
