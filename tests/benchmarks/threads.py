"""Cases made beforehand, each with its reporter and three colleagues signed in: threads to write in."""

from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.apply import replay
from inbox.cases.events import CaseSubmitted, CaseTaken, Envelope, Recorded
from inbox.cases.model import REPORTER, CaseId, Grant, PersonId, Relation, Role
from inbox.principals.principal import Individual
from inbox.principals.seat import FIRST_SEAT, Seat, SeatKind
from inbox.storage import cases, sessions
from inbox.storage.administration import roles
from inbox.storage.engine.engines import url_of
from inbox.storage.people import Person
from inbox.storage.sessions import Session
from server.app import real_clock, real_id, real_secret
from server.auth.sessions import hash_of
from tests.people import EKBACKEN, who
from tests.services.stores import store_at

COLLEAGUES = ("colleague1", "colleague2", "colleague3")


class Thread(Struct, frozen=True):
    """A case, and a session's secret for each of the four who have it open: the reporter's first."""

    case: CaseId
    secrets: tuple[str, ...]


async def make_threads(database: Path, count: int, database_url: str = "", *, of_one: bool = False) -> list[Thread]:
    """As many cases in a database that has its tables, each taken by a caseworker of the unit.

    Each has a reporter of its own, unless all are of one.
    """
    store = store_at(url_of(database, database_url))
    store.start()

    async def work(connection: AsyncConnection) -> list[Thread]:
        grants = (Grant(Role.CASEWORKER, EKBACKEN),)
        staff = [await _signed_in(connection, Person(id=id, name=id, staff=True), grants) for id in COLLEAGUES]
        reporters = [
            Person(id=f"reporter{n}", name=f"Reporter {n}", staff=False) for n in range(1 if of_one else count)
        ]
        secrets = [await _signed_in(connection, reporter, ()) for reporter in reporters]
        whose = [(reporters[n % len(reporters)], secrets[n % len(reporters)]) for n in range(count)]
        return [await _thread(connection, n, reporter, [secret, *staff]) for n, (reporter, secret) in enumerate(whose)]

    try:
        return await store.writer.do(work)
    finally:
        await store.close()


async def _thread(connection: AsyncConnection, number: int, reporter: Person, secrets: list[str]) -> Thread:
    history = _history(real_id(), number)
    case = replay(history)
    await cases.keep(connection, None, case, history)
    seat = Seat(FIRST_SEAT, REPORTER, SeatKind.PATIENT, Individual(reporter.id), reporter.name)
    await cases.open_seat(connection, case.id, seat, case.submitted_at)
    return Thread(case.id, tuple(secrets))


async def _signed_in(connection: AsyncConnection, person: Person, grants: tuple[Grant, ...]) -> str:
    await roles.add_with_roles(connection, person, grants, real_clock())
    secret, now = real_secret(), real_clock()
    await sessions.begin_session(
        connection, Session(id_hash=hash_of(secret), who=who(person), seen_at=now, expires_at=now + timedelta(hours=1))
    )
    return secret


def _history(case: CaseId, number: int) -> list[Recorded]:
    submitted = CaseSubmitted(
        type="complaint",
        dialog="complaint/1",
        language="sv",
        relation=Relation.SELF,
        title="Lång väntan",
        themes=(),
        place=EKBACKEN,
        place_text="",
        receiver=EKBACKEN,
        authority="V1",
        board=False,
        number=f"B 2026-{number:05d}",
        # Every tenth has none, as praise has none.
        goal=date(2026, 1, 1) + timedelta(days=number * 7 % 400) if number % 10 else None,
        story="Jag ringde tre dagar i rad och fick vänta.",
        answers=(),
        submission="{}",
    )
    taken = CaseTaken(registration="r1", handler=COLLEAGUES[0])
    return [
        Recorded(_envelope(case, 1, "case_submitted", None), submitted),
        Recorded(_envelope(case, 2, "case_taken", COLLEAGUES[0]), taken),
    ]


def _envelope(case: CaseId, seq: int, kind: str, by: PersonId | None) -> Envelope:
    return Envelope(
        id=real_id(),
        case=case,
        seq=seq,
        at=real_clock(),
        kind=kind,
        by="a1" if by else REPORTER,
        role=Role.CASEWORKER if by else Role.REPORTER,
        person=by,
        unit=EKBACKEN if by else None,
        to=(REPORTER, "a1"),
        basis=None,
        client_id=real_id(),
    )
