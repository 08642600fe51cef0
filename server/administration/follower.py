"""Keeps a process in step with what is administered elsewhere: the directory, and who may do what.

Looked at twice a second, in one short question: what is administered is changed by other processes and on the terminal,
and nobody has to tell. What takes long, an index of all units, is made in a thread.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, timedelta

from inbox.administration.directory.records import Records, directory_on
from inbox.cases.model import PersonId
from inbox.directory.current import CurrentDirectory
from inbox.directory.index import build
from inbox.directory.model import RegionCode
from inbox.directory.tree import Directory
from inbox.storage.administration import directory as kept
from inbox.storage.administration import roles
from inbox.storage.engine.store import Store
from server.jobs.runner import Job

LOOK = timedelta(seconds=0.5)
OVERLAP = 200
"""Rows that are looked at once more: another process may commit a lower number after a higher one."""


class Follower:
    """Made once. `changed` hears of people who may do something else than before.

    `take_in_first` fills a database that has no directory yet.
    """

    def __init__(
        self,
        store: Store,
        directory: CurrentDirectory,
        *,
        today: Callable[[], date],
        take_in_first: Callable[[], Awaitable[None]],
        region: RegionCode,
        everybody: Callable[[], Iterable[PersonId]],
        changed: Callable[[PersonId], Awaitable[None]],
    ) -> None:
        self._store = store
        self._directory = directory
        self._today = today
        self._take_in_first = take_in_first
        self._region = region
        self._everybody = everybody
        self._changed = changed
        self._records = Records()
        self._day: date | None = None
        self._row = 0
        self._seen: set[int] = set()

    async def begin(self) -> None:
        """Know the directory as it is, before anybody asks."""
        async with self._store.reading() as connection:
            empty = not await kept.version_of(connection)
            self._row = await roles.last_row(connection)
            self._seen = {row for row, _ in await roles.changed_since(connection, self._row - OVERLAP)}
        if empty:
            await self._take_in_first()
        await self._follow_directory()

    def jobs(self) -> tuple[Job, ...]:
        """What is done every now and then."""
        return (Job("directory", LOOK, self.look_at_directory), Job("roles", LOOK, self.look_at_roles))

    async def look_at_directory(self) -> None:
        """Know what has changed in it since, or with the day; who may do what follows from both."""
        if await self._follow_directory():
            await self._tell(self._everybody())

    async def look_at_roles(self) -> None:
        """Tell of everybody whose roles were given or taken since."""
        async with self._store.reading() as connection:
            found = await roles.changed_since(connection, self._row - OVERLAP)
        new = [(row, person) for row, person in found if row not in self._seen]
        self._seen = {row for row, _ in found}
        self._row = max((row for row, _ in found), default=self._row)
        await self._tell(dict.fromkeys(person for _, person in new))

    async def _follow_directory(self) -> bool:
        """Whether anything was new."""
        day = self._today()
        async with self._store.reading() as connection:
            version = await kept.version_of(connection)
            if (version, day) == (self._records.version, self._day):
                return False
            # An older one: the database was put back to what it was.
            known = self._records if self._records.version <= version else Records()
            rows = await kept.rows_after(connection, known.version, version)
        self._records, tree = await asyncio.to_thread(self._made, known, rows, version, day)
        self._day = day
        self._directory.become(tree)
        self._directory.look_in(await asyncio.to_thread(build, tree))
        return True

    def _made(self, known: Records, rows: kept.Kept, version: int, day: date) -> tuple[Records, Directory]:
        records = kept.records_after(known, rows, version)
        return records, directory_on(records, day, self._region)

    async def _tell(self, people: Iterable[PersonId]) -> None:
        for person in people:
            await self._changed(person)
