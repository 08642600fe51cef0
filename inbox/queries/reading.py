"""The one way a case is looked at. Every look is recorded before anything is shown."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases import permissions
from inbox.cases.errors import NoSuchCase, NotYours
from inbox.cases.events import Recorded
from inbox.cases.model import Actor, Case, CaseId, Grant, Identity, PartyId, Role, UnitId, desk_of
from inbox.cases.status import Status, status_of
from inbox.cases.thread_window import WHOLE, WindowRequest, with_unread
from inbox.cases.views import Details, Entry, Viewer, case_for, entries_for
from inbox.people.identities import IdentityCache
from inbox.people.membership import actor_in, reads_content, staff_in
from inbox.people.roster import Roster
from inbox.principals.principal import Individual
from inbox.principals.seat import Seat
from inbox.queries.read_marks import ReadMark, marks_told, read_by
from inbox.storage import cases, feeds, files, openings
from inbox.storage import schema as s
from inbox.storage.encryption.details import details_of
from inbox.storage.engine.store import Store
from inbox.storage.lists import home, queues
from inbox.storage.openings import FEED, LIVE, NOT_SHOWN, NOTHING_GOT, REGISTER, SEEN, Opening

SAME_LOOK = timedelta(minutes=30)
"""Live catch-up within this time of an opening belongs to that opening."""
EVER = datetime(1970, 1, 1, tzinfo=UTC)
PAGE = 200
"""Entries in one answer."""
PAGE_SIZE = 256 * 1024
"""Characters of what was said in one answer: of long entries it holds fewer."""

_OPENING = (
    select(s.access.c.row)
    .where(
        s.access.c.case_id == bindparam("case"),
        s.access.c.at > bindparam("since"),
        s.access.c.what.not_in(bindparam("but", expanding=True)),
    )
    .limit(1)
)
_LOOKED = _OPENING.where(s.access.c.person_id == bindparam("person"), s.access.c.seat.is_(None))
_LOOKED_FROM = _OPENING.where(s.access.c.seat == bindparam("seat"))
"""The same of a seat, on which nobody need be known."""


class Thread(Struct, frozen=True, kw_only=True):
    """A case as one party sees it: whole, or a stretch of it."""

    case: Case
    actor: Actor
    seats: tuple[Seat, ...]
    entries: tuple[Entry, ...]
    """What has happened; outside of the stretch everything but messages, so that the rest of the page is right."""
    shown: range
    """The numbers of the entries in the stretch."""
    notes: tuple[Entry, ...]
    """What is internal to the viewer's own desk, in the stretch; empty for the reporter."""
    earlier: WindowRequest | None
    """What asks for the stretch before this one; None if it begins with the beginning."""
    head: int
    desk: str | None
    desk_head: int
    status: Status
    read_to: int
    """How far the viewer's seat, or authority, has read; 0 while nobody has at the unit that has it now."""
    unread_answers: frozenset[int]
    """The final answers in the viewer's inbox that are not read."""
    read_by: dict[PartyId, tuple[int, datetime]]
    """How far other parties have read, in the viewer's numbers."""
    may: frozenset[str]
    """Tags of the commands that can be given now."""
    colleagues: dict[str, str]


class Page(Struct, frozen=True):
    """Some entries of a feed, and its newest number."""

    entries: tuple[Entry, ...]
    head: int
    viewer: Viewer
    """Whose page it is, with the case as they see it."""
    notes: tuple[Entry, ...] = ()
    desk_head: int = 0
    read_by: tuple[ReadMark, ...] = ()
    """How far the others have read, where that was asked for."""


class QueueView(Struct, frozen=True):
    """A list of cases for staff; for distributors without anything that people wrote."""

    rows: tuple[queues.Listed, ...]
    counts: queues.Counts
    units: tuple[UnitId, ...]
    reads: bool
    """False: titles and names are not for this viewer."""
    last: queues.Last | None = None
    """What the next page comes after; None if there is no more."""


Marked = tuple[Case, tuple[Seat, ...], Actor, dict[PartyId, int]]
"""A case, its seats, who read, and for each other party how far, in its own numbers."""


class Reading:
    """Looks at cases. Made once."""

    def __init__(
        self,
        *,
        store: Store,
        identities: IdentityCache,
        now: Callable[[], datetime],
        looks: Callable[[str], None],
    ) -> None:
        """`looks` hears of every look before it costs anything, and raises where somebody looks too often."""
        self._store = store
        self._identities = identities
        self._now = now
        self._looks = looks

    async def thread(self, id: CaseId, identity: Identity, what: str = "thread", wish: WindowRequest = WHOLE) -> Thread:
        """The case as this person sees it now; NoSuchCase if it is not theirs, NotYours for a distributor."""
        self._looks(identity.key)
        actor = await self._standing(id, identity)
        if not reads_content(actor):
            raise NotYours
        await self._record(id, actor, what)
        colleagues = await self._identities.colleagues(actor.unit) if actor.unit else {}
        async with self._store.reading() as connection:
            case, seats = await _case(connection, id)
            _still(case, seats, identity, actor, self._now())
            party = actor.party or ""
            marks = await feeds.read_marks(connection, id)
            desk, head = _desk(case, actor), case.heads.get(party, 0)
            mine = marks.of(actor)
            read_to = mine.n if mine.unit == actor.unit else 0
            stretch = await feeds.stretch(connection, id, party, desk, with_unread(wish, head - read_to))
            # Who is asked to let somebody read is asked about everything that was said.
            outside = feeds.with_messages if case.requests else feeds.but_messages
            others = await outside(connection, id, party, stretch.shown)
            rows = sorted((*others, *stretch.rows), key=itemgetter(0))
            viewer = Viewer(case, actor, seats, colleagues, await _details(connection, rows))
            return Thread(
                case=case_for(case, actor),
                actor=actor,
                seats=seats,
                entries=entries_for(viewer, rows),
                shown=stretch.shown,
                notes=entries_for(viewer, stretch.notes),
                earlier=stretch.earlier,
                head=head,
                desk=desk,
                desk_head=case.heads.get(desk or "", 0),
                status=status_of(case, read=await queues.seen(connection, case)),
                read_to=read_to,
                unread_answers=await feeds.unread_answers(connection, id, actor),
                read_by=await read_by(connection, case, party, marks.furthest()),
                may=permissions.allowed(case, actor),
                colleagues=colleagues,
            )

    async def after(
        self, id: CaseId, identity: Identity, n: int, desk_n: int = 0, *, marks: bool = False, what: str = LIVE
    ) -> Page:
        """What came after number `n` of the person's party, at most PAGE entries; and of the desk's notes.

        With `marks` also how far the others have read.
        """
        self._looks(identity.key)
        recorded: Actor | None = None
        while True:
            # After a cut everybody asks at once, and mostly for nothing: on one connection, and only what is needed.
            async with self._store.reading() as connection:
                case, seats = await _case(connection, id)
                actor = actor_in(case, seats, identity, self._now())
                if actor is None:
                    raise NoSuchCase
                if not reads_content(actor):
                    raise NotYours
                if actor == recorded or await self._looked(connection, id, actor):
                    page = await _page(connection, self._identities.roster, case, seats, actor, n, desk_n)
                    told = await marks_told(connection, case, actor.party or "") if marks else ()
                    return replace(page, read_by=told)
            # By the socket one can read without ever having opened a page.
            await self._record(id, actor, what if what != LIVE or await self._opened(id, actor) else FEED)
            recorded = actor

    async def mark_read(self, id: CaseId, identity: Identity, n: int) -> Marked | None:
        """Note that the person has read up to `n`. What others should hear, in their numbers; None if nothing new."""
        self._looks(identity.key)
        actor = await self._reader(id, identity)
        await self._in_sight(id, actor)
        return await self._store.writer.do(lambda connection: self._moved(connection, id, actor, n), order=id)

    async def mark_answer_read(self, id: CaseId, identity: Identity, n: int) -> Marked | None:
        """The same for the final answer with number `n`, which lies in the inbox and has a page of its own."""
        self._looks(identity.key)
        actor = await self._reader(id, identity)

        async def work(connection: AsyncConnection) -> Marked | None:
            if not await feeds.read_answer(connection, id, actor, n, self._now()):
                return None
            before = (await feeds.read_marks(connection, id)).of(actor).n
            # A mark goes as far as everything is read: what came before the answer is not on its page.
            return await self._moved(connection, id, actor, n) if before >= n - 1 else None

        return await self._store.writer.do(work, order=id)

    async def queue(
        self,
        identity: Identity,
        only: str = "all",
        *,
        ended: bool = False,
        after: queues.Last | None = None,
        size: int = queues.USUAL,
    ) -> QueueView:
        """The cases of the units where the person works, those with the least time left first: a page of them."""
        units, person = desks(identity), identity.person or ""
        reads = any(grant.role is not Role.DISTRIBUTOR for grant in units)
        ids = tuple(sorted({grant.unit for grant in units}))
        async with self._store.reading() as connection:
            rows, last = await queues.queue(
                connection, ids, only=only, person=person, open_ones=not ended, after=after, size=size
            )
            counts = await queues.counts(connection, ids, person)
        return QueueView(tuple(_listed(row, identity) for row in rows), counts, ids, reads, last)

    async def home(
        self, identity: Identity, *, after: home.LastOwn | None = None, size: int = home.USUAL
    ) -> home.OwnPage:
        """The person's own cases, what waits for them first: a page of them. At work nobody has any."""
        person = identity.person if identity.citizen else None
        async with self._store.reading() as connection:
            return await home.own_cases(connection, person or "", self._now(), after, size)

    async def openings(self, id: CaseId, identity: Identity) -> list[Opening]:
        """Who has opened the citizen's own case at the units that work with it, the newest first."""
        actor = await self._standing(id, identity)
        if actor.role is not Role.REPORTER:
            raise NotYours
        async with self._store.reading() as connection:
            return await openings.of_case(connection, id)

    async def register_entry(self, id: CaseId, identity: Identity, what: str = REGISTER) -> tuple[Case, Actor]:
        """The case without what people wrote, for those who distribute; the look is recorded too."""
        self._looks(identity.key)
        actor = await self._standing(id, identity)
        await self._record(id, actor, what)
        async with self._store.reading() as connection:
            case, seats = await _case(connection, id)
            _still(case, seats, identity, actor, self._now())
        return _unmoved(case_for(case, actor)), actor

    async def file(self, id: CaseId, identity: Identity, file: str, what: str = "file") -> files.StoredFile:
        """An attachment that was sent to the person's party, or that it put there itself; NoSuchCase otherwise."""
        self._looks(identity.key)
        actor = await self._standing(id, identity)
        if not reads_content(actor):
            raise NotYours
        async with self._store.reading() as connection:
            found = await files.find_file(connection, id, file)
            if found is None or not await _reaches(connection, found, actor):
                raise NoSuchCase
        await self._record(id, actor, what)
        return found

    async def preview(self, id: CaseId, identity: Identity, file: str, what: str = "file") -> files.StoredFile:
        """The same for the small picture in the thread: it belongs to the opening in which it is shown."""
        actor = await self._standing(id, identity)
        if not reads_content(actor):
            raise NotYours
        async with self._store.reading() as connection:
            found = await files.find_file(connection, id, file)
            if found is None or not await _reaches(connection, found, actor):
                raise NoSuchCase
            looked = await self._looked(connection, id, actor)
        if not looked:
            await self._record(id, actor, what)
        return found

    async def bare(self, id: CaseId) -> tuple[Case, tuple[Seat, ...]]:
        """The case and its seats for checking somebody's standing; not for showing. NoSuchCase if there is none."""
        async with self._store.reading() as connection:
            return await _case(connection, id)

    async def versions(self, ids: tuple[CaseId, ...]) -> dict[CaseId, int]:
        """How many events each of the cases has: for seeing that there is something new."""
        if not ids:
            return {}
        async with self._store.reading() as connection:
            return await cases.versions_of(connection, ids)

    async def _standing(self, id: CaseId, identity: Identity) -> Actor:
        case, seats = await self.bare(id)
        actor = actor_in(case, seats, identity, self._now())
        if actor is None:
            raise NoSuchCase
        return actor

    async def _reader(self, id: CaseId, identity: Identity) -> Actor:
        """Who reads as a party; NotYours for those who only distribute."""
        actor = await self._standing(id, identity)
        if actor.party is None or not reads_content(actor):
            raise NotYours
        return actor

    async def _moved(self, connection: AsyncConnection, id: CaseId, actor: Actor, n: int) -> Marked | None:
        case, seats = await _case(connection, id)
        party = actor.party or ""
        mark = min(n, case.heads.get(party, 0))
        marks = await feeds.read_marks(connection, id)
        before, _, unit = marks.of(actor)
        if mark < max(before, 1) or (mark, actor.unit) == (before, unit):
            return None
        if not await feeds.set_read_mark(connection, id, actor, mark, self._now()):
            return None
        # Others are told how far the party has read: somebody else who sits there may have read further.
        before = marks.furthest().get(party, 0)
        others = [other.id for other in case.parties if other.id in case.heads and other.id != party]
        told = {}
        for other in others:
            # Only what moves the mark in their own numbers is told: else its timing betrayed what they do not see.
            known = await feeds.shared_mark(connection, id, party, other, before)
            shared = await feeds.shared_mark(connection, id, party, other, max(mark, before))
            if shared > known:
                await feeds.note_shared_mark(connection, id, party, other, shared, self._now())
                told[other] = shared
        return case, seats, actor, told

    async def _record(self, id: CaseId, actor: Actor, what: str) -> None:
        """One row per opening, committed before anything is shown."""
        values = {
            "case_id": id,
            "person_id": actor.principal.id if isinstance(actor.principal, Individual) else None,
            "seat": actor.seat,
            "party": actor.party,
            "role": actor.role.value,
            "unit_id": actor.unit,
            "what": what,
            "at": self._now(),
        }

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert(s.access).values(values))

        await self._store.writer.do(work, order=id)

    async def _in_sight(self, id: CaseId, actor: Actor) -> None:
        """Somebody sits at a page that came a while ago: they look at the case anew."""
        if not await self._opened(id, actor, self._now() - SAME_LOOK):
            await self._record(id, actor, SEEN)

    async def _opened(self, id: CaseId, actor: Actor, since: datetime = EVER) -> bool:
        """Whether they have been shown something of it."""
        async with self._store.reading() as connection:
            return await self._found(connection, id, actor, since, NOT_SHOWN)

    async def _looked(self, connection: AsyncConnection, id: CaseId, actor: Actor) -> bool:
        return await self._found(connection, id, actor, self._now() - SAME_LOOK, NOTHING_GOT)

    async def _found(
        self, connection: AsyncConnection, id: CaseId, actor: Actor, since: datetime, but: tuple[str, ...]
    ) -> bool:
        values = {"case": id, "since": since, "but": but}
        if actor.seat is not None:
            return (await connection.execute(_LOOKED_FROM, values | {"seat": actor.seat})).first() is not None
        return (await connection.execute(_LOOKED, values | {"person": actor.staff})).first() is not None


def desks(identity: Identity) -> tuple[Grant, ...]:
    """The roles by which the person sees queues."""
    seeing = {Role.CASEWORKER, Role.OFFICER, Role.DISTRIBUTOR}
    return tuple(grant for grant in identity.grants if grant.role in seeing)


def _listed(row: queues.Listed, identity: Identity) -> queues.Listed:
    """The row; for who may not read the case, without all that moves when somebody writes."""
    case = row.case
    actor = staff_in(case, identity)
    if actor is not None and reads_content(actor):
        return row
    registration = case.registration(row.registration)
    moved = registration.ended_at or registration.answered_at or registration.received_at
    return replace(row, case=_unmoved(case), reporter=None, changed_at=moved, read_to=0)


def _unmoved(case: Case) -> Case:
    """The case without anything that somebody wrote, and without what moves when they do."""
    return replace(case, title="", themes=(), place_text="", heads={}, touched={}, requests=(), aside={})


async def _case(connection: AsyncConnection, id: CaseId) -> tuple[Case, tuple[Seat, ...]]:
    found = await cases.load_seated(connection, id)
    if found is None:
        raise NoSuchCase
    return found


def _still(case: Case, seats: tuple[Seat, ...], identity: Identity, actor: Actor, now: datetime) -> None:
    """Return if the person's standing is what it was a moment ago, when the look was recorded."""
    if actor_in(case, seats, identity, now) != actor:
        raise NoSuchCase


def _desk(case: Case, actor: Actor) -> str | None:
    return desk_of(case.registration(actor.registration)) if actor.registration else None


async def _page(
    connection: AsyncConnection,
    roster: Roster,
    case: Case,
    seats: tuple[Seat, ...],
    actor: Actor,
    after: int,
    desk_after: int,
) -> Page:
    party, desk = actor.party or "", _desk(case, actor)
    head, desk_head = case.heads.get(party, 0), case.heads.get(desk or "", 0)
    rows, internal = [], []
    # Nothing comes after the newest: a number beyond it, however large, need not fit a column.
    if after < head:
        rows = await feeds.party_feed(connection, case.id, party, after, PAGE, PAGE_SIZE)
    if desk and desk_after < desk_head:
        internal = await feeds.desk_feed(connection, case.id, desk, desk_after, PAGE, PAGE_SIZE)
    colleagues = await roster.colleagues(connection, actor.unit) if actor.unit and (rows or internal) else {}
    viewer = Viewer(case, actor, seats, colleagues, await _details(connection, rows))
    return Page(
        entries=entries_for(viewer, rows),
        head=head,
        notes=entries_for(viewer, internal),
        desk_head=desk_head,
        viewer=replace(viewer, case=case_for(case, actor)),
    )


async def _details(connection: AsyncConnection, rows: Iterable[tuple[int, Recorded]]) -> Details:
    return await details_of(connection, (recorded.event for _, recorded in rows))


async def _reaches(connection: AsyncConnection, file: files.StoredFile, actor: Actor) -> bool:
    """Whether the file is the actor's own, was shared with the party, or was sent with an event in its feed."""
    if (file.party, file.seat) == (actor.party, actor.sits) or await files.is_shared(
        connection, file, actor.party or ""
    ):
        return True
    query = (
        select(s.feed.c.n)
        .join(s.event, (s.event.c.case_id == s.feed.c.case_id) & (s.event.c.seq == s.feed.c.seq))
        .where(s.event.c.id == file.event_id, s.feed.c.case_id == file.owner, s.feed.c.party == actor.party)
    )
    return (await connection.execute(query)).first() is not None
