"""Tells people what has happened: a feed's entry to those whose standing opens it, asked at the moment of sending."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from dialogs.sentences import Translate
from handlers.realtime.frames import Frame, Gone, Lists, Presence, Read, Somebody, Typing, encoded
from handlers.realtime.peers import Happened, HasRead, Here, Peers, PersonChanged, Writes
from handlers.realtime.remote_presence import RemotePresence
from handlers.realtime.serialize import Draw, serialize
from handlers.realtime.subscriptions import Subscriber, Subscriptions
from handlers.realtime.topics import topics_of, touched_by
from inbox.cases.model import SYSTEM, Actor, Case, CaseId, FeedId, Identity, PersonId, Role, UnitId, desk_of
from inbox.cases.views import Details, Viewer, entry_for
from inbox.directory.current import CurrentDirectory
from inbox.execution.event_batch import EventBatch, as_it_stands, batch_of, details_of
from inbox.execution.executor import Loaded, Outcome
from inbox.people.identities import IdentityCache
from inbox.people.membership import actor_in, reads_content
from inbox.principals.seat import Seat
from inbox.queries.read_marks import ReadMark, unit_of
from inbox.storage.engine.store import Store

log = logging.getLogger(__name__)
Frames = tuple[str, ...]
"""Events as they go over the wire."""


class Publisher:
    """One queue and one task: what was committed first is told first."""

    def __init__(
        self,
        *,
        push: Callable[[str, str], Awaitable[None]],
        drain: Callable[[str], Awaitable[None]],
        store: Store,
        subscriptions: Subscriptions,
        identities: IdentityCache,
        directory: CurrentDirectory,
        translator: Callable[[str], Translate],
        latest: Callable[[CaseId], Loaded | None],
        peers: Peers,
        remote_presence: RemotePresence,
        is_over: Callable[[str], bool],
        draw: Draw,
        now: Callable[[], datetime],
    ) -> None:
        self._push = push
        self._drain = drain
        self._draining: set[asyncio.Task[None]] = set()
        self._is_over = is_over
        self._draw = draw
        self._now = now
        self._latest = latest
        self._store = store
        self._peers = peers
        self._remote_presence = remote_presence
        self._subscriptions = subscriptions
        self._identities = identities
        self._directory = directory
        self._translator = translator
        self._queue: asyncio.Queue[Outcome | Happened | asyncio.Future[None] | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to tell. Needs a running loop."""
        self._task = asyncio.create_task(self._run(), name="publisher")

    async def stop(self) -> None:
        """Tell what waits, then end."""
        if self._task is not None:
            self._queue.put_nowait(None)
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def tell(self, outcome: Outcome) -> None:
        """Tell what became of a command. Never waits: a slow receiver delays nobody's acknowledgement."""
        if outcome.rows:
            self._queue.put_nowait(outcome)
            self._peers.tell(_happened(outcome))

    def hear(self, happened: Happened) -> None:
        """Tell what another process has written. Never waits."""
        self._queue.put_nowait(happened)

    async def told(self) -> None:
        """Return when everything that was to be told so far has been handed to the sockets."""
        await self._queue.join()

    async def told_here(self) -> None:
        """Return when what was to be told before this moment has been handed to this process's sockets."""
        if self._task is not None and not self._task.done():
            reached = asyncio.get_running_loop().create_future()
            self._queue.put_nowait(reached)
            await reached
        if self._draining:
            # Nothing that was pushed before is still on its way to whoever has lost a case.
            await asyncio.wait(set(self._draining))

    async def told_everywhere(self) -> None:
        """The same for the sockets of every process."""
        await self.told_here()
        await self._peers.heard()

    async def _run(self) -> None:
        while (item := await self._queue.get()) is not None:
            try:
                if isinstance(item, asyncio.Future):
                    item.set_result(None)
                else:
                    await self._tell(item)
            except Exception as problem:  # noqa: BLE001 - one failed push must not stop the next
                # Losing a push loses nothing: the browser asks for what it misses by number.
                log.error("push failed", extra={"problem": type(problem).__name__})
            finally:
                self._queue.task_done()

    async def _tell(self, item: Outcome | Happened) -> None:
        news, last = await self._news(item)
        if news is not None:
            await self._tell_case(news)
            await self._tell_lists(news)
        # Only now: what could not be told is found again when somebody looks for what no word came of.
        told = self._subscriptions.told
        if news is not None and news.case.id in told:
            told[news.case.id] = max(told[news.case.id], last)

    async def _news(self, item: Outcome | Happened) -> tuple[Outcome | EventBatch | None, int]:
        """What is new to those at the case, in the order of their numbers, and the last; None if they know already.

        An event that another process wrote can be before this one. It is committed, so it is there to be read.
        """
        happened = item if isinstance(item, Happened) else _happened(item)
        told = self._subscriptions.told.get(happened.case)
        if told is not None and happened.last <= told:
            return None, told
        if isinstance(item, Outcome) and (told is None or happened.first == told + 1):
            return item, happened.last
        if told is not None or self._subscriptions.any_lists():
            news = await batch_of(self._store, happened.case, happened.first if told is None else told + 1)
            return news, news.last if news is not None else happened.last
        return None, happened.last

    def _newest(self, outcome: Outcome | EventBatch) -> tuple[Case, tuple[Seat, ...]]:
        """The case and its seats as they are by now: somebody may have been shut out while this waited to be told."""
        loaded = self._latest(outcome.case.id)
        if loaded is None or loaded.case.version < outcome.case.version:
            return outcome.case, outcome.seats
        return loaded.case, loaded.seats

    async def _tell_case(self, outcome: Outcome | EventBatch) -> None:
        case, drawn = outcome.case, dict[tuple[Actor, str], Frames]()
        details = await details_of(self._store, (recorded for _, _, recorded in outcome.rows))
        for watcher in self._subscriptions.at(case.id):
            if self._is_over(watcher.session):
                # Nothing goes to a session that ran out; its socket is shut in a moment.
                continue
            actor = await self._actor(watcher, lambda: self._newest(outcome))
            if actor is None:
                await self._let_go(watcher.sid, case.id)
                continue
            for frame in self._frames(watcher, actor, outcome, details, drawn):
                await self._push(watcher.sid, frame)

    def _frames(
        self,
        watcher: Subscriber,
        actor: Actor,
        outcome: Outcome | EventBatch,
        details: Details,
        drawn: dict[tuple[Actor, str], Frames],
    ) -> Frames:
        """What a socket gets. Rows are drawn, and encoded, once for all who look from one place, in one language."""
        if not watcher.rows:
            return self._told(watcher, actor, outcome, details)
        place = (replace(actor, principal=SYSTEM.principal), watcher.language)
        if place not in drawn:
            drawn[place] = self._told(watcher, actor, outcome, details)
        return drawn[place]

    def _told(self, watcher: Subscriber, actor: Actor, outcome: Outcome | EventBatch, details: Details) -> Frames:
        """The entries of the feeds that this person's standing opens: the party's, and the own desk's."""
        case = outcome.case
        desk = _desk(case, actor)
        names = self._identities.names()
        viewer = Viewer(case, actor, outcome.seats, names, details)
        translate = self._translator(watcher.language)
        told = []
        for feed, n, recorded in outcome.rows:
            if feed in {actor.party, desk}:
                entry = entry_for(viewer, n, recorded)
                frame = (
                    self._draw(viewer, entry, watcher.language)
                    if watcher.rows
                    else serialize(case.id, entry, self._directory.tree, names, translate)
                )
                told.append(encoded("note" if feed == desk else "entry", frame))
        return tuple(told)

    async def _tell_lists(self, outcome: Outcome | EventBatch) -> None:
        """A list that may look different now is fetched anew. The ping says only that something happened."""
        topics, heard_by = touched_by(outcome, self._now())
        for watcher in self._subscriptions.following(topics):
            if self._is_over(watcher.session):
                continue
            identity = await self._identities.identity(watcher.who)
            if identity is not None and heard_by(identity):
                await self._send(watcher.sid, Lists())

    async def tell_read(self, case: Case, seats: tuple[Seat, ...], by: Actor, marks: dict[str, int], at: str) -> None:
        """Others in the thread hear how far a party has read, in their own numbers."""
        self._peers.tell(HasRead(case.id, by, marks, at))
        await self.tell_read_here(case, seats, by, marks, at)

    async def tell_read_here(
        self, case: Case, seats: tuple[Seat, ...], by: Actor, marks: dict[str, int], at: str
    ) -> None:
        """The same for this process's sockets alone."""
        for watcher in self._subscriptions.at(case.id):
            actor = await self._actor(watcher, lambda: (case, seats))
            if actor is not None and actor.party in marks:
                unit = self._name(unit_of(case, by.party))
                await self._send(watcher.sid, Read(case.id, kind_of(case, by), marks[actor.party], at, unit))

    async def tell_marks(self, sid: str, case: CaseId, marks: Iterable[ReadMark]) -> None:
        """Somebody who comes, or comes back, hears how far the others have read meanwhile."""
        for mark in marks:
            await self._send(sid, Read(case, mark.kind, mark.n, mark.at.isoformat(), self._name(mark.unit)))

    async def tell_presence(self, case: Case, seats: tuple[Seat, ...]) -> None:
        """Everyone in the thread hears who else has it open: across parties only as what."""
        self._peers.tell(Here("", {case.id: self._subscriptions.people_at(case.id)}))
        await self.tell_presence_here(case, seats)

    async def tell_presence_here(self, case: Case, seats: tuple[Seat, ...]) -> None:
        """The same for this process's sockets alone."""
        here = self._subscriptions.at(case.id)
        present = [(w, actor) for w in here if (actor := await self._actor(w, lambda: (case, seats)))]
        everybody = [actor for _, actor in present]
        everybody += await self._away(case, seats) if present else []
        for watcher, actor in present:
            seen = {self._seen(case, actor, other) for other in everybody if other.principal != actor.principal}
            await self._send(watcher.sid, Presence(case.id, tuple(sorted(seen))))

    async def tell_typing(
        self, case: Case, seats: tuple[Seat, ...], by: Actor, feeds: tuple[FeedId, ...], on: bool
    ) -> None:
        """Those who will read it hear that somebody writes: across parties only as what."""
        self._peers.tell(Writes(case.id, by, feeds, on))
        await self.tell_typing_here(case, seats, by, feeds, on)

    async def tell_typing_here(
        self, case: Case, seats: tuple[Seat, ...], by: Actor, feeds: tuple[FeedId, ...], on: bool
    ) -> None:
        """The same for this process's sockets alone."""
        for watcher in self._subscriptions.at(case.id):
            actor = await self._actor(watcher, lambda: (case, seats))
            if actor is not None and actor.principal != by.principal and actor.party in feeds:
                writer = self._seen(case, actor, by)
                await self._send(watcher.sid, Typing(case.id, on, writer.kind, writer.name))

    async def person_changed(self, person: PersonId) -> None:
        """Somebody's roles were changed: returns when no socket of any process opens more than they have now."""
        self._identities.forget(person)
        self._peers.tell(PersonChanged(person))
        await self.shut_out(person)
        await self.told_everywhere()

    async def shut_out(self, person: PersonId) -> None:
        """The person's sockets let go of the cases that are no longer theirs."""
        for watcher in self._subscriptions.of_person(person):
            identity = await self._identities.identity(watcher.who)
            if watcher.topics:
                self._subscriptions.follow(watcher.sid, topics_of(identity) if identity else frozenset())
            for id in list(watcher.cases):
                await self._shut_if_gone(watcher, id, identity)

    async def end_seats(self) -> None:
        """Let go of the cases in which somebody's seat has ended by its date: nothing was pushed there since."""
        for sid, case in self._subscriptions.over(self._now()):
            await self._let_go(sid, case)

    async def _shut_if_gone(self, watcher: Subscriber, id: CaseId, identity: Identity | None) -> None:
        found = await as_it_stands(self._store, id)
        actor = actor_in(*found, identity, self._now()) if found and identity else None
        if actor is None or not reads_content(actor):
            await self._let_go(watcher.sid, id)

    async def _let_go(self, sid: str, case: CaseId) -> None:
        """Push nothing more of a case to a socket; what was pushed before leaves first, or never."""
        self._subscriptions.shut(sid, case)
        await self._send(sid, Gone(case))
        task = asyncio.ensure_future(self._drain(sid))
        self._draining.add(task)
        task.add_done_callback(self._draining.discard)

    async def _away(self, case: Case, seats: tuple[Seat, ...]) -> list[Actor]:
        """Those who have it open at other processes."""
        now = self._now()
        identities = [await self._identities.identity(who) for who in self._remote_presence.at(case.id)]
        return [actor for one in identities if one and (actor := actor_in(case, seats, one, now))]

    async def _actor(self, watcher: Subscriber, stands: Callable[[], tuple[Case, tuple[Seat, ...]]]) -> Actor | None:
        """Somebody's standing, if they still read the case.

        Who was forgotten is read anew: not to be known is not to have lost the case.
        """
        if self._is_over(watcher.session):
            return None
        identity = self._identities.known(watcher.who) or await self._identities.identity(watcher.who)
        actor = actor_in(*stands(), identity, self._now()) if identity else None
        return actor if actor is not None and reads_content(actor) else None

    async def _send(self, sid: str, frame: Frame) -> None:
        await self._push(sid, encoded(frame.event, frame))

    def _name(self, id: UnitId | None) -> str:
        return self._directory.tree.name_now(id) if id else ""

    def _seen(self, case: Case, viewer: Actor, other: Actor) -> Somebody:
        """Somebody as the viewer may know them: a colleague by name, others only as what they are."""
        near = viewer.unit is not None and viewer.unit == other.unit
        name = self._identities.names().get(other.staff or "", "") if near else ""
        return Somebody(kind_of(case, other), name)


def _desk(case: Case, actor: Actor) -> str | None:
    """The desk of the actor's registration as it was when this happened; None if it had none yet."""
    found = next((r for r in case.registrations if r.id == actor.registration), None)
    return desk_of(found) if found else None


def _happened(outcome: Outcome) -> Happened:
    recorded = outcome.recorded
    return Happened(outcome.case.id, recorded[0].envelope.seq, recorded[-1].envelope.seq)


def kind_of(case: Case, actor: Actor) -> str:
    """reporter, provider, board, or system."""
    return case.party(actor.party).kind.value if actor.party and actor.role is not Role.SYSTEM else "system"
