"""Lists of cases of a unit: its queue."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Column, ColumnElement, Row, Select, UnaryExpression, and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import Actor, Case, CaseId, PersonId, RegistrationId, Role, UnitId
from inbox.cases.status import leading_registration
from inbox.cases.views import case_for
from inbox.principals.principal import TheService
from inbox.principals.seat import FIRST_SEAT
from inbox.storage import schema as s
from inbox.storage.encryption.fields import name_of

_case_json = msgspec.json.Decoder(Case)

USUAL = 100
"""Rows of a page of a list, if nobody says another number; the next one begins after the last of it."""


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
    """The authority's read mark in its own feed; 0 while nobody at the unit that has it now has read it."""


class Last(Struct, frozen=True):
    """The last row of the page before."""

    case: CaseId
    registration: RegistrationId


class _Place(Struct, frozen=True):
    """Where a row stands in a list now."""

    case: CaseId
    registration: RegistrationId
    goal: date | None
    received_at: datetime
    changed_at: datetime


class Counts(Struct, frozen=True):
    """How many open registrations are mine, nobody's, and all."""

    mine: int
    free: int
    all: int
    ended: int
    """How many are ended."""


async def queue(
    connection: AsyncConnection,
    units: Collection[UnitId],
    *,
    only: str,
    person: PersonId,
    open_ones: bool = True,
    after: Last | None = None,
    size: int = USUAL,
) -> tuple[list[Listed], Last | None]:
    """A page of the units' registrations, those with the least time left first, and its last if there are more.

    `only`: mine, free or all. Without the row that it should come `after`, the first page.
    """
    last = None if after is None else await _found(connection, after, units)
    found = list[Row[Any]]()
    for part in _parts(last, open_ones=open_ones):
        picked = _narrowed(_picked(part, units, person, open_ones=open_ones), only, person)
        picked = picked.limit(size + 1 - len(found))
        found += await connection.execute(_told(picked, part))
        if len(found) > size:
            break
    listed = [
        Listed(
            case=_for_desk(_case_json.decode(row.body), row.id),
            registration=row.id,
            number=row.number,
            reporter=name_of(connection, row.person_id, row.name) or None,
            handler=row.handler_id,
            goal=row.goal,
            received_at=row.received_at,
            changed_at=row.changed_at,
            # Of a case that was moved here the mark may be of the unit that had it before.
            read_to=row.n or 0 if row.read_at == row.owner else 0,
        )
        for row in found[:size]
    ]
    return listed, Last(listed[-1].case.id, listed[-1].registration) if len(found) > size else None


class _Part(Struct, frozen=True):
    """A part of a list that stands in an index in its order."""

    where: tuple[ColumnElement[bool], ...]
    order: tuple[UnaryExpression[object] | Column[Any], ...]


def _parts(last: _Place | None, *, open_ones: bool) -> list[_Part]:
    """What comes after the place, or everything: one part after the other."""
    reg = s.registration.c
    if not open_ones:
        # The newest ended first.
        order = (reg.changed_at, reg.case_id, reg.id)
        where = () if last is None else (tuple_(*order) < (last.changed_at, last.case, last.registration),)
        return [_Part(where, tuple(column.desc() for column in order))]
    order = (reg.received_at, reg.case_id, reg.id)
    with_goal = _Part((reg.goal.is_not(None),), (reg.goal, *order))
    # Without a goal (praise) comes last.
    without = _Part((reg.goal.is_(None),), order)
    if last is None:
        return [with_goal, without]
    place = (last.received_at, last.case, last.registration)
    if last.goal is None:
        return [_Part((*without.where, tuple_(*order) > place), order)]
    return [_Part((tuple_(*with_goal.order) > (last.goal, *place),), with_goal.order), without]


def _picked(
    part: _Part, units: Collection[UnitId], person: PersonId, *, open_ones: bool
) -> Select[CaseId, RegistrationId]:
    """Which registrations they are, without what is to be told of them: few need to be put in order whole."""
    reg = s.registration.c
    mine = (reg.owner.in_(units), reg.open.is_(open_ones), _of_others(person), *part.where)
    return select(reg.case_id, reg.id).where(*mine).order_by(*part.order)


def _of_others(person: PersonId) -> ColumnElement[bool]:
    """Nobody meets at work a case in which they sit, or have sat, themselves."""
    return s.registration.c.case_id.not_in(select(s.seat.c.case_id).where(s.seat.c.person_id == person))


def _told(picked: Select[CaseId, RegistrationId], part: _Part) -> Select[Any]:
    """The registrations with what is to be told of them."""
    reg, case, mark, these = s.registration.c, s.case.c, s.read_mark, picked.subquery()
    # Who filed it, also where somebody else sits there by now.
    reporter = and_(s.seat.c.case_id == reg.case_id, s.seat.c.id == FIRST_SEAT)
    return (
        select(
            case.body,
            reg.id,
            reg.number,
            reg.handler_id,
            reg.goal,
            reg.received_at,
            reg.changed_at,
            s.person.c.name,
            s.person.c.id.label("person_id"),
            mark.c.n,
            mark.c.unit_id.label("read_at"),
            reg.owner,
        )
        .select_from(these)
        .join(s.registration, and_(reg.case_id == these.c.case_id, reg.id == these.c.id))
        .join(s.case, case.id == reg.case_id)
        .outerjoin(s.seat, reporter)
        .outerjoin(s.person, s.person.c.id == s.seat.c.person_id)
        .outerjoin(mark, and_(mark.c.case_id == reg.case_id, mark.c.party == reg.party))
        .order_by(*part.order)
    )


async def _found(connection: AsyncConnection, last: Last, units: Collection[UnitId]) -> _Place | None:
    """Where the row stands now; None if it is not in the units' lists any more."""
    reg = s.registration.c
    query = select(reg.case_id, reg.id, reg.goal, reg.received_at, reg.changed_at)
    mine = (reg.case_id == last.case, reg.id == last.registration, reg.owner.in_(units))
    row = (await connection.execute(query.where(*mine))).first()
    return None if row is None else _Place(*row)


def _for_desk(case: Case, id: RegistrationId) -> Case:
    """The case as those see it who work with the registration."""
    registration = case.registration(id)
    actor = Actor(Role.CASEWORKER, registration.party, TheService(), unit=registration.owner, registration=id)
    return case_for(case, actor)


async def counts(connection: AsyncConnection, units: Collection[UnitId], person: PersonId) -> Counts:
    """How many registrations the units have."""
    every, mine, free, ended = (await connection.execute(_counted(units, person))).one()
    return Counts(mine=mine, free=free, all=every, ended=ended)


def _counted(units: Collection[UnitId], person: PersonId) -> Select[int, int, int, int]:
    reg = s.registration.c
    return (
        select(
            func.count().filter(reg.open.is_(True)),
            func.count().filter(reg.open.is_(True), reg.handler_id == person),
            func.count().filter(reg.open.is_(True), reg.handler_id.is_(None)),
            func.count().filter(reg.open.is_(False)),
        )
        .select_from(s.registration)
        .where(reg.owner.in_(units), _of_others(person))
    )


async def read_at(connection: AsyncConnection, ids: Collection[CaseId]) -> Mapping[CaseId, set[UnitId]]:
    """The units at which somebody has read of each of the cases."""
    mark, found = s.read_mark.c, defaultdict[CaseId, set[UnitId]](set)
    query = select(mark.case_id, mark.unit_id).where(mark.case_id.in_(ids), mark.unit_id.is_not(None))
    for row in await connection.execute(query):
        found[row.case_id].add(row.unit_id)
    return found


async def seen(connection: AsyncConnection, case: Case) -> bool:
    """Whether the unit that the status line speaks of has read of the case."""
    return leading_registration(case).owner in (await read_at(connection, (case.id,)))[case.id]


def _narrowed(query: Select[CaseId, RegistrationId], only: str, person: PersonId) -> Select[CaseId, RegistrationId]:
    reg = s.registration.c
    match only:
        case "mine":
            return query.where(reg.handler_id == person)
        case "free":
            return query.where(reg.handler_id.is_(None))
        case _:
            return query
