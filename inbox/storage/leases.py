"""Which process does what only one should do, and until when."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s

AT_ONCE = timedelta(0)


async def take_lease(
    connection: AsyncConnection, job: str, now: datetime, until: datetime, patience: timedelta = AT_ONCE
) -> bool:
    """Take it until then; False if it is taken, or has not been free for as long as one is patient."""
    lease = s.lease.c
    over = update(s.lease).where(lease.job == job, lease.until <= now - patience).values(until=until)
    if (await connection.execute(over)).rowcount:
        return True
    if await connection.scalar(select(lease.job).where(lease.job == job)) is not None:
        return False
    # Nobody has had it yet: the patient note since when it is free.
    at_once = patience == AT_ONCE
    await connection.execute(insert(s.lease).values(job=job, until=until if at_once else now))
    return at_once


async def prolong_lease(connection: AsyncConnection, job: str, mine: datetime, until: datetime) -> bool:
    """Keep what was taken until `mine` for longer; False if somebody else has taken it since."""
    lease = s.lease.c
    longer = update(s.lease).where(lease.job == job, lease.until == mine).values(until=until)
    return bool((await connection.execute(longer)).rowcount)
