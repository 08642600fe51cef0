"""What follows from events while servers are killed: what it did, who got what was sent, and which timers fired."""

import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

from aiohttp import ClientSession, ClientTimeout, web
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.apply import replay
from inbox.cases.commands import AnswerCase, Measure
from inbox.cases.model import REPORTER, CaseId, Grant, Identity, Role
from inbox.execution.reacting import Reacting
from inbox.outbox.delivering import Channel, NotDelivered
from inbox.principals.principal import Employee, Individual, Who
from inbox.principals.seat import FIRST_SEAT, Seat, SeatKind
from inbox.reactions import every_reaction
from inbox.reactions.reaction import Reaction
from inbox.storage import cases, people
from inbox.storage import schema as s
from inbox.storage.engine.bell import Came
from inbox.storage.engine.store import Store
from inbox.storage.people import Person
from inbox.storage.projections.verify import miscounted
from inbox.storage.reacting import outbox
from inbox.storage.reacting.events import Happened
from inbox.storage.reacting.outbox import Claimed, Letter
from server.app import real_clock, real_id
from server.config import Settings
from tests.benchmarks.threads import COLLEAGUES, _history
from tests.faults.checker import Verdict
from tests.faults.scene import act_on
from tests.people import EKBACKEN
from tests.services.stores import store_at

TIMED = 40
"""Cases whose thread closes by itself during the run."""
WITHIN = 900
"""Seconds: as far as the clock jumps."""
RECIPIENTS = 20
CHANNEL, REACTION = "receiver", "told"
metadata = MetaData()
seen = Table(
    "faults_seen",
    metadata,
    # Nothing here hides what is done twice.
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("row", Integer, nullable=False),
)


async def _told(connection: AsyncConnection, events: Sequence[Happened]) -> None:
    """Write each event down, and send it to the receiver."""
    await connection.execute(insert(seen), [{"row": event.row} for event in events])
    letters = [
        Letter(real_id(), CHANNEL, f"{event.case} {event.row % RECIPIENTS}", {"event": event.row}, event.at)
        for event in events
    ]
    await outbox.put(connection, letters)


TOLD = Reaction(REACTION, _told)


def channel_to(url: str) -> Channel:
    """Posts to the receiver. Whoever is killed at it leaves it to the next within two seconds."""

    async def deliver(letter: Claimed) -> None:
        body = {"id": letter.id, "key": letter.key, "event": letter.body["event"]}
        async with ClientSession(timeout=ClientTimeout(1)) as session, session.post(url, json=body) as answer:
            if answer.status != 200:
                raise NotDelivered(f"status_{answer.status}")

    second = timedelta(seconds=1)
    return Channel(deliver, tries=1_000, first_wait=second / 10, last_wait=second, lease=2 * second)


class Receiver:
    """Gets what is sent, takes its time, and now and then refuses, or takes it and does not say so."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, int]] = []
        """Id, key and event of all that came and was taken, in order."""
        self.url = ""
        self._chance = random.Random(1)

    async def take(self, request: web.Request) -> web.Response:
        """A letter."""
        body, chance = await request.json(), self._chance.random()
        if chance > 0.1:
            self.got.append((body["id"], body["key"], body["event"]))
        return web.Response(status=503 if chance < 0.2 else 200)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A real server at a real port."""
    receiver, app = Receiver(), web.Application()
    app.add_routes([web.post("/", receiver.take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield receiver
    finally:
        await runner.cleanup()


class Following:
    """What is there for a run, and what is judged of it."""

    def __init__(self, store: Store, receiver: Receiver, timed: list[CaseId]) -> None:
        self.receiver = receiver
        self._store = store
        self._timed = timed

    async def look(self) -> list[str]:
        """Whether a cursor is ahead of what was done, as of one moment."""
        at = select(s.reaction.c.row).where(s.reaction.c.name == REACTION).scalar_subquery()
        missed = ~select(seen.c.row).where(seen.c.row == s.event.c.row).exists()
        async with self._store.reading() as connection:
            ahead = list(await connection.scalars(select(s.event.c.row).where(s.event.c.row <= at, missed)))
        return [f"the cursor has passed event {row}, which was not done" for row in ahead]

    async def is_done(self) -> bool:
        """Whether nothing is left to do."""
        async with self._store.reading() as connection:
            last = await connection.scalar(select(func.max(s.event.c.row)))
            # What else has a row there, as the sealing of looks, counts something else than events.
            names = [REACTION, *(one.name for one in every_reaction())]
            late = select(s.reaction.c.name).where(s.reaction.c.row < last, s.reaction.c.name.in_(names))
            behind = list(await connection.scalars(late))
            waits = (await outbox.count_open(connection)).get(CHANNEL, 0)
            timers = await connection.scalar(select(func.count()).select_from(s.timer))
        return not behind and not waits and not timers

    async def judge(self, verdict: Verdict) -> None:
        """Add what is found, once no server runs any more."""
        async with self._store.reading() as connection:
            events = {row.row: row for row in await connection.execute(select(s.event))}
            done = list(await connection.scalars(select(seen.c.row).order_by(seen.c.n)))
            sent = {row.id: row for row in await connection.execute(select(s.outbox).order_by(s.outbox.c.row))}
        verdict.unclear += [] if await self.is_done() else ["not everything came to an end"]
        verdict.lost += await self.look()
        verdict.lost += [f"no reaction to event {row}" for row in events.keys() - set(done)]
        verdict.doubled += [f"{n} reactions to event {row}" for row, n in Counter(done).items() if n > 1]
        verdict.misordered += ["reactions in another order than the events"] if done != sorted(done) else []
        self._judge_received(verdict, {id: (row.key, row.row) for id, row in sent.items()}, len(events))
        self._judge_timers(verdict, Counter(e.case_id for e in events.values() if e.kind == "thread_closed"))
        await self._judge_counts(verdict)

    def _judge_received(self, verdict: Verdict, sent: dict[str, tuple[str, int]], events: int) -> None:
        """Each letter came; what came twice came under the same id; of a key in order."""
        first = dict[str, tuple[str, int]]()
        for id, key, event in self.receiver.got:
            first.setdefault(id, (key, event))
        verdict.lost += [f"letter {id} never came" for id in sent.keys() - first.keys()]
        verdict.doubled += [f"letter {id} came, which nobody has sent" for id in first.keys() - sent.keys()]
        if len(sent) != events or len({event for _, event in first.values()}) != len(first):
            verdict.doubled.append(f"{len(sent)} letters for {events} events")
        by_key: dict[str, list[int]] = {}
        for key, event in first.values():
            by_key.setdefault(key, []).append(event)
        verdict.misordered += [f"letters of {key} out of order" for key, rows in by_key.items() if rows != sorted(rows)]

    def _judge_timers(self, verdict: Verdict, closed: Counter[str]) -> None:
        verdict.lost += [f"{case} was never closed" for case in self._timed if not closed[case]]
        verdict.doubled += [f"{case} was closed {n} times" for case, n in closed.items() if n > 1]

    async def _judge_counts(self, verdict: Verdict) -> None:
        """What has grown is what the events make; and what is counted anew is what has grown."""
        (tally,) = (one for one in every_reaction() if one.name == "tally")
        assert tally.counts is not None
        verdict.misordered += [one.field for one in await miscounted(self._store.url, tally.name, tally.counts)]
        async with self._store.reading() as connection:
            grown = await tally.counts.stored(connection)
        reacting = Reacting(self._store, [tally], real_clock)
        await reacting.start_anew(tally.name)
        while await reacting.round() is not Came.NOTHING:
            pass
        async with self._store.reading() as connection:
            if await tally.counts.stored(connection) != grown:
                verdict.misordered.append("what is counted anew is not what has grown")


@asynccontextmanager
async def following_in(url: str, receiver: Receiver | None) -> AsyncIterator[Following | None]:
    """The reaction's table, and cases whose threads close while the clock jumps; nothing without a receiver."""
    if receiver is None:
        yield None
        return
    store = store_at(url)
    store.start()

    async def there(connection: AsyncConnection) -> None:
        await connection.run_sync(metadata.create_all)

    try:
        await store.writer.do(there)
        yield Following(store, receiver, await _timed(store))
    finally:
        await store.close()


async def _timed(store: Store) -> list[CaseId]:
    """Answered cases, whose windows end one after the other."""
    begun, at = real_clock() - timedelta(days=Settings().reply_window_days), 0.0
    act = act_on(store, lambda: begun + timedelta(seconds=at))
    who = Identity(
        Who(Individual(COLLEAGUES[0]), Employee()), COLLEAGUES[0], (Grant(Role.CASEWORKER, EKBACKEN),), works=True
    )
    reporter = Person(id="timed", name="Timed", staff=False)
    await store.writer.do(lambda connection: people.add_person(connection, reporter))
    found = []
    for number in range(TIMED):
        case = real_id()
        await store.writer.do(partial(_filed, id=case, number=number, reporter=reporter))
        at = WITHIN * (number + 1) / TIMED
        measures = (Measure(text="Vi har kopplat om."),)
        answer = AnswerCase(
            case=case,
            client_id=real_id(),
            explanation="Så var det.",
            measures=measures,
            problems=("6.2",),
            area="primarvard",
        )
        await act.carry_out(answer, who)
        found.append(case)
    return found


async def _filed(connection: AsyncConnection, id: CaseId, number: int, reporter: Person) -> None:
    history = _history(id, 1_000 + number)
    case = replay(history)
    await cases.keep(connection, None, case, history)
    seat = Seat(FIRST_SEAT, REPORTER, SeatKind.PATIENT, Individual(reporter.id), reporter.name)
    await cases.open_seat(connection, id, seat, case.submitted_at)
