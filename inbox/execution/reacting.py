"""Does what follows from events: every reaction from where it stopped, in the order of rows.

What a reaction does, and how far it has come, is one transaction of the writer: however often a process dies, an event
is handed on until that is committed, and what it led to is there once. One process does it at a time; the next takes
over where the position says. A reaction that fails waits, longer each time, and holds up no other; what fails still is
put aside, for somebody to look at, and the next event is done.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.reactions.reaction import Reaction
from inbox.storage.engine.bell import Came
from inbox.storage.engine.store import Store
from inbox.storage.reacting import cursors
from inbox.storage.reacting.cursors import Parked, Position
from inbox.storage.reacting.events import Happened, Look, events_after, events_made, events_of, last_row
from inbox.storage.reacting.settled import Settled

BATCH = 200
"""Events in one transaction: those who write wait for it."""
TRIES = 8
FIRST_WAIT, LAST_WAIT = timedelta(seconds=1), timedelta(minutes=1)
"""Doubled each time: an event is put aside after two minutes."""


BEFORE_ALL = -1
"""Where a reaction is that has not begun."""


class MadeEvents(Exception):
    """A reaction made an event: it, or another, would be handed that one too, and so on without end."""


class State(Struct, frozen=True):
    """How it is with what follows from events."""

    last: int
    """The last event there is."""
    at: dict[str, Position]
    parked: tuple[Parked, ...]


class Reacting:
    """Every reaction of this process. Made once."""

    def __init__(self, store: Store, reactions: Sequence[Reaction], now: Callable[[], datetime]) -> None:
        self.reactions = {reaction.name: reaction for reaction in reactions}
        self._store = store
        self._now = now
        self._settled = {name: Settled() for name in self.reactions}

    async def round(self) -> Came:
        """Every reaction does what it can at once. Raises NotKept where nothing can be kept."""
        # A look that costs nothing but reading.
        async with self._store.reading() as connection:
            last, at = await self._reached(connection)
        behind = [one for one in at.values() if one.row < last and not self._waits(one)]
        came = [await self.go_on(one.name) for one in behind]
        return next((one for one in (Came.MORE, Came.LATER, Came.DONE) if one in came), Came.NOTHING)

    async def go_on(self, name: str) -> Came:
        """One reaction does its next events."""
        reaction = self.reactions[name]
        came = await self._store.writer.do(lambda connection: self._go_on(connection, reaction))
        if came in {Came.MORE, Came.DONE}:
            # It may have put something in the outbox.
            self._store.bell.ring()
        return came

    async def state(self) -> State:
        """How far each is, and what was put aside."""
        async with self._store.reading() as connection:
            last, at = await self._reached(connection)
            parked = await cursors.every_parked(connection)
        return State(last, at, tuple(one for one in parked if one.reaction in self.reactions))

    async def _reached(self, connection: AsyncConnection) -> tuple[int, dict[str, Position]]:
        """The last event there is, and where each reaction is."""
        last, known = await last_row(connection), await cursors.positions(connection)
        return last, {name: known.get(name, Position(name, BEFORE_ALL)) for name in self.reactions}

    async def start_anew(self, name: str) -> None:
        """What a reaction counts begins at nothing, and it at the first event."""
        reaction = self.reactions[name]

        async def work(connection: AsyncConnection) -> None:
            # Held before anything is removed: nobody counts meanwhile.
            await cursors.begin(connection, name, 0)
            await cursors.keep(connection, Position(name, 0))
            await cursors.unpark(connection, name)
            if reaction.clear is not None:
                await reaction.clear(connection)

        await self._store.writer.do(work)

    async def retry(self, name: str) -> tuple[int, int]:
        """Try once more what was put aside; how many events went well, and how many did not."""
        reaction, done, failed, after = self.reactions[name], 0, 0, 0

        async def work(connection: AsyncConnection) -> tuple[int, bool] | None:
            parked = await cursors.hold_parked(connection, name, after)
            if parked is None:
                return None
            events = await events_of(connection, [parked.row])
            well = await _failed(connection, reaction, events) is None
            if well:
                await cursors.unpark(connection, name, [parked.row])
            return parked.row, well

        while (one := await self._store.writer.do(work)) is not None:
            after, well = one
            done, failed = done + well, failed + (not well)
        return done, failed

    async def _go_on(self, connection: AsyncConnection, reaction: Reaction) -> Came:
        position = await cursors.hold(connection, reaction.name)
        if position is None:
            return await self._begun(connection, reaction)
        if self._waits(position):
            return Came.LATER
        look = await events_after(connection, position.row, BATCH)
        if not look.events:
            return Came.NOTHING
        last = await self._settled_row(connection, position, look)
        if last == position.row:
            return Came.LATER
        events = [event for event in look.events if event.row <= last]
        # While people write there is always one more: what comes meanwhile is gathered, and costs one commit for all.
        rest = Came.MORE if len(events) == BATCH else Came.DONE
        return await self._react(connection, reaction, position, events, rest)

    async def _begun(self, connection: AsyncConnection, reaction: Reaction) -> Came:
        """It is another process's just now; or nobody has begun with it yet."""
        if reaction.name in await cursors.positions(connection):
            return Came.LATER
        await cursors.begin(connection, reaction.name, await last_row(connection) if reaction.from_now else 0)
        return Came.MORE

    async def _settled_row(self, connection: AsyncConnection, position: Position, look: Look) -> int:
        rows = [event.row for event in look.events]
        if not self._store.shared:
            return rows[-1]
        settled = self._settled[position.name]
        last = settled.up_to(position.row, rows, position.own, look.oldest)
        if last < rows[-1]:
            settled.note(last, await last_row(connection), position.own)
        return last

    async def _react(
        self, connection: AsyncConnection, reaction: Reaction, position: Position, events: list[Happened], rest: Came
    ) -> Came:
        wanted = [event for event in events if reaction.kinds is None or event.kind in reaction.kinds]
        # One that failed before stands at the beginning: what comes after it is not undone with it once more.
        first = wanted[:1] if position.tries else wanted
        failed = await _failed(connection, reaction, first)
        if failed is None:
            all_done = len(first) == len(wanted)
            await cursors.keep(connection, Position(position.name, events[-1].row if all_done else first[-1].row))
            return rest if all_done else Came.MORE
        bad, fault = failed
        tries = position.tries + 1 if bad is first[0] else 1
        if tries == TRIES:
            await cursors.park(connection, Parked(position.name, bad.row, self._now(), fault))
            await cursors.keep(connection, Position(position.name, bad.row))
            return Came.MORE
        before = max((event.row for event in events if event.row < bad.row), default=position.row)
        due = self._now() + min(FIRST_WAIT * 2 ** (tries - 1), LAST_WAIT)
        await cursors.keep(connection, Position(position.name, before, tries, fault, due))
        return Came.LATER

    def _waits(self, position: Position) -> bool:
        """Whether its time has not come; nor has it been set by a clock that went wrong."""
        return position.due_at is not None and self._now() < position.due_at <= self._now() + LAST_WAIT


async def _failed(
    connection: AsyncConnection, reaction: Reaction, events: Sequence[Happened]
) -> tuple[Happened, str] | None:
    """Do the events: all at once, else one by one up to the first that fails. That one, and the kind of fault."""
    if not events or await _fault(connection, reaction, events) is None:
        return None
    for event in events:
        if (fault := await _fault(connection, reaction, [event])) is not None:
            return event, fault
    return None


async def _fault(connection: AsyncConnection, reaction: Reaction, events: Sequence[Happened]) -> str | None:
    """Do the events, all or none; the kind of fault where it was none. That the store is not able to is no fault."""
    try:
        async with connection.begin_nested():
            await _work(connection, reaction, events)
    except Exception as problem:
        if isinstance(problem, DBAPIError) and not isinstance(problem, IntegrityError | ProgrammingError | DataError):
            raise
        return type(problem).__name__
    return None


async def _work(connection: AsyncConnection, reaction: Reaction, events: Sequence[Happened]) -> None:
    before = await events_made(connection)
    await reaction.work(connection, events)
    if await events_made(connection) != before:
        raise MadeEvents
