"""Lists of cases: a unit's queue, a citizen's home, what the timer should look at."""

from collections.abc import Collection
from datetime import date, datetime

import msgspec
from msgspec import Struct
from sqlalchemy import ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.model import REPORTER, Actor, Case, CaseId, PersonId, RegistrationId, Role, UnitId
from inbox.storage import schema as s
from inbox.views import case_for

_case_json = msgspec.json.Decoder(Case)

MOST = 500
"""Rows of a list."""


class Listed(Struct, frozen=True):
    """A registration in a list, with what is needed to show it."""

    case: Case
    registration: str
    number: str
    reporter: str | None
    handler: PersonId | None
    goal: date | None
    received_at: datetime
    changed_at: datetime
    read_to: int
    """The authority's read mark in its own feed."""


class Counts(Struct, frozen=True):
    """How many open registrations are mine, nobody's, and all."""

    mine: int
    free: int
    all: int


class Own(Struct, frozen=True):
    """A case on the reporter's home page."""

    case: Case
    number: str
    read_to: int
    changed_at: datetime
    unread_answer: bool
    unread_messages: int
    """Messages from others that nobody on the reporter's seat has read."""
    seen: bool
    """Whether an authority has opened it."""


async def queue(
    connection: AsyncConnection, units: Collection[UnitId], *, only: str, person: PersonId, open_ones: bool = True
) -> list[Listed]:
    """Registrations of the units, those with the least time left first. `only`: mine, free or all."""
    reg, case, mark = s.registration.c, s.case.c, s.read_mark
    query = (
        select(
            case.body,
            reg.id,
            reg.number,
            reg.handler_id,
            reg.goal,
            reg.received_at,
            reg.changed_at,
            s.person.c.name,
            mark.c.n,
        )
        .select_from(s.registration)
        .join(s.case, case.id == reg.case_id)
        .outerjoin(s.seat, and_(s.seat.c.case_id == reg.case_id, s.seat.c.party == REPORTER, s.seat.c.until.is_(None)))
        .outerjoin(s.person, s.person.c.id == s.seat.c.person_id)
        .outerjoin(mark, and_(mark.c.case_id == reg.case_id, mark.c.party == reg.party))
        .where(reg.owner.in_(units), reg.open.is_(open_ones))
        # Without a goal (praise) comes last; the newest ended first.
        .order_by(*((reg.goal.is_(None), reg.goal, reg.received_at) if open_ones else (reg.changed_at.desc(),)))
        .limit(MOST)
    )
    rows = await connection.execute(_narrowed(query, only, person))
    return [
        Listed(
            case=_for_desk(_case_json.decode(row.body), row.id),
            registration=row.id,
            number=row.number,
            reporter=row.name,
            handler=row.handler_id,
            goal=row.goal,
            received_at=row.received_at,
            changed_at=row.changed_at,
            read_to=row.n or 0,
        )
        for row in rows
    ]


def _for_desk(case: Case, id: RegistrationId) -> Case:
    """The case as those see it who work with the registration."""
    registration = case.registration(id)
    actor = Actor(Role.CASEWORKER, registration.party, person=None, unit=registration.owner, registration=id)
    return case_for(case, actor)


async def counts(connection: AsyncConnection, units: Collection[UnitId], person: PersonId) -> Counts:
    """How many open registrations the units have."""
    reg = s.registration.c
    query = (
        select(
            func.count(),
            func.count().filter(reg.handler_id == person),
            func.count().filter(reg.handler_id.is_(None)),
        )
        .select_from(s.registration)
        .where(reg.owner.in_(units), reg.open.is_(True))
    )
    every, mine, free = (await connection.execute(query)).one()
    return Counts(mine=mine, free=free, all=every)


async def of_person(connection: AsyncConnection, person: PersonId) -> list[Own]:
    """The cases on whose seats the person sits, the newest change first."""
    mark = s.read_mark.c
    query = (
        select(
            s.case.c.body,
            s.registration.c.number,
            mark.n,
            _unread_answers().label("answers"),
            _unread_messages().label("messages"),
            _marks_of_others().label("others"),
        )
        .select_from(s.seat)
        .join(s.case, s.case.c.id == s.seat.c.case_id)
        # The number that the reporter was given when she filed.
        .join(s.registration, and_(s.registration.c.case_id == s.case.c.id, s.registration.c.id == "r1"))
        .outerjoin(s.read_mark, and_(mark.case_id == s.case.c.id, mark.party == s.seat.c.party))
        .where(s.seat.c.person_id == person, s.seat.c.until.is_(None))
    )
    found: dict[CaseId, Own] = {}
    for row in await connection.execute(query):
        case = _case_json.decode(row.body)
        own = Own(
            case=case_for(case, Actor(role=Role.REPORTER, party=REPORTER, person=person)),
            number=row.number,
            read_to=row.n or 0,
            changed_at=case.touched[REPORTER],
            unread_answer=bool(row.answers),
            unread_messages=row.messages,
            seen=bool(row.others),
        )
        found.setdefault(own.case.id, own)
    return sorted(found.values(), key=lambda own: own.changed_at, reverse=True)


def _unread_answers() -> ScalarSelect[int]:
    item = s.inbox_item.c
    mine = (item.case_id == s.case.c.id, item.party == s.seat.c.party, item.read_at.is_(None))
    return select(func.count()).where(*mine).correlate(s.case, s.seat).scalar_subquery()


def _unread_messages() -> ScalarSelect[int]:
    feed, event = s.feed.c, s.event.c
    return (
        select(func.count())
        .select_from(s.feed)
        .join(s.event, and_(event.case_id == feed.case_id, event.seq == feed.seq))
        .where(
            feed.case_id == s.case.c.id,
            feed.party == s.seat.c.party,
            feed.n > func.coalesce(s.read_mark.c.n, 0),
            event.kind == "message_posted",
            event.by != s.seat.c.party,
        )
        .correlate(s.case, s.seat, s.read_mark)
        .scalar_subquery()
    )


def _marks_of_others() -> ScalarSelect[int]:
    mark = s.read_mark.alias("other_mark").c
    return (
        select(func.count())
        .where(mark.case_id == s.case.c.id, mark.party != s.seat.c.party)
        .correlate(s.case, s.seat)
        .scalar_subquery()
    )


async def windows_over(connection: AsyncConnection, now: datetime) -> list[CaseId]:
    """Cases with an answered registration whose reply window is over."""
    reg = s.registration.c
    query = select(reg.case_id).where(reg.state == "answered", reg.reply_until < now).distinct()
    return list(await connection.scalars(query))


def _narrowed(query: Select[tuple[object, ...]], only: str, person: PersonId) -> Select[tuple[object, ...]]:
    reg = s.registration.c
    match only:
        case "mine":
            return query.where(reg.handler_id == person)
        case "free":
            return query.where(or_(reg.handler_id.is_(None), reg.handler_id == ""))
        case _:
            return query
