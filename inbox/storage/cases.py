"""Loading and keeping cases. What an event adds to the tables is decided here and nowhere else."""

from datetime import datetime

import msgspec
from sqlalchemy import RowMapping, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.events import AnyEvent, CaseAnswered, Envelope, Recorded
from inbox.model import OPEN, Case, CaseId, PartyId, Registration, Role, Seat
from inbox.storage import schema as s

_case_json = msgspec.json.Decoder(Case)
_event_json = msgspec.json.Decoder(AnyEvent)
_addressed = msgspec.json.Decoder(tuple[str, ...])


async def load_case(connection: AsyncConnection, id: CaseId) -> Case | None:
    """The case as stored, or None."""
    body = await connection.scalar(select(s.case.c.body).where(s.case.c.id == id))
    return None if body is None else _case_json.decode(body)


async def load_seats(connection: AsyncConnection, id: CaseId) -> tuple[Seat, ...]:
    """Who sits on which seat now."""
    query = (
        select(s.seat.c.party, s.seat.c.person_id, s.person.c.name)
        .join(s.person, s.person.c.id == s.seat.c.person_id)
        .where(s.seat.c.case_id == id, s.seat.c.until.is_(None))
    )
    rows = await connection.execute(query)
    return tuple(Seat(party=row.party, person=row.person_id, name=row.name) for row in rows)


async def open_seat(connection: AsyncConnection, case: CaseId, party: PartyId, person: str, at: datetime) -> None:
    """Put a person on a seat."""
    await connection.execute(insert(s.seat).values(case_id=case, party=party, person_id=person, since=at))


async def load_history(connection: AsyncConnection, id: CaseId, first: int = 1, last: int = 1 << 60) -> list[Recorded]:
    """The events from number `first` to `last`, in order."""
    note, payload, event = s.note, s.payload, s.event
    query = (
        select(event, payload.c.body.label("body"), note.c.body.label("note_body"))
        .outerjoin(payload, payload.c.event_id == event.c.id)
        .outerjoin(note, note.c.event_id == event.c.id)
        .where(and_(event.c.case_id == id, event.c.seq.between(first, last)))
        .order_by(event.c.seq)
    )
    rows = (await connection.execute(query)).mappings()
    return [Recorded(envelope_of(row), _event_json.decode(row["body"] or row["note_body"])) for row in rows]


def envelope_of(row: RowMapping) -> Envelope:
    """The envelope in a row of the event table."""
    return Envelope(
        id=row["id"],
        case=row["case_id"],
        seq=row["seq"],
        at=row["at"],
        kind=row["kind"],
        by=row["by"],
        role=Role(row["role"]),
        person=row["person_id"],
        unit=row["unit_id"],
        to=_addressed.decode(row["addressed"]),
        basis=row["basis"],
        client_id=row["client_id"],
    )


async def keep(connection: AsyncConnection, before: Case | None, after: Case, recorded: list[Recorded]) -> bool:
    """Write the events, their feed rows and the case. False if somebody else changed the case since `before`."""
    if not await _keep_case(connection, before, after):
        return False
    heads = dict(before.heads) if before else {}
    envelopes, payloads, feeds = [], [], []
    for item in recorded:
        envelopes.append(_row_of(item.envelope))
        for feed in item.envelope.to:
            heads[feed] = heads.get(feed, 0) + 1
            feeds.append((feed, heads[feed], item))
        body = msgspec.json.encode(item.event).decode()
        if not _internal(item):
            payloads.append({"event_id": item.envelope.id, "body": body})
    notes = [_note_row(feed, n, item) for feed, n, item in feeds if _internal(item)]
    rows = [
        {"case_id": after.id, "party": feed, "n": n, "seq": item.envelope.seq}
        for feed, n, item in feeds
        if not _internal(item)
    ]
    await connection.execute(insert(s.event), envelopes)
    for table, values in ((s.payload, payloads), (s.note, notes), (s.feed, rows)):
        if values:
            await connection.execute(insert(table), values)
    await _keep_registrations(connection, before, after, recorded[-1].envelope.at)
    await _keep_answers(connection, recorded)
    return True


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
        "unit_id": envelope.unit,
        "addressed": msgspec.json.encode(envelope.to).decode(),
        "basis": envelope.basis,
        "client_id": envelope.client_id,
    }


def _note_row(desk: str, n: int, item: Recorded) -> dict[str, object]:
    body = msgspec.json.encode(item.event).decode()
    return {"event_id": item.envelope.id, "case_id": item.envelope.case, "desk": desk, "n": n, "body": body}


async def _keep_case(connection: AsyncConnection, before: Case | None, after: Case) -> bool:
    body = msgspec.json.encode(after).decode()
    if before is None:
        values = {"id": after.id, "version": after.version, "body": body, "submitted_at": after.submitted_at}
        await connection.execute(insert(s.case).values(values))
        return True
    statement = (
        update(s.case)
        .where(s.case.c.id == after.id, s.case.c.version == before.version)
        .values(version=after.version, body=body)
    )
    return (await connection.execute(statement)).rowcount == 1


async def _keep_registrations(connection: AsyncConnection, before: Case | None, after: Case, at: datetime) -> None:
    """The rows that queues are read from."""
    known = {r.id: r for r in before.registrations} if before else {}
    for registration in after.registrations:
        values = _registration_row(after, registration, at)
        if registration.id not in known:
            await connection.execute(insert(s.registration).values(values))
            continue
        statement = update(s.registration).where(
            s.registration.c.case_id == after.id, s.registration.c.id == registration.id
        )
        if registration == known[registration.id]:
            await connection.execute(statement.values(changed_at=at))
        else:
            await connection.execute(statement.values(values))


def _registration_row(case: Case, registration: Registration, at: datetime) -> dict[str, object]:
    return {
        "case_id": case.id,
        "id": registration.id,
        "party": registration.party,
        "number": registration.number,
        "owner": registration.owner,
        "handler_id": registration.handler,
        "state": registration.state.value,
        "open": registration.state in OPEN,
        "type": case.type.value,
        "subject": case.type.value,
        "received_at": registration.received_at,
        "goal": registration.goal,
        "reply_until": registration.reply_until,
        "changed_at": at,
    }


async def _keep_answers(connection: AsyncConnection, recorded: list[Recorded]) -> None:
    """A final answer lies in the inbox from the same moment as it is given."""
    for item in recorded:
        if isinstance(item.event, CaseAnswered):
            values = {
                "event_id": item.envelope.id,
                "case_id": item.envelope.case,
                "party": "reporter",
                "at": item.envelope.at,
            }
            await connection.execute(insert(s.inbox_item).values(values))
