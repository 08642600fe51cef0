"""Sessions: who is signed in where. Only a hash of the secret is kept, so that the table opens nothing."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import PersonId
from inbox.storage import schema as s


class Session(Struct, frozen=True):
    """A sign-in that is not ended."""

    id_hash: str
    person_id: PersonId
    seen_at: datetime
    expires_at: datetime


async def begin_session(connection: AsyncConnection, session: Session) -> None:
    """Keep a new session."""
    values = {
        "id_hash": session.id_hash,
        "person_id": session.person_id,
        "created_at": session.seen_at,
        "seen_at": session.seen_at,
        "expires_at": session.expires_at,
    }
    await connection.execute(insert(s.session).values(values))


async def find_session(connection: AsyncConnection, id_hash: str) -> Session | None:
    """The session with that hash, also when its time is over: the caller knows the clock."""
    columns = (s.session.c.id_hash, s.session.c.person_id, s.session.c.seen_at, s.session.c.expires_at)
    query = select(*columns).where(s.session.c.id_hash == id_hash, s.session.c.person_id.is_not(None))
    row = (await connection.execute(query)).first()
    return None if row is None else Session(row.id_hash, row.person_id, row.seen_at, row.expires_at)


async def saw_session(connection: AsyncConnection, id_hash: str, at: datetime) -> None:
    """The person did something."""
    await connection.execute(update(s.session).where(s.session.c.id_hash == id_hash).values(seen_at=at))


async def end_session(connection: AsyncConnection, id_hash: str) -> None:
    """Sign out."""
    await connection.execute(delete(s.session).where(s.session.c.id_hash == id_hash))


async def end_old_sessions(connection: AsyncConnection, now: datetime, idle_since: datetime) -> int:
    """Remove those whose time is over, or that nobody used since `idle_since`; how many."""
    over = or_(s.session.c.expires_at <= now, s.session.c.seen_at <= idle_since)
    return (await connection.execute(delete(s.session).where(over))).rowcount
