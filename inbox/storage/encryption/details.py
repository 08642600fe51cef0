"""What is private of a case's answers: a row for each, by which events name it, and which can be removed alone."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.events import AnyEvent, CaseShared, CaseSubmitted, PrivateDetail
from inbox.cases.model import CaseId
from inbox.storage import schema as s
from inbox.storage.encryption.fields import decrypt, encrypt


async def add_details(connection: AsyncConnection, case: CaseId, details: Iterable[PrivateDetail]) -> None:
    """Keep what is private of the answers that a case begins with."""
    for detail in details:
        body = msgspec.json.encode(detail).decode()
        row = {"id": detail.id, "case_id": case, "body": await encrypt(connection, body, place_of(detail.id))}
        await connection.execute(insert(s.private_detail).values(row))


def named_in(events: Iterable[AnyEvent]) -> frozenset[str]:
    """The private answers that the events name."""
    begun = (event for event in events if isinstance(event, CaseSubmitted | CaseShared))
    return frozenset(answered.detail for event in begun for answered in event.answers if answered.detail)


async def details_of(connection: AsyncConnection, events: Iterable[AnyEvent]) -> dict[str, PrivateDetail]:
    """The private answers that the events name, by their id; without those that were removed."""
    ids = named_in(events)
    if not ids:
        return {}
    query = select(s.private_detail.c.id, s.private_detail.c.body).where(s.private_detail.c.id.in_(sorted(ids)))
    rows = await connection.execute(query)
    bodies = {row.id: decrypt(connection, row.body, place_of(row.id)) for row in rows}
    return {id: msgspec.json.decode(body, type=PrivateDetail) for id, body in bodies.items()}


def place_of(id: str) -> str:
    """Where a row's body lies: it can be read nowhere else."""
    return f"private_detail.body:{id}"
