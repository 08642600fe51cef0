"""Cases on a real database, without the web: what the tests of the inbox act on."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dialogs.load import load, versions
from inbox.actions.context import Rules
from inbox.cases import commands as c
from inbox.cases.apply import replay
from inbox.cases.events import Recorded
from inbox.cases.model import Case, Identity
from inbox.cases.timers import timers_of
from inbox.directory.current import CurrentDirectory
from inbox.directory.load import MITTLAND
from inbox.directory.load import load as load_directory
from inbox.directory.tree import Directory
from inbox.execution.executor import CommandExecutor, Outcome
from inbox.intake.drafts import Drafts
from inbox.intake.library import Dialogs
from inbox.people.identities import IdentityCache
from inbox.people.roster import Roster
from inbox.queries.reading import Page, Reading, Thread
from inbox.storage import cases, feeds
from inbox.storage.engine.store import Store
from inbox.storage.schema import timer
from tests.answered import USUAL, Answers, answered_draft
from tests.people import identity
from tests.services.stores import SINCE, peopled_store, store_at

DIRECTORY = load_directory(MITTLAND)
DIALOGS = Dialogs([load("complaint", version) for version in versions("complaint")])
START = SINCE

Feeds = dict[str, list[tuple[int, Recorded]]]


class World:
    """A store, what acts on it, and a clock that stands still until told."""

    def __init__(self, store: Store, first_id: int = 1) -> None:
        self.store = store
        self.now = START
        self._ids = itertools.count(first_id)
        self.directory = CurrentDirectory(DIRECTORY)
        self.identities = IdentityCache(store, Roster(self.directory, self.today))
        self.act = CommandExecutor(
            store=store,
            directory=self.directory,
            dialogs=DIALOGS,
            rules=Rules(),
            now=self.clock,
            new_id=self.new_id,
        )
        self.drafts = Drafts(
            store=store, dialogs=DIALOGS, directory=self.directory, now=self.clock, new_id=self.new_id, days=30, most=50
        )
        self.reading = Reading(store=store, identities=self.identities, now=self.clock, looks=lambda _: None)

    def has_units(self, directory: Directory) -> None:
        """From now on that directory is in force."""
        self.directory.become(directory)

    def clock(self) -> datetime:
        """The moment it is in this world."""
        return self.now

    def today(self) -> date:
        """The day it is there."""
        return self.now.date()

    def passes(self, time: timedelta) -> None:
        """Time passes."""
        self.now += time

    def new_id(self) -> str:
        """Ids in the order in which they are made."""
        return f"00000000-0000-7000-8000-{next(self._ids):012d}"

    async def carry_out(self, command: c.AnyCommand, who: Identity) -> Outcome:
        """Carry out a command, and prove that replay and feeds agree with what is stored."""
        before = await self._feeds_before(command.case)
        outcome = await self.act.carry_out(command, who)
        await self._prove(outcome, before)
        return outcome

    async def does(self, who: Any, kind: type[c.Command], case: str, **fields: Any) -> Outcome:
        """Somebody gives a command, with a client id of its own unless one is given."""
        client_id = fields.pop("client_id", None) or self.new_id()
        command: Any = kind(case=case, client_id=client_id, **fields)
        return await self.carry_out(command, identity(who))

    async def drafts_complaint(self, who: Any, answers: Answers | None = None) -> tuple[str, int]:
        """A draft that is ready to be sent: its id and revision. Questions are answered as they come."""
        told = {**USUAL, **(answers or {})}
        draft = await answered_draft(self.drafts, self.store, self.directory.tree, who.id, told)
        return draft.id, draft.revision

    async def complains_to_board(self, who: Any) -> str:
        """Somebody files a complaint with the patient board, and does not agree yet that the care is shown it."""
        return await self.complains(who, {"recipient": {"choice": ["board"]}, "share": {"choice": ["no"]}})

    async def complains_of(self, who: Any, unit: str) -> str:
        """Somebody files a complaint about another unit."""
        return await self.complains(who, {"place": {"unit": [unit]}})

    async def complains_for_mother(self, who: Any) -> str:
        """Somebody files a complaint about the care of a relative."""
        return await self.complains(who, {"about": {"choice": ["relative"]}})

    async def praises(self, who: Any) -> str:
        """Somebody praises the care."""
        return await self.complains(who, {"leave": {"choice": ["praise"]}})

    async def complains(self, who: Any, answers: Answers | None = None) -> str:
        """Somebody files a complaint; the case's id."""
        id, revision = await self.drafts_complaint(who, answers)
        await self.does(who, c.SubmitCase, id, revision=revision)
        return id

    async def thread(self, case: str, who: Any) -> Thread:
        """The case as somebody sees it."""
        return await self.reading.thread(case, identity(who))

    async def after(self, case: str, who: Any, n: int = 0) -> Page:
        """What came after a number, for somebody."""
        return await self.reading.after(case, identity(who), n)

    async def case(self, id: str) -> Case:
        """The case as stored."""
        async with self.store.reading() as connection:
            case = await cases.load_case(connection, id)
        assert case is not None
        return case

    async def history(self, id: str) -> list[Recorded]:
        """Everything that happened in the case."""
        async with self.store.reading() as connection:
            return await cases.load_history(connection, id)

    async def _feeds_before(self, id: str) -> Feeds:
        async with self.store.reading() as connection:
            return await self._feeds(connection, await cases.load_case(connection, id))

    async def _feeds(self, connection: Any, case: Case | None) -> Feeds:
        found = {}
        for feed in case.heads if case else ():
            assert case is not None
            fetch = feeds.desk_feed if "@" in feed else feeds.party_feed
            found[feed] = await fetch(connection, case.id, feed, 0, 1 << 30)
        return found

    async def _timers(self, connection: Any, id: str) -> dict[str, datetime]:
        rows = await connection.execute(select(timer.c.name, timer.c.due_at).where(timer.c.case_id == id))
        return {row.name: row.due_at for row in rows}

    async def _prove(self, outcome: Outcome, before: Feeds) -> None:
        id = outcome.case.id
        async with self.store.reading() as connection:
            stored = await cases.load_case(connection, id)
            assert stored == outcome.case
            assert replay(await cases.load_history(connection, id)) == stored
            assert await self._timers(connection, id) == timers_of(stored)
            after = await self._feeds(connection, stored)
        told: Feeds = {feed: list(rows) for feed, rows in before.items()}
        for feed, n, recorded in outcome.rows:
            told.setdefault(feed, []).append((n, recorded))
        assert told == after
        for feed, rows in after.items():
            assert [n for n, _ in rows] == list(range(1, stored.heads[feed] + 1))


@asynccontextmanager
async def world_in(folder: Path, database_url: str = "") -> AsyncIterator[World]:
    """A world with everybody in it, on a database of its own."""
    store = store_at(await peopled_store(folder / "world.db", database_url))
    store.start()
    try:
        yield World(store)
    finally:
        await store.close()
