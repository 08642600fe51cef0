"""Reading a party's feed: the only way that what has happened is found for somebody."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Exists, RowMapping, Select, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.events import Recorded
from inbox.cases.model import Actor, CaseId, FeedId, PartyId, UnitId
from inbox.cases.thread_window import Window, WindowRequest, latest
from inbox.principals.seat import SeatId
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step
from inbox.storage.cases import recorded_of

NO_END = 1 << 30
"""More than any feed holds."""


class Mark(NamedTuple):
    """How far a party has read, in its own numbers."""

    n: int
    at: datetime
    unit: UnitId | None
    """The unit at which somebody read it; None for the reporter."""


NO_MARK = Mark(0, datetime.min.replace(tzinfo=UTC), None)


async def party_feed(
    connection: AsyncConnection, case: CaseId, party: PartyId, after: int, limit: int, size: int = NO_END
) -> list[tuple[int, Recorded]]:
    """The rows after number `after`, oldest first: at most `limit`, and at most `size` characters, but one at least."""
    query = _party_rows(case, party).where(s.feed.c.n > after).order_by(s.feed.c.n).limit(limit)
    return await _page(connection, query, size)


async def stretch(
    connection: AsyncConnection, case: CaseId, party: PartyId, desk: FeedId | None, wish: WindowRequest
) -> Window:
    """The part of a thread that somebody wants to see: of the party's feed and the desk's together."""
    limit = wish.most + 1
    query = _party_rows(case, party).where(s.feed.c.n < wish.before).order_by(s.feed.c.n.desc()).limit(limit)
    rows, notes = await _newest(connection, query), []
    if desk is not None:
        internal = _desk_rows(case, desk).where(s.note.c.n < wish.desk_before)
        notes = await _newest(connection, internal.order_by(s.note.c.n.desc()).limit(limit))
    return latest(rows, notes, wish)


async def but_messages(
    connection: AsyncConnection, case: CaseId, party: PartyId, outside: range
) -> list[tuple[int, Recorded]]:
    """Everything but messages outside of a stretch: what a page says of the case follows from it."""
    query = _outside(_party_rows(case, party), outside).where(s.event.c.kind != "message_posted")
    return _decoded((await connection.execute(query)).mappings())


async def with_messages(
    connection: AsyncConnection, case: CaseId, party: PartyId, outside: range
) -> list[tuple[int, Recorded]]:
    """Everything outside of a stretch: what somebody may be asked to share."""
    query = _outside(_party_rows(case, party), outside)
    return _decoded((await connection.execute(query)).mappings())


async def desk_feed(
    connection: AsyncConnection, case: CaseId, desk: FeedId, after: int, limit: int, size: int = NO_END
) -> list[tuple[int, Recorded]]:
    """The same as `party_feed` for what is internal to a desk."""
    query = _desk_rows(case, desk).where(s.note.c.n > after).order_by(s.note.c.n).limit(limit)
    return await _page(connection, query, size)


async def rows_since(connection: AsyncConnection, case: CaseId, first: int) -> list[tuple[FeedId, int, Recorded]]:
    """Feed, number and event, for every feed, from event number `first` of the case on. Only for telling."""
    rows = (await connection.execute(_SINCE, {"of_case": case, "first": first})).mappings().all()
    recorded = {row["seq"]: row for row in rows}
    events = {seq: recorded_of(row) for seq, row in recorded.items()}
    return [(feed, n, events[seq]) for seq, feed, n in sorted((row["seq"], row["feed"], row["n"]) for row in rows)]


async def numbers_of(connection: AsyncConnection, case: CaseId, party: PartyId, first: int, last: int) -> list[int]:
    """A party's own numbers of the events from `first` to `last`."""
    feed = s.feed.c
    query = (
        select(feed.n).where(feed.case_id == case, feed.party == party, feed.seq.between(first, last)).order_by(feed.n)
    )
    return list(await connection.scalars(query))


class Marks(NamedTuple):
    """How far those in a case have read, in the numbers of their parties."""

    seats: dict[tuple[PartyId, SeatId], Mark]

    def of(self, actor: Actor) -> Mark:
        """The actor's own."""
        return self.seats.get((actor.party or "", actor.sits), NO_MARK)

    def furthest(self) -> dict[PartyId, int]:
        """For each party the mark of who has read furthest of those who sit there: what it is told to have read."""
        found: dict[PartyId, int] = {}
        for (party, _), mark in self.seats.items():
            found[party] = max(mark.n, found.get(party, 0))
        return found


async def read_marks(connection: AsyncConnection, case: CaseId) -> Marks:
    """How far everybody has read, and when."""
    rows = await connection.execute(select(s.read_mark).where(s.read_mark.c.case_id == case))
    return Marks({(row.party, row.seat): Mark(row.n, row.at, row.unit_id) for row in rows})


async def set_read_mark(connection: AsyncConnection, case: CaseId, actor: Actor, n: int, at: datetime) -> bool:
    """Move the mark of the actor's seat forward, never back; False if it is there already, for whichever unit."""
    mark, unit = s.read_mark.c, actor.unit
    where = (mark.case_id == case, mark.party == actor.party, mark.seat == actor.sits)
    forward = update(s.read_mark).where(*where, mark.n < n).values(n=n, at=at, unit_id=unit)
    if (await connection.execute(forward)).rowcount:
        return True
    if await connection.scalar(select(mark.n).where(*where)) is not None:
        await connection.execute(update(s.read_mark).where(*where, mark.n == n).values(unit_id=unit))
        return False
    row = {"case_id": case, "party": actor.party, "seat": actor.sits, "n": n, "at": at, "unit_id": unit}
    await connection.execute(insert(s.read_mark).values(row))
    return True


def reading_own(case: CaseId, actor: Actor, first: int, last: int, at: datetime) -> Step:
    """What somebody writes, as their party's numbers `first` to `last`, they have read, if everything before it was."""
    if first == 1:
        return Step(_FIRST_MARK, [{"case_id": case, "party": actor.party, "seat": actor.sits, "n": last, "at": at}])
    of = {"of_case": case, "of_party": actor.party, "of_seat": actor.sits}
    return Step(_MOVE_MARK, [{**of, "before": first - 1, "last": last, "moment": at}])


async def shared_mark(connection: AsyncConnection, case: CaseId, reader: PartyId, viewer: PartyId, mark: int) -> int:
    """The reader's mark in the viewer's numbers: the newest event in both feeds that the reader has read. 0 if none."""
    mine, theirs = s.feed.alias("mine"), s.feed.alias("theirs")
    # From the mark backwards, and mostly the first: by the greatest of all a long thread would cost more.
    # As a question for each row, which leaves an engine that knows nothing of the table no other way.
    number = (
        select(mine.c.n)
        .where(mine.c.case_id == theirs.c.case_id, mine.c.seq == theirs.c.seq, mine.c.party == viewer)
        .scalar_subquery()
    )
    both = (
        select(theirs.c.n.label("their"), number.label("own"))
        .where(theirs.c.case_id == case, theirs.c.party == reader, theirs.c.n <= mark)
        .subquery()
    )
    query = select(both.c.own).where(both.c.own.is_not(None)).order_by(both.c.their.desc()).limit(1)
    return await connection.scalar(query) or 0


async def note_shared_mark(
    connection: AsyncConnection, case: CaseId, reader: PartyId, viewer: PartyId, n: int, at: datetime
) -> None:
    """Note when the reader has read up to the viewer's number `n`."""
    mark = s.shared_mark.c
    known = update(s.shared_mark).where(mark.case_id == case, mark.reader == reader, mark.viewer == viewer)
    if not (await connection.execute(known.values(n=n, at=at))).rowcount:
        row = {"case_id": case, "reader": reader, "viewer": viewer, "n": n, "at": at}
        await connection.execute(insert(s.shared_mark).values(row))


async def noted_marks(
    connection: AsyncConnection, case: CaseId, viewer: PartyId
) -> list[tuple[PartyId, int, tuple[int, datetime] | None]]:
    """How far each other party has read in its own numbers; and in the viewer's, and when, if what is noted is all.

    It is not where the party has written something since: that moves its mark too, and is not noted.
    """
    each, noted, feed, event = s.read_mark.c, s.shared_mark.c, s.feed.c, s.event.c
    furthest = (
        select(each.case_id, each.party, func.max(each.n).label("n"))
        .where(each.case_id == case, each.party != viewer)
        .group_by(each.case_id, each.party)
        .subquery("furthest")
    )
    mark = furthest.c
    wrote = (
        select(event.seq)
        .join(s.feed, and_(feed.case_id == event.case_id, feed.seq == event.seq))
        .where(feed.case_id == case, feed.party == viewer, feed.n > noted.n, event.by == mark.party)
        .correlate(furthest, s.shared_mark)
        .exists()
    )
    known = and_(noted.case_id == mark.case_id, noted.reader == mark.party, noted.viewer == viewer)
    query = select(mark.party, mark.n, noted.n, noted.at, wrote).select_from(furthest.outerjoin(s.shared_mark, known))
    rows = (await connection.execute(query)).all()
    return [(party, own, None if at is None or more else (n, at)) for party, own, n, at, more in rows]


async def moves(connection: AsyncConnection, case: CaseId, viewer: PartyId, party: PartyId) -> list[tuple[int, UnitId]]:
    """Where a party's handling moved to another unit, in the viewer's numbers, and from which."""
    feed, event = s.feed.c, s.event.c
    query = (
        select(feed.n, event.unit_id)
        .join(s.feed, and_(feed.case_id == event.case_id, feed.seq == event.seq))
        .where(feed.case_id == case, feed.party == viewer, event.kind == "case_forwarded", event.by == party)
        .order_by(feed.n)
    )
    return [(n, unit) for n, unit in await connection.execute(query)]


async def moment_of_mark(
    connection: AsyncConnection, case: CaseId, reader: PartyId, viewer: PartyId, n: int
) -> datetime | None:
    """When the reader read the viewer's number `n`: as noted, else, for what it wrote itself, when that was written.

    Never when the reader's own mark moved last: that may have been for something the viewer knows nothing of.
    """
    mark, feed = s.shared_mark.c, s.feed.c
    noted = select(mark.at).where(mark.case_id == case, mark.reader == reader, mark.viewer == viewer, mark.n == n)
    at: datetime | None = await connection.scalar(noted)
    if at is not None:
        return at
    written = (
        select(s.event.c.at)
        .join(s.feed, and_(feed.case_id == s.event.c.case_id, feed.seq == s.event.c.seq))
        .where(feed.case_id == case, feed.party == viewer, feed.n == n)
    )
    return await connection.scalar(written)


def has_read_answer(seat: ColumnElement[SeatId] | SeatId) -> Exists:
    """Whether whoever sits there has read the final answer of a row of the inbox."""
    item, read = s.inbox_item.c, s.answer_read.c
    mine = (read.event_id == item.event_id, read.party == item.party, read.seat == seat)
    return select(read.seat).where(*mine).correlate(s.inbox_item, s.seat).exists()


async def unread_answers(connection: AsyncConnection, case: CaseId, actor: Actor) -> frozenset[int]:
    """The numbers of the final answers in the inbox of the actor's party that the actor's seat has not read."""
    item = s.inbox_item.c
    query = select(s.feed.c.n).select_from(_IN_INBOX)
    mine = (item.case_id == case, item.party == actor.party, ~has_read_answer(actor.sits))
    return frozenset(await connection.scalars(query.where(*mine)))


async def read_answer(connection: AsyncConnection, case: CaseId, actor: Actor, n: int, at: datetime) -> bool:
    """The actor has read the final answer with that number, in place of all that its authority gave before.

    False if there is none. What another authority has answered is not read with it.
    """
    item, event, feed = s.inbox_item.c, s.event.c, s.feed.c
    mine = (item.case_id == case, item.party == actor.party)
    by = await connection.scalar(select(event.by).select_from(_IN_INBOX).where(*mine, feed.n == n))
    if by is None:
        return False
    unread = (feed.n <= n, event.by == by, ~has_read_answer(actor.sits))
    read = list(await connection.scalars(select(item.event_id).select_from(_IN_INBOX).where(*mine, *unread)))
    rows = [{"event_id": id, "party": actor.party, "seat": actor.sits, "at": at} for id in read]
    if rows:
        await connection.execute(insert(s.answer_read), rows)
    return True


def _party_rows(case: CaseId, party: PartyId) -> Select[Any]:
    feed, event, payload = s.feed.c, s.event, s.payload
    return (
        select(feed.n, event, payload.c.body)
        .select_from(s.feed)
        .join(event, and_(event.c.case_id == feed.case_id, event.c.seq == feed.seq))
        .join(payload, payload.c.event_id == event.c.id)
        .where(feed.case_id == case, feed.party == party)
    )


def _desk_rows(case: CaseId, desk: FeedId) -> Select[Any]:
    note, event = s.note.c, s.event
    return (
        select(note.n, event, note.body)
        .select_from(s.note)
        .join(event, event.c.id == note.event_id)
        .where(note.case_id == case, note.desk == desk)
    )


def _outside(query: Select[Any], stretch: range) -> Select[Any]:
    n = s.feed.c.n
    return query.where(or_(n < stretch.start, n >= stretch.stop)).order_by(n)


async def _page(connection: AsyncConnection, query: Select[Any], size: int) -> list[tuple[int, Recorded]]:
    """As many rows as there is room for."""
    rows: list[RowMapping] = []
    for row in (await connection.execute(query)).mappings():
        size -= len(row["body"])
        if rows and size < 0:
            break
        rows.append(row)
    return _decoded(rows)


async def _newest(connection: AsyncConnection, query: Select[Any]) -> list[tuple[int, Recorded]]:
    """Rows that were asked for backwards, put in order."""
    return _decoded((await connection.execute(query)).mappings())[::-1]


def _decoded(rows: Iterable[RowMapping]) -> list[tuple[int, Recorded]]:
    return [(row["n"], recorded_of(row)) for row in rows]


_IN_INBOX = s.inbox_item.join(s.event, s.event.c.id == s.inbox_item.c.event_id).join(
    s.feed,
    and_(
        s.feed.c.case_id == s.event.c.case_id,
        s.feed.c.seq == s.event.c.seq,
        s.feed.c.party == s.inbox_item.c.party,
    ),
)
"""Final answers in inboxes, under their numbers there."""
_FIRST_MARK = insert(s.read_mark)
_MOVE_MARK = (
    update(s.read_mark)
    .where(
        s.read_mark.c.case_id == bindparam("of_case"),
        s.read_mark.c.party == bindparam("of_party"),
        s.read_mark.c.seat == bindparam("of_seat"),
        s.read_mark.c.n == bindparam("before"),
    )
    .values(n=bindparam("last"), at=bindparam("moment"))
)
_OF_CASE = (s.event.c.case_id == bindparam("of_case"), s.event.c.seq >= bindparam("first"))
_SINCE = (
    select(s.feed.c.party.label("feed"), s.feed.c.n, s.event, s.payload.c.body)
    .join(s.event, and_(s.event.c.case_id == s.feed.c.case_id, s.event.c.seq == s.feed.c.seq))
    .join(s.payload, s.payload.c.event_id == s.event.c.id)
    .where(*_OF_CASE, s.feed.c.case_id == bindparam("of_case"), s.feed.c.seq >= bindparam("first"))
    .union_all(
        select(s.note.c.desk.label("feed"), s.note.c.n, s.event, s.note.c.body)
        .join(s.event, s.event.c.id == s.note.c.event_id)
        .where(*_OF_CASE)
    )
)
"""Made once: to put it together costs as much as to ask it."""
