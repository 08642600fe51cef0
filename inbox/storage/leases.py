"""Which process does what only one should do, and until when."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s


async def take_lease(connection: AsyncConnection, job: str, now: datetime, until: datetime) -> bool:
    """Take it until then; False if it is taken."""
    lease = s.lease.c
    over = update(s.lease).where(lease.job == job, lease.until <= now).values(until=until)
    if (await connection.execute(over)).rowcount:
        return True
    if await connection.scalar(select(lease.job).where(lease.job == job)) is not None:
        return False
    await connection.execute(insert(s.lease).values(job=job, until=until))
    return True
