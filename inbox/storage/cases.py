"""Loading and keeping cases. What an event adds to the tables is decided here and nowhere else."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import RowMapping, and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.events import CaseAnswered, Envelope, Recorded
from inbox.cases.model import (
    CITIZENS,
    OPEN,
    Case,
    CaseId,
    PartyKind,
    Registration,
    RegistrationId,
    Role,
    State,
    desk_of,
)
from inbox.cases.upcast import lifted, seat_then
from inbox.principals.principal import CodeHolder, Individual
from inbox.principals.seat import Right, Seat, SeatId, SeatKind
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step, execute_all
from inbox.storage.encryption.fields import name_of
from inbox.storage.timers import keeping_timers, set_anew

MOST_EVENTS = (1 << 31) - 1
"""No event of a case has a higher number: it would not fit its column."""

_case_json = msgspec.json.Decoder(Case)
_addressed = msgspec.json.Decoder(tuple[str, ...])
_states = msgspec.json.Decoder(dict[RegistrationId, State])

_SEAT = (s.seat.c.id.label("seat"), *(s.seat.c[name] for name in ("party", "kind", "person_id", "code_id", "rights")))
_SEATED = (
    select(s.case.c.id, s.case.c.body, *_SEAT, s.seat.c.until, s.person.c.name)
    .select_from(s.case)
    .outerjoin(s.seat, s.seat.c.case_id == s.case.c.id)
    .outerjoin(s.person, s.person.c.id == s.seat.c.person_id)
    .where(s.case.c.id == bindparam("id"))
    .order_by(s.seat.c.since, s.seat.c.id)
)
"""Made once: to put it together costs as much as to ask it."""
_SEATED_TO_CHANGE = _SEATED.with_for_update(key_share=True, of=s.case)


async def load_case(connection: AsyncConnection, id: CaseId) -> Case | None:
    """The case as stored, or None."""
    body = await connection.scalar(select(s.case.c.body).where(s.case.c.id == id))
    return None if body is None else _case_json.decode(body)


async def version_of(connection: AsyncConnection, id: CaseId) -> int | None:
    """How many events the case has, or None."""
    return await connection.scalar(select(s.case.c.version).where(s.case.c.id == id))


async def versions_of(connection: AsyncConnection, ids: Collection[CaseId]) -> dict[CaseId, int]:
    """The same for many."""
    rows = await connection.execute(select(s.case.c.id, s.case.c.version).where(s.case.c.id.in_(ids)))
    return {row.id: row.version for row in rows}


async def load_seated(
    connection: AsyncConnection, id: CaseId, *, to_change: bool = False
) -> tuple[Case, tuple[Seat, ...]] | None:
    """The case with who sits, and has sat, on its seats, in one question: everybody who comes asks it.

    With `to_change` no other process can change the case until the transaction ends.
    """
    query = _SEATED_TO_CHANGE if to_change else _SEATED
    rows = (await connection.execute(query, {"id": id})).all()
    return (
        (_case_json.decode(rows[0].body), tuple(_seat(connection, row) for row in rows if row.seat)) if rows else None
    )


def _seat(connection: AsyncConnection, row: Any) -> Seat:
    return Seat(
        id=row.seat,
        party=row.party,
        kind=SeatKind(row.kind),
        holder=Individual(row.person_id) if row.person_id else CodeHolder(row.code_id, row.id),
        name=name_of(connection, row.person_id, row.name),
        rights=frozenset(map(Right, row.rights.split())),
        until=row.until,
    )


async def open_seat(connection: AsyncConnection, case: CaseId, seat: Seat, at: datetime) -> None:
    """Let somebody sit there."""
    values = {
        "case_id": case,
        "id": seat.id,
        "party": seat.party,
        "kind": seat.kind.value,
        "person_id": seat.holder.id if isinstance(seat.holder, Individual) else None,
        "code_id": seat.holder.id if isinstance(seat.holder, CodeHolder) else None,
        "rights": " ".join(sorted(seat.rights)),
        "since": at,
        "until": seat.until,
    }
    await connection.execute(insert(s.seat).values(values))


async def end_seat(connection: AsyncConnection, case: CaseId, seat: SeatId, at: datetime) -> None:
    """From that moment on it opens nothing."""
    await connection.execute(update(s.seat).where(s.seat.c.case_id == case, s.seat.c.id == seat).values(until=at))


async def set_timers_anew(connection: AsyncConnection, id: CaseId) -> None:
    """The timers as they follow from the case, whatever was set before."""
    found = await load_seated(connection, id, to_change=True)
    if found is not None:
        await set_anew(connection, found[0])


async def load_history(
    connection: AsyncConnection, id: CaseId, first: int = 1, last: int = MOST_EVENTS
) -> list[Recorded]:
    """The events from number `first` to `last`, in order."""
    note, payload, event = s.note, s.payload, s.event
    query = (
        select(event, func.coalesce(payload.c.body, note.c.body).label("body"))
        .outerjoin(payload, payload.c.event_id == event.c.id)
        .outerjoin(note, note.c.event_id == event.c.id)
        .where(and_(event.c.case_id == id, event.c.seq.between(first, last)))
        .order_by(event.c.seq)
    )
    rows = (await connection.execute(query)).mappings()
    return [recorded_of(row) for row in rows]


def recorded_of(row: RowMapping) -> Recorded:
    """The event in a row of the event table with its `body` beside it."""
    return Recorded(_envelope_of(row), lifted(row["kind"], row["version"], row["body"]))


def _envelope_of(row: RowMapping) -> Envelope:
    return Envelope(
        id=row["id"],
        case=row["case_id"],
        seq=row["seq"],
        at=row["at"],
        kind=row["kind"],
        by=row["by"],
        role=Role(row["role"]),
        person=row["person_id"],
        seat=row["seat"] or seat_then(row["role"]),
        unit=row["unit_id"],
        to=_addressed.decode(row["addressed"]),
        basis=row["basis"],
        client_id=row["client_id"],
        version=row["version"],
        states=None if row["states"] is None else _states.decode(row["states"]),
    )


async def keep(connection: AsyncConnection, before: Case | None, after: Case, recorded: list[Recorded]) -> bool:
    """Write the events, their feed rows and the case. False if somebody else changed the case since `before`."""
    return await execute_all(connection, keeping(before, after, recorded))


def keeping(before: Case | None, after: Case, recorded: list[Recorded]) -> list[Step]:
    """What is written for the events: in the order in which tables refer to each other."""
    heads = dict(before.heads) if before else {}
    envelopes, payloads, notes, feeds = [], [], [], []
    for item in recorded:
        envelopes.append(_row_of(item.envelope))
        internal, body = _internal(item), msgspec.json.encode(item.event).decode()
        if not internal:
            payloads.append({"event_id": item.envelope.id, "body": body})
        for feed in item.envelope.to:
            heads[feed] = heads.get(feed, 0) + 1
            if internal:
                notes.append(_note_row(feed, heads[feed], item, body))
            else:
                feeds.append({"case_id": after.id, "party": feed, "n": heads[feed], "seq": item.envelope.seq})
    return [
        _keeping_case(before, after),
        Step(_EVENT, envelopes),
        Step(_PAYLOAD, payloads),
        Step(_NOTE, notes),
        Step(_FEED, feeds),
        *_keeping_registrations(before, after),
        Step(_ANSWER, _answer_rows(recorded)),
        *keeping_timers(before, after),
    ]


def _internal(item: Recorded) -> bool:
    """Addressed to a desk: kept in the table of notes, out of reach of every party's feed."""
    return all("@" in feed for feed in item.envelope.to)


def _row_of(envelope: Envelope) -> dict[str, object]:
    return {
        "id": envelope.id,
        "case_id": envelope.case,
        "seq": envelope.seq,
        "at": envelope.at,
        "kind": envelope.kind,
        "by": envelope.by,
        "role": envelope.role,
        "person_id": envelope.person,
        "seat": envelope.seat,
        "unit_id": envelope.unit,
        "addressed": msgspec.json.encode(envelope.to).decode(),
        "basis": envelope.basis,
        "client_id": envelope.client_id,
        "version": envelope.version,
        "states": None if envelope.states is None else msgspec.json.encode(envelope.states).decode(),
    }


def _note_row(desk: str, n: int, item: Recorded, body: str) -> dict[str, object]:
    return {"event_id": item.envelope.id, "case_id": item.envelope.case, "desk": desk, "n": n, "body": body}


def _keeping_case(before: Case | None, after: Case) -> Step:
    body = msgspec.json.encode(after).decode()
    if before is None:
        values = {"id": after.id, "version": after.version, "body": body, "submitted_at": after.submitted_at}
        return Step(_BEGIN_CASE, [values])
    values = {"of_id": after.id, "before": before.version, "after": after.version, "now": body}
    return Step(_CHANGE_CASE, [values], must=True)


def _keeping_registrations(before: Case | None, after: Case) -> list[Step]:
    """The rows that queues are read from."""
    known = {r.id: (r, _moment(before, r)) for r in before.registrations} if before else {}
    steps = []
    for registration in after.registrations:
        key = {"of_case": after.id, "of_id": registration.id}
        moment = _moment(after, registration)
        if registration.id not in known:
            steps.append(Step(_REGISTRATION, [_registration_row(after, registration)]))
        elif registration != known[registration.id][0]:
            values = _registration_row(after, registration)
            new = {f"new_{name}": value for name, value in values.items() if name not in {"case_id", "id"}}
            steps.append(Step(_CHANGE_REGISTRATION, [{**key, **new}]))
        elif moment != known[registration.id][1]:
            steps.append(Step(_TOUCH_REGISTRATION, [{**key, "moment": moment[0], "now_open": moment[1]}]))
    return steps


def _moment(case: Case, registration: Registration) -> tuple[datetime, bool]:
    """What of a registration's row also others can change."""
    return _changed_at(case, registration), _is_open(case, registration)


def _is_open(case: Case, registration: Registration) -> bool:
    """Whether somebody is expected to work: on an answer, or, when that is given, on a statement for the board."""
    party = case.party(registration.party)
    asked = party.kind is PartyKind.PROVIDER and party.left is None
    owes = asked and any(other.state is State.AWAITING_STATEMENT for other in case.registrations)
    return owes or registration.state in OPEN


def _changed_at(case: Case, registration: Registration) -> datetime:
    """When the authority last got something: what is addressed to others only must not show in its queue."""
    feeds = (registration.party, desk_of(registration))
    return max((case.touched[feed] for feed in feeds if feed in case.touched), default=registration.received_at)


def _registration_row(case: Case, registration: Registration) -> dict[str, object]:
    return {
        "case_id": case.id,
        "id": registration.id,
        "party": registration.party,
        "number": registration.number,
        "owner": registration.owner,
        "handler_id": registration.handler,
        "state": registration.state.value,
        "open": _is_open(case, registration),
        "type": case.type,
        "subject": case.type,
        "received_at": registration.received_at,
        "goal": registration.goal,
        "reply_until": registration.reply_until,
        "changed_at": _changed_at(case, registration),
    }


def _answer_rows(recorded: list[Recorded]) -> list[dict[str, object]]:
    """A final answer lies in the inbox of the citizens' parties from the same moment as it is given."""
    return [
        {"event_id": item.envelope.id, "case_id": item.envelope.case, "party": party, "at": item.envelope.at}
        for item in recorded
        if isinstance(item.event, CaseAnswered)
        for party in item.envelope.to
        if party in CITIZENS
    ]


_BEGIN_CASE = insert(s.case)
_EVENT = insert(s.event)
_PAYLOAD = insert(s.payload)
_NOTE = insert(s.note)
_FEED = insert(s.feed)
_REGISTRATION = insert(s.registration)
_ANSWER = insert(s.inbox_item)
_CHANGE_CASE = (
    update(s.case)
    .where(s.case.c.id == bindparam("of_id"), s.case.c.version == bindparam("before"))
    .values(version=bindparam("after"), body=bindparam("now"))
)
_OF_REGISTRATION = update(s.registration).where(
    s.registration.c.case_id == bindparam("of_case"), s.registration.c.id == bindparam("of_id")
)
_TOUCH_REGISTRATION = _OF_REGISTRATION.values(changed_at=bindparam("moment"), open=bindparam("now_open"))
_CHANGE_REGISTRATION = _OF_REGISTRATION.values(
    {column.name: bindparam(f"new_{column.name}") for column in s.registration.columns if not column.primary_key}
)
