"""A citizen's own cases: a page of them, what waits for her first, then what goes on, then what has ended."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import Actor, Case, CaseId, PersonId, Role, State, UnitId
from inbox.cases.status import leading_registration
from inbox.cases.views import case_for
from inbox.principals.principal import Individual
from inbox.principals.seat import FIRST_SEAT, Right
from inbox.storage import schema as s
from inbox.storage.feeds import has_read_answer
from inbox.storage.lists.queues import read_at

_Found = TypeVar("_Found")
_case_json = msgspec.json.Decoder(Case)

USUAL = 50
"""Cases of a page, if nobody says another number."""
WAITS, GOES_ON, ENDED = range(3)
"""The stretches of the list: something is to be read or answered; somebody works with it; nobody does."""
WORDS = ("message_posted", "answer_extended", "statement_released", "case_reopened", "case_referred")
"""Events by which somebody says something to her, beside the final answer."""
ASKS = ("consent_asked",)
"""And by which she is asked something. Once she has read it, the case goes on like any other until she answers."""


class Own(Struct, frozen=True):
    """A case on the reporter's home page."""

    case: Case
    number: str
    read_to: int
    changed_at: datetime
    unread_answer: bool
    unread_messages: int
    """Messages from others that nobody on the reporter's seat has read."""
    message_from: UnitId | None
    """The unit that wrote the newest of them."""
    answer_from: UnitId | None
    """The unit whose final answer is not read."""
    answer: int | None
    """Which one that is."""
    newest_answer: int | None
    """The newest answer of all."""
    seen: bool
    """Whether the unit that the status line speaks of has read of it."""


class LastOwn(Struct, frozen=True):
    """Where a case stands in the list."""

    stretch: int
    changed_at: datetime
    case: CaseId


class OwnPage(Struct, frozen=True):
    """A stretch of somebody's own cases."""

    cases: tuple[Own, ...]
    total: int
    """How many there are of them all."""
    first: int
    """The number in the whole list of the first that is here; 0 if none is."""
    last: LastOwn | None
    """Where the last of them stands, if there are more after it."""
    waiting: int
    """How many of them all something is to be read or answered in."""


async def own_cases(
    connection: AsyncConnection, person: PersonId, now: datetime, after: LastOwn | None, size: int
) -> OwnPage:
    """The cases on whose seats the person sits, in the order of the stretches, in each the newest change first."""
    rows = (await connection.execute(picked(person, now, after, size))).all()
    if after is not None and not rows:
        return await own_cases(connection, person, now, None, size)
    here = rows[:size]
    found = await _told(connection, person, now, [row.id for row in here])
    return OwnPage(
        cases=tuple(found[row.id] for row in here if row.id in found),
        total=rows[0].total if rows else 0,
        first=rows[0].number if rows else 0,
        last=LastOwn(here[-1].stretch, here[-1].at, here[-1].id) if len(rows) > size else None,
        waiting=rows[0].waiting if rows else 0,
    )


def picked(person: PersonId, now: datetime, after: LastOwn | None, size: int) -> Select[*tuple[Any, ...]]:
    """Which cases stand after the place, and one more; each with its number, and how many there are.

    All of the person's are put in order, by rows of indexes alone: it costs the same at the end as at the beginning.
    """
    place = _in_stretches(person, now).subquery("place")
    order = (place.c.stretch, place.c.at.desc(), place.c.id)
    waits = func.sum(case((place.c.stretch == WAITS, 1), else_=0)).over()
    number, total = func.row_number().over(order_by=order), func.count().over()
    listed = select(*place.c, number.label("number"), total.label("total"), waits.label("waiting")).subquery("listed")
    one = listed.c
    further: ColumnElement[bool] = true()
    if after is not None:
        older = or_(one.at < after.changed_at, and_(one.at == after.changed_at, one.id > after.case))
        further = or_(one.stretch > after.stretch, and_(one.stretch == after.stretch, older))
    return select(*one).where(further).order_by(one.number).limit(size + 1)


def _in_stretches(person: PersonId, now: datetime) -> Select[*tuple[Any, ...]]:
    """Each case of the person's: its id, its stretch, and when she last got something."""
    seat, mark, feed, event, reg, item = (
        each.c for each in (s.seat, s.read_mark, s.feed, s.event, s.registration, s.inbox_item)
    )
    her_feed = s.feed.join(s.event, and_(event.case_id == feed.case_id, event.seq == feed.seq))
    read_to = select(mark.n).where(mark.case_id == seat.case_id, mark.party == seat.party, mark.seat == seat.id)
    newest = (
        select(event.at)
        .select_from(her_feed)
        .where(feed.case_id == seat.case_id, feed.party == seat.party)
        .order_by(feed.n.desc())
        .limit(1)
    )
    stands = case((reg.state == State.AWAITING_CITIZEN.value, 2), (reg.open.is_(True), 1), else_=0)
    mine = (
        select(
            seat.case_id.label("id"),
            seat.party,
            seat.id.label("seat"),
            func.coalesce(read_to.scalar_subquery(), 0).label("read_to"),
            newest.scalar_subquery().label("at"),
            select(func.max(stands)).where(reg.case_id == seat.case_id).scalar_subquery().label("stands"),
        )
        .where(*_seated(person, now))
        .subquery("mine")
        .c
    )
    answer = select(item.event_id).where(item.case_id == mine.id, item.party == mine.party, ~has_read_answer(mine.seat))
    said = (
        select(feed.n)
        .select_from(her_feed)
        .where(feed.case_id == mine.id, feed.party == mine.party, feed.n > mine.read_to)
        .where(event.kind.in_((*WORDS, *ASKS)), _by_others(mine.party, mine.seat))
    )
    waits = or_(mine.stands == 2, answer.exists(), said.exists())
    return select(mine.id, mine.at, case((waits, WAITS), (mine.stands == 1, GOES_ON), else_=ENDED).label("stretch"))


async def _told(
    connection: AsyncConnection, person: PersonId, now: datetime, ids: Collection[CaseId]
) -> dict[CaseId, Own]:
    """The cases with what is to be told of them."""
    mark = s.read_mark.c
    query = (
        select(
            s.case.c.body,
            s.seat.c.party,
            s.seat.c.id.label("seat"),
            s.registration.c.number,
            mark.n,
            _unread_answers().label("answers"),
            _unread_messages().label("messages"),
            _message_by().label("message_from"),
            _of_unread_answers(s.event.c.unit_id).label("answer_from"),
            _of_unread_answers(s.feed.c.n).label("answer"),
            _of_answers(s.feed.c.n).scalar_subquery().label("newest_answer"),
        )
        .select_from(s.seat)
        .join(s.case, s.case.c.id == s.seat.c.case_id)
        # The number that the reporter was given when she filed.
        .join(s.registration, and_(s.registration.c.case_id == s.case.c.id, s.registration.c.id == "r1"))
        .outerjoin(s.read_mark, _mark_of_seat())
        .where(*_seated(person, now), s.seat.c.case_id.in_(ids))
    )
    found: dict[CaseId, Own] = {}
    rows = [(_case_json.decode(row.body), row) for row in await connection.execute(query)]
    read = await read_at(connection, ids)
    for one, row in rows:
        own = Own(
            case=case_for(one, Actor(Role.REPORTER, row.party, Individual(person), seat=row.seat)),
            number=row.number,
            read_to=row.n or 0,
            changed_at=one.touched[row.party],
            unread_answer=bool(row.answers),
            unread_messages=row.messages,
            message_from=row.message_from,
            answer_from=row.answer_from,
            answer=row.answer,
            newest_answer=row.newest_answer,
            seen=leading_registration(one).owner in read[one.id],
        )
        found.setdefault(own.case.id, own)
    return found


def _seated(person: PersonId, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """On which seats the person sits now."""
    seat = s.seat.c
    return (
        seat.person_id == person,
        or_(seat.until.is_(None), seat.until > now),
        seat.rights.contains(Right.READ.value),
    )


def _mark_of_seat() -> ColumnElement[bool]:
    mark, seat = s.read_mark.c, s.seat.c
    return and_(mark.case_id == seat.case_id, mark.party == seat.party, mark.seat == seat.id)


def _by_others(party: ColumnElement[str], seat: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an event is another party's, or of somebody else who sits at the same."""
    event = s.event.c
    return or_(event.by != party, and_(event.by == party, func.coalesce(event.seat, FIRST_SEAT) != seat))


def _unread_answers() -> ScalarSelect[int]:
    item = s.inbox_item.c
    mine = (item.case_id == s.case.c.id, item.party == s.seat.c.party, ~has_read_answer(s.seat.c.id))
    return select(func.count()).where(*mine).correlate(s.case, s.seat).scalar_subquery()


def _of_unread_answers(what: ColumnElement[_Found]) -> ScalarSelect[_Found]:
    """Of the newest answer that is not read."""
    return _of_answers(what).where(~has_read_answer(s.seat.c.id)).scalar_subquery()


def _of_answers(what: ColumnElement[_Found]) -> Select[_Found]:
    """Of the newest answer."""
    item, event, feed = s.inbox_item.c, s.event.c, s.feed.c
    return (
        select(what)
        .select_from(s.inbox_item)
        .join(s.event, event.id == item.event_id)
        .join(s.feed, and_(feed.case_id == event.case_id, feed.seq == event.seq, feed.party == item.party))
        .where(item.case_id == s.case.c.id, item.party == s.seat.c.party)
        .order_by(event.seq.desc())
        .limit(1)
        .correlate(s.case, s.seat)
    )


def _unread_messages() -> ScalarSelect[int]:
    return _of_unread(select(func.count())).scalar_subquery()


def _message_by() -> ScalarSelect[UnitId]:
    """The unit that wrote the newest message that is not read."""
    return _of_unread(select(s.event.c.unit_id)).order_by(s.feed.c.n.desc()).limit(1).scalar_subquery()


def _of_unread(what: Select[_Found]) -> Select[_Found]:
    feed, event = s.feed.c, s.event.c
    return (
        what.select_from(s.feed)
        .join(s.event, and_(event.case_id == feed.case_id, event.seq == feed.seq))
        .where(
            feed.case_id == s.case.c.id,
            feed.party == s.seat.c.party,
            feed.n > func.coalesce(s.read_mark.c.n, 0),
            event.kind.in_(WORDS),
            _by_others(s.seat.c.party, s.seat.c.id),
        )
        .correlate(s.case, s.seat, s.read_mark)
    )
