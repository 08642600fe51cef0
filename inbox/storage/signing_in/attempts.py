"""Sign-ins under way at a provider. Each is taken once, by the browser that began it: nobody else knows its key."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s


class Attempt(Struct, frozen=True):
    """One sign-in under way."""

    key: str
    """Hash of what the browser and the address hold together."""
    provider: str
    onward: str
    """Where somebody was going: a path of ours."""
    expires_at: datetime


async def keep_attempt(connection: AsyncConnection, attempt: Attempt) -> None:
    """Somebody is on their way to a provider."""
    values = {name: getattr(attempt, name) for name in Attempt.__struct_fields__}
    await connection.execute(insert(s.sign_in_attempt).values(values))


async def take_attempt(connection: AsyncConnection, key: str) -> Attempt | None:
    """They are back: the attempt, which is there no more; None if there is none. The caller knows the clock."""
    taken = delete(s.sign_in_attempt).where(s.sign_in_attempt.c.key == key).returning(*s.sign_in_attempt.c)
    row = (await connection.execute(taken)).mappings().first()
    return None if row is None else Attempt(**row)


async def drop_old_attempts(connection: AsyncConnection, now: datetime) -> int:
    """Remove those that nobody came back from; how many."""
    return (await connection.execute(delete(s.sign_in_attempt).where(s.sign_in_attempt.c.expires_at <= now))).rowcount
