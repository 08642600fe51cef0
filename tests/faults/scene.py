"""Who is there: cases with people who write in them, and others who listen and must hear nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.actions.context import Rules
from inbox.cases.apply import replay
from inbox.cases.commands import GiveConsent, Parts, TakeCase
from inbox.cases.events import MessagePosted, NoteWritten, Recorded
from inbox.cases.model import REPORTER, Case, CaseId, Grant, Identity, PartyKind, Role, desk_of
from inbox.directory.current import CurrentDirectory
from inbox.directory.load import load
from inbox.execution.executor import CommandExecutor
from inbox.intake.library import Dialogs
from inbox.principals.principal import Employee, Individual, Who
from inbox.storage import cases, feeds, sessions
from inbox.storage.administration import roles
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.store import Store
from inbox.storage.people import Person
from inbox.storage.sessions import Session
from server.app import delivered_dialogs, real_clock, real_id, real_secret
from server.auth.sessions import hash_of
from server.config import Settings
from tests.benchmarks.threads import make_threads
from tests.faults.checker import Kept, Member
from tests.faults.client import MARK
from tests.people import BOARD, EKBACKEN, who
from tests.services.stores import store_at

AT_THE_BOARD = Grant(Role.OFFICER, BOARD)


class Place(Struct, frozen=True):
    """A socket to be: whose, in which case, with which session."""

    member: Member
    case: str
    secret: str


async def make_scene(database: Path, count: int, database_url: str = "") -> list[Place]:
    """In each case the reporter and two of the unit, in the first an officer of the board too.

    A stranger, the unit's distributor, and the officer where there is no board, watch and must hear nothing.
    """
    threads = await make_threads(database, count, database_url)
    store = store_at(url_of(database, database_url))
    store.start()
    try:
        others = await store.writer.do(_others)
        await _board_joins(store, threads[0].case)
    finally:
        await store.close()
    officer = others.pop("officer")
    places = []
    for at, thread in enumerate(threads):
        reporter, first, second, _ = thread.secrets
        board = at == 0
        places += [
            Place(_member(f"reporter{at}", at, "reporter", *("aside",) * board), thread.case, reporter),
            *(
                Place(_member(who, at, "unit", *("between",) * board, desk="desk"), thread.case, secret)
                for who, secret in (("colleague1", first), ("colleague2", second))
            ),
            Place(
                _member("officer", at, "board", "aside", "between", desk="bench") if board else Member(f"officer@{at}"),
                thread.case,
                officer,
            ),
            *(Place(Member(f"{who}@{at}"), thread.case, secret) for who, secret in others.items()),
        ]
    return places


def _member(who: str, at: int, party: str, *also: str, desk: str = "") -> Member:
    """Somebody in the so-manieth case. Only where there is a board, its parties are told different things."""
    return Member(
        f"{who}@{at}",
        f"thread-{at}",
        f"{desk}-{at}" if desk else "",
        f"{party}-{at}" if also else "",
        tuple(f"{word}-{at}" for word in also),
    )


async def read_store(places: list[Place], database: Path, database_url: str = "") -> Kept:
    """What is kept of the cases, read as a server would that has just started."""
    store = store_at(url_of(database, database_url))
    found: dict[str, list[tuple[int, str]]] = {}
    replayed = True
    try:
        async with store.reading() as connection:
            for at, id in enumerate(dict.fromkeys(place.case for place in places)):
                history, case = await cases.load_history(connection, id), await cases.load_case(connection, id)
                assert case is not None
                rows = await feeds.rows_since(connection, id, 1)
                names = _names(case, at)
                for feed, name in names.items():
                    found[name] = [(n, _mark(recorded)) for of, n, recorded in rows if of == feed]
                replayed = replayed and replay(history) == case
                if f"board-{at}" not in names.values():
                    # Both parties were told the same, so that one list is the order for all of them.
                    replayed = replayed and found.pop(f"reporter-{at}") == found[f"unit-{at}"]
                    found[f"thread-{at}"] = found.pop(f"unit-{at}")
    finally:
        await store.close()
    return Kept(found, replayed)


def _names(case: Case, at: int) -> dict[str, str]:
    """What each feed of a case is called here."""
    names = {REPORTER: f"reporter-{at}"}
    for registration in case.registrations:
        board = case.party(registration.party).kind is PartyKind.BOARD
        names[registration.party] = f"{'board' if board else 'unit'}-{at}"
        names[desk_of(registration)] = f"{'bench' if board else 'desk'}-{at}"
    return names


def act_on(store: Store, now: Callable[[], datetime] = real_clock) -> CommandExecutor:
    """The one way in, without a server around it."""
    settings = Settings()
    return CommandExecutor(
        store=store,
        directory=CurrentDirectory(load(settings.directory)),
        dialogs=Dialogs(delivered_dialogs()),
        rules=Rules(goal_days=settings.goal_days, reply_days=settings.reply_window_days),
        now=now,
        new_id=real_id,
    )


async def _board_joins(store: Store, case: CaseId) -> None:
    """With the reporter's consent, and the officer takes the case."""
    act = act_on(store)
    consent = GiveConsent(case=case, client_id=real_id(), unit=BOARD, parts=Parts(since="all"), text="Jag samtycker.")
    await act.carry_out(consent, Identity(Who(Individual("reporter0")), "Reporter 0"))
    officer = Identity(Who(Individual("officer"), Employee()), "Officer", (AT_THE_BOARD,), works=True)
    await act.carry_out(TakeCase(case=case, client_id=real_id()), officer)


async def _others(connection: AsyncConnection) -> dict[str, str]:
    grants = (Grant(Role.DISTRIBUTOR, EKBACKEN),)
    distributor = Person(id="distributor", name="Distributor", staff=True)
    stranger = Person(id="stranger", name="Stranger", staff=False)
    officer = Person(id="officer", name="Officer", staff=True)
    return {
        "distributor": await _signed_in(connection, distributor, grants),
        "stranger": await _signed_in(connection, stranger, ()),
        "officer": await _signed_in(connection, officer, (AT_THE_BOARD,)),
    }


async def _signed_in(connection: AsyncConnection, person: Person, grants: tuple[Grant, ...]) -> str:
    await roles.add_with_roles(connection, person, grants, real_clock())
    secret, now = real_secret(), real_clock()
    await sessions.begin_session(
        connection, Session(id_hash=hash_of(secret), who=who(person), seen_at=now, expires_at=now + timedelta(hours=1))
    )
    return secret


def _mark(recorded: Recorded) -> str:
    event = recorded.event
    found = MARK.match(event.text) if isinstance(event, MessagePosted | NoteWritten) else None
    return found.group(0) if found else ""
